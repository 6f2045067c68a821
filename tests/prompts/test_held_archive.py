"""Fifty needs that no code was written for, ten for each system of cards, on a whole archive: draft, check, places.

The person chooses the two cards whose words are nearest, on the sample archive and on the real documents (skipped where they
are absent); and the search chooses, with the real embedding, on the sample archive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cards.model import Card
from cards.quantities import comparator_direction, read_date, read_target
from prompts.drafting import Need
from prompts.job import draft_from_archive
from prompts.words import coverage
from settings import Settings
from store.archive import Archive
from store.embedding import Embedder
from tests.prompts.conftest import SAMPLES
from tests.prompts.test_drafting import assert_sound, errors
from tests.store.fakes import WordEmbedder

YEAR = 2027
NEEDS = {
    "segrate": [
        ("Un catalogo unico delle sale da prenotare in linea", "Affari generali", ""),
        ("Meno giorni per il certificato di destinazione urbanistica", "Edilizia privata", "Nel 2025 servivano 21 giorni"),
        ("Formazione dei dipendenti sull'accoglienza allo sportello", "Risorse umane", ""),
        ("Piano delle alberature e cura del verde", "Ambiente", ""),
        ("Cittadini assistiti dal servizio sociale professionale", "Servizi sociali", ""),
        ("Aggiornare l'inventario dei beni mobili", "Patrimonio", "L'ultimo inventario è del 2014"),
        ("Nuovo sistema di allerta della protezione civile", "Polizia locale", ""),
        ("Pagamenti ai fornitori entro trenta giorni", "Ragioneria", ""),
        ("Corsi per il personale dei nidi", "Servizi educativi", "Il corso 2026 ha avuto 18 iscritti"),
        ("Mappatura dei processi a rischio corruzione", "Segreteria", ""),
    ],
    "cremona": [
        ("Aumentare la raccolta differenziata nei condomini", "Ambiente", ""),
        ("Ridurre gli incidenti agli incroci", "Polizia locale", "Nel 2025 gli incidenti rilevati sono stati 212"),
        ("Più prestiti nelle biblioteche di quartiere", "Cultura", ""),
        ("Recupero dei crediti da multe non pagate", "Entrate", ""),
        ("Alloggi pubblici di nuovo assegnabili", "Patrimonio", ""),
        ("Attrarre visitatori nei musei civici", "Musei", ""),
        ("Tempi della carta d'identità elettronica", "Demografici", ""),
        ("Lavoro agile ben organizzato", "Personale", ""),
        ("Spazi per il gioco all'aperto", "Verde", ""),
        ("Gare pubbliche digitali dall'inizio alla fine", "Contratti", ""),
    ],
    "terre-argine": [
        ("Accompagnamento delle persone con disabilità a scuola", "Servizi educativi", ""),
        ("Controlli sugli esercizi commerciali", "Polizia locale", ""),
        ("Concorsi conclusi entro sei mesi", "Personale", "Nel 2025 la durata media è stata di 9 mesi"),
        ("Sistema informativo territoriale condiviso", "Sistemi informativi", ""),
        ("Liste d'attesa nei nidi d'infanzia", "Servizi educativi", ""),
        ("Contratto integrativo nei termini", "Personale", ""),
        ("Educazione stradale nelle scuole", "Polizia locale", ""),
        ("Bilancio consolidato dell'Unione", "Servizi finanziari", ""),
        ("Contrasto alla violenza di genere", "Servizi sociali", ""),
        ("Archivio di deposito riordinato", "Affari generali", ""),
    ],
    "terre-argine-dup": [
        ("Partecipazione delle famiglie alla vita della scuola", "Istruzione", ""),
        ("Trasporto scolastico con mezzi meno inquinanti", "Istruzione", ""),
        ("Sicurezza urbana e presidio del territorio", "Polizia locale", ""),
        ("Assistenza domiciliare: più ore erogate", "Servizi sociali", "Nel 2025 le ore sono state 14.300"),
        ("Educazione degli adulti", "Istruzione", ""),
        ("Digitalizzazione dei servizi alla persona", "Sistemi informativi", ""),
        ("Sostegno agli affitti", "Servizi sociali", ""),
        ("Tempi medi di pagamento", "Servizi finanziari", ""),
        ("Orientamento degli studenti delle medie", "Istruzione", ""),
        ("Qualità delle mense", "Istruzione", ""),
    ],
    "bellusco": [
        ("Tenere aggiornato il sito istituzionale", "Affari generali", ""),
        ("Illuminazione pubblica a led", "Lavori pubblici", ""),
        ("Servizi cimiteriali con meno attese", "Demografici", ""),
        ("Approvare il piano di governo del territorio", "Urbanistica", ""),
        ("Aiuto ai compiti il pomeriggio", "Servizi sociali", "Nel 2025 i ragazzi seguiti erano 34"),
        ("Associazioni sportive e uso delle palestre", "Sport", ""),
        ("Elezioni: seggi pronti nei tempi", "Demografici", ""),
        ("Riscossione della tassa sui rifiuti", "Tributi", ""),
        ("Manutenzione ordinaria delle scuole", "Lavori pubblici", ""),
        ("Risposte alle segnalazioni dei cittadini", "Relazioni con il pubblico", ""),
    ],
}


def archive_of(paths: list[Path], home: Path, embedder: Embedder | None = None) -> Archive:
    """An archive with these documents."""
    archive = Archive.open(Settings(_env_file=None, home=home), embedder)
    assert all(report.status == "new" for report in archive.ingest(paths))
    return archive


@pytest.fixture(scope="module", params=["esempi", "documenti reali"])
def archive(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    home = tmp_path_factory.mktemp("archivio")
    if request.param == "esempi":
        paths = sorted(SAMPLES.glob("*.txt"))
    else:
        paths = sorted((request.getfixturevalue("shared") / "corpus").glob("*.pdf"))
    opened = archive_of(paths, home, WordEmbedder())
    yield opened
    opened.close()


def assert_measurable(card: Card) -> None:
    """At least two indicators with unit, formula and a target that says its better side; phases inside the horizon, in order."""
    good = [i for i in card.indicators if i.unit and i.formula and comparator_direction(read_target(i.targets[str(YEAR)]))]
    assert len(good) >= 2, [(i.name, i.targets) for i in card.indicators]
    for phase in card.phases:
        days = [read_date(text or "") for text in (card.start, phase.start, phase.end, card.end)]
        assert None not in days, phase
        assert days == sorted(day for day in days if day), phase


def assert_places(card: Card, archive: Archive) -> None:
    """Each origin that names a precedent names a card, a document and a page of the archive; the others are no document's."""
    documents = {d.name: d for d in archive.documents()}
    for path, origin in card.provenance.items():
        if origin.from_ in ("user", "computed", "template"):
            continue
        precedent = archive.card(origin.from_)
        document = documents[origin.document or ""]
        assert precedent.source.document == document.name, path
        if document.pages:
            assert origin.page, path
            assert 1 <= origin.page <= document.pages, path
        else:
            assert origin.line, path


