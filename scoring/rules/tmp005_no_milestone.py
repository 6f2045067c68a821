"""TMP005: more than twelve months without an intermediate milestone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from cards.model import GONE, Card
from scoring.days import first_day, last_day
from scoring.facts import Facts
from scoring.rule import Hit, Level, Period, Rule, hit
from scoring.rules._sources import IN_TIME, INTERIM
from scoring.values import year_of

_LONGEST = 366


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The card's own dates; the ends of phases, checkpoints and yearly targets are milestones."""
    start, end = first_day(card.start, card.year), last_day(card.end, card.year)
    if not start or not end or (end - start).days <= _LONGEST or card.status in GONE:
        return
    points = sorted({start, end, *_milestones(card, start, end)})
    gap = max((two - one).days for one, two in zip(points, points[1:], strict=False))
    if gap > _LONGEST:
        yield hit(
            "end",
            found=f"{card.start} - {card.end}",
            expected="un obiettivo intermedio almeno ogni anno",
            start=card.start,
            end=card.end,
            months=gap // 30,
        )


def _milestones(card: Card, start: date, end: date) -> Iterator[date]:
    days = [last_day(phase.end, card.year) for phase in card.phases]
    days += [date.fromisoformat(key) for phase in card.phases for key in phase.due if len(key) == 10]
    years = [year_of(key) for indicator in card.indicators for key, value in indicator.targets.items() if value.strip()]
    days += [date(year, 12, 31) for year in years if year]
    return (day for day in days if day and start <= day <= end)


RULE = Rule(
    code="TMP005",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service"),
    valid=Period("2022-09-22", None),
    title="Più di un anno senza tappe intermedie",
    message="Dall'inizio ({start}) alla fine ({end}) passano circa {months} mesi senza un obiettivo intermedio.",
    why="Il decreto sul PIAO chiede, dove serve, obiettivi temporali intermedi: senza, il monitoraggio dell'anno non "
    "ha che cosa misurare.",
    fix="Aggiungi una fase o un valore atteso per ciascun anno.",
    basis=(INTERIM, IN_TIME),
)
