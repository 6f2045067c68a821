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
    ("ha", r"ettar[oi]|ha(?=\s+d[ie]\b|\s*(?:[.,;:)\]]|$))"),
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
_TIME_WORDS = r"temp[oi]|durat\w+|termin\w+|ritard\w+|attesa|scadenz\w+|anticip\w+|media|anzianità|età"
_EVIDENCE = {
    "gg": rf"giorn\w*|gg|g\.|lavorativ\w+|settiman\w+|{_TIME_WORDS}", "settimane": rf"settiman\w*|{_TIME_WORDS}",
    "mesi": rf"mes[ei]|mensil\w*|\w*mestr\w+|ann[oiu]\w*|{_TIME_WORDS}", "anni": rf"ann[oiu]\w*|\w+enni?\w*|{_TIME_WORDS}",
    "h": rf"or[ae]|h|orari\w*|{_TIME_WORDS}", "min": rf"minut\w+|min|or[ae]|orari\w*|{_TIME_WORDS}",
    "s": rf"second\w+|sec|{_TIME_WORDS}",
    "mq": r"mq|m2|m²|metr\w+|superfic\w+", "kmq": r"kmq|km2|km²|superfic\w+", "km": r"km|chilometr\w+|percors\w+",
    "ha": r"ettar\w+|superfic\w+",
    "m": r"metr\w+|m|ml", "mc": r"mc|m3|m³|metr\w+", "t": r"tonnellat\w+|ton|t", "kg": r"kg|chil\w+",
    "q": r"quintal\w+|q", "l": r"litr\w+|l",
    "kW": r"kw\w*|mw\w*|chilowatt\w*|energi\w+",
}  # fmt: skip
_HINTS = {unit: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.I) for unit, words in _EVIDENCE.items()}
_UNIT = re.compile(r"\s*(?:" + "|".join(rf"(?P<{unit}>{words})" for unit, words in UNITS) + r")(?!\w)", re.I)


def unit_after(text: str, end: int) -> tuple[str | None, int]:
    """The unit that stands at ``end``, and where it ends; (None, end) where there is none."""
    found = _UNIT.match(text, end)
    return (found.lastgroup, found.end()) if found else (None, end)


def speaks_of(text: str, unit: str) -> bool:
    """True when a text has words of the unit, so that a bare figure of its tables may be in it (or has none)."""
    return unit not in _HINTS or bool(_HINTS[unit].search(text))


def same_measure(value: Decimal, unit: str, other: Decimal, other_unit: str) -> bool:
    """True when two measures in time units are the same span: 2 settimane and 14 giorni, 1 anno and 12 mesi."""
    if unit == other_unit:
        return value == other
    if unit in TIME and other_unit in TIME:
        return value * TIME[unit] == other * TIME[other_unit]
    return unit in MONTHS and other_unit in MONTHS and value * MONTHS[unit] == other * MONTHS[other_unit]
