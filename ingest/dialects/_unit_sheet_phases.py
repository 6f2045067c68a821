"""Phases of an objective sheet: number, text (its lines put back together), weight, first start and last end by year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cards.model import Phase
from ingest.blocks import Place
from ingest.dialects._letters import key
from ingest.dialects._unit_lexicon import Lexicon
from ingest.dialects._unit_sheet import WEIGHT, is_period_header
from ingest.dialects._unit_stream import Entry, rejoin, undouble
from ingest.dialects._unit_words import rejoined
from ingest.dialects._unit_woven import usual_cut, woven

_NUMBER = re.compile(r"\d{1,2}(?:\s*[-.]?\s*(?:bis|ter|quater|[a-z]))?\.?")
_DAY = re.compile(r"\d{1,2}[/.]\d{1,2}")
_WEIGHT = re.compile(rf"{WEIGHT.pattern}|\d{{1,3}}(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class PhaseRow:
    """A phase with its place; ``printed`` the dates as printed where the plan was changed; ``broken`` what is missing of it."""

    phase: Phase
    place: Place
    printed: str | None
    broken: str | None = None


@dataclass(frozen=True, slots=True)
class _Columns:
    weight: int
    periods: dict[int, tuple[str, str]]
    width: int


def phases_of(rows: Sequence[Entry], lexicon: Lexicon) -> tuple[list[PhaseRow], list[Entry]]:
    """The phases of the rows of a phase table, and the rows that could not be placed."""
    columns: _Columns | None = None
    kept: list[tuple[Entry, _Columns]] = []
    lost: list[Entry] = []
    if not any(is_period_header(row.cells) for row in rows):
        columns = _guessed(rows)
    for row in rows:
        if is_period_header(row.cells):
            columns = _columns(row.cells)
        elif columns:
            _take(kept, lost, row, columns)
    texts = [[c for c in row.cells[1 : _weight_at(row, columns)] if c] for row, columns in kept]
    cut = usual_cut((t[0], t[1]) for t in texts if len(t) == 2)
    found = []
    for (row, columns), pieces in zip(kept, texts, strict=True):
        text = woven(pieces[0], pieces[1], lexicon, cut) if len(pieces) == 2 else rejoined(pieces, lexicon)
        found.append(_phase(row, text, columns))
    return [one for one in found if one], lost


def _guessed(rows: Sequence[Entry]) -> _Columns | None:
    """Columns of a table whose header was lost: the weight where most rows have one, no periods."""
    places = Counter(
        i for row in rows for i, cell in enumerate(row.cells[:6]) if i > 1 and WEIGHT.fullmatch(cell) and cell[0] != "="
    )
    return _Columns(places.most_common(1)[0][0], {}, 0) if places else None


def _weight_at(row: Entry, columns: _Columns) -> int:
    """The column of the weight in this row: cells may be shifted by one, so that a long text stands under "Peso"."""
    at = columns.weight
    if _is_weight(row, at):
        return at
    others = [i for i in range(2, min(at + 3, len(row.cells))) if _is_weight(row, i)]
    return min(others, key=lambda i: abs(i - at)) if others else at


def _is_weight(row: Entry, index: int) -> bool:
    return index < len(row.cells) and bool(_WEIGHT.fullmatch(row.cells[index]))


def _columns(cells: Sequence[str]) -> _Columns:
    cells = undouble(cells)
    weight = next(i for i, cell in enumerate(cells) if key(cell).startswith("peso"))
    periods: dict[int, tuple[str, str]] = {}
    for i, cell in enumerate(cells):
        year = re.search(r"20\d\d", cell)
        if year and i > weight:
            periods[i] = (year[0], "start" if "inizio" in cell.lower() else "end")
    return _Columns(weight, periods, max(periods, default=weight) + 1)


def _take(kept: list[tuple[Entry, _Columns]], lost: list[Entry], row: Entry, columns: _Columns) -> None:
    """A numbered row, or part of one: a lower half, or the first line of a phase whose number stands on the next row."""
    number = row.cells[0]
    if _NUMBER.fullmatch(number):
        if lost and lost[-1].table == row.table and len(lost[-1].cells) == len(row.cells):
            row = replace(rejoin(lost.pop(), row), place=row.place)
        kept.append((row, columns))
    elif number or not kept or (row.first and _begins(row) and row.table != kept[-1][0].table):
        lost.append(row)
    else:
        kept[-1] = (rejoin(kept[-1][0], row), columns)


def _begins(row: Entry) -> bool:
    return row.joined[:1].isupper() and len(row.joined) > 30


def _phase(row: Entry, text: str, columns: _Columns) -> PhaseRow | None:
    at = _weight_at(row, columns)
    share = row.cells[at] if at < len(row.cells) else ""
    shift = at - columns.weight
    width = len(row.cells) - shift
    periods = columns.periods if shift >= 0 or width >= columns.width else {}
    dates = {
        side: [(year, row.cells[i + shift]) for i, (year, s) in periods.items() if s == side and _dated(row, i + shift)]
        for side in ("start", "end")
    }
    if not text and not share and not dates["start"] and not dates["end"]:
        return None
    start, end = dates["start"][:1], dates["end"][-1:]
    printed = [value for _, value in [*start, *end] if len(value.split()) > 1]
    phase = Phase(
        number=re.sub(r"\s+", "", row.cells[0]).rstrip("."), text=text or None, weight=share or None,
        start=_date(*start[0]) if start else None, end=_date(*end[0]) if end else None,
    )  # fmt: skip
    broken = "il testo manca nel documento" if not text else None
    if text and text[0].islower() and at > 2 and not row.cells[1]:
        broken = "nel documento manca l'inizio del testo"
    if not periods and any(c for c in row.cells[at + 1 :]):
        broken = "le date stanno in colonne diverse da quelle dell'intestazione: controllale"
    as_printed = "date come stampate: " + " – ".join(value for _, value in [*start, *end]) if printed else None
    return PhaseRow(phase, row.place, as_printed, broken)


def _dated(row: Entry, index: int) -> bool:
    return index < len(row.cells) and any(c.isalnum() for c in row.cells[index])


def _date(year: str, value: str) -> str:
    """The date as printed with its year; of two dates (planned, then changed) the last."""
    last = re.findall(r"\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|[^\W\d_]+|\S+", value)[-1]
    if re.search(r"20\d\d", last):
        return last
    return f"{last}/{year}" if _DAY.fullmatch(last) else f"{last} {year}"
