"""TGT013: the number of the target can be read in two ways (2.24, 12.5.3), or a remark hides it ("± Covid")."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SPECIFIC
from scoring.values import own_target, short, typed, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The target of the card's year; the reason is the reader's own."""
    for i, indicator in live_indicators(card):
        key, target = own_target(card, indicator)
        if target is None or unset(target) or not any(char.isdigit() for char in target):
            continue
        reading = typed(target)
        if not reading.confident and reading.type not in ("text", "boolean"):
            yield hit(
                f"indicators[{i}].targets.{key}",
                found=target,
                expected="una scrittura che si legge in un modo solo",
                name=short(indicator.name),
                target=target,
                why=reading.note or "si legge in più modi",
            )


RULE = Rule(
    code="TGT013",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Numero ambiguo",
    message="«{name}»: «{target}» non si legge in un modo solo ({why}).",
    why="Se il numero si può leggere in due modi, il risultato è raggiunto o mancato a seconda di chi legge.",
    fix="Usa la virgola per i decimali e il punto per le migliaia, un valore solo, e metti le osservazioni in nota.",
    basis=(SPECIFIC,),
)
