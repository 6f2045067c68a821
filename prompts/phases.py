"""Phases on a new horizon: dates moved, weights balanced, monthly timetable with its checkpoints."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cards.model import GONE, Card, Phase
from cards.rebalance import read_weight
from prompts.need import month_end
from prompts.weights import in_fives, to_hundred

MAX_PHASES = 10

_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?(?!\d)")
_MONTH_KEY = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True)
class Slot:
    """When a phase runs in the new horizon; ``kept`` says that the months are those of the precedent."""

    start: date
    end: date
    kept: bool


def usable(card: Card) -> list[int]:
    """Indexes of the phases that can be taken from a precedent: with a text, not eliminated, not planned for other years."""
    found = []
    for index, phase in enumerate(card.phases):
        blank = not phase.text or len(phase.text.strip()) < 4
        history = (phase.number or "").strip() == "0"
        if not blank and not history and phase.status not in GONE:
            found.append(index)
    return found[:MAX_PHASES]


def days_of(phase: Phase, year: int | None) -> tuple[date, date] | None:
    """First and last day of a precedent's phase from its dates or its months; None where not written or impossible."""
    months = sorted((int(m[1]), int(m[2])) for key in phase.schedule if (m := _MONTH_KEY.fullmatch(key)))
    if months:
        return date(*months[0], 1), month_end(*months[-1])
    first, last = _day(phase.start, year), _day(phase.end, year)
    return (first, last) if first and last and first <= last else None


def _day(text: str | None, year: int | None) -> date | None:
    matches = list(_DAY.finditer(text or ""))
    if not matches:
        return None
    day, month, own_year = matches[-1].groups()
    try:
        return date(int(own_year or year or 0), int(month), int(day))
    except ValueError:
        return None


def slots(picks: Sequence[tuple[Card, int]], weights: Sequence[int], span: tuple[date, date]) -> list[Slot]:
    """One slot a phase: the months of their one precedent where they fit, else in order, as long as the phase weighs."""
    if picks and all(card is picks[0][0] for card, _ in picks):
        days = [days_of(card.phases[index], card.year) for card, index in picks]
        if all(days):
            return [_moved(found, days, span) for found in days if found]
    return _spread(weights, span)


def _moved(days: tuple[date, date], all_days: Sequence[tuple[date, date] | None], span: tuple[date, date]) -> Slot:
    known = [d for d in all_days if d]
    first = min(d[0] for d in known)
    shift = span[0].year - first.year
    start, end = _in_year(days[0], shift), _in_year(days[1], shift)
    whole = (_in_year(first, shift), _in_year(max(d[1] for d in known), shift))
    if span[0] <= whole[0] and whole[1] <= span[1]:
        return Slot(start, end, True)
    scale = (span[1] - span[0]).days / max(1, (whole[1] - whole[0]).days)
    return Slot(
        span[0] + timedelta(days=round((start - whole[0]).days * scale)),
        span[0] + timedelta(days=round((end - whole[0]).days * scale)),
        False,
    )


def _in_year(day: date, shift: int) -> date:
    return min(date(day.year + shift, day.month, 1) + timedelta(days=day.day - 1), month_end(day.year + shift, day.month))


def _spread(weights: Sequence[int], span: tuple[date, date]) -> list[Slot]:
    """Whole months in order, proportional to the weights, one month at least."""
    months = months_between(*span)
    total, done, found = sum(weights), 0, []
    for weight in weights:
        first = min(round(done * len(months) / total), len(months) - 1)
        done += weight
        last = min(max(round(done * len(months) / total) - 1, first), len(months) - 1)
        found.append(Slot(max(span[0], date(*months[first], 1)), min(span[1], month_end(*months[last])), False))
    return found


def months_between(start: date, end: date) -> list[tuple[int, int]]:
    """(year, month) from the first to the last day, both counted."""
    first, last = start.year * 12 + start.month - 1, end.year * 12 + end.month - 1
    return [(m // 12, m % 12 + 1) for m in range(first, last + 1)]


def timetable(slot: Slot, year: int) -> tuple[dict[str, str], dict[str, str]]:
    """Monthly shares that sum to 100 (later years as one share) and the cumulated ones at 31 July and 31 December of ``year``."""
    months = months_between(slot.start, slot.end)
    shares = dict(zip(months, to_hundred([1] * len(months)), strict=True))
    schedule: dict[str, int] = {}
    for (y, m), share in shares.items():
        key = f"{y}-{m:02}" if y <= year else str(y)
        schedule[key] = schedule.get(key, 0) + share
    july = sum(share for (y, m), share in shares.items() if (y, m) <= (year, 7))
    december = sum(share for (y, m), share in shares.items() if y <= year)
    due = {f"{year}-07-31": july, f"{year}-12-31": december}
    return {k: f"{v}%" for k, v in schedule.items()}, {k: f"{v}%" for k, v in due.items() if v}


def balanced(picks: Sequence[tuple[Card, int]]) -> tuple[list[int], bool]:
    """Weights for phases of precedents that sum to 100, and whether they are their own (kept or re-balanced)."""
    weights = [read_weight(card.phases[index].weight) for card, index in picks]
    known = [w for w in weights if w and w > 0]
    if known and len(known) == len(weights):
        return (to_hundred(known) if sum(known) == 100 else in_fives(known)), True
    return in_fives([1] * len(picks)), False
