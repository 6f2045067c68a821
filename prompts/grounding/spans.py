"""Time: the span between two dates, and the date that a span reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations

from cards.counted import counted
from prompts.grounding.cues import Cues
from prompts.grounding.facts import Fact, Parts
from prompts.grounding.source import Source

_DAYS_IN = {"gg": Decimal(1), "settimane": Decimal(7), "mesi": Decimal("30.44"), "anni": Decimal("365.25")}
_FEW = 4


def is_span(fact: Fact, cues: Cues, sources: list[Source], said: list[Parts]) -> str | None:
    """ "due mesi dopo": the time between two dates of the sources, in the unit that the text uses, whole and rounded.

    Where the sentence tells two days (``said``), the span is theirs. With many dates any span would be
    found: then the sentence must speak of a span ("dopo", "durata").
    """
    days_in = _DAYS_IN.get(fact.unit or "")
    if days_in is None or fact.value is None:
        return None
    known = {parts for source in sources for parts in source.dates if parts[1]}
    if len(said) == 2 and all(parts[1] and parts[2] for parts in said):
        known = set(said)
    if not cues.between and len(known) > _FEW:
        return None
    slack = Decimal("0.5") if fact.unit != "gg" else Decimal(1)
    years = {parts[0] for source in sources for parts in source.dates if parts[0]}
    days = {day.toordinal() for parts in known for day in _days(parts, years)}
    for one in days:
        for two in days:
            if two > one and abs((two - one) / days_in - fact.value) <= slack:
                return f"{counted(two - one, 'giorno', 'giorni')} fra due date"
    if fact.unit == "mesi" and fact.value in _whole_months(known):
        return "mesi da un mese a un altro, compresi"
    if fact.unit == "anni" and cues.between and any(year + fact.value in years for year in years):
        return "anni fra due date"
    return None


def _whole_months(known: set[Parts]) -> set[int]:
    """ "da febbraio a novembre": ten months, both counted."""
    months = [(year, month) for year, month, day in known if month and not day]
    same = ((one, two) for (y1, one), (y2, two) in combinations(months, 2) if y1 == y2 or not y1 or not y2)
    apart = (
        12 * abs(y1 - y2) + (two - one if y2 > y1 else one - two)
        for (y1, one), (y2, two) in combinations(months, 2)
        if y1 and y2 and y1 != y2
    )
    return {abs(two - one) + 1 for one, two in same} | {span + 1 for span in apart}


def is_reached(fact: Fact, sources: list[Source]) -> bool:
    """ "fino al 7 febbraio": a date of the sources and a span of the sources added or taken away, give or take a day."""
    if fact.date is None or not fact.date[1]:
        return False
    whole = not fact.date[2]
    years = {parts[0] for source in sources for parts in source.dates if parts[0]}
    spans = {days for source in sources for one in (*source.numbers, *source.implied) if (days := _length(one))}
    starts = {day for source in sources for parts in source.dates if parts[2] for day in _days(parts, years)}
    said = set(_days(fact.date, years))
    if whole:
        months = {(day.year, day.month) for day in said}
        return any((end.year, end.month) in months for start in starts for span in spans for end in (start + span, start - span))
    return any(abs(abs(end - start) - span) <= timedelta(1) for end in said for start in starts for span in spans)


def _length(fact: Fact) -> timedelta | None:
    days_in = _DAYS_IN.get(fact.unit or "")
    return timedelta(float(fact.value * days_in)) if days_in and fact.value and fact.value < 1000 else None


def _days(parts: Parts, years: Iterable[int | None]) -> Iterator[date]:
    """The days that parts may mean: the first of a month, and any known year where none is told."""
    year, month, day = parts
    for one in [year] if year else years:
        try:
            yield date(one or 2000, month or 1, day or 1)
        except ValueError:
            continue
