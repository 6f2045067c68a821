"""Indicators of a sheet: groups by kind with expected and reached values, or a table with past years and targets by year."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from cards.model import Indicator, IndicatorKind
from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_text import first_year, letters

_GROUP = re.compile(r"indic(?:i|atori)di(quantita|tempo|costo|costi|qualita|efficacia|efficienza)")
_KINDS: dict[str, IndicatorKind] = {
    "quantita": "quantita", "tempo": "tempo", "costo": "costo", "costi": "costo", "qualita": "qualita",
}  # fmt: skip
_JOINED = re.compile(r"Indic(?:i|atori) di (?:Quantit(?:à|a')|Tempo|Cost[oi]|Qualit(?:à|a'))\s+(?=\S)", re.I)
_JOINED_HEAD = re.compile(r"(?:ATTESO|RAGGIUNTO|Scost\.)(?: al \d\d\.\d\d\.\d{4})?(?:\s+|$)", re.I)
_PERIOD = re.compile(r"(?:a\.?\s*s\.?\s*)?20\d\d\s*/\s*(?:20)?\d\d|20\d\d", re.I)
STRUCK = "Barrato nel documento"


def is_group(line: Line) -> bool:
    """Whether a row opens a group of indicators ("Indici di Quantità | ATTESO | …")."""
    return bool(line.filled) and bool(_GROUP.fullmatch(line.keys[0]))


def taken_apart(line: Line) -> tuple[Line, Line] | None:
    """A group's row and its first indicator joined across a page ("Indici di Tempo % Rispetto … | ATTESO 100%"), as two rows."""
    if not _JOINED.match(line.first) or not any(_JOINED_HEAD.match(cell) for _, cell in line.filled[1:]):
        return None
    heads, values = [], []
    for cell in line.cells:
        found = _JOINED.match(cell) or _JOINED_HEAD.match(cell)
        heads.append(found[0].strip() if found else cell)
        values.append(cell[found.end() :].strip() if found else "")
    return replace(line, cells=tuple(heads)), replace(line, cells=tuple(values))


def is_years_head(line: Line) -> bool:
    """Whether a row is the header of indicators by year: name, unit of measure, years and targets."""
    keys = line.keys
    return len(keys) >= 3 and keys[0] in ("indicatore", "indicatori") and any(_PERIOD.search(c) for _, c in line.filled[1:])


@dataclass(slots=True)
class Indicators:
    """Reads both tables of indicators; ``found`` holds the fields of each ``Indicator``."""

    trace: Trace
    year: int | None = None
    found: list[dict[str, Any]] = field(default_factory=list)
    kind: IndicatorKind | None = None
    periods: list[str] = field(default_factory=list)
    _head: dict[int, tuple[str, str]] = field(default_factory=dict)
    _width: int = 0
    _name: int = 0
    _last: Line | None = None

    def open_group(self, line: Line) -> None:
        """The row that opens a group: its kind and, if it has them, the columns of the values."""
        group = _GROUP.fullmatch(line.keys[0])
        self.kind = _KINDS.get(group[1]) if group else None
        heads = {i: head for i, cell in line.filled[1:] if (head := self._value_head(cell))}
        if heads:
            self._head, self._width, self._name = heads, len(line.cells), line.filled[0][0]
        self._use(line)

    def open_years(self, line: Line) -> None:
        """The header of indicators by year."""
        self.kind = None
        self._head = {i: head for i, cell in line.filled[1:] if (head := _year_head(cell))}
        self._width, self._name = len(line.cells), line.filled[0][0]
        self.periods = self.periods or [period for name, period in self._head.values() if name == "targets"]
        self._use(line)

    def read(self, line: Line) -> bool:
        """Take a row of values; False if it has no name for an indicator."""
        column, name = line.filled[0]
        values = line.filled[1:]
        if not values and self._cut(line, name):
            self.found[-1]["name"] += f" {name}"
            self._use(line)
            return True
        if column > self._name + 1:
            return False
        indicator: dict[str, Any] = {"name": name, "kind": self.kind}
        self._place(values, len(line.cells) - self._width, indicator, line)
        if column in line.struck:
            indicator["note"] = STRUCK
        self.trace.mark(f"indicators[{len(self.found)}]", line.place)
        self.found.append(indicator)
        self._use(line)
        return True

    def values(self) -> tuple[Indicator, ...]:
        """The indicators read; where no row of the sheet has two values, the one value is the expected one, wherever it slid."""
        reached = ("interim", "actuals", "deviation")
        if self._head and not any("targets" in f and any(name in f for name in reached) for f in self.found):
            for fields in self.found:
                slid = [name for name in ("interim", "actuals") if name in fields]
                if len(slid) == 1 and not fields.keys() & {"targets", "history", "deviation"}:
                    fields["targets"] = fields.pop(slid[0])
        return tuple(Indicator(**fields) for fields in self.found)

    def _use(self, line: Line) -> None:
        self._last = line
        self.trace.use(line)

    def _cut(self, line: Line, name: str) -> bool:
        """The rest of a name cut by the end of a page: a text alone, not beginning like a name, on a new page."""
        turned = self._last is not None and self._last.place.page != line.place.page
        return turned and bool(self.found) and (name[:1].islower() or not name[:1].isalpha())

    def _value_head(self, cell: str) -> tuple[str, str] | None:
        key = letters(cell)
        year = str(first_year(cell) or self.year or "")
        if key.startswith(("atteso", "valoreatteso", "target", "risultatoatteso")):
            return ("targets", year)
        half = bool(re.search(r"(?:3[01]|30)0?[67]20|luglio|giugno|semestr|intermedi", key))
        if key.startswith(("raggiunto", "consuntivo", "risultato")):
            return ("interim" if half else "actuals", year)
        if key.startswith("scost"):
            return ("", "") if half else ("deviation", "")
        return None

    def _place(self, values: list[tuple[int, str]], wider: int, indicator: dict[str, Any], line: Line) -> None:
        if len(values) == len(self._head):
            for place, (_, cell) in zip(sorted(self._head), values, strict=True):
                self._set(indicator, self._head[place], cell)
            return
        for column, cell in values:
            head = self._head.get(column) or self._head.get(column - wider)
            if head is None:
                head = next((h for i, h in sorted(self._head.items()) if not self._set_already(indicator, h)), None)
            if head is None or self._set_already(indicator, head):
                said = f"Indicatore «{indicator['name'][:60]}»: il valore «{cell[:40]}» non è stato collocato."
                self.trace.warn(said, line.place)
            else:
                self._set(indicator, head, cell)

    def _set_already(self, indicator: dict[str, Any], head: tuple[str, str]) -> bool:
        name, period = head
        held = indicator.get(name)
        return period in held if isinstance(held, dict) else held is not None

    def _set(self, indicator: dict[str, Any], head: tuple[str, str], cell: str) -> None:
        name, period = head
        if name in ("unit", "deviation"):
            indicator[name] = cell
        elif name:
            indicator.setdefault(name, {})[period or "atteso"] = cell


def _year_head(cell: str) -> tuple[str, str] | None:
    key = letters(cell)
    if key in ("um", "unitadimisura", "unitamisura", "misura"):
        return ("unit", "")
    found = _PERIOD.search(cell)
    if not found:
        return None
    if key.startswith(("target", "atteso", "valoreatteso", "obiettivo", "previsione")):
        return ("targets", found[0])
    return ("history", found[0])
