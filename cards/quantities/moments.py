"""Dates, months, terms, years and clock times that start at one place of a text."""

from __future__ import annotations

import re
from decimal import Decimal

from cards.quantities.dates import DAY_MONTH, YEAR, make_day, match_day, match_month
from cards.quantities.measures import Quantity
from cards.quantities.numbers import round_half_up

_CLOCK = re.compile(r"(\d+)\s*['′]\s*(\d{1,2})\s*(?:\"|''|″|'|sec\.?)?(?!\d)")
_MIN_SEC = re.compile(
    r"(\d+)\s*(?:minuti|minuto|min\.?|m\.?)\s*(?:e\s+)?(\d{1,2})\s*(?:secondi|secondo|sec\.?|s\.?|\"|'')(?!\w)", re.I
)
_HOURS = re.compile(
    (
        r"(\d+)\s*(?:ore|ora|hh|h)\.?\s*(?:e\s+)?(\d{1,2})(?:\s*(?:minuti|minuto|min|m)(?:\.|(?!\w))|\s*'|"
        r"(?=\s*(?:$|[;,)(/]|-\s)))"
    ),
    re.I,
)
_COLON = re.compile(r"(\d{1,3}):(\d\d)\s*(?:h|ore|ora|hh)\.?(?!\w)", re.I)
_YEARS = re.compile(
    (
        rf"(?:(?:a\.?\s?s\.?|anno\s+scolastico|biennio|triennio|anni)\s*)?({YEAR})\s?[/\-]\s?({YEAR}|"
        rf"\d\d)(?![\d.,/%])"
    ),
    re.I,
)
_YEAR = re.compile(rf"(?:l'anno\s+|il\s+|anno\s+)?({YEAR})(?![\d.,]*\d|\s?[%€/])", re.I)
END_OF = re.compile(
    (
        r"(?:la\s+)?(?:fine(?:\s+(?:del\s+mese\s+)?(?:di|del|dell'))?|metà(?:\s+di)?|il\s+mese\s+di|mese\s+di|il|la|"
        r"l'|i|gli|le)(?!\w)\s*"
    ),
    re.I,
)
_YEAR_END = re.compile(rf"(?:l'|il\s+|la\s+)?(?:fine\s+(?:dell')?)?(?:anno|esercizio)(?!\w)(?:\s+({YEAR}))?", re.I)
_TERMS = {"semestre": 6, "quadrimestre": 4, "trimestre": 3, "bimestre": 2}
_NTH = {"primo": 1, "secondo": 2, "terzo": 3, "quarto": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TERM = re.compile(
    rf"(?:il\s+|la\s+fine\s+del\s+)?(primo|secondo|terzo|quarto|i{{1,3}}|iv|[1-4])\s?[°º^]?\s+({'|'.join(_TERMS)})(?!\w)"
    rf"(?:\s+(?:del\s+|dell'anno\s+|anno\s+)?({YEAR}))?",
    re.I,
)


def read_calendar(text: str, pos: int, when: bool) -> Quantity | None:
    """A day, month or term of the year at ``pos``; ``when``: after "entro" and the like, where "30/6" is a day."""
    if found := match_day(text, pos):
        day, end = found
        doubt = None if day.valid else "data che non esiste nel calendario"
        return Quantity(pos, end, "date", day.text, doubt=doubt, named=True)
    if when and (match := DAY_MONTH.match(text, pos)) and int(match[2]) <= 12:
        day = make_day(int(match[1]), int(match[2]), None)
        return Quantity(pos, match.end(), "date", day.text, doubt=None if day.valid else "data che non esiste", named=True)
    if (match := _TERM.match(text, pos)) and (nth := _NTH[match[1].casefold()] * _TERMS[match[2].casefold()]) <= 12:
        return Quantity(pos, match.end(), "month", f"{match[3]}-{nth:02}" if match[3] else str(nth), named=True)
    if when and (match := _YEAR_END.match(text, pos)):
        return Quantity(pos, match.end(), "month", f"{match[1]}-12" if match[1] else "12", named=True)
    if month := match_month(text, pos):
        value, end = month
        return Quantity(pos, end, "month", value.removeprefix("0") if "-" not in value else value, named=True)
    return None


def read_years(text: str, pos: int, when: bool, when_pos: int) -> Quantity | None:
    """A span of years ("2020/22") at ``pos``, or a year at ``when_pos`` after "entro" and the like."""
    if match := _YEARS.match(text, pos):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if first < last <= first + 15:
            return Quantity(pos, match.end(), "range", f"{first}..{last}", named=True)
    if when and (match := _YEAR.match(text, when_pos)):
        return Quantity(pos, match.end(), "year", match[1], named=True)
    return None


def read_clock(text: str, pos: int) -> Quantity | None:
    """Hours and minutes, or minutes and seconds, as one duration ("36h 30" in hours, "06' 29\"" in minutes)."""
    for pattern, unit in ((_HOURS, "h"), (_COLON, "h"), (_CLOCK, "min"), (_MIN_SEC, "min")):
        if (match := pattern.match(text, pos)) and int(match[2]) < 60:
            value = Decimal(match[1]) + Decimal(match[2]) / 60
            places = 0 if match[2].strip("0") == "" else 4 if unit == "min" else 2
            value = round_half_up(value, places)
            doubt = (
                None
                if pattern is not _CLOCK or not match[0].rstrip().endswith("'") or match[0].endswith("''")
                else "minuti e secondi?"
            )
            return Quantity(pos, match.end(), "duration", _trim(value, unit), unit, doubt=doubt, named=True)
    return None


def _trim(value: Decimal, unit: str) -> str:
    """Hours lose idle zeros (36.50 -> 36.5); minutes keep four places."""
    return f"{value.normalize():f}" if unit == "h" else f"{value:f}"
