"""A copy of the user's table with the mechanical corrections written in its cells; the original is never touched.

A workbook stays as it is, formulas and all, but for the cells corrected: coloured, with the old value in a comment. A cell with
a formula is left alone: its addends are to be corrected. A remedy is written whole or not at all. A .csv stays a .csv; other
sources become a .xlsx of their tables.
"""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from cards.model import Card, Origin
from cards.quantities import read_number
from exports.findings_marks import SourceRow, under
from exports.findings_xlsx import AUTHOR, copy_row, whole
from exports.xlsx import put
from scoring.remedies import Edit

CHANGED = "CFE2FF"


@dataclass(frozen=True, slots=True)
class Fixed:
    """The corrected copy, its extension, the edits written and those that found no cell or a formula."""

    content: bytes
    suffix: str
    done: tuple[Edit, ...]
    left: tuple[Edit, ...]


Groups = Iterable[Sequence[Edit]]


def fixed_workbook(source: bytes, cards: Sequence[Card], remedies: Groups) -> Fixed:
    """The workbook with the edits of each remedy in the cells that their fields were read from."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # features that openpyxl drops are not part of the table
        book = load_workbook(io.BytesIO(source))
    done: list[Edit] = []
    left: list[Edit] = []
    for edits in remedies:
        cells = [_cell(book, origin.cell) for origin in _origins(cards, edits)]
        if any(cell is None or cell.data_type == "f" for cell in cells):
            left += edits
            continue
        for cell, edit in zip(cells, edits, strict=True):
            _write(cell, edit)
        done += edits
    return Fixed(_saved(book), ".xlsx", tuple(done), tuple(left))


def _cell(book: Workbook, name: str | None) -> Any:
    sheet, _, at = (name or "").rpartition("!")
    if sheet not in book.sheetnames or not at:
        return None
    letters, line = coordinate_from_string(at)
    return whole(book[sheet], line, column_index_from_string(letters))


def fixed_rows(rows: Sequence[SourceRow], cards: Sequence[Card], remedies: Groups) -> Fixed:
    """The tables of a document as a workbook, corrected; the row and column of each field by its line and its header."""
    book = Workbook()
    active = book.active
    assert active is not None
    book.remove(active)
    spots = [copy_row(book, one) for one in rows]
    placed, left = _placed(rows, cards, remedies)
    for edit, n, column in placed:
        page, line, shift = spots[n]
        _tell(put(page, line, column + 1 + shift, edit.after), edit)
    return Fixed(_saved(book), ".xlsx", tuple(edit for edit, _, _ in placed), tuple(left))


def fixed_csv(text: str, separator: str, rows: Sequence[SourceRow], cards: Sequence[Card], remedies: Groups) -> Fixed:
    """The same table in .csv: the records that do not change are written as they were."""
    placed, left = _placed(rows, cards, remedies)
    changes: dict[int, dict[int, str]] = {}
    for edit, n, column in placed:
        changes.setdefault(rows[n].line or 0, {})[column] = edit.after or ""
    content = "".join(_records(text, separator, changes)).encode("utf-8-sig")
    return Fixed(content, ".csv", tuple(edit for edit, _, _ in placed), tuple(left))


def _records(text: str, separator: str, changes: dict[int, dict[int, str]]) -> Iterator[str]:
    lines = text.splitlines(keepends=True)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    before = 0
    for record in reader:
        cells = changes.get(before + 1)
        if cells is None:
            yield "".join(lines[before : reader.line_num])
        else:
            out = io.StringIO(newline="")
            csv.writer(out, delimiter=separator, lineterminator="\n").writerow(
                [cells.get(n, cell) for n, cell in enumerate(record)]
            )
            yield out.getvalue()
        before = reader.line_num


def _origins(cards: Sequence[Card], edits: Iterable[Edit]) -> list[Origin]:
    by_id = {card.id: card.provenance for card in cards if card.id}
    return [by_id.get(edit.card_id, {}).get(edit.path) or Origin(from_="computed") for edit in edits]


def _placed(
    rows: Sequence[SourceRow], cards: Sequence[Card], remedies: Groups
) -> tuple[list[tuple[Edit, int, int]], list[Edit]]:
    """The edits with the index of their row and column, and those of the remedies that cannot be written whole."""
    placed: list[tuple[Edit, int, int]] = []
    left: list[Edit] = []
    for edits in remedies:
        spots = [_spot(rows, edit, origin) for edit, origin in zip(edits, _origins(cards, edits), strict=True)]
        found = [(edit, *spot) for edit, spot in zip(edits, spots, strict=True) if spot is not None]
        if len(found) == len(edits):
            placed += found
        else:
            left += edits
    return placed, left


def _spot(rows: Sequence[SourceRow], edit: Edit, origin: Origin) -> tuple[int, int] | None:
    """The cell under the field's header that says what the edit takes away; else the only one of the row that does."""
    place = (origin.page, origin.line)
    at = next((n for n, row in enumerate(rows) if row.line is not None and (row.page, row.line) == place), None)
    if at is None:
        return None
    same = [n for n, cell in enumerate(rows[at].cells) if _flat(cell) == _flat(edit.before)]
    column = under(rows, at, origin.note) if origin.note else None
    if column in same:
        return at, same[same.index(column)]
    return (at, same[0]) if len(same) == 1 and edit.before else None


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _write(cell: Any, edit: Edit) -> None:
    """The new value in the cell, a number where it was a number."""
    number = read_number(edit.after or "")
    if isinstance(cell.value, int | float) and not isinstance(cell.value, bool) and number is not None:
        value = number / Decimal(100) if "%" in (cell.number_format or "") else number
        cell.value = int(value) if value == value.to_integral_value() else float(value)
    else:
        cell.value, cell.data_type = edit.after, "s"
    _tell(cell, edit)


def _tell(cell: Any, edit: Edit) -> None:
    cell.fill = PatternFill("solid", fgColor=CHANGED)
    old = cell.comment.text + "\n" if cell.comment else ""
    cell.comment = Comment(f"{old}Corretto: prima c'era «{edit.before or 'vuoto'}».", AUTHOR, width=260, height=60)


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
