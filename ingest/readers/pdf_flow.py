"""From the layouts of all pages to blocks: paragraphs joined, tables continued over page breaks, repeated page heads dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from ingest.blocks import Block, Place, Row
from ingest.readers.pdf_columns import CellLines, TableItem
from ingest.readers.pdf_layout import PageLayout
from ingest.readers.pdf_lines import Joiner, Line
from ingest.readers.tables import table_blocks, text_block
from ingest.readers.words import clean

_MARKER = re.compile(r"(?:[-–—•·▪●○*☐☒✓➢►]|\d{1,3}[.)]|[a-zA-Z][.)]|\(?[ivx]{1,4}\))\s")

_LEVEL = 6.0  # points: lines of several pages so near are at the same height
_PAGE_NUMBER = re.compile(r"^[\s\d/.|–-]+$|\bpag(?:\.|ina)?\s*\d|\b\d+\s*(?:di|/|of)\s*\d+\s*$", re.I)


@dataclass(slots=True)
class _RowDraft:
    cells: list[CellLines]
    page: int


@dataclass(slots=True)
class _TableDraft:
    xs: list[float]
    bottom: float
    rows: list[_RowDraft] = field(default_factory=list)


class Flow:
    """Puts the pages of one document together."""

    def __init__(self, pages: Sequence[PageLayout]) -> None:
        self.pages = pages
        _drop_repeated(pages)
        self.joiner = Joiner()
        lines = [item for page in pages for item in page.items if isinstance(item, Line)]
        self.body_size = median([line.size for line in lines for _ in range(1 + len(line.text) // 20)]) if lines else 10.0
        tops = [item.top for page in pages for item in page.items]
        bottoms = [item.bottom for page in pages for item in page.items]
        self.top, self.bottom = min(tops, default=0.0), max(bottoms, default=0.0)
        self._set_right_margins()
        self._learn()
        self.number = 0
        self.common = {size for size, n in Counter(round(line.size, 1) for line in lines).items() if n > 0.2 * len(lines)}

    def _set_right_margins(self) -> None:
        """Free lines could have gone as far right as any text or table of a page of that width."""
        reach: dict[int, float] = {}
        for page in self.pages:
            for item in page.items:
                right = item.x1 if isinstance(item, Line) else item.xs[-1]
                reach[round(page.width)] = max(right, reach.get(round(page.width), 0.0))
        for page in self.pages:
            wide = round(page.width)
            reach[wide] = max(reach.get(wide, 0.0), 0.8 * page.width)  # a page of short lines tells no margin
        for page in self.pages:
            for item in page.items:
                if isinstance(item, Line) and item.right >= page.width - 1:
                    item.right = reach[round(page.width)]

    def _learn(self) -> None:
        for page in self.pages:
            for item in page.items:
                if isinstance(item, TableItem):
                    for row in item.rows:
                        for cell in row:
                            self.joiner.learn(cell.lines)
            for first, second in pairwise(page.items):
                if isinstance(first, Line) and isinstance(second, Line):
                    close = second.y - first.y <= 1.75 * first.size
                    self.joiner.learn([first, second] if close and not self.joiner._has_room(first, second) else [first])

    def blocks(self) -> Iterator[Block]:
        """The blocks of the document."""
        paragraph: list[Line] = []
        start = last = 1
        table: _TableDraft | None = None
        for page in self.pages:
            for k, item in enumerate(page.items):
                if isinstance(item, Line):
                    if table:
                        yield from self._table(table)
                        table = None
                    if paragraph and not self._same_paragraph(paragraph[-1], item, page.number - last):
                        yield self._paragraph(paragraph, start)
                        paragraph = []
                    if not paragraph:
                        start = page.number
                    paragraph.append(item)
                    last = page.number
                    continue
                if paragraph:
                    yield self._paragraph(paragraph, start)
                    paragraph = []
                if table and not (k == 0 and self._goes_on(table, item)):
                    yield from self._table(table)
                    table = None
                if table is None:
                    table = _TableDraft(item.xs, item.bottom)
                self._append(table, item, page.number)
        if paragraph:
            yield self._paragraph(paragraph, start)
        if table:
            yield from self._table(table)

    # ---------------------------------------------------------------------------------------------------------- paragraphs

    def _same_paragraph(self, line: Line, following: Line, turned: int) -> bool:
        """Whether a line goes on with the paragraph; ``turned``: how many pages were turned between the two."""
        if abs(line.size - following.size) > 0.12 * line.size or line.struck != following.struck:
            return False
        if _MARKER.match(following.text) and not (line.spaced and self.joiner.keeps_spaces):
            return False
        if turned == 0 and not -0.5 * line.size <= following.y - line.y <= 1.9 * line.size:
            return False
        at_edges = line.bottom > self.bottom - 3 * line.size and following.top < self.top + 3 * line.size
        if turned and not (turned == 1 and at_edges):
            return False
        if self.joiner.keeps_spaces and not line.spaced and line.text[-1:] in ".;:" and following.text[:1].isupper():
            return False
        return self.joiner.wraps(line, following)

    def _paragraph(self, lines: list[Line], page: int) -> Block:
        self.number += 1
        text = clean(self.joiner.text(lines, hard=False))
        size = median(line.size for line in lines)
        level = 0
        if size > 1.15 * self.body_size and round(size, 1) not in self.common and len(text) <= 160:
            level = 1 if size > 1.5 * self.body_size else 2
        return text_block(text, Place(page, self.number), level=level, struck=all(line.struck for line in lines))

    # -------------------------------------------------------------------------------------------------------------- tables

    def _goes_on(self, table: _TableDraft, item: TableItem) -> bool:
        """Whether a table at the top of a page continues the one at the bottom of the page before."""
        if len(table.xs) != len(item.xs) or any(abs(a - b) > 3 for a, b in zip(table.xs, item.xs, strict=True)):
            return False
        if item.top > self.top + 3:
            return False
        if self._row_goes_on(table.rows[-1], item.rows[0]):
            return True
        line_height = max((line.bottom - line.top for cell in item.rows[0] for line in cell.lines), default=10.0)
        return table.bottom + line_height + 4 > self.bottom

    def _row_goes_on(self, last: _RowDraft, first: list[CellLines]) -> bool:
        """Whether a row was cut by the page's end: every cell of the new part goes on with the one above it."""
        parts = [(old.lines, new.lines) for old, new in zip(last.cells, first, strict=True) if new.lines]
        return bool(parts) and all(old and self._unfinished(old[-1], new[0]) for old, new in parts)

    def _unfinished(self, line: Line, following: Line) -> bool:
        if self.joiner.keeps_spaces:
            return self.joiner.wraps(line, following)
        return line.text[-1] not in ".;:!?" and not following.text[0].isupper() and self.joiner.wraps(line, following)

    def _append(self, table: _TableDraft, item: TableItem, page: int) -> None:
        rows = item.rows
        if table.rows and len(rows) > 1 and _words(rows[0]) == _words(table.rows[0].cells) and any(_words(rows[0])):
            rows = rows[1:]  # the header printed again
        if table.rows and self._row_goes_on(table.rows[-1], rows[0]):
            for old, new in zip(table.rows[-1].cells, rows[0], strict=True):
                old.lines += new.lines
            rows = rows[1:]
        table.rows += [_RowDraft(cells, page) for cells in rows]
        table.bottom = item.bottom

    def _table(self, table: _TableDraft) -> Iterator[Block]:
        rows: list[Row] = []
        after: list[Block] = []
        for draft in table.rows:
            self.number += 1
            place = Place(draft.page, self.number)
            cells: list[str] = []
            struck: set[int] = set()
            for i, cell in enumerate(draft.cells):
                live = [line for line in cell.lines if not line.struck]
                if cell.lines and not live:
                    struck.add(i)
                elif len(live) < len(cell.lines):
                    old = [line for line in cell.lines if line.struck]
                    after.append(text_block(clean(self.joiner.text(old)), place, struck=True))
                cells.append(clean(self.joiner.text(live or cell.lines)))
            merged = frozenset(i for i, cell in enumerate(draft.cells) if cell.merged)
            above = frozenset(i for i, cell in enumerate(draft.cells) if cell.above)
            rows.append(Row(tuple(cells), place, frozenset(struck), merged, above))
        yield from table_blocks(rows)
        yield from after


