"""A person's corrections of the column mapping, remembered by layout: the words of a header row, not the file's name.

A layout's fingerprint is made of its headers alone (without accents, case, punctuation and years), so next year's file of the
same form is known again. Corrections speak the generic reader's language: plain header -> field, "" for a column to leave out.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from ingest.blocks import Block, Blocks, Row
from ingest.generic.synonyms import plain

Corrections = Mapping[str, Mapping[str, str]]
"""fingerprint -> (plain header -> field)."""
HEADER_ROWS = 12  # rows from the top of a table among which its header is looked for
_YEAR = re.compile(r"\b20\d\d\b")


def fingerprint(headers: Iterable[str]) -> str:
    """The fingerprint of a layout by its headers, in order; a year inside a header does not count.

    >>> fingerprint(["Obiettivo", "Target 2026"]) == fingerprint(["OBIETTIVO:", "target 2027"])
    True
    """
    words = (" ".join(_YEAR.sub(" ", plain(header)).split()) for header in headers)
    return hashlib.sha256("\x1f".join(word for word in words if word).encode()).hexdigest()[:16]


def row_fingerprint(row: Row) -> str:
    """The fingerprint of a row taken as a header."""
    return fingerprint(row.cells)


def labels_fingerprint(block: Block) -> str:
    """The fingerprint of a sheet of labels and values: its first column."""
    return fingerprint(row.cells[0] for row in block.rows if row.cells)


def fingerprints(block: Block) -> Iterator[str]:
    """Every fingerprint that a table may be known by: its labels, its first rows."""
    if block.kind == "table":
        yield labels_fingerprint(block)
        yield from (row_fingerprint(row) for row in block.rows[:HEADER_ROWS])


def overrides_for(blocks: Blocks, corrections: Corrections | None) -> dict[str, str] | None:
    """The corrections that concern the tables of a document, as the generic reader takes them; None where there are none."""
    if not corrections:
        return None
    found: dict[str, str] = {}
    for block in blocks.blocks:
        for print_ in fingerprints(block):
            found |= corrections.get(print_, {})
    return found or None
