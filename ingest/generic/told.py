"""What the reading report says of headers and labels that nobody said and the reader understood by itself."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field

from cards.columns import COLUMNS
from ingest.blocks import Place, Row
from ingest.dialects.part import Spot, spot
from ingest.generic.header import Header
from ingest.generic.names import FIELD_NAMES
from ingest.generic.synonyms import Column

FROM_CONTENT = "(dal contenuto)"
"""Beside a column of ``Part.mapping`` that was understood from what stands under it."""
_SHOWN = 12  # headers that one line of the report names
_WHY = "non è tra le parole conosciute: l'ho capita dai valori e dalle altre intestazioni"
_WHYS = "non sono tra le parole conosciute: le ho capite dai valori e dalle altre intestazioni"
_CORRECT = "Se non è così, in Archivio: «Correggi come si leggono le colonne»"
_WRITE = "Se non è così, scrivi nel documento l'etichetta usuale, per esempio «Indicatore» o «Valore atteso»"


def marked(column: Column, text: str) -> str:
    """A piece of ``Part.mapping``, marked where the field was understood from content."""
    return f"{text} {FROM_CONTENT}" if column.inferred else text


@dataclass(slots=True)
class Told:
    """Tables with inferred headers as they are read: the columns, the first place of each form, the rows under each."""

    tables: dict[tuple[tuple[str, str], ...], list[tuple[Place, frozenset[Spot]]]] = field(default_factory=dict)

    def table(self, header: Header, place: Place, rows: Sequence[Row]) -> None:
        """Remember the inferred columns of a table whose header stands at a place."""
        columns = tuple(_named(column) for _, column in sorted(header.columns.items()) if column.inferred)
        if columns:
            self.tables.setdefault(tuple(dict.fromkeys(columns)), []).append((place, frozenset(spot(row.place) for row in rows)))

    def notes(self, used: Container[Spot]) -> Iterator[tuple[str, Place]]:
        """A line of the report for each form of table of which some row became (part of) a card."""
        for columns, tables in self.tables.items():
            read = [place for place, rows in tables if any(one in used for one in rows)]
            if read:
                again = f" (così in {len(read)} tabelle o parti di tabella)" if len(read) > 1 else ""
                what = "intestazione" if len(columns) == 1 else "intestazioni"
                yield f"{_where(read[0])}{what} {_said(columns)}{again} {_why(columns)}. {_CORRECT}", read[0]


def told_labels(pairs: Sequence[tuple[Column, Place]], in_tables: Container[Spot]) -> Iterator[tuple[str, Place]]:
    """A line for the inferred labels of sheets, and one for those of lines of text, which have no columns to correct."""
    for sheet, remedy in ((True, _CORRECT), (False, _WRITE)):
        mine = [(column, place) for column, place in pairs if (spot(place) in in_tables) is sheet]
        columns = tuple(dict.fromkeys(_named(column) for column, _ in mine))
        if columns:
            what = "etichetta" if len(columns) == 1 else "etichette"
            yield f"{_where(mine[0][1])}{what} {_said(columns)} {_why(columns)}. {remedy}", mine[0][1]


def _named(column: Column) -> tuple[str, str]:
    return " ".join(column.header.split()).rstrip(": "), column.field


def _said(columns: Sequence[tuple[str, str]]) -> str:
    shown = [f"«{header[:60]}» (letta come {_italian(name)})" for header, name in columns[:_SHOWN]]
    return ", ".join(shown) + (f" e altre {len(columns) - _SHOWN}" if len(columns) > _SHOWN else "")


def _italian(name: str) -> str:
    return COLUMNS.get(name) or FIELD_NAMES.get(name, name).lower()


def _why(columns: Sequence[tuple[str, str]]) -> str:
    return _WHY if len(columns) == 1 else _WHYS


def _where(place: Place) -> str:
    return f"foglio «{place.sheet}»: " if place.sheet else ""
