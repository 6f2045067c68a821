"""The Italian labels of our own sheet: what ``exports`` prints and ``ingest`` reads back, one table for both."""

from __future__ import annotations

import re
from datetime import date

from cards.model import Card

SHEET = {
    "objective": "SCHEDA OBIETTIVO", "service": "SCHEDA SERVIZIO", "indicator": "SCHEDA INDICATORE",
    "unit_summary": "TABELLA DI UNITÀ", "resource_table": "TABELLA DELLE RISORSE",
}  # fmt: skip
SUPPLEMENT = "DATI INTEGRATIVI DELLA SCHEDA"
WHOLE = "Elenchi riportati per intero"
VACANT = "Campi senza valore"
TITLE = "Titolo"
UNTITLED = "(senza titolo)"
LISTS = {
    "activities": "Attività", "phases": "Fasi", "indicators": "Indicatori", "staff": "Personale", "resources": "Risorse",
    "outcomes": "Esiti", "variations": "Variazioni", "items": "Righe della tabella", "totals": "Totali",
}  # fmt: skip
STATUS = {"new": "Nuovo", "active": "Attivo", "modified": "Modificato", "eliminated": "Eliminato", "replaced": "Sostituito"}
KINDS = {"quantita": "Quantità", "tempo": "Tempo", "costo": "Costo", "qualita": "Qualità"}
CARD, PART, KIND = "Scheda", "Parte", "Tipo di scheda"
PARTS = {
    "card": "Scheda", "activities": "Attività", "phases": "Fase", "indicators": "Indicatore", "staff": "Persona",
    "resources": "Risorsa", "outcomes": "Esito", "variations": "Variazione", "items": "Riga della tabella",
}  # fmt: skip
FIELDS = {
    "entity": "Ente", "year": "Anno", "document_type": "Tipo di documento", "code": "Codice", "number": "N. scheda",
    "status": "Stato della scheda", "unit": "Settore/Area", "directorate": "Direzione", "section": "Sezione/Servizio",
    "responsible": "Responsabile", "manager": "Dirigente", "politician": "Assessore", "mission": "Missione (codice)",
    "mission_name": "Missione", "programme": "Programma (codice)", "programme_name": "Programma",
    "strategic_line": "Linea strategica", "strategic_objective": "Obiettivo strategico",
    "operational_objective": "Obiettivo operativo", "project": "Progetto", "purpose": "Finalità", "description": "Descrizione",
    "horizon": "Orizzonte temporale", "start": "Data inizio", "end": "Data fine", "priority": "Priorità", "weight": "Peso",
}  # fmt: skip
TOTALS = {
    "weight": "Totale dei pesi", "interim": "Totale intermedio", "final": "Totale finale", "narrative": "Totale detto nel testo",
}  # fmt: skip
ACTIVITY = {"number": "N. attività", "text": "Attività"}
PHASE = {
    "number": "N. fase", "text": "Fase", "weight": "Peso fase", "start": "Inizio", "end": "Fine", "assigned_to": "Assegnata a",
    "schedule": "Cronoprogramma", "due": "Avanzamento atteso", "status": "Stato della fase",
}  # fmt: skip
INDICATOR = {
    "code": "Codice indicatore", "name": "Indicatore", "kind": "Tipo", "formula": "Formula", "purpose": "Finalità indicatore",
    "unit": "U.M.", "baseline": "Valore di partenza", "deviation": "Scostamento", "weight": "Peso indicatore",
    "achievement": "% raggiungimento", "note": "Note", "status": "Stato dell'indicatore",
}  # fmt: skip
PERIODS = {"history": "Storico", "targets": "Target", "interim": "Intermedio", "actuals": "Consuntivo"}
PLAN = "Target {year} nel piano {plan}"
STAFF = {"category": "Cat.", "name": "Cognome e nome", "share": "Quota di partecipazione"}
RESOURCE = {"description": "Risorsa", "cost": "Costo"}
OUTCOME = {"at": "Rilevazione al", "label": "Esito", "percent": "Percentuale"}
VARIATION = {
    "action": "Azione", "object": "Oggetto della variazione", "number": "N. oggetto", "old": "Testo precedente",
    "new": "Testo nuovo", "name": "Indicatore variato", "targets": "Nuovi valori attesi", "reason": "Motivazione",
}  # fmt: skip
ITEM = {"code": "Codice obiettivo", "title": "Obiettivo in tabella", "priority": "Priorità",
        "weight": "Peso", "horizon": "Durata"}  # fmt: skip
ITEM_OUTCOME = {"label": "Esito al", "percent": "Percentuale al"}
ACTIONS = {
    "eliminate": "Eliminare", "replace": "Sostituire", "add": "Aggiungere", "extend": "Prolungare", "postpone": "Rinviare",
    "change_target": "Variare il valore atteso", "change_indicator": "Variare l'indicatore",
    "change_activity": "Variare l'attività", "change_phase": "Variare la fase",
}  # fmt: skip
OBJECTS = {"objective": "Obiettivo", "phase": "Fase", "indicator": "Indicatore", "activity": "Attività"}
UNDATED = "(senza data)"


_ISO = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?")
_SHOWN = re.compile(r"(?:(\d\d)/)?(\d\d)/(\d{4})")


def shown_moment(moment: str) -> str:
    """A day or month of the contract as people here read it; any other text as it is.

    >>> shown_moment("2026-12-31"), shown_moment("2026-03"), shown_moment("2027")
    ('31/12/2026', '03/2026', '2027')
    """
    match = _ISO.fullmatch(moment)
    return "/".join(part for part in reversed(match.groups()) if part) if match and _real(*match.groups()) else moment


def moment_of(shown: str) -> str:
    """The day or month of the contract that was shown so; the spaces of a narrow column do not count.

    >>> moment_of("31/12/2026"), moment_of("03/2026"), moment_of("2026-12-31"), moment_of("45/12/2026")
    ('2026-12-31', '2026-03', '2026-12-31', '45/12/2026')
    """
    match = _SHOWN.fullmatch("".join(shown.split()))
    year_first = match.groups()[::-1] if match else ()
    return "-".join(part for part in year_first if part) if match and _real(*year_first) else shown


def _real(year: str, month: str, day: str | None) -> bool:
    try:
        return bool(date(int(year), int(month), int(day or 1)))
    except ValueError:
        return False


def name_of(card: Card) -> str:
    """What a card is called where it is printed: its title, else its unit, else its first indicator."""
    return card.title or card.unit or next((i.name for i in card.indicators if i.name), None) or ""
