"""Phases of a sheet: two numbered columns, a row cut by the end of a page, struck rows."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from ingest.blocks import Place
from ingest.dialects._sheet_lines import Line, Trace

PhaseStatus = Literal["active", "eliminated", "replaced"]
_NUMBER = re.compile(r"(\d{1,2}(?:\s?bis)?)\s*[.)]?")


@dataclass(slots=True)
class PhaseDraft:
    """A phase being read, with its timetable and the place of its row; ``column`` is that of its number."""

    number: str
    column: int
    place: Place
    text: str = ""
    struck: bool = False
    schedule: dict[str, str] = field(default_factory=dict)
    due: dict[str, str] = field(default_factory=dict)
    timed_at: Place | None = None


@dataclass(slots=True)
class Phases:
    """Reads the rows of the phases; ``found`` has every numbered place, also empty ones."""

    trace: Trace
    found: list[PhaseDraft] = field(default_factory=list)
    _last: dict[int, PhaseDraft] = field(default_factory=dict)

    def read(self, line: Line) -> bool:
        """Take a row; False if nothing of it could be placed."""
        current: PhaseDraft | None = None
        placed = False
        for column, cell in line.filled:
            number = _NUMBER.fullmatch(cell)
            if number:
                current = PhaseDraft(number[1], column, line.place)
                self.found.append(current)
                placed = True
                continue
            target = current or self._last.get(column)
            if target is None:
                continue
            target.text = f"{target.text} {cell}" if target.text else cell
            target.struck = target.struck or column in line.struck
            self._last[column] = target
            placed = True
        if placed:
            self.trace.use(line)
        return placed

    def ordered(self) -> list[PhaseDraft]:
        """The phases that have a text: down the left column, then down the right one."""
        columns = sorted({p.column for p in self.found})
        halves = [c for n, c in enumerate(columns) if n == 0 or c - columns[n - 1] > 1]
        return sorted((p for p in self.found if p.text), key=lambda p: sum(c <= p.column for c in halves))


def status_of(phase: PhaseDraft, phases: list[PhaseDraft]) -> PhaseStatus | None:
    """A struck phase is replaced if another one stands under its number, else eliminated; None where nothing is struck."""
    if not any(p.struck for p in phases):
        return None
    if not phase.struck:
        return "active"
    again = any(p is not phase and p.number == phase.number and not p.struck for p in phases)
    return "replaced" if again else "eliminated"