def nearest(archive: Archive, title: str) -> tuple[str, ...]:
    """The two cards of the archive that share most words with the need."""
    cards = [c for c in archive.cards() if c.kind in ("objective", "service", "indicator") and c.id]
    near = sorted(cards, key=lambda c: -coverage(title, " ".join([c.title or "", *(i.name or "" for i in c.indicators)])))
    return tuple(c.id or "" for c in near[:2])


def draft_all(archive: Archive, choose: Callable[[str], tuple[str, ...]]) -> int:
    """Drafts every need, checks it; how many have something of a precedent."""
    failed, from_precedents = [], 0
    for layout, needs in NEEDS.items():
        assert len(needs) == 10
        for title, unit, facts in needs:
            need = Need(title, unit, YEAR, "Comune di Roccamora", facts, layout)
            card = draft_from_archive(archive, need, archive.settings, like=choose(title)).card
            assert_sound(card)
            assert_measurable(card)
            assert_places(card, archive)
            from_precedents += any(o.document for o in card.provenance.values())
            if found := errors(card, layout) + errors(card, "neutro"):
                failed.append((title, found))
    assert len(failed) <= 1, failed
    return from_precedents


def test_needs_with_chosen_precedents(archive: Archive) -> None:
    assert draft_all(archive, lambda title: nearest(archive, title)) >= 45


@pytest.mark.model
def test_needs_with_the_precedents_that_the_search_finds(tmp_path: Path) -> None:
    with archive_of(sorted(SAMPLES.glob("*.txt")), tmp_path) as archive:
        assert draft_all(archive, lambda title: ()) >= 5
