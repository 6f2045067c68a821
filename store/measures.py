"""Values of indicators made comparable: the document's string, the number in it and its unit, brought to one where that is safe.

Seconds, minutes and hours meet in minutes, weeks in days; months, working days and money stay what they are. A bare number
takes the unit that the indicator's own name or unit column gives ("Tempo medio (giorni)"). What holds several quantities, a
date or words is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from cards.quantities import italian, read_target

_TO = {"s": ("min", Decimal(1) / 60), "min": ("min", Decimal(1)), "h": ("min", Decimal(60)),
       "gg": ("giorni", Decimal(1)), "settimane": ("giorni", Decimal(7))}
_HINTS = (
    (re.compile(r"\bg(?:iorni|g)\b(?!\s*lav)", re.I), "gg"), (re.compile(r"\bminut[oi]\b|\bmin\.?(?!\w)", re.I), "min"),
    (re.compile(r"\bore\b|\(h\)", re.I), "h"), (re.compile(r"€|\beuro\b", re.I), "€"), (re.compile(r"%|\bpercentual", re.I), "%"),
)
_AT_END = re.compile(r"\(([^()]{1,20})\)\s*$")
COMPARABLE = ("percent", "number", "duration", "money", "score")


@dataclass(frozen=True, slots=True)
class Measured:
    """A number with its unit (None for a count), as compared; ``text`` as written, ``comparator`` "<=", ">=", … or None."""

    text: str
    number: Decimal
    unit: str | None
    comparator: str | None = None

    def said(self) -> str:
        """The number the Italian way with its unit."""
        return said(self.number, self.unit)


@dataclass(frozen=True, slots=True)
class Typical:
    """Typical values in one unit: least, middle and greatest of ``count`` values of ``bodies`` bodies."""

    unit: str | None
    least: Decimal
    middle: Decimal
    most: Decimal
    count: int
    bodies: int

    def sentence(self) -> str:
        """"da 25 a 30 giorni, mediana 28 giorni (4 valori attesi di 3 enti)"."""
        values = "un valore atteso" if self.count == 1 else f"{self.count} valori attesi"
        bodies = "un ente" if self.bodies == 1 else f"{self.bodies} enti"
        span = f"da {said(self.least, None)} a {said(self.most, self.unit)}, mediana {said(self.middle, self.unit)}"
        return f"{said(self.most, self.unit) if self.least == self.most else span} ({values} di {bodies})"

    def to_json(self) -> dict[str, Any]:
        """Plain data; numbers as text."""
        return {key: str(value) if isinstance(value, Decimal) else value for key, value in asdict(self).items()}


def measured(text: str | None, unit: str | None = None, name: str = "") -> Measured | None:
    """The value of a string, None where it is not one comparable number; ``unit`` and ``name`` are the indicator's."""
    if not text:
        return None
    read = read_target(text)
    if read.type not in COMPARABLE or read.value is None or not read.confident:
        return None
    found = read.unit if read.type != "number" else hinted(unit, name) or None
    base, factor = _TO.get(found or "", (found, Decimal(1)))
    return Measured(text, Decimal(read.value) * factor, base, read.comparator)


def hinted(unit: str | None, name: str) -> str | None:
    """The unit that the unit column, else the name, gives to bare numbers."""
    closing = _AT_END.search(name)
    for words in (unit or "", closing[1] if closing else "", name.lstrip()[:2]):
        for form, found in _HINTS:
            if form.search(words):
                return found
    return None


def typical(values: Iterable[tuple[str | None, Measured]]) -> tuple[Typical, ...]:
    """Least, middle and greatest by unit of (body, value) pairs, the unit with most values first."""
    groups: dict[str | None, list[tuple[str | None, Decimal]]] = {}
    for body, value in values:
        groups.setdefault(value.unit, []).append((body, value.number))
    made = [Typical(unit, min(n), Decimal(median(n)), max(n), len(n), len({body for body, _ in pairs}))
            for unit, pairs in groups.items() for n in [sorted(number for _, number in pairs)]]
    return tuple(sorted(made, key=lambda t: (-t.count, t.unit or "")))


def said(number: Decimal, unit: str | None) -> str:
    """"28 giorni", "91,5%", "12.000 €"."""
    short = number.quantize(Decimal("0.01")).normalize()
    plain = italian(short if short == short.to_integral() or short.as_tuple().exponent else short)
    return plain if unit is None else f"{plain}%" if unit == "%" else f"{plain} {unit}"
