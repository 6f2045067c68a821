"""Where each finding is drawn on the user's own table: exact cells where the reading knows them, else the row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cards.model import Card, Origin
from scoring.findings import CheckReport, Finding
from scoring.values import plain

_CELL = re.compile(r"(?:(.*)!)?([A-Z]{1,3})(\d+)")
_LISTS = {"indicators": "weight", "phases": "weight", "items": "weight", "staff": "share"}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A row of a table as read: ``sheet`` is None outside workbooks, ``page`` and ``line`` as in the findings."""

    sheet: str | None
    page: int | None
    line: int | None
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A cell to colour, 1-based ``row`` and ``column`` (None: the whole row); ``first`` carries the comment."""

    sheet: str | None
    row: int
    column: int | None
    finding: Finding
    first: bool = True


def marks(report: CheckReport, cards: Sequence[Card]) -> Iterator[Mark]:
    """Marks by the cells that the reading gave. The weights of a sum that is off are coloured one by one."""
    by_id = {card.id: card for card in cards if card.id}
    for finding in report.findings:
        origins = _origins(finding, by_id)
        for n, (sheet, column, row) in enumerate(filter(None, map(_cell, origins))):
            yield Mark(sheet, row, column, finding, n == 0)


def _origins(finding: Finding, cards: Mapping[str, Card]) -> list[str | None]:
    """The cells of a finding: those of the list it is about, else its own."""
    card, field = cards.get(finding.card_id or ""), finding.where.field
    if card is not None and field in _LISTS:
        found = [origin.cell for origin in _column(card, field) if origin.cell]
        if found:
            return list(found)
    return [finding.where.cell]


def _column(card: Card, field: str) -> Iterator[Origin]:
    for n in range(len(getattr(card, field))):
        origin = card.provenance.get(f"{field}[{n}].{_LISTS[field]}")
        if origin is not None:
            yield origin


def _cell(name: str | None) -> tuple[str | None, int, int] | None:
    """ "Foglio1!C5" as sheet, column and row, both 1-based."""
    match = _CELL.fullmatch(name or "")
    if match is None:
        return None
    column = 0
    for letter in match[2]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return match[1], column, int(match[3])


def placed(report: CheckReport, cards: Sequence[Card], rows: Sequence[SourceRow]) -> Iterator[tuple[int, int | None, Mark]]:
    """(index of the row in ``rows``, 0-based column or None, mark) for a table copied row by row.

    The column is the one under the header that the field was read from, else the cell that holds what was found.
    """
    by_id = {card.id: card for card in cards if card.id}
    by_place = {(row.page, row.line): n for n, row in reversed(list(enumerate(rows)))}
    by_line = {row.line: n for n, row in reversed(list(enumerate(rows)))}
    for finding in report.findings:
        for n, origin in enumerate(_places(finding, by_id)):
            at = by_place.get((origin.page, origin.line), by_line.get(origin.line) if origin.page is None else None)
            if at is None or origin.line is None:
                continue
            column = under(rows, at, origin.note) if origin.note else None
            column = _holding(rows[at], finding.found) if column is None else column
            yield at, column, Mark(None, at + 1, None if column is None else column + 1, finding, n == 0)


def _places(finding: Finding, cards: Mapping[str, Card]) -> list[Origin]:
    card, where = cards.get(finding.card_id or ""), finding.where
    if card is None:
        return [Origin(from_="document", page=where.page, line=where.line)]
    if where.field in _LISTS:
        found = list(_column(card, where.field))
        if found:
            return found
    origin = card.place(where.field)
    same = (origin.page, origin.line) == (where.page, where.line)
    return [origin if same else Origin(from_="document", page=where.page, line=where.line)]


def under(rows: Sequence[SourceRow], at: int, header: str) -> int | None:
    """The column of row ``at`` that stands under a header, looked for in the rows above; None where there is none."""
    wanted = plain(header)
    for row in reversed(rows[:at]):
        for column, text in enumerate(row.cells):
            if text and plain(text) in (wanted, wanted.split("/")[-1].strip()):
                return column
    return None


def _holding(row: SourceRow, text: str | None) -> int | None:
    return next((n for n, cell in enumerate(row.cells) if text and cell == text), None)
