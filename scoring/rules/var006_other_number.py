"""VAR006: the request replaces a phase under another number (phase 7 with a "phase 2")."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, CONSISTENT
from scoring.rules._variations import asked_number, asked_text
from scoring.values import short


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The number at the head of the new text against the number replaced."""
    for i, variation in enumerate(card.variations):
        number = asked_number(variation.new)
        if (
            variation.object == "phase"
            and variation.action in ("replace", "change_phase")
            and number
            and variation.number
            and number != variation.number
        ):
            yield hit(
                f"variations[{i}].new",
                found=f"fase {variation.number} sostituita con «fase {number}»",
                expected=f"fase {variation.number}",
                old=variation.number,
                new=number,
                text=short(asked_text(variation.new)),
            )


RULE = Rule(
    code="VAR006",
    level=Level.ERROR,
    card=check,
    title="Fase sostituita sotto un altro numero",
    message="La fase {old} è sostituita con una «fase {new}» («{text}»).",
    why="Il numero della fase lega richiesta, scheda e cronoprogramma: con due numeri non si sa quale fase cambia.",
    fix="Usa nella richiesta lo stesso numero della fase che sostituisce.",
    basis=(CHANGES, CONSISTENT),
)
