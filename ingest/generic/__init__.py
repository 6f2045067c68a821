"""The generic reader: any table whose columns can be mapped by synonyms, any sheet of labels and values.

It reads what no dialect claimed, and drafts handed to ``piao check``. What was mapped to what goes in ``Part.mapping``; columns
and rows that found no place in ``Part.warnings``. It invents nothing: a table that does not say what its cards are stays text.
"""

from __future__ import annotations

from ingest.generic.tables import read_tables

__all__ = ["read_tables"]
