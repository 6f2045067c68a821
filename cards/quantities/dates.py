"""Italian dates and months: "30/04/2023", "1° giugno 2022", "30 aprile", "giugno 2020", "novembre"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    "gennaio": 1, "febbraio": 2, "marzo": 3, "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "agosto": 8,
    "settembre": 9, "ottobre": 10, "novembre": 11, "dicembre": 12,
}  # fmt: skip
_SHORT = {
    "gen": 1, "genn": 1, "feb": 2, "febb": 2, "mar": 3, "apr": 4, "mag": 5, "giu": 6, "lug": 7, "ago": 8, "set": 9,
    "sett": 9, "ott": 10, "nov": 11, "dic": 12,
}  # fmt: skip
MONTH_WORD = "|".join(MONTHS) + "|(?:" + "|".join(sorted(_SHORT, key=len, reverse=True)) + r")\b\.?"
YEAR = r"(?:19|20)\d\d"

DAY_MONTH_YEAR = re.compile(rf"(?<!\d)(\d{{1,2}})\s?([/.\-])\s?(\d{{1,2}})\s?\2\s?({YEAR}|\d\d)(?![\d])")
ISO = re.compile(rf"(?<!\d)({YEAR})-(\d\d)-(\d\d)(?!\d)")
WORDED = re.compile(rf"(?<!\d)(\d{{1,2}})\s?[°º^]?[\s\-]({MONTH_WORD})(?!\w)(?:[\s\-]+(?:del\s+)?({YEAR})(?!\d))?", re.I)
DAY_MONTH = re.compile(r"(?<![\d/])(\d{1,2})[/.](\d{1,2})(?![\d/%])")
MONTH_YEAR = re.compile(rf"(?<!\w)({MONTH_WORD})(?!\w)(?:[\s\-/]*(?:del\s+|dell'anno\s+)?({YEAR})(?!\d))?", re.I)
NUMERIC_MONTH = re.compile(rf"(?<![\d/])(0?[1-9]|1[0-2])/({YEAR})(?![\d/])")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written; ``year`` is None for "30 aprile" and ``valid`` False for a day that no calendar has."""

    day: int
    month: int
    year: int | None
    valid: bool

    @property
    def text(self) -> str:
        """ISO 8601: "2023-04-30", or "--04-30" without the year."""
        return f"{'-' if self.year is None else self.year}-{self.month:02}-{self.day:02}"


def month_number(word: str) -> int | None:
    """1..12 from an Italian month name or abbreviation, else None."""
    low = word.casefold().rstrip(".")
    return MONTHS.get(low) or _SHORT.get(low)


def make_day(day: int, month: int, year: int | None) -> Day:
    """A day, checked against the calendar (29 February passes without a year)."""
    try:
        date(year if year is not None else 2000, month, day)
    except ValueError:
        return Day(day, month, year, False)
    return Day(day, month, year, True)


def match_day(text: str, pos: int = 0) -> tuple[Day, int] | None:
    """A day that starts exactly at ``pos`` and the position after it."""
    if match := ISO.match(text, pos):
        return make_day(int(match[3]), int(match[2]), int(match[1])), match.end()
    if match := DAY_MONTH_YEAR.match(text, pos):
        year = int(match[4]) if len(match[4]) == 4 else 2000 + int(match[4])
        if len(match[4]) == 4 or (match[2] != "." and int(match[3]) <= 12):
            return make_day(int(match[1]), int(match[3]), year), match.end()
    if match := WORDED.match(text, pos):
        year_text, month = match[3], month_number(match[2])
        if month:
            return make_day(int(match[1]), month, int(year_text) if year_text else None), match.end()
    return None


def match_month(text: str, pos: int = 0) -> tuple[str, int] | None:
    """A month that starts exactly at ``pos``: "11" or "2020-06", and the position after it."""
    if match := NUMERIC_MONTH.match(text, pos):
        return f"{match[2]}-{int(match[1]):02}", match.end()
    match = MONTH_YEAR.match(text, pos)
    month = month_number(match[1]) if match else None
    if match is None or month is None:
        return None
    return (f"{match[2]}-{month:02}" if match[2] else f"{month:02}"), match.end()


def read_date(text: str | None) -> date | None:
    """The day that the whole text is, with its year; None for anything else and for a day that does not exist."""
    clean = (text or "").strip().rstrip(".")
    found = match_day(clean)
    if found is None or found[1] != len(clean) or not found[0].valid or found[0].year is None:
        return None
    return date(found[0].year, found[0].month, found[0].day)


def read_month(text: str | None) -> tuple[int | None, int] | None:
    """(year or None, month) of "giugno 2020", "06/2020", "novembre"; None for anything else."""
    clean = (text or "").strip()
    found = match_month(clean)
    if found is None or found[1] != len(clean):
        return None
    year, _, month = found[0].rpartition("-")
    return (int(year) if year else None), int(month)
