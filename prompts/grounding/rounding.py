"""When a told figure stands for a real one: equal at the decimals that are told, or as near as "circa" and "oltre" allow."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from prompts.grounding.facts import Fact

ROUGHLY = "quota"
PART = "parte"
_PART_SLACK = Decimal("4.5")
_ABOUT = Decimal("0.075")
_SURE = 4


def matches(fact: Fact, result: Decimal) -> bool:
    """Equal at the printed decimals; an approximation also allows rounding at the last digit that is not zero."""
    if fact.value is None or result < 0 or (abs(result - fact.value) > 1 and not fact.approx):
        return False
    exponent = fact.value.as_tuple().exponent
    places = Decimal(1).scaleb(max(exponent, -6) if isinstance(exponent, int) and exponent < 0 else 0)
    if result < Decimal(10) ** 15 and result.quantize(places, ROUND_HALF_UP) == fact.value:
        return True
    return bool(fact.approx) and close(fact.value, result, fact.approx)


def close(said: Decimal, real: Decimal, approx: str | None) -> bool:
    """ "circa 140" for 136,5, "oltre 78 mila" for 78.620, "quasi 79 mila": the real value rounded to the digits that are said."""
    if not approx or real <= 0 or said <= 0:
        return False
    step = Decimal(1)
    while said % (step * 10) == 0 and step * 10 <= said:
        step *= 10
    low = approx.casefold()
    if low == ROUGHLY:
        return abs(real - said) <= said * Decimal("0.15")
    if low == PART:
        return abs(real - said) <= min(said * Decimal("0.15"), _PART_SLACK)
    if low.startswith(("oltre", "più di", "poco più", "super", "sopra")):
        return said <= real < said + step
    if low.startswith(("quasi", "meno di", "poco meno", "sotto", "inferior", "non ")):
        return said - step < real <= said
    return abs(real - said) <= min(step / 2, said * _ABOUT) or abs(real - said) <= said * Decimal("0.03")


def is_precise(fact: Fact) -> bool:
    """A figure of so many digits that no chance sum or product of others gives it."""
    if fact.value is None or fact.approx:
        return False
    digits = "".join(map(str, fact.value.as_tuple().digits)).strip("0")
    return len(digits) >= _SURE
