"""PES009: one objective carries most of a unit's weight, or many carry almost none (limits from the profile)."""

from __future__ import annotations

from collections.abc import Iterator

from cards.counted import counted
from cards.model import Card
from scoring.facts import Facts
from scoring.rollup import is_excluded
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import GUIDELINES, SMVP
from scoring.values import short, tidy, weight


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Tables of two objectives or more."""
    limits = facts.profile.weights
    rows = [
        (i, item, value)
        for i, item in enumerate(card.items)
        if is_excluded(item, facts.profile) is None and (value := weight(item.weight)) is not None
    ]
    if len(rows) < 2:
        return
    for i, item, value in rows:
        if value > limits.largest_share:
            yield hit(
                f"items[{i}].weight",
                found=item.weight,
                expected=f"non oltre {tidy(limits.largest_share)}",
                name=item.code or short(item.title),
                weight=tidy(value),
                limit=tidy(limits.largest_share),
            )
    small = [i for i, _, value in rows if value < limits.smallest_share]
    if len(small) >= limits.smallest_many:
        yield hit(
            "items",
            variant="one" if len(small) == 1 else "small",
            found=counted(len(small), "obiettivo", "obiettivi"),
            expected=f"pesi da {tidy(limits.smallest_share)} in su",
            count=len(small),
            limit=tidy(limits.smallest_share),
        )


RULE = Rule(
    code="PES009",
    level=Level.WARNING,
    card=check,
    kinds=("unit_summary",),
    title="Pesi sbilanciati",
    message="L'obiettivo {name} pesa {weight}: da solo decide il risultato dell'unità (limite del profilo: {limit}).",
    variants={
        "small": "{count} obiettivi pesano meno di {limit}: quasi non contano nel risultato dell'unità.",
        "one": "Un obiettivo pesa meno di {limit}: quasi non conta nel risultato dell'unità.",
    },
    why="I pesi dicono dove va l'attenzione: un obiettivo che vale quasi tutto, o molti che valgono quasi niente, li svuotano.",
    fix="Riequilibra i pesi o spiega la scelta; i limiti si cambiano nel profilo.",
    basis=(SMVP, GUIDELINES),
)
