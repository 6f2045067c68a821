"""What the rules on weights share: reading a row of weights and saying what is wrong with one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from cards.model import GONE, Card, Phase
from scoring.values import unset, weight, year_of


def fault(text: str | None) -> str | None:
    """What is wrong with a single weight, in Italian; None for a usable one (0 included)."""
    if text is None or unset(text):
        return "manca"
    value = weight(text)
    if value is None:
        return "non è un numero"
    if value < 0:
        return "è negativo"
    return "supera 100" if value > 100 else None


def sum_of(texts: Sequence[str | None]) -> Decimal | None:
    """The exact sum of the weights; None where one of them is not usable (that is another rule's finding)."""
    values = [None if fault(text) else weight(text) for text in texts]
    if not values or any(value is None for value in values):
        return None
    return sum((value for value in values if value is not None), Decimal(0))


def off(total: Decimal, wanted: Decimal | None, tolerance: Decimal) -> bool:
    """True when a sum is not what it should be."""
    return wanted is not None and abs(total - wanted) > tolerance


def lacks_weight(card: Card, phase: Phase) -> bool:
    """True for a phase of the card's year left without a weight while the others have one; "==" and row 0 are meant so."""
    if phase.weight is not None or phase.number == "0" or phase.status in GONE:
        return False
    if not any(other.weight is not None and not unset(other.weight) for other in card.phases):
        return False
    started = year_of(phase.start or "")
    return started is None or card.year is None or started <= card.year
