"""PES003: the weights of an objective's phases sum to 100; phases of other years ("==") are left out."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SMVP, SUMS
from scoring.rules._weights import lacks_weight, off, sum_of
from scoring.values import tidy, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit on a card whose weighted phases do not add up."""
    weights = [
        phase.weight
        for phase in card.phases
        if phase.weight is not None and not unset(phase.weight) and phase.status not in GONE
    ]
    total, wanted = sum_of(weights), facts.profile.weights.phases_total
    if (
        total is None
        or card.status == "eliminated"
        or any(lacks_weight(card, phase) for phase in card.phases)
        or not off(total, wanted, facts.profile.weights.tolerance)
    ):
        return
    yield hit(
        "phases", found=tidy(total), expected=tidy(wanted or 0), total=tidy(total), wanted=tidy(wanted or 0), count=len(weights)
    )


RULE = Rule(
    code="PES003",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="I pesi delle fasi non fanno 100",
    message="I pesi delle {count} fasi sommano a {total}, non a {wanted}.",
    why="Lo stato di avanzamento dell'obiettivo si calcola dai pesi delle fasi concluse.",
    fix="Correggi i pesi delle fasi perché sommino a 100; le fasi di altri anni si segnano con «==».",
    basis=(SMVP, SUMS),
)
