"""PES001: the weights of an objective's indicators sum to 100."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import GUIDELINES, SMVP, SUMS
from scoring.rules._weights import off, sum_of
from scoring.values import tidy


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit on a card whose indicators all carry a usable weight and do not add up."""
    weights = [indicator.weight for _, indicator in live_indicators(card)]
    total, wanted = sum_of(weights), facts.profile.weights.indicators_total
    if total is None or not off(total, wanted, facts.profile.weights.tolerance):
        return
    yield hit(
        "indicators",
        found=tidy(total),
        expected=tidy(wanted or 0),
        total=tidy(total),
        wanted=tidy(wanted or 0),
        count=len(weights),
    )


RULE = Rule(
    code="PES001",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="I pesi degli indicatori non fanno 100",
    message="I pesi dei {count} indicatori sommano a {total}, non a {wanted}.",
    why="Il risultato dell'obiettivo è la media pesata degli indicatori: con pesi che non tornano vale più o meno del dovuto.",
    fix="Correggi i pesi perché la somma sia quella dello SMVP (di norma 100); un indicatore neutralizzato ha peso 0 e una nota.",
    basis=(SMVP, GUIDELINES, SUMS),
)
