"""A person's corrections of the column mapping, remembered by layout: the words of a header row, not the file's name.

A layout's fingerprint is made of its headers alone (without accents, case, punctuation and years), so next year's file of the
same form is known again. Corrections speak the generic reader's language: header -> field, "" for a column to leave out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ingest.blocks import Block, Blocks
from ingest.dialects.part import Spot, spot
from ingest.generic.header import column_names, header_at
from ingest.generic.synonyms import plain

Corrections = Mapping[str, Mapping[str, str]]
"""fingerprint -> (bare header -> field)."""
HEADER_ROWS = 12  # rows from the top of a table among which its header is looked for
_YEAR = re.compile(r"\b20\d\d\b")


@lru_cache(maxsize=4_096)
def bare(header: str) -> str:
    """A header as corrections know it: plain words without years.

    >>> bare("Target 2027 (%)")
    'target %'
    """
    words = plain(header)
    return " ".join(_YEAR.sub(" ", words).split()) if "20" in words else words


def fingerprint(headers: Iterable[str]) -> str:
    """The fingerprint of a layout by its headers, in order; a year inside a header does not count.

    >>> fingerprint(["Obiettivo", "Target 2026"]) == fingerprint(["OBIETTIVO:", "target 2027"])
    True
    """
    return hashlib.sha256("\x1f".join(word for header in headers if (word := bare(header))).encode()).hexdigest()[:16]


def labels_fingerprint(block: Block) -> str:
    """The fingerprint of a sheet of labels and values: its first column."""
    return fingerprint(row.cells[0] for row in block.rows if row.cells)


Overrides = Mapping[str, str]
"""plain header, as one table writes it -> field."""


def overrides_for(blocks: Blocks, corrections: Corrections | None) -> dict[Spot, Overrides]:
    """For each table (by its place) whose layout was corrected, what its headers mean; a table that goes on below, without a
    header of its own, goes with it. Each table has its own: "Note" of one layout says nothing of "Note" in another."""
    found: dict[Spot, Overrides] = {}
    if not corrections:
        return found
    above: tuple[int, Overrides] | None = None
    for block in blocks.blocks:
        if block.kind != "table":
            above = None if block.kind == "heading" else above
            continue
        width = len(block.rows[0].cells)
        own = {plain(h): fields[bare(h)] for fields, headers in _known(block, corrections) for h in headers if bare(h) in fields}
        if not own and above and above[0] == width and not any(header_at(block.rows, i) for i in range(min(3, len(block.rows)))):
            own = dict(above[1])
        if own:
            found[spot(block.place)] = own
        above = (width, own) if own else None
    return found


def _known(block: Block, corrections: Corrections) -> Iterator[tuple[Mapping[str, str], list[str]]]:
    """The corrections of a table's layout, with the headers as this table writes them."""
    if block.kind != "table":
        return
    if fields := corrections.get(labels_fingerprint(block)):
        yield fields, [re.sub(r"[:\s]+$", "", row.cells[0]) for row in block.rows]
    for i, row in enumerate(block.rows[:HEADER_ROWS]):
        if fields := corrections.get(fingerprint(row.cells)):
            heights = (column_names(block.rows[i : i + height]) for height in (1, 2, 3))
            yield fields, [text for names in heights for column in names.values() for text in (" ".join(column), *column)]
