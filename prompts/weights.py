"""Weights that sum to 100 exactly: whole numbers, largest remainder."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction


def to_hundred(shares: Sequence[Decimal | int]) -> list[int]:
    """Whole weights proportional to ``shares`` that sum to 100, each at least 1; no shares, no weights.

    >>> to_hundred([1, 1, 1])
    [34, 33, 33]
    >>> to_hundred([Decimal("12.5"), 50])
    [20, 80]
    """
    if not shares:
        return []
    total = sum(Fraction(share) for share in shares)
    if total <= 0 or any(share < 0 for share in shares) or len(shares) > 100:
        return to_hundred([1] * len(shares)) if len(shares) <= 100 else []
    exact = [Fraction(share) * 100 / total for share in shares]
    whole = [max(1, int(value)) for value in exact]
    order = sorted(range(len(exact)), key=lambda i: (whole[i] - exact[i], i))
    position = 0
    while sum(whole) < 100:
        whole[order[position % len(order)]] += 1
        position += 1
    while sum(whole) > 100:
        whole[max(range(len(whole)), key=lambda i: (whole[i], -i))] -= 1
    return whole
