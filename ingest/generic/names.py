"""The generic reader's fields in a clerk's words: what the archive page and ``piao mapping`` show and take."""

from __future__ import annotations

FIELD_NAMES = {
    "title": "Titolo dell'obiettivo", "code": "Codice dell'obiettivo",
    "number": "Numero dell'obiettivo o della scheda", "description": "Descrizione dell'obiettivo", "purpose": "Finalità",
    "weight": "Peso", "card.weight": "Peso dell'obiettivo", "card.achievement": "% di raggiungimento dell'obiettivo",
    "unit": "Settore o area", "directorate": "Direzione",
    "section": "Sezione o servizio", "responsible": "Responsabile", "manager": "Dirigente", "politician": "Assessore",
    "mission": "Missione", "programme": "Programma", "project": "Progetto", "strategic_line": "Linea strategica",
    "strategic_objective": "Obiettivo strategico", "operational_objective": "Obiettivo operativo", "start": "Data di inizio",
    "end": "Scadenza", "horizon": "Orizzonte temporale", "priority": "Priorità", "year": "Anno", "entity": "Ente",
    "status": "Stato della scheda", "outcome": "Esito", "indicator.name": "Indicatore",
    "indicator.code": "Indicatore: codice", "indicator.kind": "Indicatore: tipo", "indicator.formula": "Indicatore: formula",
    "indicator.purpose": "Indicatore: finalità",
    "indicator.unit": "Indicatore: unità di misura", "indicator.source": "Indicatore: fonte dei dati",
    "indicator.baseline": "Indicatore: valore di partenza", "indicator.target": "Indicatore: valore atteso",
    "indicator.interim": "Indicatore: valore intermedio", "indicator.actual": "Indicatore: risultato",
    "indicator.deviation": "Indicatore: scostamento", "indicator.weight": "Indicatore: peso",
    "indicator.achievement": "Indicatore: % di raggiungimento", "indicator.note": "Indicatore: note",
    "phase.text": "Fase o attività", "phase.number": "Fase: numero", "phase.weight": "Fase: peso",
    "phase.assigned_to": "Fase: assegnata a", "staff.name": "Personale: nome", "staff.category": "Personale: categoria",
    "staff.share": "Personale: quota di impegno", "resource.description": "Risorse", "resource.cost": "Risorse: costo",
}  # fmt: skip
"""Field -> Italian name."""
