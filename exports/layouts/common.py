"""What all layouts share: the masthead, years, months, values by year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from cards.model import Card, Indicator
from exports.sheet import Heading, Item, Line, clean

MONTHS = (
    "Gennaio",
    "Febbraio",
    "Marzo",
    "Aprile",
    "Maggio",
    "Giugno",
    "Luglio",
    "Agosto",
    "Settembre",
    "Ottobre",
    "Novembre",
    "Dicembre",
)
SHORT_MONTHS = ("Gen", "Feb", "Mar", "Apr", "Mag", "Giu", "Lug", "Ago", "Set", "Ott", "Nov", "Dic")


def masthead(cards: Sequence[Card], title: str | None = None) -> Iterable[Item]:
    """Entity, section and year, so that a reader knows whose plan it is and of when."""
    entity = next((c.entity for c in cards if c.entity), None)
    if entity:
        yield Heading(clean(entity), 1)
    year = year_of(cards)
    yield Line(title or (f"PIAO {year}-{year + 2}, sottosezione 2.2 Performance" if year else "Sottosezione 2.2 Performance"))
    if year:
        yield Line(f"Anno {year}")


def year_of(cards: Sequence[Card]) -> int | None:
    """The year of the first card that has one."""
    return next((c.year for c in cards if c.year), None)


def for_year(values: Mapping[str, str], year: int | None) -> str:
    """The value of the year; else the only value there is; else nothing."""
    if year is not None and str(year) in values:
        return values[str(year)]
    return next(iter(values.values())) if len(values) == 1 else ""


def target_of(indicator: Indicator, year: int | None) -> str:
    """The target of the card's year."""
    return for_year(indicator.targets, year)


def month_span(start: str | None, end: str | None) -> str:
    """ "Gen – Mar 2026" from two Italian dates; the dates themselves where they do not read as such."""
    first, last = _parts(start), _parts(end)
    if not first or not last:
        return " – ".join(clean(v) for v in (start, end) if v)
    left, right = SHORT_MONTHS[first[0] - 1], SHORT_MONTHS[last[0] - 1]
    if first == last:
        return f"{left} {first[1]}"
    return f"{left} – {right} {last[1]}" if first[1] == last[1] else f"{left} {first[1]} – {right} {last[1]}"


def _parts(day: str | None) -> tuple[int, int] | None:
    match = re.fullmatch(r"\s*\d{1,2}[/.-](\d{1,2})[/.-](\d{4})\s*", day or "")
    return (int(match[1]), int(match[2])) if match and 1 <= int(match[1]) <= 12 else None


def coded(code: str | None, name: str | None) -> str:
    """ "04 Istruzione e diritto allo studio"."""
    return " ".join(clean(v) for v in (code, name) if v)
