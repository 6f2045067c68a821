"""The budget's missions and programmes (D.Lgs. 118/2011, All. 14), dated data. Source of the table: OpenBDAP and All. 14.

All. 14 is amended by decrees: an unknown pair in a known mission is doubtful, an unknown mission is wrong.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).with_name("data") / "missioni_programmi.csv"


@lru_cache(maxsize=1)
def missions() -> dict[str, dict[str, str]]:
    """Programme code -> name by mission code, both of two digits."""
    table: dict[str, dict[str, str]] = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            table.setdefault(row["missione_code"].zfill(2), {})[row["programma_code"].zfill(2)] = row["programma"]
    return table


@lru_cache(maxsize=1)
def mission_names() -> dict[str, str]:
    """Mission name by code."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {row["missione_code"].zfill(2): row["missione"] for row in csv.DictReader(file)}
