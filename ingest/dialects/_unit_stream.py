"""What this family of dialects reads from: the document as a flat run of lines and table rows, and how labels are compared.

A table cut by a page is one table for a dialect: ``Entry.table`` numbers the tables, ``Entry.first`` marks a table's first row,
and ``rejoin`` puts back together a row whose lower half went to the next page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from cards.model import Origin
from ingest.blocks import Blocks, Place
from ingest.dialects._memo import once

CODE = r"[A-Z]{1,3}\d{0,2}\.\d{3,6}"
CODES = re.compile(rf"{CODE}(?:\s*/\s*{CODE})*")
PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_ESCAPED_S = re.compile(r"\\?\$(?=\d{1,2}\.\d)")


@dataclass(frozen=True)
class Entry:
    """A line of text (``cells`` empty) or a table row (``table`` numbers its table). ``heading`` as the reader saw it."""

    place: Place
    text: str = ""
    cells: tuple[str, ...] = ()
    table: int = -1
    first: bool = False
    heading: bool = False

    @property
    def is_row(self) -> bool:
        """Whether it is a table row."""
        return self.table >= 0

    @cached_property
    def joined(self) -> str:
        """The row's words with single spaces, or the line."""
        return " ".join(filter(None, self.cells)) if self.is_row else self.text


@once
def stream(blocks: Blocks) -> list[Entry]:
    """The whole document as entries, cells flattened to one line each; empty lines and empty rows are left out.

    A merged cell is read once, in its first place. The same blocks asked again give the same list: do not change it.
    """
    return _entries(blocks)


def _entries(blocks: Blocks) -> list[Entry]:
    entries: list[Entry] = []
    for number, block in enumerate(blocks.blocks):
        if block.kind == "table":
            started = True
            for row in block.rows:
                cells = tuple([cell and flat(cell) for cell in row.cells])
                if row.merged:
                    cells = tuple("" if i in row.merged else cell for i, cell in enumerate(cells))
                if any(cells):
                    entries.append(Entry(row.place, cells=cells, table=number, first=started))
                    started = False
        elif text := flat(block.text):
            entries.append(Entry(block.place, text=text, heading=block.kind == "heading"))
    return entries


def flat(text: str) -> str:
    """One line, single spaces; a code misread as "$1.00003" mended to "S1.00003"."""
    if "  " in text or not text.isprintable() or text[:1] == " " or text[-1:] == " ":  # no blank but " " is printable
        text = " ".join(text.split())
    return _ESCAPED_S.sub("S", text) if "$" in text else text


def undouble(cells: Sequence[str]) -> list[str]:
    """Cells with a repeated neighbour blanked: how a merged cell looks when a reader repeats its text."""
    return [cell if i == 0 or cell != cells[i - 1] else "" for i, cell in enumerate(cells)]


def rejoin(upper: Entry, lower: Entry) -> Entry:
    """Two halves of a row, joined cell by cell."""
    width = max(len(upper.cells), len(lower.cells))
    tops, lows = (e.cells + ("",) * (width - len(e.cells)) for e in (upper, lower))
    return replace(upper, cells=tuple(" ".join(part for part in pair if part) for pair in zip(tops, lows, strict=True)))


def follows(entries: Sequence[Entry], index: int) -> bool:
    """Whether a table's first row stands right after another table, on a later page: it may go on with it."""
    before = entries[index - 1] if index else None
    here = entries[index]
    if before is None or not here.first or not before.is_row:
        return False
    return here.place.page is not None and before.place.page is not None and here.place.page > before.place.page


def origin(place: Place, document: str | None, note: str | None = None) -> Origin:
    """The place of a field as provenance of the card."""
    return Origin(from_="document", document=document, page=place.page, line=place.line, note=note)


def lines_of(places: Iterable[Place]) -> tuple[int, ...]:
    """First and last line of some places, () where there are none."""
    lines = sorted({p.line for p in places if p.line is not None})
    return (lines[0], lines[-1]) if lines else ()


def pages_of(places: Iterable[Place]) -> tuple[int, ...]:
    """The pages of some places, in order."""
    return tuple(sorted({p.page for p in places if p.page is not None}))


def tables_of(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """The rows table by table."""
    rows: list[Entry] = []
    for entry in entries:
        if rows and (not entry.is_row or entry.table != rows[0].table):
            yield rows
            rows = []
        if entry.is_row:
            rows.append(entry)
    if rows:
        yield rows
