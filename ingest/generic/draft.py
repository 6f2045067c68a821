"""A card being read: fields, indicators and phases gathered with the place of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.model import Card, Document, Indicator, Origin, Outcome, Phase, Resource, Source, StaffShare
from ingest.blocks import Place
from ingest.generic.places import no_label
from ingest.generic.synonyms import Column, plain
from ingest.readers.sheets import column_letters

_CARD = {
    "code", "number", "title", "unit", "directorate", "section", "responsible", "manager", "politician", "strategic_line",
    "strategic_objective", "operational_objective", "project", "purpose", "description", "horizon", "start", "end", "priority",
    "entity",
}  # fmt: skip
_LINES = {"title", "unit", "directorate", "section", "responsible", "manager", "politician", "number", "code", "entity"}
_KINDS = {
    "quantit": "quantita", "temp": "tempo", "qualit": "qualita", "cost": "costo", "efficien": "costo", "econom": "costo",
    "efficacia": "quantita",
}  # fmt: skip
NO_YEAR = "anno"  # the key of a target whose year nothing tells


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its place: ``index`` is its column, 0-based; ``at`` the day that its header says of a verdict."""

    text: str
    place: Place
    index: int
    header: str = ""
    at: str | None = None

    @property
    def name(self) -> str | None:
        """ "Foglio1!C5" in a workbook, else None."""
        if self.place.sheet is None or self.place.line is None:
            return None
        return f"{self.place.sheet}!{column_letters(self.index)}{self.place.line}"


@dataclass(slots=True)
class Entry:
    """An indicator or phase being read: values by path ("name", "targets.2026"), with their cells; ``blanks`` are the cells
    left empty under a known header, where a missing value is to be written."""

    values: dict[str, Cell] = field(default_factory=dict)
    blanks: dict[str, Cell] = field(default_factory=dict)

    def text(self, path: str) -> str | None:
        """A value by its path."""
        cell = self.values.get(path)
        return cell.text if cell else None

    def has(self, path: str) -> bool:
        """Whether a value, or any year of a mapping, was read."""
        return path in self.values or any(key.startswith(path + ".") for key in self.values)

    def series(self, path: str) -> dict[str, str]:
        """The values of a mapping ("targets") by year."""
        start = path + "."
        return {key[len(start) :]: cell.text for key, cell in self.values.items() if key.startswith(start)}


