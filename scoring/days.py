"""Days as plans write them, with or without the year, possible or not: for the rules on time and for progress."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from cards.quantities import read_month

DAY = re.compile(r"(?<![\d/.,])(\d{1,2})([/.-])(\d{1,2})(?:\2((?:19|20)\d{2}|\d{2}))?(?![\d/]|[.,]\d|\s*%)")


def days_in(text: str | None) -> Iterator[tuple[str, int, int, int | None]]:
    """Every day written in a text: (as written, day, month, year or None). Only d/m and d/m/y with one separator."""
    for match in DAY.finditer(text or ""):
        year = int(match[4]) if match[4] else None
        if match[2] != "/" and year is None:
            continue
        yield match[0], int(match[1]), int(match[3]), (2000 + year if year is not None and year < 100 else year)


def exists(day: int, month: int, year: int | None) -> bool:
    """True for a day of the calendar; 29/02 without a year is given the benefit of the doubt."""
    if not 1 <= month <= 12 or day < 1:
        return False
    return day <= calendar.monthrange(year if year else 2024, month)[1]


@lru_cache(maxsize=65536)
def first_day(text: str | None, year: int | None) -> date | None:
    """The first day a field states, in the given year where it names none; None for anything but a day of the calendar."""
    for _, day, month, own in days_in(text):
        when = own or year
        if when is not None and exists(day, month, when):
            return date(when, month, day)
        return None
    return _month(text, year, last=False)


def _month(text: str | None, year: int | None, last: bool) -> date | None:
    """The first or last day of a month named in a field ("dicembre 2021", "novembre")."""
    found = read_month(text) if text else None
    if not found:
        return None
    when, month = found[0] or year, found[1]
    return date(when, month, calendar.monthrange(when, month)[1] if last else 1) if when else None


def said(word: str, text: str | None) -> str:
    """A field after "entro", "dal", "finisce": a day with its article, a month without.

    >>> said("entro", "30/06"), said("entro", "marzo 2026"), said("da", "01/03"), said("da", "marzo")
    ('entro il 30/06', 'entro marzo 2026', 'dal 01/03', 'da marzo')
    """
    text = (text or "").strip()
    if not text[:1].isdigit():
        return f"{word} {text}"
    return f"dal {text}" if word == "da" else f"{word} il {text}"


@lru_cache(maxsize=65536)
def last_day(text: str | None, year: int | None) -> date | None:
    """The last day a field states ("30/06 31/08" after a re-planning is 31/08)."""
    found = [(day, month, own or year) for _, day, month, own in days_in(text)]
    if not found:
        return _month(text, year, last=True)
    if found[-1][2] is None or not exists(found[-1][0], found[-1][1], found[-1][2]):
        return None
    return date(found[-1][2], found[-1][1], found[-1][0])
