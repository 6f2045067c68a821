"""PES003: the weights of an objective's phases sum to 100; phases of other years ("==") are left out."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule
from scoring.rules._sources import SMVP, SUMS
from scoring.rules._weights import lacks_weight, wrong_sum
from scoring.values import unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit on a card whose weighted phases do not add up."""
    weights = [
        phase.weight for phase in card.phases if phase.weight is not None and not unset(phase.weight) and phase.status not in GONE
    ]
    if card.status != "eliminated" and not any(lacks_weight(card, phase) for phase in card.phases):
        yield from wrong_sum("phases", weights, facts.profile.weights.phases_total, facts.profile.weights.tolerance)


RULE = Rule(
    code="PES003",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="I pesi delle fasi non fanno 100",
    message="I pesi delle {count} fasi sommano a {total}, non a {wanted}.",
    variants={
        "one": "L'unica fase con un peso vale {total}, non {wanted}.",
        "shares": "I pesi delle {count} fasi sommano a 1, non a {wanted}: sembrano parti di uno, non percentuali.",
    },
    why="Lo stato di avanzamento dell'obiettivo si calcola dai pesi delle fasi concluse.",
    fix="Correggi i pesi delle fasi perché sommino a 100; le fasi di altri anni si segnano con «==».",
    basis=(SMVP, SUMS),
)
