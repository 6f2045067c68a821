"""PES001: the weights of an objective's indicators sum to 100."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule
from scoring.rules._sources import GUIDELINES, SMVP, SUMS
from scoring.rules._weights import wrong_sum


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit on a card whose indicators all carry a usable weight and do not add up."""
    weights = [indicator.weight for _, indicator in live_indicators(card)]
    yield from wrong_sum("indicators", weights, facts.profile.weights.indicators_total, facts.profile.weights.tolerance)


RULE = Rule(
    code="PES001",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="I pesi degli indicatori non fanno 100",
    message="I pesi dei {count} indicatori sommano a {total}, non a {wanted}.",
    variants={
        "one": "L'unico indicatore pesa {total}, non {wanted}.",
        "shares": "I pesi dei {count} indicatori sommano a 1, non a {wanted}: sembrano parti di uno, non percentuali.",
    },
    why="Il risultato dell'obiettivo è la media pesata degli indicatori: con pesi che non tornano vale più o meno del dovuto.",
    fix="Correggi i pesi perché la somma sia quella dello SMVP (di norma 100); un indicatore neutralizzato ha peso 0 e una nota.",
    basis=(SMVP, GUIDELINES, SUMS),
)
