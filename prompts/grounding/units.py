"""Units of measure after a number, and spans of time that are the same in two of them."""

from __future__ import annotations

import re
from decimal import Decimal

UNITS: tuple[tuple[str, str], ...] = (
    ("gg", r"giorn[oi]|giornat[ae]|gg\.?|g\.(?=\s*lav)"),
    ("settimane", r"settiman[ae]"),
    ("mesi", r"mes[ei]|mensilità"),
    ("anni", r"ann[oi]|annualità"),
    ("h", r"or[ae](?!\s+di\s+punta)|h\.?"),
    ("min", r"minut[oi]|min\."),
    ("s", r"second[oi]|sec\."),
    ("mq", r"mq\.?|m2|m²|metri\s+quadr\w+"),
    ("kmq", r"kmq|km2|km²|chilometri\s+quadr\w+"),
    ("km", r"km|chilometr[oi]"),
    ("ha", r"ettar[oi]|ha"),
    ("m", r"metr[oi]|m\.?"),
    ("mc", r"mc|m3|m³|metri\s+cubi"),
    ("t", r"tonnellat[ae]|ton\.?|t\."),
    ("kg", r"kg|chil[oi](?:grammi)?|chilogramm[oi]"),
    ("q", r"quintal[ei]|q\.li"),
    ("l", r"litr[oi]"),
    ("kW", r"kwh?|mwh?|chilowatt\w*"),
    ("trimestri", r"trimestr[ei]"),
    ("semestri", r"semestr[ei]"),
    ("volte", r"volt[ae]"),
)
TIME = {"s": Decimal(1) / 3600, "min": Decimal(1) / 60, "h": Decimal(1), "gg": Decimal(24), "settimane": Decimal(168)}
MONTHS = {"mesi": 1, "anni": 12, "trimestri": 3, "semestri": 6}
_UNIT = re.compile(r"\s*(?:" + "|".join(rf"(?P<{unit}>{words})" for unit, words in UNITS) + r")(?!\w)", re.I)


def unit_after(text: str, end: int) -> tuple[str | None, int]:
    """The unit that stands at ``end``, and where it ends; (None, end) where there is none."""
    found = _UNIT.match(text, end)
    return (found.lastgroup, found.end()) if found else (None, end)


def same_measure(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """True when two measures in time units are the same span: 2 settimane and 14 giorni, 1 anno and 12 mesi."""
    if unit == other_unit:
        return value == other
    if unit in TIME and other_unit in TIME:
        return value * TIME[unit] == other * TIME[other_unit]
    return unit in MONTHS and other_unit in MONTHS and value * MONTHS[unit] == other * MONTHS[other_unit]
