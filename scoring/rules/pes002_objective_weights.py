"""PES002: the weights of a unit's objectives sum to 100; what another incentive pays or a replaced one is left out."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.rollup import is_excluded
from scoring.rule import Hit, Level, Rule
from scoring.rules._sources import GUIDELINES, SMVP, SUMS
from scoring.rules._weights import wrong_sum
from scoring.values import plain


def check(facts: Facts) -> Iterator[Hit]:
    """The tables of the units; where there is none, the objective cards of each unit (two or more)."""
    tables = list(facts.of_kind("unit_summary"))
    for card in tables:
        counted = [item.weight for item in card.items if is_excluded(item, facts.profile) is None]
        yield from _judge(card, counted, "items", facts)
    if not tables:
        yield from _cards(facts)


def _cards(facts: Facts) -> Iterator[Hit]:
    units: dict[str, list[Card]] = {}
    for card in facts.of_kind("objective"):
        if card.weight is not None and (card.unit or card.directorate) and card.status not in GONE:
            units.setdefault(plain(card.unit or card.directorate), []).append(card)
    for cards in units.values():
        if len(cards) > 1:
            counted = [card.weight for card in cards if (card.weight or "").strip() not in facts.profile.weights.excluded_marks]
            yield from _judge(cards[0], counted, "weight", facts)


def _judge(card: Card, weights: list[str | None], at: str, facts: Facts) -> Iterator[Hit]:
    unit = card.unit or card.directorate or "unità"
    yield from wrong_sum(at, weights, facts.profile.weights.objectives_total, facts.profile.weights.tolerance, card, unit=unit)


RULE = Rule(
    code="PES002",
    level=Level.ERROR,
    document=check,
    title="I pesi degli obiettivi dell'unità non fanno 100",
    message="{unit}: i pesi di {count} obiettivi sommano a {total}, non a {wanted}.",
    variants={
        "one": "{unit}: l'unico obiettivo pesa {total}, non {wanted}.",
        "shares": "{unit}: i pesi di {count} obiettivi sommano a 1, non a {wanted}: sembrano parti di uno, non percentuali.",
    },
    why="Il risultato dell'unità è la media pesata dei suoi obiettivi: se i pesi non tornano il totale non è "
    "confrontabile con gli altri.",
    fix="Correggi i pesi; lascia fuori dalla somma solo gli obiettivi sostituiti o pagati con altri incentivi, e dillo in nota.",
    basis=(SMVP, GUIDELINES, SUMS),
)
