"""RIS004: the text and the table give different figures for the same fact."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, VALIDATION
from scoring.values import number, own_actual, short

_NUMBER = re.compile(r"(?<![\d.,/])\d{1,3}(?:\.\d{3})+(?![\d/]|,\d)|(?<![\d.,/])\d{3,}(?![\d.,/]\d|/)")
_SMALLEST = Decimal(100)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The total of a unit's table against the sentence that quotes it; an actual value against the note that repeats it."""
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
    for i, indicator in live_indicators(card):
        actual = own_actual(card, indicator)[1]
        value = number(actual)
        if value is None or value < _SMALLEST:
            continue
        slips = _slips(indicator.note, value)
        if slips:
            yield hit(
                f"indicators[{i}].note",
                found=f"{actual} in tabella, {slips[0]} nella nota",
                expected="lo stesso numero",
                table=actual,
                text=slips[0],
                name=short(indicator.name or indicator.code),
            )


def _slips(note: str | None, value: Decimal) -> list[str]:
    """Numbers of the note that differ from the value by a digit or two swapped, where the value itself is not told."""
    found = [(text, number(text)) for text in _NUMBER.findall(note or "")]
    if any(other == value for _, other in found):
        return []
    digits = sorted(str(value))
    return [text for text, other in found if other is not None and _slip(str(value), str(other), digits)]


def _slip(one: str, two: str, digits: list[str]) -> bool:
    if len(one) != len(two) or one == two or one[0] != two[0]:
        return False
    return sum(a != b for a, b in zip(one, two, strict=True)) == 1 or sorted(two) == digits


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
