"""Dates of the checkpoints: when the interim outcome was taken and when the final one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from cards.quantities.dates import MONTHS
from ingest.dialects._unit_stream import Entry

_DATE = re.compile(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)\b")
_WORDS = re.compile(rf"\b(\d{{1,2}})°?\s+({'|'.join(MONTHS)})\s+(20\d\d)\b", re.I)
_CHECKPOINT = re.compile(
    r"(?:avanzamento|monitoraggio|verifica|esito|rilevazione)\D{0,40}?\bal\s+(\d{1,2}\S{0,2}\s*[/.\s-]?\s*\w+\s*[/.\s-]?\s*20\d\d)",
    re.I,
)
_AT = re.compile(r"[aA][lL]\s+\d")  # what every checkpoint holds: a quick look before the careful one


def date_in(text: str) -> str | None:
    """The first date of a text as ISO, None when there is none.

    >>> date_in("Avanzamento al 30/09/2021"), date_in("al 31 dicembre 2024")
    ('2021-09-30', '2024-12-31')
    """
    found = _DATE.search(text)
    if found:
        return f"{found[3]}-{int(found[2]):02d}-{int(found[1]):02d}"
    found = _WORDS.search(text)
    return f"{found[3]}-{MONTHS[found[2].lower()]:02d}-{int(found[1]):02d}" if found else None


def checkpoint_dates(entries: Iterable[Entry], year: int | None) -> tuple[str | None, str | None]:
    """(interim, final): the dates at which the document says that progress was taken; the end of the year for the final one."""
    seen: Counter[str] = Counter()
    for text in (joined for entry in entries if _AT.search(joined := entry.joined)):
        for found in _CHECKPOINT.finditer(text):
            date = date_in(found[1])
            if date and (year is None or date.startswith(str(year))):
                seen[date] += 1
    end = f"{year}-12-31" if year else None
    interim = next((date for date, _ in seen.most_common() if not date.endswith("-12-31")), None)
    return interim, next((date for date, _ in seen.most_common() if date.endswith("-12-31")), end)
