"""Blocks: what every reader gives and every dialect takes. Headings, paragraphs and tables in reading order, with place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block or a row stands. ``page`` is 1-based (the number of the sheet in a workbook), None where the format has no
    pages; ``line`` is 1-based: the line of a text file, the running number of paragraph/row in .docx and .pdf, the row of a
    sheet; ``sheet`` the name of a sheet."""

    page: int | None = None
    line: int | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: cell texts left to right ("" for an empty cell), as wide as the document has it. ``struck`` holds the
    indexes of cells whose text is struck through; ``merged`` the indexes that continue a merged cell (their text is ""), and
    ``above`` those of them that continue the cell above rather than the one on the left."""

    cells: tuple[str, ...]
    place: Place
    struck: frozenset[int] = frozenset()
    merged: frozenset[int] = frozenset()
    above: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (``level`` 1..6), a paragraph (or list item) or a table (``rows``; ``text`` is then empty)."""

    kind: Literal["heading", "paragraph", "table"]
    place: Place
    text: str = ""
    level: int = 0
    rows: tuple[Row, ...] = ()
    struck: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Blocks:
    """A document as read: its blocks, number of pages (None without pages), metadata and what could not be read.

    ``page_texts`` are the raw words of each page, in any order, where the format has pages: they tell where a row or a
    paragraph that goes on over a page's end was turned.
    """

    name: str
    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[tuple[str, Place], ...] = ()
    page_texts: tuple[str, ...] = ()
