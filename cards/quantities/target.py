"""The typed value of a target, actual or baseline string. Frozen; the original text is always kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Type = Literal[
    "number", "percent", "money", "duration", "ratio", "range", "score", "date", "month", "year", "tolerance",
    "boolean", "compound", "unset", "text", "ambiguous",
]  # fmt: skip
Comparator = Literal[">=", "<=", ">", "<", "=", "±", "circa"]
NUMERIC: frozenset[str] = frozenset({"number", "percent", "money", "duration", "score", "tolerance"})


@dataclass(frozen=True, slots=True)
class Target:
    """How a string is read.

    ``value`` is canonical text, by ``type``: number, percent, money, duration, score, tolerance "98.5" (scale as printed);
    ratio "24165/9"; range "2015..2019"; date "2023-04-30" ("--12-31" without year); month "11" or "2020-06"; year "2020";
    boolean "true"/"false"; None otherwise. ``unit`` is "%", "€", "gg", "g lav", "h", "min", "s", "su 10", "/anno" or the
    noun counted. ``parts`` are the quantities of a compound. ``confident`` is False when the text alone leaves a doubt and
    ``note`` (Italian) says which. ``qualifier`` is the remark that was set aside ("media ultimi 5 anni").
    """

    text: str
    type: Type
    comparator: Comparator | None = None
    value: str | None = None
    unit: str | None = None
    parts: tuple[Target, ...] = ()
    confident: bool = True
    note: str | None = None
    qualifier: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao target``."""
        return {
            "text": self.text,
            "type": self.type,
            "comparator": self.comparator,
            "value": self.value,
            "unit": self.unit,
            "parts": [part.part_json() for part in self.parts],
            "confident": self.confident,
            "note": self.note,
        }

    def part_json(self) -> dict[str, Any]:
        """A part of a compound in JSON: its words, type, comparator, value, unit."""
        return {
            "text": self.text, "type": self.type, "comparator": self.comparator, "value": self.value, "unit": self.unit,
        }  # fmt: skip

    @property
    def number(self) -> Decimal | None:
        """The one number of the reading, on its printed scale and in its unit; None for the other types."""
        return Decimal(self.value) if self.type in NUMERIC and self.value is not None else None

    @property
    def ratio(self) -> tuple[Decimal, Decimal] | None:
        """Numerator and denominator of a ratio."""
        if self.type != "ratio" or self.value is None:
            return None
        one, two = self.value.split("/")
        return Decimal(one), Decimal(two)

    @property
    def bounds(self) -> tuple[Decimal, Decimal] | None:
        """The two ends of a range of numbers or years (None for a range of months or days)."""
        if self.type != "range" or self.value is None:
            return None
        one, two = self.value.split("..")
        return (Decimal(one), Decimal(two)) if "-" not in one[1:] and "-" not in two[1:] else None

    @property
    def truth(self) -> bool | None:
        """True or False of a yes/no reading."""
        return self.value == "true" if self.type == "boolean" and self.value is not None else None

    @property
    def day(self) -> date | None:
        """The day of a date reading that has its year; None for a day that no calendar has ("31/06/2025")."""
        if self.type != "date" or not self.value or self.value[0] == "-":
            return None
        try:
            return date.fromisoformat(self.value)
        except ValueError:
            return None

    @property
    def minutes(self) -> Decimal | None:
        """A duration in minutes, where the unit is a clock unit (s, min, h)."""
        scale = {"s": Decimal(1) / 60, "min": Decimal(1), "h": Decimal(60)}.get(self.unit or "")
        return self.number * scale if self.type == "duration" and self.number is not None and scale is not None else None

    @property
    def measurable(self) -> bool:
        """True when a result can be set against it: neither unset nor free text nor ambiguous."""
        return self.type not in ("unset", "text", "ambiguous")
