"""Thirty needs in words, ten for each of three systems of cards: the draft passes the check, with the samples as precedents."""

from __future__ import annotations

from cards.model import Card
from prompts.drafting import Need, draft_card
from prompts.words import coverage
from tests.prompts.test_drafting import assert_sound, errors

NEEDS = {
    "segrate": [
        ("Apertura di un centro estivo inclusivo", "Istruzione", "Nel 2025 le famiglie in lista d'attesa erano 41"),
        ("Ricambio delle panchine nei parchi", "Verde pubblico", ""),
        ("Pagare i fornitori entro la scadenza: tempi di pagamento", "Ragioneria", "Il ritardo medio 2025 è stato di 6 giorni"),
        ("Digitalizzazione dei servizi cimiteriali: servizi online", "Demografici", ""),
        ("Aggiornamento del regolamento delle sale civiche", "Affari generali", "Il testo in vigore è del 2009"),
        ("Prevenzione della corruzione e trasparenza", "Segreteria generale", ""),
        ("Mensa scolastica con meno sprechi", "Scuola", "Si scarta il 18% dei pasti"),
        ("Rete di ciclabili tra i quartieri", "Mobilità", ""),
        ("Rispondere in tempo alle richieste di accesso agli atti", "Urbanistica", ""),
        ("Protezione dei dati personali negli uffici", "Sistemi informativi", ""),
    ],
    "cremona": [
        ("Raccolta differenziata nelle scuole", "Ambiente", ""),
        ("Carta d'identità elettronica in meno giorni", "Anagrafe", "Oggi l'attesa è di 32 giorni"),
        ("Recupero dell'evasione della tassa rifiuti", "Tributi", ""),
        ("Prestito digitale in biblioteca", "Cultura", ""),
        ("Manutenzione delle strade bianche", "Lavori pubblici", ""),
        ("Formazione del personale sulla sicurezza informatica", "Personale", ""),
        ("Approvazione del bilancio di previsione nei termini", "Ragioneria", ""),
        ("Pari opportunità e conciliazione dei tempi", "Personale", ""),
        ("Gare d'appalto senza proroghe", "Contratti", "Nel 2025 ci sono state 3 proroghe"),
        ("Sportello telematico dell'edilizia", "SUE", ""),
    ],
    "terre-argine": [
        ("Asilo nido: più domande accolte", "Servizi educativi", ""),
        ("Centrale unica di committenza digitale", "Affari generali", ""),
        ("Riduzione dei tempi di pagamento", "Servizi finanziari", ""),
        ("Polizia locale vicina alle frazioni", "Polizia locale", "Nel 2025 i turni serali sono stati 40"),
        ("Selezioni del personale più rapide", "Personale", ""),
        ("Piena accessibilità del sito istituzionale: accessibilità digitale", "Comunicazione", ""),
        ("Trasporto scolastico puntuale", "Istruzione", ""),
        ("Semplificazione dei procedimenti del commercio", "Sviluppo economico", ""),
        ("Assistenza domiciliare agli anziani", "Servizi sociali", ""),
        ("Rendiconto di gestione entro il termine", "Servizi finanziari", ""),
    ],
}


def nearest(title: str, cards: list[Card]) -> list[Card]:
    """The two sample cards that share most words with the need, none if they share none."""
    usable = [c for c in cards if c.kind in ("objective", "service", "indicator") and c.title]
    near = sorted(usable, key=lambda c: -coverage(title, c.title or ""))[:2]
    return [c for c in near if coverage(title, c.title or "") > 0.2]


def test_thirty_needs_pass_the_check(sample_cards: list[Card]) -> None:
    failed = []
    for layout, needs in NEEDS.items():
        assert len(needs) == 10
        for title, unit, facts in needs:
            card = draft_card(Need(title, unit, 2026, "Comune di Roccamora", facts, layout), nearest(title, sample_cards))
            assert_sound(card)
            if found := errors(card, layout) + errors(card, "neutro"):
                failed.append((title, found))
    assert len(failed) <= 1, failed


def test_provenance_resolves_to_a_real_place(sample_cards: list[Card]) -> None:
    documents = {c.source.document for c in sample_cards}
    ids = {c.id for c in sample_cards}
    for needs in NEEDS.values():
        for title, unit, facts in needs:
            card = draft_card(Need(title, unit, 2026, facts=facts), nearest(title, sample_cards))
            for path, origin in card.provenance.items():
                if origin.from_ in ids:
                    assert origin.document in documents, path
                    assert origin.page or origin.line, path
                else:
                    assert origin.from_ in ("user", "computed", "template"), path
