"""The columns of the wide table: which heading is which field, and what a cell of each column looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest.dialects._sheet_text import is_number, letters

NAMES: dict[str, re.Pattern[str]] = {
    field: re.compile(pattern)
    for field, pattern in {
        "responsible": r"(?:dirigente)?responsabil[ei]|dirigent[ei]",
        "unit": r"settore|area|servizio|settoreservizio|unitaorganizzativa",
        "title": r"obiettiv[oi]|titoloobiettivo|denominazioneobiettivo",
        "description": r"definizione|descrizione|descrizioneobiettivo",
        "name": r"indicator[ei]|denominazioneindicatore",
        "formula": r"formula|formuladicalcolo|metododicalcolo",
        "purpose": r"finalita|scopo",
        "target": r"target(?:atteso)?|valoreatteso|atteso|risultatoatteso",
        "actual": r"(?:target|valore|risultato)?consuntivo|(?:risultato|valore)?raggiunto",
        "deviation": r"scostament[oi]|scost",
        "note": r"not[ae]",
        "weight": r"pes[oi]|ponderazione|pesatura",
        "achievement": r"(?:di)?(?:ragg|raggiungimento|raggiunto|raggiungimentoobiettivo|graddiraggiungimento)",
        "barometer": r"barometro|semaforo",
    }.items()
}
NEEDED = frozenset({"title", "name", "target", "weight"})
VALUES = ("target", "actual", "deviation", "weight", "achievement")
_HEADING, _WIDEST = 60, 60  # characters of a heading, columns of a table
_SHORT = {"responsible": 100, "unit": 220, "title": 400, "name": 700, "barometer": 30}


@dataclass(frozen=True, slots=True)
class Columns:
    """The fields of a table, by column: ``fields[i]`` is the field of column i, "" for a column without a heading."""

    fields: tuple[str, ...]

    def index(self, field: str) -> int | None:
        """The column of a field, None if the table has not got it."""
        return self.fields.index(field) if field in self.fields else None


@lru_cache(maxsize=2_000)
def _named(key: str) -> tuple[str, ...]:
    """The fields that a heading may name, the likeliest first."""
    return tuple(field for field, pattern in NAMES.items() if key and pattern.fullmatch(key))


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns that a header row names; None if the row is not the header of a wide table.

    A wide table has at least eight known columns, among them objective, indicator, expected value, weight, and a formula or a
    purpose for each indicator.
    """
    if not 8 <= len(cells) <= _WIDEST or max(map(len, cells), default=0) > _HEADING or sum(map(bool, cells)) < 8:
        return None
    fields: list[str] = []
    for cell in cells:
        named = _named(letters(cell))
        fields.append(next((field for field in named if field not in fields), ""))
    known = set(fields) - {""}
    if len(known) < 8 or not known >= NEEDED or not known & {"formula", "purpose"}:
        return None
    return Columns(tuple(fields))


def fits(field: str, cell: str) -> float:
    """How well a cell suits a column, from -4 (surely not) to 2 (as expected)."""
    number = is_number(cell)
    if field in ("target", "actual", "deviation"):
        return 2.0 if number else (0.5 if len(cell) <= 25 else -4.0)
    if field in ("weight", "achievement"):
        return 2.0 if number else -4.0
    if field == "":
        return -3.0
    if number or len(cell) > _SHORT.get(field, 10_000):
        return -3.0 if field != "note" else -2.0
    return 0.5 if field in ("note", "barometer") else 1.0
