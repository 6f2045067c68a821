"""Weights that sum to 100 exactly: whole numbers, largest remainder, multiples of five where a person would write them so."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def to_hundred(shares: Sequence[Decimal | int], total: int = 100) -> list[int]:
    """Whole weights proportional to ``shares`` that sum to ``total``, each at least 1; no shares, no weights.

    >>> to_hundred([1, 1, 1])
    [34, 33, 33]
    >>> to_hundred([Decimal("12.5"), 50])
    [20, 80]
    """
    if not shares:
        return []
    together = sum(Fraction(share) for share in shares)
    if together <= 0 or any(share < 0 for share in shares) or len(shares) > total:
        return to_hundred([1] * len(shares), total) if len(shares) <= total else []
    exact = [Fraction(share) * total / together for share in shares]
    whole = [max(1, int(value)) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    position = 0
    while sum(whole) < total:
        whole[order[position % len(order)]] += 1
        position += 1
    while sum(whole) > total:
        whole[max(range(len(whole)), key=lambda i: (whole[i], -i))] -= 1
    return whole


def in_fives(shares: Sequence[Decimal | int]) -> list[int]:
    """Weights as a person writes them, multiples of 5 that sum to 100; more than twenty parts have whole weights.

    >>> in_fives([1, 1, 1, 1, 1, 1])
    [20, 20, 15, 15, 15, 15]
    """
    return [5 * part for part in to_hundred(shares, 20)] if len(shares) <= 20 else to_hundred(shares)
