"""What every reader does with a table it found: rows of one width, ruling rows dropped, one-column tables read as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.blocks import Block, Place, Row
from ingest.readers.words import is_rule, looks_like_heading


def table_blocks(rows: Sequence[Row]) -> Iterator[Block]:
    """One table block; paragraphs when the table has a single column (a frame around text), nothing when it is empty."""
    kept = [row for row in rows if any(row.cells) and not is_rule(row.cells)]
    if not kept:
        return
    width = max(len(row.cells) for row in kept)
    if not any(any(row.cells[1:]) for row in kept):
        yield from (text_block(row.cells[0], row.place, struck=0 in row.struck) for row in kept)
        return
    padded = tuple(row if len(row.cells) == width else _padded(row, width) for row in kept)
    yield Block("table", padded[0].place, rows=padded)


def _padded(row: Row, width: int) -> Row:
    return replace(row, cells=row.cells + ("",) * (width - len(row.cells)))


def text_block(text: str, place: Place, *, level: int = 0, bold: bool = False, struck: bool = False) -> Block:
    """A heading (by ``level``, or by its capitals where the format has no styles) or a paragraph."""
    if level or (not struck and looks_like_heading(text)):
        return Block("heading", place, text, level=level or 2, bold=bold, struck=struck)
    return Block("paragraph", place, text, bold=bold, struck=struck)
