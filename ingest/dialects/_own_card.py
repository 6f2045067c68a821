"""A card of ours as it is put together from labelled values and rows, whatever sheet or list they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from cards import labels
from cards.model import Card, Document
from ingest.blocks import Row
from ingest.dialects._letters import key
from ingest.dialects._own_rows import HEADERS, chosen, read_row
from ingest.dialects._unit_stream import lines_of, origin, pages_of

KINDS = {key(label): kind for kind, label in labels.SHEET.items()}
_FIELDS = {key(label): name for name, label in labels.FIELDS.items()}
_TOTALS = {key(label): name for name, label in labels.TOTALS.items()}
_STATUS = {key(word): name for name, word in labels.STATUS.items()}
_LISTS = {key(label): name for name, label in labels.LISTS.items()}
_VACANT, _WHOLE = key(labels.VACANT), key(labels.WHOLE)
_LONG = 1_000  # characters: a cell that long may have been cut
_NAMES = {**_FIELDS, key(labels.TITLE): "title"}


@dataclass
class Found:
    """A card as it grows: its kind (None for further data), title, values, rows of its lists and the places of all that.

    ``vacant`` are fields said to have no value, ``whole`` lists said to be stated whole.
    """

    kind: str | None
    title: str
    rows: list[Row]
    values: dict[str, Any] = field(default_factory=dict)
    totals: dict[str, str] = field(default_factory=dict)
    lists: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    where: dict[str, Row] = field(default_factory=dict)
    vacant: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    _row: Row | None = None
    last: str | None = None  # the field whose value may go on in a row without a label

    def has(self, label: str) -> bool:
        """Whether a label of the card itself was already read."""
        return _FIELDS.get(key(label), "") in self.values or _TOTALS.get(key(label), "") in self.totals

    def put(self, label: str, value: str, row: Row) -> bool:
        """A labelled value of the card itself; False for a label that is none of ours."""
        name, value = key(label), value.strip()
        if name in _TOTALS:
            self.totals[_TOTALS[name]] = value
        elif name in (_VACANT, _WHOLE):
            self._note(name, [key(word) for word in value.split(",")])
        elif not name and value and self.last:
            self.values[self.last] = f"{self.values[self.last]} {value}"
        elif name not in _FIELDS:
            return False
        elif value:
            path = self.last = _FIELDS[name]
            self.values[path] = _STATUS.get(key(value), value) if path == "status" else value
            self.where[path] = row
        return True

    def _note(self, name: str, names: Sequence[str]) -> None:
        if name == _VACANT:
            self.vacant = tuple(_NAMES[n] for n in names if n in _NAMES)
        self.whole += tuple(_LISTS[n] for n in names if n in _LISTS)

    def add(self, name: str, columns: Sequence[str], cells: Sequence[str], row: Row) -> None:
        """A row of one of the card's lists, under these column labels; a row without what it cannot do without is none."""
        values = read_row(name, columns, cells)
        if values and not any(chosen(name, field) for field in values) and self._continues(name, cells, row):
            _prolong(self.lists[name][-1], values)
        elif values and all(values.get(needed) for needed in HEADERS[name].needed):
            self.where[f"{name}[{len(self.lists.get(name, []))}]"] = row
            self.lists.setdefault(name, []).append(values)
            self._row = row

    def _continues(self, name: str, cells: Sequence[str], row: Row) -> bool:
        """Whether a row is the rest of the one above, too long for it or cut by the end of a page: only some of the cells that
        that one fills go on, not the first."""
        above = self._row
        if above is None or not self.lists.get(name) or cells[0] or len(above.cells) != len(cells):
            return False
        upper, lower = ({i for i, cell in enumerate(r) if cell.strip()} for r in (above.cells, cells))
        apart = row.place.page != above.place.page or max(map(len, above.cells)) > _LONG
        return apart and lower < upper and 0 in upper

    def card(self, document: Document) -> Card:
        """The card."""
        places = [row.place for row in self.rows]
        unit = self.kind == "unit_summary" and key(self.title) == key(str(self.values.get("unit") or ""))
        year = str(self.values.get("year", ""))
        return Card.model_validate(
            {
                **self.values,
                **self.lists,
                "kind": self.kind or "objective",
                "title": None if unit or "title" in self.vacant else self.title or None,
                "year": int(year) if year.isdigit() else None,
                "activities": [entry["text"] for entry in self.lists.get("activities", [])],
                "totals": self.totals,
                "source": {"document": document.name, "pages": pages_of(places), "lines": lines_of(places)},
                "provenance": {path: origin(row.place, document.name) for path, row in self.where.items()},
            }
        )


def _prolong(values: dict[str, Any], more: dict[str, Any]) -> None:
    """The values of a row with those of its rest added, words after words."""
    for name, rest in more.items():
        mine = values.get(name)
        if isinstance(rest, dict) and isinstance(mine, dict):
            _prolong(mine, rest)
        else:
            values[name] = f"{mine} {rest}" if isinstance(mine, str) and isinstance(rest, str) else rest
