"""TGT012: a ± band without a stated base."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SPECIFIC
from scoring.values import short, typed, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """ "±3%" has no centre unless the indicator's baseline gives it; "50 (+/- 30%)" has one."""
    for i, indicator in live_indicators(card):
        if (
            indicator.baseline is not None
            and typed(indicator.baseline).number is not None
            and "rispetto" in (indicator.name or "").lower()
        ):
            continue
        bare = [key for key, value in sorted(indicator.targets.items()) if not unset(value) and _bare(value)]
        if bare:
            target = indicator.targets[bare[0]]
            yield hit(
                f"indicators[{i}].targets.{bare[0]}",
                found=target,
                expected="il valore di riferimento della banda",
                name=short(indicator.name),
                target=target,
            )


def _bare(text: str) -> bool:
    reading = typed(text)
    numbers = [part for part in reading.parts if part.number is not None]
    return (reading.type == "tolerance" or reading.comparator == "±") and len(numbers) < 2


RULE = Rule(
    code="TGT012",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Banda di tolleranza senza base",
    message="«{name}»: «{target}» è una banda, ma non si sa attorno a quale valore.",
    why="Una tolleranza si calcola da un valore: senza, qualunque risultato può stare dentro o fuori.",
    fix="Scrivi il valore e la tolleranza insieme, per esempio «50 (± 3%)».",
    basis=(SPECIFIC,),
)
