"""The rows under a header become cards: one a row, or one for several rows where the objective's cell is empty or repeated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from cards.model import DeclaredTotal
from ingest.blocks import Place, Row
from ingest.generic.draft import NO_YEAR, Cell, Draft, Entry
from ingest.generic.evidence import kind_of
from ingest.generic.header import ORDINAL, Header
from ingest.generic.settle import listed, settle_results, settle_weights, settled_columns, split
from ingest.generic.synonyms import Column, plain, read_header
from ingest.generic.values import PATHS, Values

_SECTION_FIELD = {
    "settore": "unit", "area": "unit", "servizio": "section", "direzione": "directorate",
    "dipartimento": "directorate", "ripartizione": "unit", "centro di responsabilità": "unit", "unità organizzativa": "unit",
    "ufficio": "section", "corpo": "unit", "uoc": "unit", "uos": "unit", "uosd": "unit", "struttura": "unit",
    "linea strategica": "strategic_line",
    "missione": "mission", "programma": "programme", "obiettivo strategico": "strategic_objective",
    "obiettivo operativo": "operational_objective",
}  # fmt: skip
_SECTION = re.compile(rf"({'|'.join(_SECTION_FIELD)})\b[\s:.–-]*(.+)", re.I | re.S)
_SECTION_LENGTH = 110  # characters of a line that names a unit; a longer one is a sentence
_IN_CHARGE = re.compile(
    r"(?P<unit>.+?)\s*[-–—,;(|]\s*"
    r"(?P<label>(?:dirigente|responsabile|direttore|direttrice|referente|resp\.?|e\.? ?q\.?|p\.? ?o\.?)"
    r"(?: (?:responsabile|(?:di|del|della|dell'|d') ?(?:settore|area|servizio|ufficio))?)?)"
    r"\s*[:.]?\s+(?P<name>[^:]{5,60}?)\)?",
    re.I,
)
_TOTAL = re.compile(r"(?:totale|totali|somma|tot)\b", re.I)
CONTEXT = {"unit", "section", "directorate", "responsible", "manager", "politician", "mission", "programme", "strategic_line",
           "strategic_objective", "operational_objective", "year", "entity"}  # fmt: skip
_MONTHS = {
    "phase.quarter": {"q1": range(1, 4), "mid": range(4, 7), "q3": range(7, 10), "end": range(10, 13)},
    "phase.half": {"mid": range(1, 7), "end": range(7, 13)},
}  # the months of a quarter or half-year with a cross
_NOT_OF_THE_CARD = ("outcome", "card.achievement", ORDINAL)


def _banner(text: str) -> tuple[str, tuple[Column, str] | None]:
    """A line that names a unit and, after it, who is in charge of it ("AREA TECNICA – Responsabile: geom. Ugo Bo")."""
    found = _IN_CHARGE.fullmatch(" ".join(text.split()))
    column = read_header(found["label"]) if found and kind_of(found["name"]) == "person" else None
    return (found["unit"], (column, found["name"])) if found and column else (text, None)


def section_of(text: str) -> str | None:
    """The field that a line alone names for the cards below it ("SETTORE II - TECNICO"), or None."""
    text = _banner(text)[0]
    found = _SECTION.fullmatch(text.strip()) if len(text) <= _SECTION_LENGTH else None
    named = found and any(c.isalnum() for c in found[2]) and read_header(text) is None
    return _SECTION_FIELD[" ".join(found[1].lower().split())] if found and named else None


def section_fields(field_name: str, text: str, place: Place, index: int = 0) -> dict[str, Cell]:
    """The fields that such a line gives: its whole text, or number and name of a mission; and who is in charge, if it says it."""
    text, charge = _banner(text)
    found = _SECTION.fullmatch(text.strip())
    holder = Draft()
    if charge:
        holder.set_field(charge[0], Cell(charge[1], place, index, text[:40]), [])
    value = found[2].strip(" :.-–") if found and field_name in ("mission", "programme") else " ".join(text.split())
    holder.set_field(Column(field_name), Cell(value, place, index, text[:40]), [])
    return holder.fields


def renewed(context: Mapping[str, Cell], given: Mapping[str, Cell]) -> dict[str, Cell]:
    """What holds for the cards below, after a line that names their unit: what an older line of the sort said is over."""
    over = {cell.place for name, cell in context.items() if name in given}
    return {name: cell for name, cell in context.items() if cell.place not in over} | dict(given)


@dataclass(slots=True)
class Body:
    """What was read under a header."""

    drafts: list[Draft] = field(default_factory=list)
    loose: Draft | None = None
    totals: list[DeclaredTotal] = field(default_factory=list)
    used: list[Place] = field(default_factory=list)
    notes: list[tuple[str, Place]] = field(default_factory=list)


class BodyReader:
    """Reads rows by one header. ``year`` is the document's, ``open_draft`` the card of rows that name no objective."""

    def __init__(
        self, header: Header, year: int | None, open_draft: Draft | None = None, rows: Sequence[Row] = ()
    ) -> None:
        self.header = header = settled_columns(header, rows, year)
        self.columns = header.columns
        self.titled = "title" in header.fields
        self.year = year
        self.body = Body()
        self.draft = open_draft if not self.titled else None
        self.context: dict[str, Cell] = {}
        self.carried: dict[int, Cell] = {}
        self.row_weights: list[tuple[Draft, Entry, Cell]] = []
        fields = {c.field: c for c in self.columns.values()}
        self.has_indicator = "indicator.name" in fields
        self.moments = {c.half for c in self.columns.values() if c.field == "outcome"}
        self.graded = "indicator.achievement" in fields  # a degree of its own: a verdict beside it is the objective's
        self.measures = self.has_indicator or bool(fields.keys() & {"indicator.target", "indicator.actual", "indicator.value"})
        self.values = Values(tuple(self.columns.values()), year, self.body.notes)

    def read(self, rows: Sequence[Row]) -> Body:
        """All rows in order."""
        for row in rows:
            cells = dict(self._cells(row))
            if not cells:
                continue
            if self._is_total(row):
                self._total(row, cells)
            elif len([c for c in row.cells if c]) == 1 and self._section(row):
                self.draft = None if self.titled else self.draft
            elif self._group_line(row):
                self.draft = None
                self.body.notes.append((f"riga di gruppo, non letta: «{next(c for c in row.cells if c)[:100]}»", row.place))
                continue
            elif not self._take(row, cells):
                text = " | ".join(c for c in row.cells if c)
                self.body.notes.append((f"riga non collocata: «{text[:100]}»", row.place))
                continue
            self.body.used.append(row.place)
        if not self.titled and self.draft is None and self.body.loose:
            self.body.drafts.append(self.body.loose)
        if self.header.whose_weight:
            settle_weights(self.body.drafts)
            self._weights_of_rows()
        if self.titled and self.has_indicator:
            settle_results(self.body.drafts)
        return self.body

    def _weights_of_rows(self) -> None:
        """A "Peso" left of the indicators that changes from row to row of one objective weighs its indicators."""
        rows = [(draft, entry, cell) for draft, entry, cell in self.row_weights if entry in draft.indicators]
        told: dict[int, set[str]] = {}
        for draft, _, cell in rows:
            told.setdefault(id(draft), set()).add(plain(cell.text))
        if len(rows) < len(self.row_weights) or all(len(texts) < 2 for texts in told.values()):
            return
        for draft, entry, cell in rows:
            draft.fields.pop("weight", None)
            entry.values.setdefault("weight", cell)
        for j in {cell.index for _, _, cell in rows}:
            self.columns[j] = replace(self.columns[j], field="indicator.weight")
        taken = {(cell.place, f"«{cell.header}»: oltre a") for _, _, cell in rows}
        self.body.notes = [note for note in self.body.notes if (note[1], note[0].split(" «")[0]) not in taken]

    def _cells(self, row: Row) -> Iterator[tuple[int, Cell]]:
        for j, text in enumerate(row.cells):
            if text and j not in row.struck:
                yield j, Cell(text, row.place, j, self.columns[j].header if j in self.columns else "")

    def _take(self, row: Row, cells: dict[int, Cell]) -> bool:
        by_field: dict[str, list[tuple[Column, Cell]]] = {}
        for j, cell in cells.items():
            if j in self.columns:
                by_field.setdefault(self.columns[j].field, []).append((self.columns[j], cell))
        if not by_field:
            return False
        draft = self._draft_for(by_field)
        if draft is None:
            return False
        draft.places.append(row.place)
        continues = draft.places[0] is not row.place
        self._carry(draft, row, cells, new=not continues)
        for field_name, found in by_field.items():
            for column, cell in found:
                if field_name in ("indicator.note", "outcome") and not self.measures:
                    draft.outcomes += [cell] if field_name == "outcome" and len(self.moments) < 2 else []
                elif not field_name.startswith(("indicator.", "phase.", "staff.")) and field_name not in _NOT_OF_THE_CARD:
                    self._card_value(draft, column, cell, continues)
        self._entries(draft, by_field, row)
        return True

    def _carry(self, draft: Draft, row: Row, cells: dict[int, Cell], new: bool) -> None:
        """What stands once for several objectives: a cell merged over their rows, or blank below itself on the title's left."""
        title = next((j for j, c in self.columns.items() if c.field == "title"), 0)
        for j, column in sorted(self.columns.items()):
            if column.field not in CONTEXT:
                continue
            if j in cells:
                if j < title and self.carried.get(j) != cells[j]:  # a new sector: what stood under the old one is over
                    self.carried = {k: cell for k, cell in self.carried.items() if k <= j or k > title}
                self.carried[j] = cells[j]
            elif new and j in self.carried and (j in row.above or j < title and j not in row.merged):
                holder = Draft()
                holder.set_field(column, self.carried[j], [])
                draft.context |= holder.fields

    def _card_value(self, draft: Draft, column: Column, cell: Cell, continues: bool) -> None:
        """A card's own field in a later row of the group: repeated is fine, a new deadline or weight goes to the indicator."""
        name = {"card.weight": "weight"}.get(column.field, column.field)
        old = draft.fields.get(name)
        if continues and old is not None and plain(old.text) == plain(cell.text):
            return
        if continues and old is None and name == "title":
            return
        draft.set_field(column, cell, self.body.notes)

    def _draft_for(self, by_field: dict[str, list[tuple[Column, Cell]]]) -> Draft | None:
        """The card of a row: a new one when the row names another objective than the one above."""
        if not self.titled:
            if self.draft is not None:
                return self.draft
            if self.body.loose is None:
                self.body.loose = Draft()
            return self.body.loose
        title = by_field.get("title")
        if title is None:
            return self.draft if by_field.keys() - {"indicator.note"} else None
        text = title[0][1].text
        if self.draft is not None and plain(self.draft.fields["title"].text) == plain(text) and self._same_key(by_field):
            return self.draft
        self.draft = Draft(context=dict(self.context))
        self.draft.fields["title"] = title[0][1]
        self.body.drafts.append(self.draft)
        return self.draft

    def _same_key(self, by_field: dict[str, list[tuple[Column, Cell]]]) -> bool:
        for name in ("code", "number", "unit", "responsible"):
            here, there = by_field.get(name), self.draft.fields.get(name) if self.draft else None
            if here and there and plain(here[0][1].text) != plain(there.text):
                return False
        return True

    # ------------------------------------------------------------------------------------------- indicators and phases

    def _entries(self, draft: Draft, by_field: dict[str, list[tuple[Column, Cell]]], row: Row) -> None:
        person: dict[str, Cell] = {}
        indicator, phase = Entry(blanks=self._blanks(row, "indicator.")), Entry(blanks=self._blanks(row, "phase."))
        for name, found in by_field.items():
            for column, cell in found:
                if column.month:
                    phase.values[f"schedule.{column.year or self.values.year_of_all or NO_YEAR}-{column.month:02d}"] = cell
                elif name in _MONTHS:
                    year = column.year or self.values.year_of_all or NO_YEAR
                    phase.values |= {f"schedule.{year}-{month:02d}": cell for month in _MONTHS[name].get(column.half or "", ())}
                elif name.startswith("phase."):
                    phase.values[name.removeprefix("phase.")] = cell
                elif name.startswith("staff."):
                    person[name.removeprefix("staff.")] = cell
                elif name == "card.achievement":
                    draft.outcomes += [cell] if plain(cell.text) not in {plain(one.text) for one in draft.outcomes} else []
                elif name == "outcome" and len(self.moments) > 1:
                    draft.outcomes.append(replace(cell, at=self.values.moment(column)))
                elif name == "outcome" and self.measures:
                    indicator.values["achievement" if self.has_indicator and not self.graded else "outcome"] = cell
                elif name.startswith("indicator.") and not column.group:
                    self.values.put(indicator, column, cell)
        if self.header.whose_weight and "card.weight" in by_field and indicator.values:
            self.row_weights.append((draft, indicator, by_field["card.weight"][0][1]))
        grouped = {n: Entry() for n in sorted({c.group for c in self.columns.values() if c.group})}
        for found in by_field.values():
            for column, cell in found:
                if column.group:
                    self.values.put(grouped[column.group], column, cell)
        outcome = indicator.values.pop("outcome", None)
        if outcome:
            draft.outcomes.append(outcome)
        if "name" in person:
            draft.staff.append(Entry(person))
        if "text" in phase.values:
            draft.phases += listed(phase)
        elif phase.values and draft.phases:
            draft.phases[-1].values |= {k: v for k, v in phase.values.items() if k not in draft.phases[-1].values}
        self._add_indicator(draft, indicator)
        for entry in grouped.values():
            if "name" in entry.values:
                self._add_indicator(draft, entry)

    def _blanks(self, row: Row, owner: str) -> dict[str, Cell]:
        """The empty cells of a row under headers of indicators or phases."""
        blanks: dict[str, Cell] = {}
        for j, column in self.columns.items():
            if column.field.startswith(owner) and j < len(row.cells) and not row.cells[j] and j not in row.merged:
                name = column.field.removeprefix(owner)
                blanks.setdefault(PATHS.get(name, name), Cell("", row.place, j, column.header))
        return blanks

    def _add_indicator(self, draft: Draft, entry: Entry) -> None:
        if not entry.values:
            return
        named = "name" in entry.values
        measured = any("." in key for key in entry.values) or entry.values.keys() & {"formula", "baseline"}
        if named or (measured and not self.has_indicator):
            draft.indicators += split(entry, draft)
        elif draft.indicators:
            self._complete(draft.indicators[-1], entry)
        elif measured:
            draft.indicators.append(entry)
        elif "weight" in entry.values and "weight" not in draft.fields and not self.has_indicator:
            draft.fields["weight"] = entry.values["weight"]

    @staticmethod
    def _complete(last: Entry, more: Entry) -> None:
        """A row without an indicator's name goes on with the one above."""
        for key, cell in more.values.items():
            last.values.setdefault(key, cell)

    # ------------------------------------------------------------------------------------------------ rows between the cards

    def _section(self, row: Row) -> bool:
        """A line over the whole table that names the unit or the strategic line of the cards that follow."""
        j, text = next((j, c) for j, c in enumerate(row.cells) if c)
        field_name = section_of(text)
        if not self.titled or field_name is None:
            return False
        self.context = renewed(self.context, section_fields(field_name, text, row.place, j))
        return True

    def _group_line(self, row: Row) -> bool:
        """A cell merged over the whole table, or a note under it, that names no field of the cards."""
        if not self.titled or len([c for c in row.cells if c]) != 1 or not row.cells[0]:
            return False
        across = len(row.merged - row.above) >= max(2, len(row.cells) - 1)
        first = self.columns.get(0)
        return across or first is not None and first.field in ("number", "code", ORDINAL) and len(row.cells[0].split()) > 2

    @staticmethod
    def _is_total(row: Row) -> bool:
        first = next((c for c in row.cells if c), "")
        return bool(_TOTAL.match(first)) and len(first) < 60

    def _total(self, row: Row, cells: dict[int, Cell]) -> None:
        name = next((c.text for f, c in self.context.items() if f == "unit"), next(c for c in row.cells if c))
        for j, cell in cells.items():
            column = self.columns.get(j)
            if column is not None and column.field.endswith("weight") and any(c.isdigit() for c in cell.text):
                page, line = row.place.page, row.place.line
                total = DeclaredTotal(kind="unit", name=name, value=cell.text, measure="weight", page=page, line=line)
                self.body.totals.append(total)
