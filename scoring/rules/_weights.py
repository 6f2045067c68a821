"""What the rules on weights share: reading a row of weights, saying what is wrong with one and whether they add up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from cards.model import GONE, Card, Phase
from scoring.rule import Hit, Level, hit
from scoring.values import tidy, unset, weight, year_of

HUNDRED = Decimal(100)


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


def wrong_sum(
    at: str, texts: Sequence[str | None], wanted: Decimal | None, tolerance: Decimal, card: Card | None = None, **values: Any
) -> Iterator[Hit]:
    """One hit where the weights, all usable, do not make ``wanted``.

    Variants: ``one`` weight alone; ``shares``, parts of one ("0,25") instead of per cent, whose proportions are right: a warning.
    """
    total = sum_of(texts)
    if total is None or wanted is None or abs(total - wanted) <= tolerance:
        return
    shares = wanted == HUNDRED and len(texts) > 1 and abs(total * HUNDRED - HUNDRED) <= tolerance
    yield hit(
        at,
        card=card,
        level=Level.WARNING if shares else None,
        variant="shares" if shares else "one" if len(texts) == 1 else None,
        found=tidy(total),
        expected=tidy(wanted),
        total=tidy(total),
        wanted=tidy(wanted),
        count=len(texts),
        **values,
    )


def lacks_weight(card: Card, phase: Phase) -> bool:
    """True for a phase of the card's year left without a weight while the others have one; "==" and row 0 are meant so."""
    if phase.weight is not None or phase.number == "0" or phase.status in GONE:
        return False
    if not any(other.weight is not None and not unset(other.weight) for other in card.phases):
        return False
    started = year_of(phase.start or "")
    return started is None or card.year is None or started <= card.year
