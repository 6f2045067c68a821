"""The fields of a draft table in Italian: what each recognised column was taken for."""

from __future__ import annotations

import re

COLUMNS = {
    "title": "obiettivo", "code": "codice", "number": "numero", "unit": "settore", "directorate": "direzione",
    "section": "servizio", "responsible": "responsabile", "manager": "dirigente", "politician": "assessore",
    "mission": "missione", "programme": "programma", "strategic_line": "linea strategica",
    "strategic_objective": "obiettivo strategico", "operational_objective": "obiettivo operativo",
    "project": "progetto", "purpose": "finalità", "description": "descrizione", "horizon": "orizzonte temporale",
    "start": "inizio", "end": "scadenza", "priority": "priorità", "year": "anno", "entity": "ente", "status": "stato",
    "weight": "peso", "card.weight": "peso dell'obiettivo", "value": "valore dell'anno", "outcome": "esito",
    "indicator.name": "indicatore", "indicator.code": "codice dell'indicatore", "indicator.formula": "formula",
    "indicator.unit": "unità di misura", "indicator.kind": "tipo di indicatore", "indicator.source": "fonte dei dati",
    "indicator.baseline": "valore di partenza", "indicator.target": "valore atteso", "indicator.actual": "risultato",
    "indicator.interim": "risultato intermedio", "indicator.deviation": "scostamento",
    "indicator.achievement": "raggiungimento", "indicator.weight": "peso dell'indicatore", "indicator.note": "note",
    "indicator.value": "valore dell'anno", "phase.text": "fase o attività", "phase.number": "numero della fase",
    "phase.weight": "peso della fase", "phase.assigned_to": "assegnata a", "phase.start": "inizio della fase",
    "phase.end": "fine della fase", "resource.cost": "costo", "resource.description": "risorse",
}  # fmt: skip


def column_words(line: str) -> str:
    """A line of ``Reading.mapping`` with the fields in Italian.

    >>> column_words("Foglio1: «Ob.» → title; «Target 2027» → indicator.target 2027")
    'Foglio1: «Ob.» → obiettivo; «Target 2027» → valore atteso 2027'
    """
    return re.sub(r"(?<=→ )([a-z_]+(?:\.[a-z_]+)?)", lambda match: COLUMNS.get(match[1], match[1]), line)
