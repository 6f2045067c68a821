"""What a person asks for: the need a card must answer, with its horizon as two dates."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from cards.errors import PiaoError

LAYOUTS = ("neutro", "cremona", "segrate", "terre-argine", "terre-argine-dup", "bellusco")
OF_THE_DUP = ("terre-argine-dup",)
DUP_YEARS = 3
MOST_YEARS = 5  # a horizon goes no further than a term of office

_DATE = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_SHORT_END = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-–/]\s*(\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Need:
    """The need in a person's words.

    ``horizon`` is None (the whole of ``year``), years ("2026", "2026-2027") or two dates ("01/03/2026 - 31/10/2026").
    ``entity`` is our own body; without it the card names none, and every precedent counts as another body's.
    """

    title: str
    unit: str
    year: int
    entity: str | None = None
    facts: str = ""
    layout: str = "neutro"
    horizon: str | None = None

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise PiaoError("La bozza non ha un titolo: scrivi che cosa si vuole ottenere.")
        if not self.unit.strip():
            raise PiaoError("La bozza non ha un'unità responsabile: indica settore, area o servizio.")
        if not 1990 <= self.year <= 2100:
            raise PiaoError(f"L'anno {self.year} non è utilizzabile: indica un anno tra 1990 e 2100.")
        if self.layout not in LAYOUTS:
            raise PiaoError(f"Il modello di scheda «{self.layout}» non esiste: scegli tra {', '.join(LAYOUTS)}.")

    @property
    def span(self) -> tuple[date, date]:
        """First and last day of the objective; a horizon that cannot be read is a ``PiaoError``."""
        if not self.horizon or not self.horizon.strip():
            return date(self.year, 1, 1), date(self.year, 12, 31)
        return read_span(self.horizon)

    @property
    def years(self) -> list[int]:
        """The years that ask for a target: the card's own, then those of its horizon; three at least for an indicator of the DUP.

        >>> Need("Sportello", "Servizi", 2027, horizon="2027-2029").years
        [2027, 2028, 2029]
        """
        planned = DUP_YEARS if self.layout in OF_THE_DUP else 1
        last = max(self.year + planned - 1, min(self.span[1].year, self.year + MOST_YEARS - 1))
        return list(range(self.year, last + 1))


def read_span(text: str) -> tuple[date, date]:
    """First and last day of a written horizon.

    >>> read_span("2026-2027")
    (datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))
    >>> read_span("01/03/2026 - 31/10/2026")[0]
    datetime.date(2026, 3, 1)
    """
    try:
        days = [date(int(y), int(m), int(d)) for d, m, y in _DATE.findall(text)]
    except ValueError:
        raise PiaoError(f"L'orizzonte «{text}» contiene una data che non esiste: correggila.") from None
    if len(days) >= 2:
        start, end = days[0], days[-1]
    else:
        short = _SHORT_END.search(text)
        years = [int(y) for y in _YEAR.findall(text)]
        if short and len(years) == 1:
            years.append(int(short[1][:2] + short[2]))
        if not years:
            raise PiaoError(f"L'orizzonte «{text}» non si legge: scrivi anni (2026-2027) o due date (01/03/2026 - 31/10/2026).")
        start, end = date(min(years), 1, 1), date(max(years), 12, 31)
        if days:
            end = days[0]
    if end < start:
        raise PiaoError(f"L'orizzonte «{text}» finisce prima di cominciare: inverti le date.")
    return start, end


def italian_day(day: date) -> str:
    """A day as Italian offices write it: 05/03/2026."""
    return day.strftime("%d/%m/%Y")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])
