"""The Italian labels of our own sheet: what ``exports`` prints and ``ingest`` reads back, one table for both."""

from __future__ import annotations

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


def name_of(card: Card) -> str:
    """What a card is called where it is printed: its title, else its unit, else its first indicator."""
    return card.title or card.unit or next((i.name for i in card.indicators if i.name), None) or ""
