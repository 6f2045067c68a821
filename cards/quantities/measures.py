"""A quantity as found, and the units written right after its digits: %, €, mln, gg, h, ', su 10, /anno."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from cards.quantities.target import Comparator, Type


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity found at ``start``..``end`` of the text. ``named`` is True when its unit needs no words after it."""

    start: int
    end: int
    type: Type
    value: str | None
    unit: str | None = None
    comparator: Comparator | None = None
    doubt: str | None = None
    named: bool = False
    signed: bool = False
    band: tuple[Quantity, Quantity] | None = None


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + r")(?:\.|(?!\w))"


DURATIONS: tuple[tuple[str, str], ...] = (
    ("g lav", r"(?:giorni|giornate|giorno|gg|g)\.?\s*(?:lavorativ[io]|lavor\.?|lav\.?|lavorat\.?)(?!\w)"),
    ("gg", _any(r"giorni(?:\s+(?:solari|naturali|consecutivi|di\s+calendario))?", "giorno", r"g\.g", "gg", "g")),
    ("h", _any("ore", "ora", "hh", "h")),
    ("min", _any("minuti", "minuto", "min", r"m'")),
    ("s", _any("secondi", "secondo", "sec", "s")),
    ("settimane", _any("settimane", "settimana", "sett")),
    ("mesi", _any("mesi", "mese")),
    ("anni", _any("anni", "anno")),
)
_DURATION = tuple((unit, re.compile(rf"\s*{words}", re.I)) for unit, words in DURATIONS)
_PERIOD = (
    r"(?:anno|annui?|annua|annue|mese|settimana|sett\.?|giorno|gg?\.?|ora|h|trimestre|semestre|die|quadrimestre|"
    r"bimestre|mensil[ei]|settimanal[ei])(?!\w)"
)
_RATE = re.compile(
    (
        rf"\s*(?:/\s*(?P<slash>{_PERIOD})|(?P<word>all'anno|l'anno|al\s+mese|a\s+settimana|alla\s+settimana|"
        rf"al\s+giorno|annu[ieoa]|annuali|mensili|settimanali)(?!\w))"
    ),
    re.I,
)
_PERCENT = re.compile(r"\s*(?:%|per\s?cento(?!\w))", re.I)
_PERMILLE = re.compile(r"\s*(?:‰|per\s?mille(?!\w))", re.I)
_SCALE = re.compile(r"\s*(?:(mila|milioni?|miliard[oi]|mln|mld|mio)(?:\.|(?!\w))(?:\s+(?:di|d')(?!\w))?|([km])(?=\s?€))", re.I)
_EURO = re.compile(r"\s*(?:€|euro(?!\w)|eur(?!\w))(?:\s*/\s*(?P<per>\w+))?", re.I)
_PRIME = re.compile(r"\s*(\"|″|''|'|′)(?![\w])")
_OUT_OF = re.compile(r"\s*(?:in\s+media\s+|su\s+una\s+scala\s+di\s+)?su\s+(\d+)(?![\d.,%]*\d|\s?%)", re.I)


def scaled(text: str, base: Quantity, factor: int = 1) -> Quantity:
    """The quantity times ``factor`` and times the scale written after it: "mila", "mln", "k€"."""
    match = _SCALE.match(text, base.end)
    if base.value is None or (match is None and factor == 1):
        return base
    word = (match[1] or match[2]).casefold() if match else ""
    factor *= 1 if not word else 1000 if word in ("mila", "k") else 10**9 if word.startswith(("miliard", "mld")) else 10**6
    value = Decimal(base.value) * factor
    whole = value == value.to_integral_value()
    end = match.end() if match else base.end
    return replace(base, value=f"{value.quantize(Decimal(1)) if whole else value.normalize():f}", end=end)


def unit_after(text: str, base: Quantity) -> Quantity:
    """Adds the unit written right after the digits."""
    base = scaled(text, base)
    if match := _PERCENT.match(text, base.end):
        return replace(base, type="percent", unit="%", end=match.end(), named=True)
    if match := _PERMILLE.match(text, base.end):
        return replace(base, unit="‰", end=match.end(), named=True)
    if match := _EURO.match(text, base.end):
        return replace(base, type="money", unit=f"€/{match['per']}" if match["per"] else "€", end=match.end(), named=True)
    if match := _OUT_OF.match(text, base.end):
        return _score_or_ratio(base, match[1], match.end())
    if match := _PRIME.match(text, base.end):
        unit = "min" if match[1] in ("'", "′") else "s"
        return replace(base, type="duration", unit=unit, end=match.end(), named=True)
    for unit, pattern in _DURATION:
        if match := pattern.match(text, base.end):
            rate = _RATE.match(text, match.end())
            end, full = (rate.end(), _rate_unit(unit, rate)) if rate else (match.end(), unit)
            return replace(base, type="duration", unit=full, end=end, named=True)
    if (match := _RATE.match(text, base.end)) and not text[base.end : match.end()].strip().casefold().startswith("annual"):
        return replace(base, unit=_rate_unit("", match), end=match.end(), named=True)
    return base


def _rate_unit(unit: str, match: re.Match[str]) -> str:
    slash = match["slash"]
    return f"{unit}/{slash}" if slash else f"{unit} {match['word']}".strip()


def _score_or_ratio(base: Quantity, top: str, end: int) -> Quantity:
    value = Decimal(base.value or "0")
    if top in ("10", "100", "30", "5") and value <= int(top) or (top in ("4", "6", "7") and "." in (base.value or "")):
        return replace(base, type="score", unit=f"su {top}", end=end, named=True)
    return replace(base, type="ratio", value=f"{base.value}/{top}", end=end, named=True)


def time_unit_of(word: str) -> str | None:
    """ "gg", "h", "min"… of a word that stands before its number."""
    for unit, pattern in _DURATION:
        if pattern.match(word.strip(" :")):
            return unit
    return None
