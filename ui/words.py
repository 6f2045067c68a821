"""The Italian words of the interface for the contract's English keys (see ``docs/glossario.md``)."""

from __future__ import annotations

import re
from datetime import datetime

LEVELS = {
    "error": ("Errore", ":material/error:", "red"),
    "warning": ("Attenzione", ":material/warning:", "orange"),
    "advice": ("Consiglio", ":material/lightbulb:", "blue"),
}
KINDS = {
    "objective": "Scheda obiettivo", "service": "Obiettivo istituzionale", "indicator": "Indicatore",
    "unit_summary": "Tabella di settore", "resource_table": "Tabella delle risorse",
}
INDICATOR_KINDS = {"quantita": "quantità", "tempo": "tempo", "costo": "costo", "qualita": "qualità"}
STATES = {"draft": "bozza", "review": "in verifica", "approved": "approvata", "varied": "variata", "closed": "consuntivata"}
DOCUMENT_TYPES = {
    "relazione_performance": "Relazione sulla performance", "piano_performance": "Piano della performance", "piao": "PIAO",
    "dup": "DUP", "relazione_gestione": "Relazione sulla gestione", "peg": "PEG",
}
LAYOUTS = {
    "neutro": "Scheda semplice", "cremona": "Tabella larga (obiettivo, indicatore, atteso, peso)",
    "segrate": "Obiettivo gestionale con cronoprogramma", "terre-argine": "Scheda con fasi pesate",
    "terre-argine-dup": "Indicatori del DUP", "bellusco": "Scheda attesi/raggiunti",
}
FIELDS = {
    "title": "titolo", "unit": "settore", "directorate": "direzione", "section": "sezione", "responsible": "responsabile",
    "manager": "dirigente", "politician": "assessore", "mission": "missione", "mission_name": "missione",
    "programme": "programma", "programme_name": "programma", "strategic_line": "linea strategica",
    "strategic_objective": "obiettivo strategico", "operational_objective": "obiettivo operativo", "project": "progetto",
    "purpose": "finalità", "description": "descrizione", "horizon": "orizzonte temporale", "start": "inizio", "end": "fine",
    "priority": "priorità", "weight": "peso", "phases": "fase", "indicators": "indicatore", "staff": "personale",
    "resources": "risorse", "name": "nome", "formula": "formula", "baseline": "valore di partenza", "history": "serie storica",
    "targets": "valore atteso", "actuals": "risultato", "interim": "valore intermedio", "achievement": "raggiungimento",
    "deviation": "scostamento", "note": "nota", "text": "testo", "schedule": "cronoprogramma", "due": "scadenza",
    "share": "quota", "totals": "totale", "items": "riga", "outcomes": "esito", "final": "finale", "kind": "tipo",
    "activities": "attività", "number": "numero", "code": "codice", "variations": "variazione", "reason": "motivazione",
    "layout": "modello", "source": "fonte", "entity": "ente", "year": "anno", "document_type": "tipo di documento",
    "status": "stato", "assigned_to": "assegnata a", "category": "categoria", "cost": "costo", "action": "azione",
    "object": "oggetto", "old": "testo precedente", "new": "testo nuovo", "label": "esito", "percent": "percentuale",
    "plan": "piano", "at": "data",
    "targets_by_plan": "valore atteso nei piani", "narrative": "totale detto nel testo",
}
INDICATOR_UNIT = re.compile(r"\bindicators\[\d+\]\.unit\b")


def field_words(path: str | None) -> str:
    """"indicators[0].targets.2026" as "indicatore 1, valore atteso, 2026"."""
    parts: list[str] = []
    for name, index in re.findall(r"([A-Za-z_0-9]+)(?:\[(\d+)\])?", path or ""):
        word = "unità di misura" if name == "unit" and parts and INDICATOR_UNIT.search(path or "") else FIELDS.get(name, name)
        parts.append(f"{word} {int(index) + 1}" if index else word)
    return ", ".join(parts)


def when(moment: str) -> str:
    """An ISO time of the archive (UTC) as people here read it."""
    return datetime.fromisoformat(moment).astimezone().strftime("%d/%m/%Y alle %H:%M")
