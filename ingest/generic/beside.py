"""Sheets that stand side by side in one table, each with its own column of labels: they are read one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from ingest.blocks import Row
from ingest.generic.header import label_of
from ingest.generic.synonyms import plain

_LEAST = 3  # labels that must come again


def beside(rows: Sequence[Row], overrides: Mapping[str, str] | None) -> list[list[Row]]:
    """The rows of each sheet of a table, at their own columns with the others blank; the rows as they are where there is one."""
    starts = _starts(rows, overrides)
    if len(starts) < 2:
        return [list(rows)]
    bounds = [0, *starts[1:], max(len(row.cells) for row in rows)]
    return [[_only(row, low, high) for row in rows] for low, high in zip(bounds, bounds[1:], strict=False)]


def _starts(rows: Sequence[Row], overrides: Mapping[str, str] | None) -> list[int]:
    """The columns where the same labels stand, row after row, a title among them."""
    for row in rows:
        titles = [(j, plain(cell)) for j, cell in enumerate(row.cells) if cell and _is_title(cell, overrides)]
        if len(titles) < 2 or len({text for _, text in titles}) > 1:
            continue
        columns = [j for j, _ in titles]
        if columns[1] - columns[0] < 2:
            continue
        filled = [[_text(one, j) for j in columns] for one in rows]
        same = sum(1 for texts in filled if texts[0] and len(set(texts)) == 1 and label_of(texts[0], overrides))
        told = sum(1 for texts in filled if len(set(texts)) > 1 and all(label_of(text, overrides) for text in texts if text))
        if same >= _LEAST and same >= 2 * told:
            return columns
    return []


def _is_title(cell: str, overrides: Mapping[str, str] | None) -> bool:
    column = label_of(cell, overrides)
    return column is not None and column.field == "title"


def _text(row: Row, j: int) -> str:
    return plain(row.cells[j]) if j < len(row.cells) else ""


def _only(row: Row, low: int, high: int) -> Row:
    cells = tuple(cell if low <= j < high else "" for j, cell in enumerate(row.cells))
    inside = frozenset(range(low, high))
    return replace(row, cells=cells, merged=row.merged & inside, above=row.above & inside, struck=row.struck & inside)
