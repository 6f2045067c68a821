"""The table rows of a file as they stand, for a copy that a person can compare with the original."""

from __future__ import annotations

from pathlib import Path

from ingest.limits import Limits
from ingest.readers import read_blocks

SourceCells = tuple[str | None, int | None, int | None, tuple[str, ...]]


def source_rows(path: Path, limits: Limits | None = None) -> list[SourceCells]:
    """(sheet, page, line, cells) of each table row in reading order; ``sheet`` is None outside workbooks.

    Outside workbooks and paged documents the lines of text around the tables are kept too, so that each keeps its number.
    """
    blocks = read_blocks(path, limits or Limits())
    rows: list[SourceCells] = []
    for block in blocks.blocks:
        at = block.place
        rows += [(row.place.sheet, row.place.page, row.place.line, row.cells) for row in block.rows]
        if block.kind != "table" and block.text and at.line is not None and (at.sheet is not None or at.page is None):
            rows.append((at.sheet, at.page, at.line, (block.text,)))
    return rows
