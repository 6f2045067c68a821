"""Targets that say when: a day, a month or a year against the day, month or year in which it was done, with lateness."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cards.quantities import Target

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Timely:
    """``value``: 100 less the points lost, None where it cannot be told (``why``, Italian); ``met``: done in time."""

    value: Decimal | None = None
    met: bool | None = None
    why: str | None = None


def on_time(wanted: Target, got: Target, late_per_day: Decimal | None, year: int | None) -> Timely:
    """A result in time is 100; late it loses ``late_per_day`` points a day (all of them where None), down to 0.

    A target holds until the end of its month or year. A date without a year is one of the card's. A result told by its month
    alone is in time when the whole month is, late when none of it is: between the two nothing is guessed.
    """
    if got.truth is not None:
        return Timely(HUNDRED, True) if got.truth else Timely(Decimal(0), False)
    limit, done = _span(wanted, year), _span(got, year)
    if limit is None or done is None:
        return Timely(why="valore atteso e risultato non sono due date confrontabili")
    last, (first_done, last_done) = limit[1], done
    if last_done <= last:
        return Timely(HUNDRED, True)
    if first_done <= last:
        return Timely(why="del risultato si conosce il mese o l'anno, non il giorno")
    if late_per_day is None:
        return Timely(Decimal(0), False)
    if first_done != last_done:
        return Timely(None, False, "del risultato in ritardo si conosce il mese o l'anno, non il giorno")
    return Timely(max(Decimal(0), HUNDRED - late_per_day * (first_done - last).days), False)


def _span(reading: Target, year: int | None) -> tuple[date, date] | None:
    """First and last day of a date, month or year reading."""
    value = reading.value or ""
    if reading.day:
        return reading.day, reading.day
    if reading.type == "date" and year and value.startswith("--"):
        return _day(year, int(value[2:4]), int(value[5:7]))
    if reading.type == "month":
        named, _, month = value.rpartition("-")
        when = int(named) if named else year
        return _month(when, int(month)) if when else None
    if reading.type == "year" and value:
        return date(int(value), 1, 1), date(int(value), 12, 31)
    return None


def _day(year: int, month: int, day: int) -> tuple[date, date] | None:
    if not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day), date(year, month, day)


def _month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
