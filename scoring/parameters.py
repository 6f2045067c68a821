"""Limits and terms that the law sets and changes: dated data with their source (``data/parameters.csv``).

``training_hours`` a head and year, ``staff_threshold`` employees, ``payment_share`` of the result pay in points, ``report_term``
and ``plan_term`` as month and day, ``plan_days_after_budget``, ``budget_term`` as deferred for a year. ``verified``: S read in
the text, S2 from a secondary source, M to be verified on the official text.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from scoring.rule import Period

FILE = Path(__file__).with_name("data") / "parameters.csv"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value as the source gives it (a number, "06-30", an ISO date), when it holds, and where it is written."""

    name: str
    value: str
    valid: Period
    source: str
    verified: str


@lru_cache(maxsize=1)
def parameters() -> tuple[Parameter, ...]:
    """All of them, by name and then by the day they begin to hold."""
    with FILE.open(encoding="utf-8", newline="") as file:
        found = [
            Parameter(row["name"], row["value"], Period(row["from"], row["to"] or None), row["source"], row["verified"])
            for row in csv.DictReader(file)
        ]
    return tuple(sorted(found, key=lambda one: (one.name, one.valid.start or "")))


def parameter(name: str, year: int | None) -> Parameter | None:
    """The one that holds in that year, the last where it changed within it; None where nothing was in force."""
    held = [one for one in parameters() if one.name == name and one.valid.covers(year)]
    return held[-1] if held else None


def amount(name: str, year: int | None, otherwise: int) -> int:
    """A whole number that holds in that year."""
    found = parameter(name, year)
    return int(found.value) if found else otherwise


def report_term(year: int) -> date:
    """By when the report on a year is approved: 30 June of the next one."""
    found = parameter("report_term", year)
    return date.fromisoformat(f"{year + 1}-{found.value if found else '06-30'}")


def plan_term(year: int) -> tuple[date, bool]:
    """By when the plan of a year is adopted, and True where the deferral of the budget is counted in."""
    plain, budget = parameter("plan_term", year), parameter("budget_term", year)
    if budget is not None:
        return date.fromisoformat(budget.value) + timedelta(days=amount("plan_days_after_budget", year, 30)), True
    return date.fromisoformat(f"{year}-{plain.value if plain else '01-31'}"), False
