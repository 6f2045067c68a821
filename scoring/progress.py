"""Where an objective should be, and where its sheet says it is, at the dates of review: from phases and timetables. Exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from cards.model import GONE, Card, Phase
from scoring.achievement import EXACT
from scoring.days import last_day
from scoring.rollup import Part, mean
from scoring.values import unset, weight

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Progress:
    """An objective at a day (ISO), per cent: ``planned`` by its months or the ends of its phases, ``declared`` by its
    checkpoints; None where the phases do not say."""

    at: str
    planned: Decimal | None
    declared: Decimal | None


def progress(card: Card, day: str) -> Progress:
    """The weighted mean of the phases at a day; without weights all count the same. Phases left out or of other years do not."""
    phases = [phase for phase in card.phases if phase.status not in GONE and not _idle(phase)]
    with localcontext(EXACT):
        return Progress(
            day,
            _mean(phases, [planned(phase, day, card.year) for phase in phases]),
            _mean(phases, [declared(phase, day) for phase in phases]),
        )


def checkpoints(card: Card) -> tuple[str, ...]:
    """The days of review that the timetable names (31 July and 31 December, as a rule), in order."""
    return tuple(sorted({day for phase in card.phases for day in phase.due if len(day) == 10}))


def planned(phase: Phase, day: str, year: int | None) -> Decimal | None:
    """What a phase should have done by a day: the shares of its months up to it; without a timetable, all once it has ended."""
    shares = [(key, weight(share)) for key, share in phase.schedule.items()]
    if shares:
        if any(share is None for _, share in shares):
            return None
        return sum((share for key, share in shares if share is not None and key <= day[: len(key)]), Decimal(0))
    end = last_day(phase.end, year)
    return None if end is None else HUNDRED if end <= date.fromisoformat(day) else Decimal(0)


def declared(phase: Phase, day: str) -> Decimal | None:
    """What the sheet says of a phase at a checkpoint."""
    text = phase.due.get(day)
    return None if text is None or unset(text) else weight(text)


def _idle(phase: Phase) -> bool:
    """A phase of another year: its weight is left open ("==")."""
    return phase.weight is not None and unset(phase.weight)


def _mean(phases: list[Phase], values: list[Decimal | None]) -> Decimal | None:
    if not phases:
        return None
    weighted = all(weight(phase.weight) is not None for phase in phases)
    pairs = zip(phases, values, strict=True)
    return mean(
        [Part(phase.number or "fase", value, weight(phase.weight) if weighted else None) for phase, value in pairs], weighted
    ).value
