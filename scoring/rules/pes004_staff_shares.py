"""PES004: the shares of the staff sum to 100."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SMVP, SUMS, WITH_RESOURCES
from scoring.rules._weights import off, sum_of
from scoring.values import tidy


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit on a card whose people all carry a usable share and do not add up."""
    shares = [person.share for person in card.staff if person.share is not None]
    total, wanted = sum_of(shares), facts.profile.weights.staff_total
    if total is not None and off(total, wanted, facts.profile.weights.tolerance):
        yield hit(
            "staff", found=tidy(total), expected=tidy(wanted or 0), total=tidy(total), wanted=tidy(wanted or 0), count=len(shares)
        )


RULE = Rule(
    code="PES004",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="Le quote del personale non fanno 100",
    message="Le quote di partecipazione di {count} persone sommano a {total}, non a {wanted}.",
    why="Le quote ripartiscono il lavoro dell'obiettivo, e spesso il premio: devono coprirlo tutto, una volta sola.",
    fix="Correggi le quote perché la somma sia 100, o togli chi non partecipa.",
    basis=(SMVP, WITH_RESOURCES, SUMS),
)
