"""From achievements to the total of an objective, a unit, a line. Unrounded inside; rounded once, by who shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from cards.model import GONE, Card, Item
from scoring.achievement import EXACT, Result, achieved
from scoring.profiles import Profile
from scoring.values import number, plain, unset, weight

NAMED = 3  # parts without a result that a note names, before "e altri"


@dataclass(frozen=True, slots=True)
class Part:
    """An addend: its value (None: no result), its weight (None: none written) and whether it counts, with the reason if not."""

    name: str
    value: Decimal | None
    weight: Decimal | None = None
    counts: bool = True
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """A total with its addends. ``value`` is None where not computable; ``note`` (Italian) says why, or what was left out."""

    value: Decimal | None
    parts: tuple[Part, ...] = ()
    note: str | None = None


def mean(parts: Sequence[Part], weighted: bool, missing: str = "stop") -> Total:
    """The mean of the parts that count: weighted where all weights are known, renormalised on those that count."""
    counted = [part for part in parts if part.counts]
    empty = [part for part in counted if part.value is None]
    notes = [f"{part.name}: {part.why}" for part in parts if not part.counts and part.why]
    if empty and missing == "stop":
        shown = empty if len(empty) <= NAMED + 1 else empty[:NAMED]
        named = ", ".join(part.name for part in shown) + (f" e altri {len(empty) - NAMED}" if len(shown) < len(empty) else "")
        return Total(None, tuple(parts), _join([f"manca il grado di raggiungimento di: {named}", *notes]))
    if empty and missing == "exclude":
        notes.append(f"senza risultato, esclusi: {len(empty)}")
        counted = [part for part in counted if part.value is not None]
    if not counted:
        return Total(None, tuple(parts), _join(["nessun risultato da sommare", *notes]))
    weights = [part.weight for part in counted]
    if weighted and any(one is not None for one in weights):
        if any(one is None for one in weights):
            return Total(None, tuple(parts), _join(["manca un peso", *notes]))
    else:
        weights = [Decimal(1)] * len(counted)
    with localcontext(EXACT):
        base = sum((one for one in weights if one is not None), Decimal(0))
        if base == 0:
            return Total(None, tuple(parts), _join(["i pesi sono tutti a zero", *notes]))
        summed = sum(
            ((part.value or Decimal(0)) * (one or Decimal(0)) for part, one in zip(counted, weights, strict=True)), Decimal(0)
        )
        return Total(summed / base, tuple(parts), _join(notes))


def _join(notes: list[str]) -> str | None:
    return "; ".join(notes) or None


def objective_parts(card: Card, profile: Profile, results: Sequence[Result] | None = None) -> tuple[Part, ...]:
    """The indicators of a card as addends; a weight of zero takes an indicator out (neutralised), a variation too.

    ``results``: the achievement of each indicator, where it is already known. Where the profile cannot compute one (unknown
    polarity), the declared one stands in for it.
    """
    parts = []
    for position, indicator in enumerate(card.indicators):
        if indicator.status in GONE:
            continue
        name = indicator.name or indicator.code or f"indicatore {position + 1}"
        points = weight(indicator.weight)
        result = results[position] if results is not None else achieved(card, indicator, profile)
        value, why = result.value, result.why
        if value is None and (stated := number(indicator.achievement)) is not None:
            value = stated
        counts = points != 0
        parts.append(Part(name, value, points, counts, "peso 0, neutralizzato" if not counts else why))
    return tuple(parts)


def objective_total(card: Card, profile: Profile, results: Sequence[Result] | None = None) -> Total:
    """The achievement of an objective from its indicators, by the profile; declared outcome where the profile says so.

    ``results`` as in ``objective_parts``.
    """
    if profile.rollup.objective == "declared":
        return Total(declared_percent(card), (), "esito dichiarato")
    if not card.indicators:
        return Total(None, (), "nessun indicatore")
    return mean(objective_parts(card, profile, results), profile.rollup.objective == "weighted_mean", profile.rollup.missing)


def card_part(card: Card, value: Decimal | None, profile: Profile) -> Part:
    """An objective as an addend of its unit, by the weight on its card; one with a mark for weight ("*") does not count."""
    counts = (card.weight or "").strip() not in profile.weights.excluded_marks
    why = None if counts else "fuori dal totale"
    return Part(card.title or card.code or "obiettivo", value, weight(card.weight), counts, why)


def declared_percent(card: Card) -> Decimal | None:
    """The last declared percentage of an objective."""
    dated = sorted(
        (outcome.at or "9999", position, outcome.percent) for position, outcome in enumerate(card.outcomes) if outcome.percent
    )
    return number(dated[-1][2]) if dated else None


def is_excluded(item: Item, profile: Profile) -> str | None:
    """Why a row of a unit's table is left out of the total (Italian); None when it counts."""
    mark = (item.weight or "").strip()
    if mark and mark in profile.weights.excluded_marks:
        return f"peso «{mark}», fuori dal totale"
    labels = {plain(label) for label in profile.weights.excluded_outcomes}
    for outcome in item.outcomes:
        if outcome.label and plain(outcome.label) in labels:
            return f"{outcome.label.lower()}, fuori dal totale"
    return None


def unit_total(card: Card, profile: Profile, which: str) -> Total:
    """The total of a unit's table: ``which`` is "interim" (first outcome) or "final" (last one)."""
    parts = []
    for item in card.items:
        outcomes = [outcome for outcome in item.outcomes]
        chosen = outcomes[-1] if outcomes and which == "final" else outcomes[0] if len(outcomes) > 1 else None
        why = is_excluded(item, profile)
        points = None if item.weight is None or unset(item.weight) else weight(item.weight)
        parts.append(
            Part(item.code or item.title or "obiettivo", number(chosen.percent) if chosen else None, points, why is None, why)
        )
    return mean(parts, profile.rollup.unit == "weighted_mean", profile.rollup.missing)
