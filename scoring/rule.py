"""What a rule is: data plus one pure function. Nothing here knows which rules exist (see ``scoring.registry``).

The shape owes to ruff (one stable code, one page per rule), Vale (three levels) and OpenFisca (dated validity with a source).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from cards.model import Card

if TYPE_CHECKING:
    from scoring.facts import Facts

BasisKind = Literal["law", "principle", "directive", "method", "arithmetic"]
BASIS_WORDS: dict[str, str] = {
    "law": "norma vincolante",
    "principle": "principio",
    "directive": "direttiva",
    "method": "metodo",
    "arithmetic": "aritmetica",
}
FAMILIES: dict[str, str] = {
    "PES": "Pesi",
    "TGT": "Valori attesi e indicatori",
    "TMP": "Tempi",
    "RIS": "Risultati e totali",
    "STR": "Struttura e riferimenti",
    "VAR": "Variazioni",
    "NRM": "Obblighi del piano",
    "TXT": "Testo",
    "SOP": "Segnalazioni soppresse",
}


class Level(StrEnum):
    """How grave: contradicts itself or the law (error), cannot be defended as it stands (warning), could be better (advice)."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return list(Level).index(self)

    @property
    def italian(self) -> str:
        """The word shown to people."""
        return {"error": "errore", "warning": "attenzione", "advice": "consiglio"}[self.value]


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A source: the act, the place in it, how it binds a local body, and whether its text was read ("S"), known from a
    secondary source ("S2") or to be verified on the official text ("M")."""

    act: str
    place: str = ""
    kind: BasisKind = "principle"
    verified: Literal["S", "S2", "M"] = "S"

    def text(self) -> str:
        """ "D.Lgs. 150/2009, art. 4, c. 2, lett. a) (principio)"."""
        where = f"{self.act}, {self.place}" if self.place else self.act
        return f"{where} ({BASIS_WORDS[self.kind]})"


@dataclass(frozen=True, slots=True)
class Period:
    """When a rule holds: ISO dates, both included, None for open. A plan of a year is judged by the rules in force in it."""

    start: str | None = None
    end: str | None = None

    def covers(self, year: int | None) -> bool:
        """True when the rule was in force at some moment of the year; an unknown year is judged by the rules still in force."""
        if year is None:
            return self.end is None
        return (self.start is None or self.start[:4] <= f"{year:04}") and (self.end is None or self.end[:4] >= f"{year:04}")

    def text(self) -> str:
        """ "dal 2009-11-15", "sempre"."""
        parts = [f"dal {self.start}"] if self.start else []
        parts += [f"fino al {self.end}"] if self.end else []
        return " ".join(parts) or "sempre"


class NotRun(Exception):
    """A rule that cannot be evaluated for want of a datum; ``str()`` says which. Never the same as passed."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found. ``at`` is the field's path in the card; ``card`` is needed from rules that look at a whole document;
    ``page``/``line`` override the field's place; ``values`` fill the message; ``variant`` picks another message of the rule."""

    at: str | None = None
    card: Card | None = None
    found: str | None = None
    expected: str | None = None
    level: Level | None = None
    variant: str | None = None
    page: int | None = None
    line: int | None = None
    key: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)


def hit(
    at: str | None = None,
    *,
    card: Card | None = None,
    found: object = None,
    expected: object = None,
    level: Level | None = None,
    variant: str | None = None,
    page: int | None = None,
    line: int | None = None,
    key: str | None = None,
    **values: Any,
) -> Hit:
    """A ``Hit`` whose remaining keywords are the values of the message."""
    return Hit(at, card, _text(found), _text(expected), level, variant, page, line, key, values)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


CardCheck = Callable[[Card, "Facts"], Iterator[Hit]]
DocumentCheck = Callable[["Facts"], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the catalogue. Exactly one of ``card`` (each card alone) and ``document`` (the whole reading) is given.

    ``message`` and the ``variants`` are templates over the hit's values; ``example`` is an Italian sentence for the page.
    """

    code: str
    level: Level
    title: str
    message: str
    why: str
    fix: str
    basis: tuple[LegalBasis, ...]
    card: CardCheck | None = None
    document: DocumentCheck | None = None
    valid: Period = Period("2009-11-15", None)
    variants: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{3}\d{3}", self.code) or self.family not in FAMILIES:
            raise ValueError(f"{self.code}: codice non valido")
        if (self.card is None) == (self.document is None):
            raise ValueError(f"{self.code}: serve una funzione, e una sola")

    @property
    def family(self) -> str:
        """The three letters of the code."""
        return self.code[:3]

    def text(self, found: Hit) -> str:
        """The message of a hit."""
        template = self.variants[found.variant] if found.variant else self.message
        return template.format_map(_Blank(found.values))


class _Blank(dict[str, Any]):
    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__({key: "" if value is None else value for key, value in values.items()})
