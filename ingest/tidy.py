"""Tables as layouts want them: without an empty margin on the left, and whole where only a page's furniture (its number, a
running line) stood between two halves.

Search still sees the document as it is: this is for dialects and the generic reader alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.blocks import Block, Blocks, Place, Row

_PAGE = re.compile(r"(?:pag(?:ina|\.)?\s*)?[-–—]?\s*\d{1,4}\s*(?:(?:di|/)\s*\d{1,4}\s*)?[-–—]?", re.I)
_MARGIN = 2  # empty columns on the left that may be a margin; more of them say that the rows go on from those above
_RUNNING = 3  # a line that stands alone between tables so many times is the page's, not the text's
_LABEL = 6  # characters of a cell that, repeated at the head of the next table, opens a new one
_DIGITS = re.compile(r"\d+")


def tidied(blocks: Blocks) -> Blocks:
    """The blocks with margins off and tables joined over page numbers and running lines."""
    return replace(blocks, blocks=tuple(_joined(_unfurnished(_without_margins(blocks.blocks)))))


def _unfurnished(blocks: Sequence[Block]) -> list[Block]:
    """The blocks without running lines, and without page numbers where they rise through a document without pages of its own."""
    running, numbers = _running_lines(blocks), _rising_numbers(blocks)
    if not running and not numbers:
        return list(blocks)
    gone = [b.kind != "table" and (_form(b) in running or b.place in numbers) for b in blocks]
    return [b for b, out in zip(_mended(blocks, gone), gone, strict=True) if not out and b is not None]


def _rising_numbers(blocks: Sequence[Block]) -> frozenset[Place]:
    """Where the page numbers stand, if the lines that look like them rise from each to the next."""
    found = [b for b in blocks if _is_page_number(b) and b.place.page is None]
    numbers = [int(_DIGITS.findall(b.text)[0]) for b in found]
    rise = len(numbers) >= _RUNNING and all(a < b for a, b in pairwise(numbers))
    return frozenset(b.place for b in found) if rise else frozenset()


def _mended(blocks: Sequence[Block], gone: Sequence[bool]) -> list[Block | None]:
    """The blocks with each table joined to the half of it behind a page number; the half itself is None."""
    mended: list[Block | None] = list(blocks)
    upper: int | None = None
    for i, block in enumerate(blocks):
        held = mended[upper] if upper is not None else None
        if block.kind == "table" and held is not None and i and gone[i - 1] and _halves(held, block):
            mended[upper or 0], mended[i] = replace(held, rows=held.rows + block.rows), None
        elif not gone[i]:
            upper = i if block.kind == "table" else None
    return mended


def _without_margins(blocks: Sequence[Block]) -> list[Block]:
    """Every table without the columns on the left that are empty in all tables of that width.

    Tables of one width go together because a table continued on another page may leave its first columns empty throughout.
    """
    margins: dict[int, int] = {}
    rows: Counter[int] = Counter()
    for block in blocks:
        for row in block.rows:
            width = len(row.cells)
            rows[width] += 1
            margins[width] = min(margins.get(width, width), _blank(row))
    return [_shifted(b, margins[len(b.rows[0].cells)]) if _has_margin(b, margins, rows) else b for b in blocks]


def _has_margin(block: Block, margins: dict[int, int], rows: Counter[int]) -> bool:
    width = len(block.rows[0].cells) if block.rows else 0
    return 0 < margins.get(width, 0) <= _MARGIN and width - margins[width] >= 2 and rows[width] >= 2


def _blank(row: Row) -> int:
    return next((i for i, cell in enumerate(row.cells) if cell.strip()), len(row.cells))


def _shifted(block: Block, margin: int) -> Block:
    return replace(block, rows=tuple(_cut(row, margin) for row in block.rows))


def _cut(row: Row, margin: int) -> Row:
    struck, merged, above = (frozenset(i - margin for i in marks if i >= margin) for marks in (row.struck, row.merged, row.above))
    return replace(row, cells=row.cells[margin:], struck=struck, merged=merged, above=above)


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Tables cut in two by a single page number are one; a page number between two tables that differ is left out."""
    gone = [
        0 < i < len(blocks) - 1 and _is_page_number(b) and blocks[i - 1].kind == blocks[i + 1].kind == "table"
        for i, b in enumerate(blocks)
    ]
    return [b for b, out in zip(_mended(blocks, gone), gone, strict=True) if not out and b is not None]


def _running_lines(blocks: Sequence[Block]) -> frozenset[str]:
    """The forms of the lines that stand alone between two tables again and again."""
    seen = Counter(
        _form(b)
        for a, b, c in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if b.kind != "table" and a.kind == c.kind == "table" and _halves(a, c) and not b.text.rstrip().endswith(":")
    )
    return frozenset(form for form, count in seen.items() if count >= _RUNNING and form)


def _form(block: Block) -> str:
    """A line with its figures left out: page numbers change, the rest of a running line does not."""
    return _DIGITS.sub("#", block.text.strip()) if block.kind != "table" else ""


def _is_page_number(block: Block) -> bool:
    return block.kind != "table" and len(block.text) <= 24 and bool(_PAGE.fullmatch(block.text.strip()))


def _halves(upper: Block, lower: Block) -> bool:
    """Two tables of one width, without pages of their own, the second with no heading of the first repeated."""
    top, low = upper.rows[0], lower.rows[0]
    if upper.place.page is not None or upper.place.sheet != lower.place.sheet or len(top.cells) != len(low.cells):
        return False
    return not {cell for cell in top.cells if len(cell) >= _LABEL} & set(low.cells)
