"""PES004: the shares of the staff sum to 100."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule
from scoring.rules._sources import SMVP, SUMS, WITH_RESOURCES
from scoring.rules._weights import wrong_sum


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit on a card whose people all carry a usable share and do not add up."""
    shares = [person.share for person in card.staff if person.share is not None]
    yield from wrong_sum("staff", shares, facts.profile.weights.staff_total, facts.profile.weights.tolerance)


RULE = Rule(
    code="PES004",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="Le quote del personale non fanno 100",
    message="Le quote di partecipazione di {count} persone sommano a {total}, non a {wanted}.",
    variants={
        "one": "L'unica quota di partecipazione è {total}, non {wanted}.",
        "shares": "Le quote di {count} persone sommano a 1, non a {wanted}: sembrano parti di uno, non percentuali.",
    },
    why="Le quote ripartiscono il lavoro dell'obiettivo, e spesso il premio: devono coprirlo tutto, una volta sola.",
    fix="Correggi le quote perché la somma sia 100, o togli chi non partecipa.",
    basis=(SMVP, WITH_RESOURCES, SUMS),
)
