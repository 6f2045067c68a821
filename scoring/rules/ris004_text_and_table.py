"""RIS004: the text and the table give different figures for the same fact."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, VALIDATION
from scoring.values import number


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The total of a unit's table against the sentence that quotes it."""
    stated, told = number(card.totals.final), number(card.totals.narrative)
    if stated is not None and told is not None and stated != told:
        yield hit(
            "totals.narrative",
            found=f"{card.totals.final} in tabella, {card.totals.narrative} nel testo",
            expected=card.totals.final,
            table=card.totals.final,
            text=card.totals.narrative,
            name=card.unit or card.title,
        )


RULE = Rule(
    code="RIS004",
    level=Level.ERROR,
    card=check,
    title="Testo e tabella danno cifre diverse",
    message="{name}: la tabella dice {table}, il testo {text}.",
    why="Due cifre diverse per lo stesso risultato: una delle due è sbagliata, e la relazione deve essere chiara a chi la legge.",
    fix="Verifica quale delle due cifre è giusta e correggi l'altra.",
    basis=(VALIDATION, CONSISTENT),
)
