"""A checkable fact of a text: where it stands and its value in one normal form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

WHOLE = r"\d+(?:\.\d{3})*"
DIGITS = r"\d+(?:[.,]\d+)*"
FactKind = Literal["number", "percent", "money", "date", "law", "act", "article", "code", "clock"]
Parts = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """``value`` for number, percent, money (points are percent with ``unit`` "punti"); ``date`` is (year, month, day) with
    None for what is not said; ``code`` is a number that names and counts nothing ("Fase 6", "00128", "3. I bilanci");
    ``ref`` is (class, number, year) of a law or act, or (law class, article, ...) of an article."""

    kind: FactKind
    text: str
    start: int
    end: int
    value: Decimal | None = None
    unit: str | None = None
    date: Parts | None = None
    ref: tuple[str, ...] = ()
    approx: str | None = None
    noun: str | None = None
    worded: bool = False
    yearlike: bool = False
    definite: bool = False
    numbered: bool = False
    listed: int = 1
    labelled: bool = False
    code: bool = False


def mask(text: str, start: int, end: int) -> str:
    """The text with a span blanked out, every other position unchanged."""
    return text[:start] + " " * (end - start) + text[end:]
