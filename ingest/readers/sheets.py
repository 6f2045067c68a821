"""What all workbooks share: cells written as an Italian reader sees them, and a sheet cut into titles and tables."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ingest.blocks import Block, Place, Row
from ingest.readers.tables import table_blocks, text_block

_AFFIX = re.compile(r'[#0?.,]+\s*"(?P<after>[^"]*[^\W\d_][^"]*)"|"(?P<before>[^"]*[^\W\d_][^"]*)"\s*[#0?]')
_ERRORS = re.compile(
    r"#(?:DIV/0!|REF!|RIF!|N/A|N/D|NAME\?|NOME\?|VALUE!|VALORE!|NUM!|NULL!|NULLO!|ESPANDI!|SPILL!|CALC!)|Err:\d{3}"
)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def written(value: object, number_format: str = "General") -> str:
    """A cell's value as text: Italian decimals and dates; percentages, thousands and euros as the cell's format shows them.

    >>> written(0.25, "0%"), written(12000, '#,##0.00 "€"'), written(0.1 + 0.2), written(dt.date(2026, 12, 31))
    ('25%', '12.000,00 €', '0,3', '31/12/2026')
    >>> written(30, '0" giorni"')
    '30 giorni'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "VERO" if value else "FALSO"
    if isinstance(value, dt.datetime):
        clock = "" if value.time() == dt.time() else f" {value:%H:%M}"
        return _date(value.date(), number_format) + clock
    if isinstance(value, dt.date):
        return _date(value, number_format)
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, dt.timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, int | float | Decimal):
        return _number(value, number_format)
    return str(value)


def _date(value: dt.date, number_format: str) -> str:
    plain = _QUOTED.sub("", number_format).lower()
    if "y" in plain and "d" not in plain:
        return f"{value:%m/%Y}" if "m" in plain else f"{value:%Y}"
    return f"{value:%d/%m/%Y}"


def _number(value: int | float | Decimal, number_format: str) -> str:
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return ""
    plain = _QUOTED.sub("", number_format.split(";")[0])
    places = len(match[1]) if (match := re.search(r"\.([0#?]+)", plain)) and "0" in match[1] else None
    if "%" in plain:
        return _italian(Decimal(str(value)) * 100, places or None, False) + "%"
    euro = " €" if "€" in number_format or "EUR" in number_format else ""
    number = Decimal(format(value, ".15g")) if isinstance(value, float) else Decimal(value)
    return _affixed(_italian(number, places, "," in plain), number_format.split(";")[0]) + euro


def _affixed(number: str, shape: str) -> str:
    """The number with the words that its format writes beside it ("0 "giorni"", ""n. "0")."""
    found = _AFFIX.search(shape)
    if found is None or "EUR" in found[0]:
        return number
    return f"{number} {found['after'].strip()}" if found["after"] else f"{found['before'].strip()} {number}"


def is_error(text: str) -> bool:
    """Whether a cell shows that its formula failed, in English, in Italian or as LibreOffice says it.

    >>> is_error("#RIF!"), is_error("Err:502"), is_error("#1")
    (True, True, False)
    """
    return text[:1] in ("#", "E") and _ERRORS.fullmatch(text.strip()) is not None


def failed_formula(title: str, at: str, text: str) -> str:
    """The line of the reading report about a formula that failed."""
    return f"{title}!{at}: errore di formula {text}, cella non letta"


def _italian(number: Decimal, places: int | None, thousands: bool) -> str:
    if places is None:
        number = number.normalize() if number == number.to_integral() or number.as_tuple().exponent else number
        text = f"{number:,f}" if thousands else f"{number:f}"
    else:
        text = f"{number:,.{places}f}" if thousands else f"{number:.{places}f}"
    return text.translate(str.maketrans(",.", ".,"))


def column_letters(index: int) -> str:
    """The letters of a column by its 0-based index.

    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def sheet_blocks(rows: Iterable[Row], numbered: bool = True) -> Iterator[Block]:
    """A sheet's rows as blocks: an empty row ends a table; lines of one cell before a table are its titles.

    ``numbered``: a jump in ``Place.line`` is an empty row too (workbooks leave empty rows out).
    """
    chunk: list[Row] = []
    last: int | None = None
    for row in rows:
        line = row.place.line or 0
        if chunk and (not any(row.cells) or (numbered and last is not None and line > last + 1)):
            yield from _chunk(chunk)
            chunk = []
        if any(row.cells):
            chunk.append(row)
        last = line
    if chunk:
        yield from _chunk(chunk)


def _chunk(rows: list[Row]) -> Iterator[Block]:
    first = next((i for i, row in enumerate(rows) if sum(map(bool, row.cells)) > 1), len(rows))
    for row in rows[:first]:
        at = next(i for i, cell in enumerate(row.cells) if cell)
        yield text_block(row.cells[at], row.place, struck=at in row.struck)
    yield from table_blocks(rows[first:])


def sheet_heading(title: str, page: int) -> Block:
    """The heading that opens a sheet, with its name."""
    return Block("heading", Place(page, None, title), title, level=1)
