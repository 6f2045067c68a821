"""The strategic map of a plan: which strategic lines, objectives and executive objectives the document says exist.

Recognised by a header with at least three of line / strategic objective / operational objective / executive objective. It gives
no cards: rows of the list, for the checks on references (``cards.model.Listed``).
"""

from __future__ import annotations

from cards.model import Document
from ingest.blocks import Blocks
from ingest.dialects._unit_map import listed_in, map_columns, map_rows
from ingest.dialects._unit_stream import stream
from ingest.dialects.part import Part, spot

NAME = "raccordo tra indirizzi e obiettivi"


def matches(blocks: Blocks) -> float:
    """0.5 where such a header stands, else 0: read last, other dialects look things up in it."""
    return 0.5 if any(entry.is_row and map_columns(entry.cells) for entry in stream(blocks)) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """The elements of the map as ``Listed``."""
    entries = stream(blocks)
    listed = tuple(listed_in(entries))
    used = frozenset(spot(row.place) for row in map_rows(entries)) if listed else frozenset()
    return Part((), (), listed, used, (), ("raccordo strategico: indirizzo, obiettivo strategico, operativo, esecutivo",))
