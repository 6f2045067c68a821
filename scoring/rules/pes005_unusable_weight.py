"""PES005: a weight is missing, negative, above 100 or not a number."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rollup import is_excluded
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SMVP, SUMS
from scoring.rules._weights import fault, lacks_weight
from scoring.values import short, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Indicators (where one has a weight all must), rows of a unit's table, phases whose weight is written and unusable."""
    indicators = list(live_indicators(card))
    if facts.profile.weights.required or any(not unset(indicator.weight or "") for _, indicator in indicators):
        for i, indicator in indicators:
            yield from _hit(f"indicators[{i}].weight", indicator.weight, f"indicatore «{short(indicator.name) or i + 1}»")
    for i, item in enumerate(card.items):
        if is_excluded(item, facts.profile) is None:
            yield from _hit(f"items[{i}].weight", item.weight, f"obiettivo «{item.code or short(item.title) or i + 1}»")
    for i, phase in enumerate(card.phases):
        what = f"fase {phase.number or i + 1}"
        if phase.weight is not None and not unset(phase.weight):
            yield from _hit(f"phases[{i}].weight", phase.weight, what)
        elif lacks_weight(card, phase):
            yield from _hit(f"phases[{i}].weight", phase.weight, what, Level.WARNING)
    if card.weight is not None and not unset(card.weight) and card.weight.strip() not in facts.profile.weights.excluded_marks:
        yield from _hit("weight", card.weight, "scheda")


def _hit(at: str, text: str | None, what: str, level: Level | None = None) -> Iterator[Hit]:
    wrong = fault(text)
    if wrong:
        yield hit(
            at, found=text or "vuoto", expected="un numero da 0 a 100", level=level, what=what, wrong=wrong, text=text or "vuoto"
        )


RULE = Rule(
    code="PES005",
    level=Level.ERROR,
    card=check,
    title="Peso mancante o non utilizzabile",
    message="Il peso {wrong} ({what}): trovato «{text}».",
    why="Senza un peso leggibile la media pesata non si può calcolare.",
    fix="Scrivi un numero tra 0 e 100; se l'elemento non conta scrivi 0 e spiega il perché in nota.",
    basis=(SMVP, SUMS),
)
