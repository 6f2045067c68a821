"""STR008: the total of the resources differs from its lines; a cost indicator with no cost in the resources."""

from __future__ import annotations

from collections.abc import Iterator

from scoring.facts import Facts
from scoring.resources import resources_sum
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SUMS, WITH_RESOURCES
from scoring.values import number, short, tidy


def check(facts: Facts) -> Iterator[Hit]:
    """Totals that name a card or a resource table, or that stand inside its lines."""
    for declared in facts.declared:
        if declared.kind != "resources" or declared.measure != "amount":
            continue
        stated = number(declared.value)
        computed = [(card, total) for card in facts.cards if (total := resources_sum(card, declared)) is not None]
        if stated is not None and len(computed) == 1 and computed[0][1] != stated:
            card, total = computed[0]
            yield hit(
                "resources",
                card=card,
                found=declared.value,
                expected=tidy(total),
                name=short(declared.name),
                stated=declared.value,
                total=tidy(total),
                page=declared.page,
                line=declared.line,
                key=f"{declared.name}",
            )


RULE = Rule(
    code="STR008",
    level=Level.ERROR,
    document=check,
    title="Il totale delle risorse non torna",
    message="{name}: totale dichiarato {stated}, le righe sommano a {total}.",
    why="Gli obiettivi sono correlati alla quantità delle risorse: il totale deve essere la somma delle sue righe.",
    fix="Correggi il totale o la riga sbagliata.",
    basis=(WITH_RESOURCES, SUMS),
)
