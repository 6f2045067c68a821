"""Where a cell of an indicator goes: the target of which year, the result of which moment, the past."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.quantities import read_date
from ingest.blocks import Place
from ingest.generic.draft import NO_YEAR, Cell, Entry
from ingest.generic.synonyms import Column, plain

PATHS = {"target": "targets", "actual": "actuals", "interim": "interim"}
_QUARTERS = {"q1": "03-31", "q3": "09-30"}
_DAY = re.compile(r"\b(\d{1,2})(?:[/.-]| )(\d{1,2}\b|[a-z]{4,9})", re.I)
_DAYS = {**_QUARTERS, "mid": "06-30", "end": "12-31"}


@dataclass(slots=True)
class Values:
    """Puts the cells of the columns of one table in their place. ``year`` is the document's; what two columns say differently
    of one thing goes in ``notes``."""

    columns: Sequence[Column]
    year: int | None
    notes: list[tuple[str, Place]]
    told: set[tuple[object, ...]] = field(default_factory=set)

    @property
    def year_of_all(self) -> str | None:
        """The year of a column that names none."""
        if self.year is not None:
            return str(self.year)
        years = [c.year for c in self.columns if c.year and c.field in ("indicator.target", "indicator.actual")]
        return min(years) if years else None

    def moment(self, column: Column) -> str | None:
        """The day of a column that says it, "2026-06-30"; None for one that says none."""
        year = column.year or self.year_of_all
        if not year or not column.half:
            return None
        found = _DAY.search(column.header)
        between = " " if found and found[2].isalpha() else "/"
        written = read_date(between.join((found[1], found[2], year))) if found else None
        return written.isoformat() if written else f"{year}-{_DAYS[column.half]}"

    def put(self, entry: Entry, column: Column, cell: Cell) -> None:
        """Add a cell to an indicator by what its column means."""
        name = column.field.removeprefix("indicator.")
        if name == "value":
            name = "actual" if column.year and self._is_past(column.year) else "target"
        if name == "baseline" and column.year and re.search(r"\b(?:stori|trend)", plain(column.header)):
            name = "actual"
        if name not in PATHS:
            key = "note" if name == "source" and "note" not in entry.values else name
            self._two_columns(key, cell, entry.values.get(key))
            entry.values[key] = cell
            return
        path = self._path(name, column)
        kept = entry.values.setdefault(path, cell)
        self._two_columns(path, kept, cell)

    def _is_past(self, year: str) -> bool:
        """Whether a year comes before the document's, or before every year that something is expected of."""
        expected = [int(c.year) for c in self.columns if c.year and c.field == "indicator.target"]
        now = self.year if self.year is not None else min(expected, default=None)
        return now is not None and int(year) < now

    def _path(self, name: str, column: Column) -> str:
        """ "targets.2026-06-30" of a target of the first half, "history.2024" of a result of the past."""
        year = column.year or self.year_of_all or NO_YEAR
        if name == "actual" and column.half in ("mid", *_QUARTERS):
            name = "interim"
        past = name == "actual" and year.isdigit() and self._is_past(year)
        annual = any(c.field == "indicator.target" and c.year and not c.half for c in self.columns)
        key = year
        if name == "target" and column.half == "mid":
            key = f"{year}-06-30"
        elif name in ("target", "interim") and column.half in _QUARTERS:
            key = f"{year}-{_QUARTERS[column.half or '']}"
        elif name == "target" and column.half == "end" and annual:
            key = f"{year}-12-31"
        return f"{'history' if past else PATHS[name]}.{key}"

    def _two_columns(self, path: str, kept: Cell, other: Cell | None) -> None:
        """Two columns read as the same thing with different values: said once a table, never chosen in silence."""
        if other is None or other is kept or plain(kept.text) == plain(other.text) or kept.index == other.index:
            return
        pair = (path, *sorted((kept.index, other.index)))
        if pair not in self.told:
            self.told.add(pair)
            where = [f" ({cell.name})" if cell.name else "" for cell in (kept, other)]
            self.notes.append((
                f"due colonne per la stessa cosa: di «{kept.header}»{where[0]} si legge «{kept.text[:40]}», "
                f"«{other.header}»{where[1]} «{other.text[:40]}» non si legge; togline una o cambia l'intestazione",
                other.place,
            ))  # fmt: skip
