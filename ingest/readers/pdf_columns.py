"""Where no rules help: columns of prose are read one after the other, texts aligned in columns are a table.

Columns show as strips that stay white over consecutive lines (the whitespace method of camelot's "stream" and of Breuel's page
segmentation, on lines instead of pixels).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import mean

from ingest.readers.pdf_lines import Line, lines_of
from ingest.readers.pdf_page import Rule

MIN_LINES = 3
_FAR = 1e9
Strip = tuple[float, float]


@dataclass(slots=True)
class CellLines:
    """A cell of a table row: its lines; ``merged`` when it continues a merged cell, ``above`` when that one is above."""

    lines: list[Line] = field(default_factory=list)
    merged: bool = False
    above: bool = False


@dataclass(slots=True)
class TableItem:
    """A table on one page: rows of cells, the x of its columns, where it begins and ends."""

    xs: list[float]
    top: float
    bottom: float
    rows: list[list[CellLines]]


Item = TableItem | Line


def in_reading_order(tables: Sequence[TableItem], lines: Sequence[Line], strikes: Sequence[Rule]) -> list[Item]:
    """Tables and free lines from the top down, columns found and read as such."""
    items: list[Item] = []
    band: list[Line] = []
    everything: list[Item] = [*tables, *lines]
    for item in sorted(everything, key=lambda item: item.top):
        if isinstance(item, Line):
            band.append(item)
            continue
        items += _band(band, strikes)
        band = []
        items.append(item)
    return items + _band(band, strikes)


def _band(lines: list[Line], strikes: Sequence[Rule]) -> list[Item]:
    """The lines between two tables, regions of columns replaced."""
    out: list[Item] = []
    i = 0
    while i < len(lines):
        strips, end = _region(lines, i)
        columns = _columns(lines[i:end], strips, strikes) if strips else []
        if not columns:
            out.append(lines[i])
            i += 1
            continue
        out += _prose(columns) if _is_prose(columns, lines[i:end]) else [_table(lines[i:end], columns)]
        i = end
    return out


def _region(lines: Sequence[Line], start: int) -> tuple[list[Strip], int]:
    """The strips that stay white from a line on, and the line where they end; no strips when there are no columns."""
    strips = [gap for gap in lines[start].gaps if gap[1] - gap[0] > lines[start].size]
    end = start + 1
    while strips and end < len(lines):
        line = lines[end]
        if line.top - lines[end - 1].bottom > 2.5 * line.size:
            break
        kept = _common(strips, _white(line))
        if not kept:
            break
        strips, end = kept, end + 1
    while end > start and not _beside(lines[end - 1], strips):
        end -= 1
    both = sum(_beside(line, strips) for line in lines[start:end])
    enough = end - start >= MIN_LINES and both >= max(MIN_LINES, 0.5 * (end - start))
    return (strips, end) if enough else ([], start + 1)


def _white(line: Line) -> list[Strip]:
    return [(-_FAR, line.x0), *line.gaps, (line.x1, _FAR)]


def _common(strips: Sequence[Strip], white: Sequence[Strip]) -> list[Strip]:
    found = ((max(a, c), min(b, d)) for a, b in strips for c, d in white)
    return [(a, b) for a, b in found if b - a > 5]


def _beside(line: Line, strips: Sequence[Strip]) -> bool:
    """Whether a line has text on both sides of a strip."""
    return any(line.x0 < a and line.x1 > b for a, b in strips)


def _columns(lines: Sequence[Line], strips: Sequence[Strip], strikes: Sequence[Rule]) -> list[list[Line]]:
    """The lines of each column; empty when a column holds markers of a list and no text."""
    edges = [(a + b) / 2 for a, b in sorted(strips)]
    rights = [a for a, _ in sorted(strips)] + [max(line.right for line in lines)]
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        for k in range(len(columns)):
            low, high = edges[k - 1] if k else -_FAR, edges[k] if k < len(edges) else _FAR
            if line.chars:
                columns[k] += lines_of([c for c in line.chars if low <= c.x0 < high], rights[k], strikes)
            elif low <= line.x0 < high:
                columns[k].append(line)
    sizes = [mean([len(line.text) for line in column]) if column else 0 for column in columns]
    return [] if len(columns) == 2 and sizes[0] < 4 or not all(sizes) else columns


def _is_prose(columns: Sequence[Sequence[Line]], lines: Sequence[Line]) -> bool:
    """Two or three columns of long, full lines."""
    if len(columns) > 3:
        return False
    return all(mean([len(line.text) for line in column]) >= 25 and len(column) >= 0.6 * len(lines) for column in columns)


def _prose(columns: Sequence[Sequence[Line]]) -> list[Item]:
    out: list[Item] = []
    for column in columns:
        reach = max(line.x1 for line in column)
        for line in column:
            line.right = reach
            out.append(line)
    return out


def _table(lines: Sequence[Line], columns: Sequence[Sequence[Line]]) -> TableItem:
    """Aligned texts as rows: a row begins where the first column does, or after a wider space where spaces differ."""
    pitches = [b.y - a.y for a, b in zip(lines, lines[1:], strict=False)]
    spaced = len(pitches) > 2 and max(pitches) > 1.35 * min(pitches)
    rows: list[list[CellLines]] = []
    for k, line in enumerate(lines):
        cells = [[part for part in column if abs(part.y - line.y) < 0.35 * line.size] for column in columns]
        opens = k == 0 or (pitches[k - 1] > 1.2 * min(pitches) if spaced else bool(cells[0]))
        if opens:
            rows.append([CellLines() for _ in columns])
        for cell, parts in zip(rows[-1], cells, strict=True):
            cell.lines += parts
    xs = [min((line.x0 for line in column), default=0.0) for column in columns] + [max(line.x1 for line in lines)]
    return TableItem(xs, min(line.top for line in lines), max(line.bottom for line in lines), rows)
