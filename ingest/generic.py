"""The generic reader: tables whose columns can be mapped by synonyms, and two-column sheets of label and value."""

from __future__ import annotations

from cards.model import Document
from ingest.blocks import Blocks
from ingest.dialects.part import Part


def read_tables(blocks: Blocks, document: Document) -> Part:
    """The cards of the tables that no dialect claimed."""
    return Part()
