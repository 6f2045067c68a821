"""The audit log as a table for a spreadsheet: none of its cells is a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from exports.text import safe

COLUMNS = {"number": "N.", "at": "Quando", "person": "Chi", "role": "Ruolo", "action": "Che cosa", "object": "Su che cosa",
           "detail": "Dettaglio"}  # key of an entry -> its Italian heading


def log_csv(entries: Iterable[Mapping[str, Any]]) -> bytes:
    """UTF-8 with BOM, semicolons, one entry a row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(COLUMNS.values())
    writer.writerows([safe(entry[name]) for name in COLUMNS] for entry in entries)
    return text.getvalue().encode("utf-8-sig")
