"""The total of an objective whose declared figure is another: the method that would give it."""

from __future__ import annotations

from decimal import Decimal

from cards.model import Card
from scoring.nearest import nearest
from scoring.profiles import Profile
from scoring.rollup import objective_parts, objective_total
from scoring.variants import variants


def objective_method(declared: Decimal, card: Card, profile: Profile) -> str | None:
    """How the declared total of an objective comes out of its indicators ("torna senza il limite…"); None if no way does."""
    weighted = profile.rollup.objective == "weighted_mean"
    others = ((words, objective_total(card, other).value) for words, other in variants(profile))
    return nearest(declared, objective_parts(card, profile), weighted, profile.rounding.total, others)
