"""What the library of indicators gives: measures of bodies, how they are linked, their values through the years."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from cards.quantities import polarity_of, read_target
from store.measures import Measured, Typical, measured, typical
from store.records import SeriesPoint

Link = Literal["found", "confirmed", "proposed"]


@dataclass(frozen=True, slots=True)
class Trend:
    """From the first to the last measured year: ``change`` in the unit of the values, ``better`` None where unknown."""

    first: tuple[int, Measured]
    last: tuple[int, Measured]
    better: bool | None

    @property
    def change(self) -> Decimal:
        return self.last[1].number - self.first[1].number

    def sentence(self) -> str:
        """"da 33 giorni (2023) a 28 giorni (2024): in calo, in meglio"."""
        way = "stabile" if not self.change else "in aumento" if self.change > 0 else "in calo"
        judged = {True: ", in meglio", False: ", in peggio", None: ""}[self.better] if self.change else ""
        (began, first), (ended, last) = self.first, self.last
        return f"da {first.said()} ({began}) a {last.said()} ({ended}): {way}{judged}"


@dataclass(frozen=True, slots=True)
class Measure:
    """An indicator of one body, by its name: every value in every document. ``key`` names it in links."""

    key: str
    entity: str | None
    name: str
    points: tuple[SeriesPoint, ...] = ()
    link: Link = "found"
    likeness: float = 1.0

    @property
    def label(self) -> str:
        return f"{self.entity or 'ente non noto'} · {self.name}"

    def value(self, point: SeriesPoint, text: str | None) -> Measured | None:
        """A string of a point as a comparable number; a bare result takes the unit of its target."""
        found = measured(text, point.unit, point.indicator)
        if found is not None and found.unit is None and text is point.actual:
            goal = measured(point.target, point.unit, point.indicator)
            return measured(text, goal.unit, "") if goal is not None and goal.unit in ("%", "€", "min", "giorni") else found
        return found

    def targets(self) -> Iterator[tuple[int, Measured]]:
        """Expected values with their year."""
        for point in self.points:
            value = self.value(point, point.target)
            if value is not None and point.year:
                yield point.year, value

    def actuals(self) -> dict[int, Measured]:
        """The measured value of each year; the latest document's word counts."""
        found = {}
        for point in self.points:
            value = self.value(point, point.actual)
            if value is not None and point.year:
                found[point.year] = value
        return found

    def trend(self) -> Trend | None:
        """First to last measured year in the unit of the last; None with fewer than two."""
        values = self.actuals()
        if not values:
            return None
        unit = values[max(values)].unit
        years = sorted(year for year, value in values.items() if value.unit == unit)
        if len(years) < 2:
            return None
        first, last = (years[0], values[years[0]]), (years[-1], values[years[-1]])
        goals = [point.target for point in self.points if point.target]
        wanted = polarity_of(self.name, read_target(goals[-1]) if goals else None)
        rose = last[1].number > first[1].number
        return Trend(first, last, None if wanted is None else rose == (wanted == "higher"))


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two indicators that may measure the same thing, for a person to say."""

    one: Measure
    other: Measure
    likeness: float


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """What the archive knows of an indicator: the one that answers first, then those linked to it or proposed.

    ``others`` answer the request too but are another measure (without their values).
    """

    query: str
    measures: tuple[Measure, ...] = ()
    others: tuple[Measure, ...] = ()

    @property
    def sure(self) -> tuple[Measure, ...]:
        """The one found and those a person confirmed."""
        return tuple(m for m in self.measures if m.link != "proposed")

    @property
    def proposed(self) -> tuple[Measure, ...]:
        return tuple(m for m in self.measures if m.link == "proposed")

    def typical(self, with_proposed: bool = True) -> tuple[Typical, ...]:
        """Typical expected values by unit; each body's value of each year counts once."""
        chosen = self.measures if with_proposed else self.sure
        once = {(m.entity, m.name, year, value.number): (m.entity, value) for m in chosen for year, value in m.targets()}
        return typical(once.values())

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao indicator --json``: ``series`` holds the points of the sure ones."""
        return {
            "query": self.query, "series": [p.to_json() for m in self.sure for p in m.points],
            "measures": [_measure_json(m) for m in self.measures],
            "typical": [t.to_json() for t in self.typical()],
            "others": [{"key": m.key, "entity": m.entity, "name": m.name} for m in self.others],
        }


def _measure_json(measure: Measure) -> dict[str, Any]:
    trend = measure.trend()
    return {"key": measure.key, "entity": measure.entity, "name": measure.name, "link": measure.link,
            "likeness": round(measure.likeness, 2), "trend": trend.sentence() if trend else None,
            "points": [p.to_json() for p in measure.points]}
