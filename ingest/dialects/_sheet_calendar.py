"""The timetable of the phases: a column per month, checkpoints at the end of July and December, columns for later years.

Behind December the columns slide in conversion (empty columns come and go), so values there go to the checkpoint or year
that agrees best: the heading of the column itself, and the sum of the months up to the checkpoint.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_phases import PhaseDraft
from ingest.dialects._sheet_text import MONTHS, letters, percent

_DUE = re.compile(r"target(?:al)?(\d{1,2})(gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)\w*")
_YEAR = re.compile(r"20\d\d")
_MANY = 8  # values or places behind the months: beyond that only a column's own heading is believed


@dataclass(slots=True)
class Slot:
    """A place behind the months: a checkpoint (``month`` 1..12) or a later year; ``column`` where its heading stands."""

    key: str
    column: int
    month: int = 0


@dataclass(slots=True)
class Calendar:
    """Reads the timetable's header and rows into the phases."""

    trace: Trace
    year: int | None = None
    months: dict[int, int] = field(default_factory=dict)
    dues: dict[int, tuple[int, int]] = field(default_factory=dict)
    later: dict[int, int] = field(default_factory=dict)
    before: int | None = None
    others: set[int] = field(default_factory=set)

    def read(self, line: Line, phases: Sequence[PhaseDraft]) -> bool:
        """Take a header row or a phase's row; False if it is neither."""
        if self._header(line):
            self.trace.use(line)
            return True
        number = line.first.rstrip(".)")
        if not self.months or not number.isdecimal():
            return False
        self.trace.use(line)
        self._row(line, number, [p for p in phases if p.number == number and p.text])
        return True

    def _header(self, line: Line) -> bool:
        keys = [(i, letters(cell)) for i, cell in line.filled]
        if keys and keys[0][1] in ("fasietempi", "fasitempi", "fasi"):
            years = [(i, int(cell)) for i, cell in line.filled if _YEAR.fullmatch(cell)]
            if years:
                self.year = years[0][1]
                self.later = {year: column for column, year in years[1:]}
            self.before = next((i for i, k in keys if "precedent" in k), None)
        elif sum(month_of(k) is not None for _, k in keys) < 3:
            return False
        for column, key in keys:
            due = _DUE.search(key)
            month = month_of(key)
            if month:
                self.months[column] = month
            elif due and "gap" not in key:
                self.dues[column] = (month_of(due[2]) or 12, int(due[1]))
            elif "gap" in key:
                self.others.add(column)
        return True

    def _row(self, line: Line, number: str, phases: list[PhaseDraft]) -> None:
        if not phases:
            if len(line.filled) > 1:
                self.trace.warn(f"Cronoprogramma: la riga {number} non ha una fase con quel numero.", line.place)
            return
        phase = next((p for p in phases if not p.struck and not p.schedule and not p.due), None)
        phase = self._replacing(phases) if len(phases) > 1 else phase or phases[0]
        phase.timed_at = line.place
        last = max(self.months, default=0)
        for column, cell in line.filled[1:]:
            month = self.months.get(column)
            if month and self.year:
                phase.schedule[f"{self.year}-{month:02d}"] = cell
            elif column == self.before:
                said = f"Fase {number}: la quota degli anni precedenti ({cell}) non ha un campo nella scheda."
                self.trace.warn(said, line.place)
        self._tail(phase, [(c, cell) for c, cell in line.filled if c > last], line)

    @staticmethod
    def _replacing(phases: list[PhaseDraft]) -> PhaseDraft:
        """Of several phases under one number the timetable is that of the last one not struck (the one in force)."""
        return next((p for p in reversed(phases) if not p.struck), phases[-1])

    def _tail(self, phase: PhaseDraft, values: list[tuple[int, str]], line: Line) -> None:
        slots = self._slots()
        best = _laid(values, slots, self._sums(phase), phase.text, self.dues, self.others)
        for (_, cell), slot in zip(values, best, strict=True):
            if slot is None:
                self.trace.warn(f"Cronoprogramma, fase {phase.number}: il valore «{cell}» non è stato collocato.", line.place)
            elif slot.month:
                phase.due[slot.key] = cell
            else:
                phase.schedule[slot.key] = cell

    def _slots(self) -> list[Slot]:
        year = self.year
        if year is None:
            return []
        dues = [Slot(f"{year}-{m:02d}-{d:02d}", column, m) for column, (m, d) in self.dues.items()]
        years = [Slot(str(y), column) for y, column in self.later.items()]
        return sorted(dues, key=lambda s: s.month) + sorted(years, key=lambda s: s.key)

    def _sums(self, phase: PhaseDraft) -> list[Decimal]:
        """The months' shares added up to each month (index 0 = nothing)."""
        sums = [Decimal(0)]
        for month in range(1, 13):
            share = percent(phase.schedule.get(f"{self.year}-{month:02d}", "")) or Decimal(0)
            sums.append(sums[-1] + share)
        return sums


def month_of(key: str) -> int | None:
    """The number of a month by its name or abbreviation ("gennaio", "gen", "sett"); None for another word."""
    return next((n for n, name in enumerate(MONTHS, 1) if len(key) >= 3 and name.startswith(key)), None)


def _laid(
    values: Sequence[tuple[int, str]],
    slots: Sequence[Slot],
    sums: Sequence[Decimal],
    text: str,
    dues: dict[int, tuple[int, int]],
    others: set[int],
) -> list[Slot | None]:
    """Each value's slot, in order; None for a value left over. The best total of ``_worth`` wins."""
    if len(values) > _MANY or len(slots) > _MANY:
        exact = {slot.column: slot for slot in slots}
        return [exact.get(column) for column, _ in values]
    named = {s.column for s in slots} | others

    def best(v: int, s: int, reached: Decimal) -> tuple[float, list[Slot | None]]:
        if v == len(values):
            missing = sum(3.0 for slot in slots[s:] if slot.month and sums[slot.month] > 0)
            return -missing, []
        score, rest = best(v + 1, s, reached)
        options: list[tuple[float, list[Slot | None]]] = [(score - 3, [None, *rest])]
        passed = 0.0
        for n in range(s, len(slots)):
            slot = slots[n]
            worth = _worth(values[v], slot, max(sums[slot.month], reached), text, named, dues)
            amount = percent(values[v][1]) or Decimal(0)
            score, rest = best(v + 1, n + 1, max(reached, amount) if slot.month else reached)
            options.append((worth - passed + score, [slot, *rest]))
            passed += 3.0 if slot.month and sums[slot.month] > 0 else 0.0
        return max(options, key=lambda option: option[0])

    return best(0, 0, Decimal(0))[1]


def _names(text: str, year: str) -> bool:
    """Whether a phase names a year by itself ("(2024)"), not as an end of a span ("2023-2025")."""
    return bool(re.search(rf"(?<![-/–\d]){year}(?![-/–\d])", text))


def _worth(
    value: tuple[int, str], slot: Slot, expected: Decimal, text: str, named: set[int], dues: dict[int, tuple[int, int]]
) -> float:
    column, cell = value
    amount = percent(cell)
    worth = 2.0 if column == slot.column else (-3.0 if column in dues else -0.5 if column in named else 0.0)
    if not slot.month:
        behind = column >= max(dues, default=0)
        return worth + (0.0 if behind else -9.0) + (3.0 if _names(text, slot.key) else 0.0)
    if amount is not None and abs(amount - expected) <= Decimal("0.5"):
        return worth + 3 if amount else worth
    return worth - (2.5 if expected == 0 else 1.0)
