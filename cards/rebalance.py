"""Weights brought to 100: proportions kept, the largest remainders served first (Hamilton's method), whole numbers kept whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

from cards.quantities import is_unset, italian, read_number

WANTED = Decimal(100)
_ENGLISH = re.compile(r"\s*(-?\d{1,3}\.\d{1,2})\s*%?\s*")


@dataclass(frozen=True, slots=True)
class Weights:
    """A column of weights as read. ``values`` holds None where one is absent or cannot be read; ``unread`` are the latter."""

    values: tuple[Decimal | None, ...]
    unread: tuple[int, ...]

    @property
    def total(self) -> Decimal:
        """The exact sum of what could be read."""
        return sum((value for value in self.values if value is not None), Decimal(0))

    @property
    def given(self) -> int:
        """How many weights could be read."""
        return sum(value is not None for value in self.values)


def read_weight(text: str | None) -> Decimal | None:
    """A weight as typed: "15", "15%", "12,5 %", "10%*", "12.5"; None where absent or not a number.

    >>> read_weight("12,5 %")
    Decimal('12.5')
    """
    text = " ".join((text or "").split()).rstrip("* ")
    if is_unset(text):
        return None
    if match := _ENGLISH.fullmatch(text):
        return Decimal(match[1])
    return read_number(text)


def read_weights(texts: Sequence[str | None]) -> Weights:
    """A column of weights."""
    values = tuple(map(read_weight, texts))
    unread = tuple(i for i, text in enumerate(texts) if values[i] is None and not is_unset(text or ""))
    return Weights(values, unread)


def rebalance(texts: Sequence[str | None]) -> list[str | None] | None:
    """The column rescaled so that it sums to exactly 100, each weight with no more decimals than it had and its own "%".

    A zero stays zero, a weight above zero stays above it, what cannot be read stays as it is. None where there is no such
    column: no weight above zero, a negative one, or more weights than the steps of 100.

    >>> rebalance(["50%", "30%", "30%"])
    ['46%', '27%', '27%']
    >>> rebalance(["1", "1", "1", None])
    ['34', '33', '33', None]
    """
    values = read_weights(texts).values
    places = [i for i, value in enumerate(values) if value]
    known = [value for value in values if value]
    if not known or any(value < 0 for value in known):
        return None
    shared = share_out(known)
    if shared is None:
        return None
    result = list(texts)
    for i, value in zip(places, shared, strict=True):
        result[i] = _written(value, texts[i] or "")
    return result


def share_out(weights: Sequence[Decimal]) -> list[Decimal] | None:
    """Weights above zero in the same proportions, each a multiple of its own step (1, 0.1, ...), summing to 100; or None."""
    steps = [_step(weight) for weight in weights]
    total = sum(map(Fraction, weights))
    exact = [Fraction(weight) * 100 / total for weight in weights]
    shared = [max(step, _floor(value, step)) for value, step in zip(exact, steps, strict=True)]
    by_remainder = sorted(range(len(weights)), key=lambda i: ((Fraction(shared[i]) - exact[i]) / Fraction(steps[i]), i))
    left = WANTED - sum(shared)
    for i in by_remainder:
        if Fraction(shared[i]) < exact[i] and steps[i] <= left:
            shared[i] += steps[i]
            left -= steps[i]
    while left > 0:
        i = max((i for i in range(len(steps)) if steps[i] <= left), key=lambda i: exact[i] - Fraction(shared[i]))
        shared[i] += steps[i]
        left -= steps[i]
    return shared if left == 0 else _taken(shared, steps, exact, -left)


def _taken(shared: list[Decimal], steps: list[Decimal], exact: list[Fraction], excess: Decimal) -> list[Decimal] | None:
    """What small weights got by staying above zero is taken from those furthest above their share."""
    while excess > 0:
        able = [i for i in range(len(steps)) if shared[i] > steps[i] <= excess]
        if not able:
            return None
        i = max(able, key=lambda i: (Fraction(shared[i]) - exact[i], shared[i]))
        shared[i] -= steps[i]
        excess -= steps[i]
    return shared


def _step(weight: Decimal) -> Decimal:
    exponent = weight.normalize().as_tuple().exponent
    return Decimal(1).scaleb(min(0, int(exponent)))


def _floor(value: Fraction, step: Decimal) -> Decimal:
    return ((Decimal(value.numerator) / Decimal(value.denominator)) / step).to_integral_value(ROUND_FLOOR) * step


def _written(value: Decimal, like: str) -> str:
    whole = value.to_integral_value()
    number = italian(whole if whole == value else value.normalize())
    if "%" not in like:
        return number
    return f"{number} %" if re.search(r"\s%", like) else f"{number}%"
