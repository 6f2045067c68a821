"""The typed reading of the strings of a card, remembered: the same few strings come back thousands of times in a plan."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from cards.model import Card, Indicator
from cards.quantities import Target, is_unset, italian, read_number, read_target
from cards.quantities.dates import make_day
from cards.rebalance import read_weight


@lru_cache(maxsize=65536)
def read(text: str) -> Target:
    """``read_target``; inside a list a dash between two quantities ("82 % - 19 progetti") is a separator, not a minus."""
    reading = read_target(text)
    if reading.type == "compound" and any(_dashed(part) for part in reading.parts):
        parts = tuple(replace(part, value=(part.value or "").lstrip("-")) if _dashed(part) else part for part in reading.parts)
        return replace(reading, parts=parts)
    return reading


def dated(one: Target, two: Target) -> tuple[Target, Target]:
    """Two readings that stand side by side: beside a date or a month, "15/07" is a day and no ratio."""
    return (_as_day(one) if two.type in _CALENDAR else one), (_as_day(two) if one.type in _CALENDAR else two)


def _as_day(reading: Target) -> Target:
    match = re.fullmatch(r"\s*(\d{1,2})/(\d{1,2})\s*", reading.text) if reading.type == "ratio" else None
    day = make_day(int(match[1]), int(match[2]), None) if match else None
    return replace(reading, type="date", value=day.text, confident=True, note=None) if day and day.valid else reading


def _dashed(part: Target) -> bool:
    return bool(re.match(r"[-–−]\s+\d", part.text)) and bool(part.value) and str(part.value).startswith("-")


unset = lru_cache(maxsize=65536)(is_unset)
_number = lru_cache(maxsize=65536)(read_number)

_CALENDAR = ("date", "month")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_YEARS = {year: str(year) for year in range(1990, 2100)}
NUMERIC = frozenset({"number", "percent", "money", "duration", "score"})


def typed(text: str | None) -> Target:
    """How a target, actual, history or baseline string is read; an absent string is read as a blank one."""
    return read(text or "")


def number(text: str | None) -> Decimal | None:
    """A plain number ("12,5", "12,5 %", "1.000,00 €"); None where something else stands beside it or in doubt."""
    return _number(" ".join(text.split())) if text else None


@lru_cache(maxsize=65536)
def weight(text: str | None) -> Decimal | None:
    """A weight or share: a plain number, also with footnote marks ("10%*") or written the English way ("12.5")."""
    return read_weight(text)


def tidy(value: Decimal | int) -> str:
    """The Italian writing without idle decimals: 95.00 -> "95", 100.020 -> "100,02"."""
    value = Decimal(value)
    whole = value.to_integral_value()
    return italian(whole if whole == value else value.normalize())


@lru_cache(maxsize=4096)
def year_of(key: str) -> int | None:
    """The year of a key of ``targets``/``history``/``actuals``: "2023" -> 2023, "a.s. 2021/2022" -> 2022 (its end)."""
    years = _YEAR.findall(key)
    if years:
        return int(years[-1])
    return None


def value_for(values: dict[str, str], year: int | None) -> tuple[str | None, str | None]:
    """The key and string that hold for a year: that year's, else the only one set. (None, None) where there is none."""
    if year is not None and (text := values.get(own := _YEARS.get(year) or str(year))) is not None:
        return own, text
    return _pick(tuple(values.items()), year) if values else (None, None)


@lru_cache(maxsize=65536)
def _pick(items: tuple[tuple[str, str], ...], year: int | None) -> tuple[str | None, str | None]:
    if year is not None:
        exact = [item for item in items if item[0] == str(year)] or [item for item in items if year_of(item[0]) == year]
        if exact:
            return exact[0]
    filled = [item for item in items if not unset(item[1])]
    if len(filled) == 1 and (year is None or year_of(filled[0][0]) is None or len(items) == 1):
        return filled[0]
    return (None, None)


def own_target(card: Card, indicator: Indicator) -> tuple[str | None, str | None]:
    """The target of the card's own year, with its key."""
    return value_for(indicator.targets, card.year)


def own_actual(card: Card, indicator: Indicator) -> tuple[str | None, str | None]:
    """The actual value of the card's own year, with its key."""
    return value_for(indicator.actuals, card.year)


def plain(text: str | None) -> str:
    """Lower case, words and digits only: for comparing titles, names and labels."""
    return _plain(text or "")


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9%]+", "".join(char for char in folded if not unicodedata.combining(char))))


def short(text: str | None, limit: int = 80) -> str:
    """A text cut at a word for a message."""
    flat = " ".join((text or "").split())
    if len(flat) <= limit:
        return flat
    return flat[:limit].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
