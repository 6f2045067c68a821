"""The Italian words of the interface for the contract's English keys (see ``docs/glossario.md``)."""

from __future__ import annotations

from datetime import datetime

from cards.field_words import FIELDS, field_words

__all__ = ["DOCUMENT_TYPES", "FIELDS", "INDICATOR_KINDS", "KINDS", "LAYOUTS", "LEVELS", "STATES", "field_words", "when"]

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


def when(moment: str) -> str:
    """An ISO time of the archive (UTC) as people here read it."""
    return datetime.fromisoformat(moment).astimezone().strftime("%d/%m/%Y alle %H:%M")
