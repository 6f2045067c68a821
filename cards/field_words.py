"""A place in a card ("indicators[0].targets.2026") in the words of who reads it."""

from __future__ import annotations

import re

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
