"""A PDF page as tables and free lines in reading order, before anything is joined into sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.pdf_columns import CellLines, Item, TableItem, in_reading_order
from ingest.readers.pdf_grid import SNAP, Grid, grids
from ingest.readers.pdf_lines import lines_of
from ingest.readers.pdf_page import Canvas, Char, Rule


@dataclass(slots=True)
class PageLayout:
    """What a page holds, from the top down: tables and free lines."""

    number: int
    width: float
    height: float
    items: list[Item]
    images: bool
    bare: bool = False
    """Whether its words, if any, are all of fields and annotations written over it."""

    @property
    def empty(self) -> bool:
        """Whether no text at all was found on the page."""
        return not self.items


def layout_of(canvas: Canvas, number: int) -> PageLayout:
    """The layout of a page; characters inside a ruled table belong to its cells and are not repeated outside."""
    found = grids(canvas)
    boxes: list[dict[tuple[int, int], list[Char]]] = [{} for _ in found]
    free: list[Char] = []
    spans = [(grid.ys[0] - 1, grid.ys[-1] + 1, grid, cells) for grid, cells in zip(found, boxes, strict=True)]
    for char in canvas.chars:
        y = char.y - 0.25 * char.size if char.angle == 0 else (char.top + char.bottom) / 2
        if not -5 <= y <= canvas.height + 5:
            continue
        for top, bottom, grid, cells in spans:
            if top <= y <= bottom and (cell := grid.cell_at((char.x0 + char.x1) / 2, y)) is not None:
                cells.setdefault(cell, []).append(char)
                break
        else:
            free.append(char)
    strikes = _strikes(canvas.horizontal, found)
    tables = [_table(grid, cells, strikes) for grid, cells in zip(found, boxes, strict=True) if _has_text(cells)]
    items = in_reading_order(tables, lines_of(free, canvas.width, strikes), strikes)
    return PageLayout(number, canvas.width, canvas.height, items, canvas.images)


def _has_text(cells: dict[tuple[int, int], list[Char]]) -> bool:
    return any(not char.text.isspace() for group in cells.values() for char in group)


def _strikes(rules: Sequence[Rule], found: Sequence[Grid]) -> list[Rule]:
    """Horizontal rules that are no grid line: they may strike a text through."""
    edges = [y for grid in found for y in grid.ys]
    return [rule for rule in rules if not any(abs(rule.at - y) <= SNAP for y in edges)]


def _table(grid: Grid, cells: dict[tuple[int, int], list[Char]], strikes: Sequence[Rule]) -> TableItem:
    rows = []
    for i, homes in enumerate(grid.home):
        row = []
        for j, home in enumerate(homes):
            if home != (i, j):
                row.append(CellLines(merged=True, above=home[0] != i and home[1] == j))
                continue
            right = grid.right_of(i, j)
            lines = lines_of(cells.get(home, ()), right, strikes)
            padding = min((line.x0 for line in lines), default=0.0) - grid.xs[j]
            for line in lines:
                line.right = right - max(min(padding, 12.0), 1.0)
            row.append(CellLines(lines))
        rows.append(row)
    return TableItem(grid.xs, grid.ys[0], grid.ys[-1], rows)