def _words(cells: Sequence[CellLines]) -> list[str]:
    return [" ".join(line.text for line in cell.lines) for cell in cells]


def _drop_repeated(pages: Sequence[PageLayout]) -> None:
    """Page heads and feet: lines that come back at the same height of most pages' edges are kept on the first page alone."""
    if len(pages) < 3:
        return
    tops: dict[str, list[float]] = {}
    for page in pages:
        for shape, top in {_shape(line.text): line.top for line in _edges(page)}.items():
            tops.setdefault(shape, []).append(top)
    often = {shape: median(found) for shape, found in tops.items()}
    least = max(3, 0.4 * len(pages))
    often = {shape: at for shape, at in often.items() if sum(abs(top - at) <= _LEVEL for top in tops[shape]) >= least}
    seen: set[str] = set()
    for page in pages:
        for line in _edges(page):
            shape = _shape(line.text)
            if shape in often and abs(line.top - often[shape]) <= _LEVEL:
                if shape in seen:
                    page.items.remove(line)
                seen.add(shape)


def _edges(page: PageLayout) -> list[Line]:
    """Free lines in the outer tenth of a page."""
    lines = [item for item in page.items if isinstance(item, Line)]
    return [line for line in lines if line.bottom < 0.1 * page.height or line.top > 0.9 * page.height]


def _shape(text: str) -> str:
    """What makes two edge lines the same: the text, or, for a page's number, the text without its digits."""
    return re.sub(r"\d+", "#", text.casefold()) if _PAGE_NUMBER.search(text) else text.casefold()
