"""Results as they are typed: each indicator, its card, the units and strategic lines. Pure: cards and a profile in, figures out.

Which direction is better is asked of the card as it was before anybody typed (``ways``): a document that prints deviation and
percentage tells it, and an actual value typed today must not change it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cards.model import GONE, Card, Indicator, Outcome
from cards.quantities import italian, round_half_up
from scoring.achievement import Result, achieve, known_way
from scoring.polarity import Way
from scoring.profiles import Profile
from scoring.rollup import Total, card_part, declared_percent, mean, objective_total, unit_total
from scoring.values import number, own_actual, own_target, plain, tidy, typed, weight

Ways = tuple[Way | None, ...]


@dataclass(frozen=True)
class CardResult:
    """A card with the achievement of its indicators and its total; ``declared`` is what the document states, if anything."""

    card: Card
    indicators: tuple[Result, ...]
    total: Total
    declared: Decimal | None = None


@dataclass(frozen=True)
class GroupResult:
    """A unit or a strategic line with its total over ``cards`` cards."""

    kind: str
    name: str
    cards: int
    total: Total
    declared: Decimal | None = None


def ways(card: Card, profile: Profile) -> Ways:
    """Which direction is better for each indicator."""
    return tuple(known_way(card, indicator, profile) for indicator in card.indicators)


def card_result(card: Card, directions: Ways, profile: Profile, declared: Decimal | None = None) -> CardResult:
    """The results of a card by a profile."""
    if card.kind == "unit_summary":
        return CardResult(card, (), unit_total(card, profile, "final"), declared)
    results = tuple(
        achieve(own_target(card, indicator)[1], own_actual(card, indicator)[1], profile, way, indicator.baseline, card.year)
        for indicator, way in zip(card.indicators, directions, strict=True)
    )
    return CardResult(card, results, objective_total(card, profile, results), declared)


def group_results(
    results: Iterable[CardResult], profile: Profile, declared: Mapping[tuple[str, str], Decimal] | None = None
) -> list[GroupResult]:
    """The totals by unit and by strategic line, in order; a name is one whatever its spaces and capitals.

    ``declared``: (kind, name) -> stated figure.
    """
    members: dict[tuple[str, str], list[CardResult]] = {}
    names: dict[tuple[str, str], str] = {}
    for result in results:
        card = result.card
        if card.status in GONE or card.kind == "unit_summary":
            continue
        unit = card.unit or card.directorate or card.section
        for kind, name in (("unit", unit), ("strategic_line", card.strategic_line)):
            if name:
                members.setdefault((kind, plain(name)), []).append(result)
                names.setdefault((kind, plain(name)), name)
    stated = {(kind, plain(name)): figure for (kind, name), figure in (declared or {}).items()}
    found = []
    for key, cards in members.items():
        method = profile.rollup.unit if key[0] == "unit" else profile.rollup.line
        parts = [card_part(one.card, one.total.value, profile) for one in cards]
        total = mean(parts, method == "weighted_mean", profile.rollup.missing)
        found.append(GroupResult(key[0], names[key], len(cards), total, stated.get(key)))
    return found


def stated_total(card: Card) -> Decimal | None:
    """The total that the card itself declares."""
    return number(card.totals.final) if card.kind == "unit_summary" else declared_percent(card)


def percent(value: Decimal | None, places: int) -> str:
    """A figure as it is published, rounded once: "95,50 %"; a dash where there is none."""
    return "—" if value is None else f"{italian(round_half_up(value, places), places)} %"


def band_name(value: Decimal | None, profile: Profile) -> str:
    """The name of the band of a published total; empty where the profile has none."""
    if value is None:
        return ""
    rounded = round_half_up(value, profile.rounding.total)
    return next((band.labels[0] for band in profile.bands if band.holds(rounded)), "")


def actual_year(card: Card, indicator: Indicator) -> str:
    """The key under which the actual value of the card's year stands, or is to be written."""
    key = own_actual(card, indicator)[0] or own_target(card, indicator)[0]
    return key or (str(card.year) if card.year else "")


def with_actual(card: Card, index: int, text: str | None, way: Way | None, profile: Profile) -> Card:
    """The card with an actual value, and what follows from it: the percentage by the profile, the deviation if there was one."""
    old = card.indicators[index]
    year = actual_year(card, old)
    if (old.actuals.get(year) or None) == text:
        return card
    actuals = {key: value for key, value in old.actuals.items() if key != year} | ({year: text} if text else {})
    target = own_target(card, old)[1]
    result = achieve(target, text, profile, way, old.baseline, card.year).value
    shown = None if result is None else tidy(round_half_up(result, profile.rounding.achievement))
    gap = _deviation(target, old.actuals.get(year), text, old.deviation)
    return _with(card, index, old.replace(actuals=actuals, achievement=shown, deviation=gap))


def _deviation(target: str | None, before: str | None, now: str | None, printed: str | None) -> str | None:
    """The deviation worked out anew the way the document did: target minus actual, or the other way round; else none."""
    t, then, r, gap = (typed(text).number for text in (target, before, now, printed))
    if t is None or then is None or r is None or gap is None or then == t:
        return None
    return tidy(t - r) if gap == t - then else tidy(r - t) if gap == then - t else None


def with_note(card: Card, index: int, text: str | None) -> Card:
    """The card with a note on an indicator."""
    return _with(card, index, card.indicators[index].replace(note=text))


NEUTRAL = re.compile(r"Neutralizzato \(peso (.*?)\): (.*)", re.DOTALL)


def neutralised(indicator: Indicator) -> str | None:
    """The reason for which an indicator was taken out of the calculation with ``neutralise``; None for the others."""
    match = NEUTRAL.fullmatch(indicator.note or "")
    return match[2] if match and weight(indicator.weight) == 0 else None


def neutralise(card: Card, index: int, reason: str) -> Card:
    """The indicator out of the calculation: weight 0, its weight goes to the others; the note says why and what it weighed."""
    old = card.indicators[index]
    note = f"Neutralizzato (peso {old.weight or 'assente'}): {' '.join(reason.split())}"
    return _with(card, index, old.replace(weight="0", note=note))


def reinstate(card: Card, index: int) -> Card:
    """The indicator back in the calculation with the weight it had."""
    old = card.indicators[index]
    match = NEUTRAL.fullmatch(old.note or "")
    if match is None:
        return card
    return _with(card, index, old.replace(weight=None if match[1] == "assente" else match[1], note=None))


def with_percent(card: Card, index: int, text: str | None) -> Card:
    """A unit's table with the final percentage of a row."""
    item = card.items[index]
    last = item.outcomes[-1] if item.outcomes else Outcome()
    outcomes = (*item.outcomes[:-1], last.replace(percent=text))
    return card.replace(items=(*card.items[:index], item.replace(outcomes=outcomes), *card.items[index + 1 :]))


def _with(card: Card, index: int, indicator: Indicator) -> Card:
    return card.replace(indicators=(*card.indicators[:index], indicator, *card.indicators[index + 1 :]))