@dataclass(slots=True)
class Draft:
    """A card being read. ``places`` are the rows and lines used, ``mapping`` says which labels were read as what, ``context`` is
    what a line above several cards said of them (used where the card does not say it), ``strange`` the values of labels that
    nobody knew, ``inferred`` the labels that the reader understood by itself."""

    fields: dict[str, Cell] = field(default_factory=dict)
    indicators: list[Entry] = field(default_factory=list)
    phases: list[Entry] = field(default_factory=list)
    staff: list[Entry] = field(default_factory=list)
    outcomes: list[Cell] = field(default_factory=list)
    resources: list[tuple[Cell | None, Cell | None]] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    mapping: list[str] = field(default_factory=list)
    context: dict[str, Cell] = field(default_factory=dict)
    strange: list[Cell] = field(default_factory=list)
    inferred: list[tuple[Column, Place]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether it has more than its title and the labels before it."""
        return "title" in self.fields and bool(self.indicators or self.phases or self.outcomes or len(self.fields) > 1)

    @property
    def listing(self) -> bool:
        """Whether it has nothing to measure and nothing to do, as a row of a list of objectives."""
        return not (self.indicators or self.phases or self.outcomes or self.staff or self.resources)

    @property
    def disordered(self) -> bool:
        """Whether figures and sentences stand where labels should, twice as many as the values read, or even one beside a title
        and little else: words in disorder."""
        read = len(self.fields) + sum(_told(entry) for entry in (*self.indicators, *self.phases))
        return sum(no_label(cell.header) for cell in self.strange) >= (2 * read if read > 2 else 1)

    @property
    def worthy(self) -> bool:
        """Whether this is a card and not a line of text: a title, and something to measure, do or weigh."""
        title = self.fields.get("title")
        if title is None or not any(c.isalpha() for c in title.text) or self.disordered:
            return False
        listed = any(_told(entry) for entry in (*self.indicators, *self.phases))
        return listed or bool(self.outcomes) or bool(self.fields.keys() & {"weight", "end", "horizon"})

    def set_field(self, column: Column, cell: Cell, notes: list[tuple[str, Place]]) -> bool:
        """Put a value that belongs to the card itself; False when the column belongs to a list."""
        name = {"card.weight": "weight"}.get(column.field, column.field)
        if name in ("mission", "programme"):
            self._numbered(name, cell)
        elif name in _CARD or name in ("weight", "year"):
            old = self.fields.get(name)
            if old is None:
                self.fields[name] = cell
            elif plain(old.text) != plain(cell.text):
                label = column.header or name
                notes.append((f"«{label}»: oltre a «{_short(old.text)}» c'è «{_short(cell.text)}», non letto", cell.place))
        elif name == "resource.cost" and any(sign.isdigit() for sign in cell.text):
            described = self.resources and self.resources[-1][1] is None
            self.resources.append((self.resources.pop()[0] if described else None, cell))
        elif name in ("resource.description", "resource.cost"):
            self.resources.append((cell, None))
        else:
            return False
        return True

    def _numbered(self, name: str, cell: Cell) -> None:
        """ "04 - Istruzione" is a number and a name."""
        found = re.match(r"\s*(\d{1,2})\s*[-–.:)]?\s*(.*)$", cell.text, re.S)
        if found and found[1]:
            self.fields.setdefault(name, Cell(found[1].zfill(2), cell.place, cell.index, cell.header))
        text = found[2] if found else cell.text
        if text:
            self.fields.setdefault(f"{name}_name", Cell(" ".join(text.split()), cell.place, cell.index, cell.header))

    def card(self, document: Document) -> Card:
        """The card, with the provenance of each field."""
        name = document.name
        for key, cell in self.context.items():
            self.fields.setdefault(key, cell)
        texts = {k: " ".join(c.text.split()) if k in _LINES else c.text for k, c in self.fields.items() if k != "year"}
        provenance = {k: origin(c, name) for k, c in self.fields.items()}
        for label, entries in (("indicators", self.indicators), ("phases", self.phases), ("staff", self.staff)):
            for i, entry in enumerate(entries):
                provenance |= {f"{label}[{i}]": origin(cell, name) for cell in list(entry.values.values())[:1]}
                cells = {**{k: c for k, c in entry.blanks.items() if not entry.has(k)}, **entry.values}
                provenance |= {f"{label}[{i}].{path}": origin(cell, name) for path, cell in cells.items()}
        provenance |= {f"outcomes[{i}]": origin(cell, name) for i, cell in enumerate(self.outcomes)}
        lines = sorted({p.line for p in self.places if p.line is not None})
        return Card(
            kind="objective" if self.fields.get("title") else "indicator",
            year=self._year(document),
            indicators=tuple(_indicator(entry) for entry in self.indicators),
            phases=tuple(_phase(entry, i) for i, entry in enumerate(self.phases, 1)),
            staff=tuple(StaffShare(name=e.text("name"), category=e.text("category"), share=e.text("share")) for e in self.staff),
            outcomes=_outcomes(self.outcomes),
            resources=tuple(Resource(description=d.text if d else None, cost=c.text if c else None) for d, c in self.resources),
            source=Source(
                document=name,
                sha256=document.sha256,
                pages=tuple(sorted({p.page for p in self.places if p.page is not None})),
                lines=(lines[0], lines[-1]) if lines else (),
            ),
            provenance=provenance,
            **texts,
        )

    def _year(self, document: Document) -> int | None:
        own = self.fields.get("year")
        if own and (found := re.search(r"20\d\d", own.text)):
            return int(found[0])
        if document.year is not None:
            return document.year
        years = [int(k) for entry in self.indicators for k in entry.series("targets") if k.isdigit()]
        return min(years) if years else None


def _told(entry: Entry) -> int:
    """How many values of an indicator or phase were read; a figure in place of its name counts for nothing."""
    return sum(path not in ("name", "text") or any(sign.isalpha() for sign in cell.text) for path, cell in entry.values.items())


def origin(cell: Cell, document: str) -> Origin:
    """The origin of a value: page, line, cell of a workbook, the header it stood under."""
    return Origin(from_="document", document=document, page=cell.place.page, line=cell.place.line, cell=cell.name,
                  note=cell.header or None)  # fmt: skip


def _indicator(entry: Entry) -> Indicator:
    kind = plain(entry.text("kind") or "")
    return Indicator(
        code=entry.text("code"),
        name=entry.text("name"),
        kind=next((value for start, value in _KINDS.items() if start in kind), None),
        formula=entry.text("formula"),
        purpose=entry.text("purpose"),
        unit=entry.text("unit"),
        baseline=entry.text("baseline"),
        history=entry.series("history"),
        targets=entry.series("targets"),
        interim=entry.series("interim"),
        actuals=entry.series("actuals"),
        deviation=entry.text("deviation"),
        weight=entry.text("weight"),
        achievement=entry.text("achievement"),
        note=entry.text("note"),
    )


def _phase(entry: Entry, number: int) -> Phase:
    text = entry.text("text") or ""
    found = re.match(r"(?:fase\s+)?(\d{1,2})\s*[.):–-]\s+(.+)", text, re.I | re.S)
    given = entry.text("number") or (found[1] if found else None)
    return Phase(
        number=given,
        text=found[2] if found and not entry.text("number") else text or None,
        weight=entry.text("weight"),
        start=entry.text("start"),
        end=entry.text("end"),
        assigned_to=entry.text("assigned_to"),
        schedule=entry.series("schedule"),
    )


def _outcomes(cells: Sequence[Cell]) -> tuple[Outcome, ...]:
    """A verdict and a degree that stand side by side are one outcome."""
    found = [_outcome(cell) for cell in cells]
    if any(cell.at for cell in cells):
        return tuple(one.model_copy(update={"at": cell.at}) for one, cell in zip(found, cells, strict=True))
    if len(found) == 2 and {(o.label is None, o.percent is None) for o in found} == {(True, False), (False, True)}:
        return (Outcome(label=found[0].label or found[1].label, percent=found[0].percent or found[1].percent),)
    return tuple(found)


def _outcome(cell: Cell) -> Outcome:
    found = re.fullmatch(r"\s*(\d+(?:[.,]\d+)?\s*%?)\s*", cell.text)
    return Outcome(percent=found[1].strip()) if found else Outcome(label=cell.text)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
