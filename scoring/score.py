"""The results of a reading computed with a profile, beside the declared ones: indicators, objectives, units, lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cards.model import GONE, Card, Reading
from cards.quantities import round_half_up
from scoring.achievement import achieved
from scoring.facts import Facts
from scoring.groups import Group, groups
from scoring.nearest import same
from scoring.objectives import objective_method
from scoring.profiles import Profile
from scoring.progress import checkpoints, progress
from scoring.rollup import Total, declared_percent, objective_total
from scoring.values import number, own_actual, own_target


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """An indicator: strings as written, achievement rounded as the profile publishes it, None where not computable (``why``)."""

    card: str | None
    name: str | None
    target: str | None
    actual: str | None
    achievement: Decimal | None
    declared: str | None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class ObjectiveScore:
    """An objective with its declared and computed percentage."""

    card: str | None
    title: str | None
    declared: Decimal | None
    computed: Decimal | None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ProgressScore:
    """An objective at a date of review: what its timetable plans and what its sheet declares, per cent."""

    card: str | None
    title: str | None
    at: str
    planned: Decimal | None
    declared: Decimal | None


@dataclass(frozen=True, slots=True)
class ScoreReport:
    """The result of ``score``; ``profile`` names the method used."""

    profile: str
    objectives: tuple[ObjectiveScore, ...] = ()
    groups: tuple[Group, ...] = ()
    indicators: tuple[IndicatorScore, ...] = ()
    places: int = 2
    progress: tuple[ProgressScore, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao score --json``: figures are strings of plain decimals ("96.25"), None where not computable."""
        return {
            "profile": self.profile,
            "objectives": [
                {
                    "card": one.card,
                    "title": one.title,
                    "declared": _text(one.declared),
                    "computed": _text(one.computed),
                    "note": one.note,
                }
                for one in self.objectives
            ],
            "groups": [self._group(one) for one in self.groups],
            "indicators": [
                {
                    "card": one.card,
                    "name": one.name,
                    "target": one.target,
                    "actual": one.actual,
                    "achievement": _text(one.achievement),
                    "declared": one.declared,
                    "note": one.why,
                }
                for one in self.indicators
            ],
            "progress": [
                {
                    "card": one.card,
                    "title": one.title,
                    "at": one.at,
                    "planned": _text(_rounded(one.planned, self.places)),
                    "declared": _text(_rounded(one.declared, self.places)),
                }
                for one in self.progress
            ],
        }

    def _group(self, one: Group) -> dict[str, Any]:
        declared = number(one.declared)
        computed = one.total.value
        return {
            "kind": one.kind,
            "name": one.name,
            "measure": one.measure,
            "declared": _text(_rounded(declared, self.places)) if declared is not None else one.declared,
            "computed": _text(_rounded(computed, self.places)),
            "note": one.note,
        }


def score(reading: Reading, profile: Profile) -> ScoreReport:
    """All results of a reading by a profile. Pure; "no result" stays no result."""
    facts = Facts(reading, profile)
    return ScoreReport(
        profile.name,
        tuple(_objectives(facts)),
        tuple(groups(facts)),
        tuple(_indicators(facts)),
        profile.rounding.total,
        tuple(_progress(facts)),
    )


def _objectives(facts: Facts) -> Iterator[ObjectiveScore]:
    for card in facts.of_kind("objective", "service", "indicator"):
        total = objective_total(card, facts.profile)
        declared = declared_percent(card)
        computed = _rounded(total.value, facts.profile.rounding.total)
        note = total.note
        if declared is not None and card.indicators and total.value is not None and not _agrees(declared, total, facts.profile):
            method = objective_method(declared, card, facts.profile)
            note = f"Il dichiarato {method}." if method else note
        yield ObjectiveScore(card.id or card.code, card.title or card.code, declared, computed, note)


def _agrees(declared: Decimal, total: Total, profile: Profile) -> bool:
    return same(declared, total.value, profile.rounding.total, profile.rounding.tolerance)


def _progress(facts: Facts) -> Iterator[ProgressScore]:
    for card in facts.of_kind("objective", "service"):
        for day in checkpoints(card):
            found = progress(card, day)
            yield ProgressScore(_name(card), card.title or card.code, day, found.planned, found.declared)


def _indicators(facts: Facts) -> Iterator[IndicatorScore]:
    for card in facts.of_kind("objective", "service", "indicator"):
        for indicator in card.indicators:
            if indicator.status in GONE:
                continue
            result = achieved(card, indicator, facts.profile)
            yield IndicatorScore(
                _name(card),
                indicator.name or indicator.code,
                own_target(card, indicator)[1],
                own_actual(card, indicator)[1],
                _rounded(result.value, facts.profile.rounding.achievement),
                indicator.achievement,
                result.why,
            )


def _name(card: Card) -> str | None:
    return card.id or card.code or card.title


def _rounded(value: Decimal | None, places: int) -> Decimal | None:
    return None if value is None else round_half_up(value, places)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
