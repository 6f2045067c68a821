"""The card of a sheet as its labels come, one after the other: where it begins, what each label adds, what holds for the next.

A card begins at a title, or at the labels that stood before the title of the one above when they come again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from cards.model import Document
from ingest.blocks import Place, Row
from ingest.generic.draft import Cell, Draft, Entry
from ingest.generic.pairs import numbering, pairs_in
from ingest.generic.rows import CONTEXT
from ingest.generic.synonyms import Column, plain
from ingest.generic.told import marked
from ingest.generic.values import Values

CHAINS: tuple[tuple[str, ...], ...] = (
    ("mission", "programme"), ("strategic_line", "strategic_objective", "operational_objective"),
)  # fmt: skip
"""What objectives serve, from the widest: what holds what."""


@dataclass(slots=True)
class Sheets:
    """The sheets of a document.

    ``open`` is the card being read, ``waiting`` the labels read before its title, ``leads`` their words, ``context`` what a line
    above several cards said of them all (unit, person in charge), ``weighed`` the cards where a "Peso" of nothing stands after an
    indicator, ``titles`` the labels that stand for a title where there is none, ``heads`` what lines above tables said of the
    cards in them (``tabled``: one is being read), until they say it anew."""

    document: Document
    finished: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    context: dict[str, Cell] = field(default_factory=dict)
    waiting: list[tuple[Column, Cell]] = field(default_factory=list)
    leads: set[str] = field(default_factory=set)
    notes: list[tuple[str, Place]] = field(default_factory=list)
    level: float = 0.0
    last_field: str = ""
    weighed: list[Draft] = field(default_factory=list)
    titles: set[str] = field(default_factory=set)
    heads: dict[str, Cell] = field(default_factory=dict)
    tabled: bool = False

    def stand_in(self, rows: Sequence[Row], overrides: Mapping[str, str] | None) -> None:
        """A sheet without a title whose "Obiettivo operativo", or "Descrizione obiettivo", is what it is about: that label opens
        its cards."""
        pairs = [pair for row in rows for pair in pairs_in(row, overrides)]
        fields = {column.field for column, _ in pairs}
        waiting = {column.field for column, _ in self.waiting}
        if "title" in fields | waiting or self.open is not None and not self.leads & {plain(c.header) for _, c in pairs}:
            return
        operational = {plain(cell.header) for column, cell in pairs if column.field == "operational_objective"}
        described = {plain(cell.header) for column, cell in pairs if column.field == "description"}
        self.titles |= operational or {label for label in described if "obiettiv" in label}

    def begin(self, title: Cell, number: Cell | None = None, level: float = 0.0) -> Draft:
        """A new card with its title; what waited is its own."""
        self.close(keep=True)
        self.open = Draft(context=dict(self.context), places=[title.place])
        self.level, self.last_field = level, ""
        self.open.fields["title"] = title
        if number is not None:
            self.open.fields[numbering(number.text)] = number
        self.leads = {plain(cell.header) for _, cell in self.waiting}
        for column, cell in self.waiting:
            self._place(self.open, column, cell)
        self.waiting = []
        if self.tabled:
            self.open.context |= self.heads
        return self.open

    def above(self, column: Column, cell: Cell) -> None:
        """A line of text that says what the cards below serve: it ends the card above it, whose own it was not."""
        chain = next((one for one in CHAINS if column.field in one), None)
        if chain is None or self.open is not None and (column.field not in self.heads or self.open.listing):
            return
        self.close(keep=True)
        for lower in chain[chain.index(column.field) :]:
            self.heads.pop(lower, None)
        self.heads[column.field] = cell

    def close(self, keep: bool = False) -> None:
        """The card is over; with ``keep`` what waits is for the next one."""
        if self.open is not None:
            self.finished.append(self.open)
        self.open = None
        if not keep:
            self.waiting = []

    def promote(self) -> None:
        """What waits was said above a numbered objective: it holds for all those that follow."""
        for column, cell in self.waiting:
            if column.field in CONTEXT:
                holder = Draft()
                holder.set_field(column, cell, [])
                self.context |= holder.fields
        self.waiting = [(column, cell) for column, cell in self.waiting if column.field not in CONTEXT]

    def pair(self, column: Column, cell: Cell, level: float = 0.0) -> None:
        """Put a labelled value on the card; a new title opens a new card, and so does what stood before the last title."""
        if column.field in ("operational_objective", "description") and plain(cell.header) in self.titles:
            column = replace(column, field="title")
        if column.field in ("title", "project") and (column.field == "title" or self.open is None):
            if self.open is None or "title" in self.open.fields:
                self.begin(cell, level=level)
                if self.open is not None:
                    said(self.open, replace(column, field="title"), cell)
                return
            column = replace(column, field="title")
        elif self.open is not None and self.open.full and plain(cell.header) in self.leads:
            self.close()
        if self.open is None:
            self.waiting.append((column, cell))
            return
        self._place(self.open, column, cell)

    def _place(self, draft: Draft, column: Column, cell: Cell) -> None:
        draft.places.append(cell.place)
        said(draft, column, cell)
        before, self.last_field = self.last_field, column.field
        of_indicator = bool(draft.indicators) and before.startswith("indicator.") and before != "indicator.achievement"
        if column.field == "weight":
            self.weighed += [draft] if of_indicator else []
            column = Column("indicator.weight" if of_indicator else "card.weight", header=column.header)
            self.last_field = before
        if column.field == "phase.assigned_to" and not draft.phases and "responsible" not in draft.fields:
            column = Column("responsible", header=column.header)
        if draft.set_field(column, cell, self.notes):
            return
        if column.field in ("outcome", "card.achievement") or column.field == "indicator.achievement" and not of_indicator:
            draft.outcomes.append(replace(cell, at=Values((column,), self.document.year, self.notes).moment(column)))
        elif column.field == "phase.text":
            for line in cell.text.split("\n"):
                text = re.sub(r"^[-•·]\s*", "", line)
                draft.phases.append(Entry({"text": Cell(text, cell.place, cell.index, cell.header)}))
        elif column.field.startswith("phase.") and draft.phases:
            draft.phases[-1].values.setdefault(column.field.removeprefix("phase."), cell)
        elif column.field.startswith("staff."):
            self._person(draft, column, cell)
        else:
            self._indicator(draft, column, cell)

    @staticmethod
    def _person(draft: Draft, column: Column, cell: Cell) -> None:
        if column.field == "staff.name":
            names = [name.strip(" -•·") for name in re.split(r"[\n;]", cell.text)]
            draft.staff += [Entry({"name": Cell(name, cell.place, cell.index, cell.header)}) for name in names if name]
        elif draft.staff:
            draft.staff[-1].values.setdefault(column.field.removeprefix("staff."), cell)

    def _indicator(self, draft: Draft, column: Column, cell: Cell) -> None:
        if column.field == "indicator.kind" and not draft.indicators:
            draft.strange.append(cell)  # the sort of the objective, that a card has no place for
            return
        if column.field == "indicator.name" or not draft.indicators:
            last = draft.indicators[-1] if draft.indicators else None
            if last is None or "name" in last.values:
                draft.indicators.append(Entry())
        entry = Entry()
        Values((column,), self.document.year, self.notes).put(entry, column, cell)
        for key, value in entry.values.items():
            draft.indicators[-1].values.setdefault(key, value)


def said(draft: Draft, column: Column, cell: Cell) -> None:
    """Keep how a label was read, for the reading report."""
    draft.mapping.append(marked(column, f"etichetta «{' '.join(cell.header.split())}» → {column.field}"))
    if column.inferred:
        draft.inferred.append((replace(column, header=cell.header), cell.place))


def own_label(column: Column | None, overrides: Mapping[str, str] | None = None) -> bool:
    """Whether a heading alone is the label of what follows it."""
    return column is not None and column.field in {
        "title", "description", "purpose", "responsible", "manager", "politician", "unit", "section", "horizon", "start", "end",
        "phase.text", "indicator.name",
    }  # fmt: skip
