"""Walks a document: tables with a header, sheets of labels and values, and how they follow one another make cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards.model import DeclaredTotal, Document, Notice
from ingest.blocks import Block, Blocks, Place, Row
from ingest.dialects.part import Part, Spot, spot
from ingest.generic.draft import Cell, Draft, Entry
from ingest.generic.header import Header, header_at, label_of
from ingest.generic.rows import BodyReader
from ingest.generic.synonyms import Column

_LABELLED = re.compile(r"(?P<label>[^:\n]{2,60}?)\s*:\s*(?P<value>\S.*)$", re.S)
_TITLED = re.compile(
    r"(?:scheda\s+)?obiettivo(?:\s+(?:gestionale|operativo|esecutivo|specifico|di performance))?"
    r"\s*(?:n\.?|nr\.?|n°)?\s*(?P<number>\d{1,3}(?:\.\d{1,3})*|[A-Z]{1,3}\d[\w.]*)?\s*[:.–-]\s*(?P<title>.{4,300})$",
    re.I | re.S,
)


def read_tables(blocks: Blocks, document: Document, overrides: Mapping[str, str] | None = None) -> Part:
    """The cards of tables and sheets that no dialect claimed.

    ``overrides``: plain header -> field ("indicator.target", "" for none), a person's corrections for this layout.
    """
    return _Walk(document, overrides).walk(blocks.blocks)


@dataclass(slots=True)
class _Walk:
    document: Document
    overrides: Mapping[str, str] | None
    finished: list[Draft] = field(default_factory=list)
    open: Draft | None = None
    sheet: Draft | None = None
    last_header: Header | None = None
    last_width: int = 0
    last_titled: Draft | None = None
    totals: list[DeclaredTotal] = field(default_factory=list)
    used: set[Spot] = field(default_factory=set)
    notes: list[tuple[str, Place]] = field(default_factory=list)
    mapping: dict[str, None] = field(default_factory=dict)
    waiting: list[tuple[Column, Cell]] = field(default_factory=list)
    rows: list[Draft] = field(default_factory=list)

    def walk(self, blocks: Sequence[Block]) -> Part:
        """All blocks in order."""
        for block in blocks:
            if block.struck:
                continue
            if block.kind == "table":
                self._table(block)
            else:
                self._text(block)
        self._close()
        cards, kept = [], []
        for draft in self.finished:
            if draft.worthy:
                cards.append(draft.card(self.document))
                kept.append(draft)
            elif draft.indicators and not draft.fields.get("title"):
                cards += [Draft(indicators=[e], places=[c.place for c in e.values.values()]).card(self.document)
                          for e in draft.indicators if e.series("targets") or e.series("actuals")]  # fmt: skip
            elif any(draft is one for one in self.rows) and (title := draft.fields.get("title")):
                said = f"riga con il solo titolo, non letta come scheda: «{title.text[:80]}»"
                self.notes.append((said, title.place))
        for draft in kept:
            self.mapping |= dict.fromkeys(draft.mapping)
            self.used |= {spot(place) for place in draft.places}
        notices = tuple(Notice(message=m, page=p.page, line=p.line) for m, p in self.notes)
        return Part(tuple(cards), tuple(self.totals), (), frozenset(self.used), notices, tuple(self.mapping))

    # -------------------------------------------------------------------------------------------------------------- text

    def _text(self, block: Block) -> None:
        """A line "Etichetta: valore" or "Obiettivo 3 - titolo" outside tables."""
        self.last_header = None if block.kind == "heading" else self.last_header
        found = _TITLED.match(block.text) if len(block.text) <= 360 else None
        if found:
            self._close()
            self.open = Draft(places=[block.place])
            self.open.fields["title"] = Cell(" ".join(found["title"].split()), block.place, 0, "Obiettivo")
            if found["number"]:
                self.open.fields["number"] = Cell(found["number"], block.place, 0, "Obiettivo")
            self.sheet = self.open
            return
        pair = _LABELLED.match(block.text) if len(block.text) <= 1500 else None
        column = label_of(pair["label"], self.overrides) if pair else None
        if pair and column and column.field != "value":
            self._pair(column, Cell(pair["value"].strip(), block.place, 0, pair["label"]))
        elif block.kind == "heading":
            self._close()

    # ------------------------------------------------------------------------------------------------------------ tables

    def _table(self, block: Block) -> None:
        rows = list(block.rows)
        header = self._continued(rows)
        i = 0
        if header:
            i = self._body(rows, 0, header, block)
        while i < len(rows):
            header = header_at(rows, i, self.overrides) if len(rows) > i + 1 else None
            if header and not self._is_form(rows, i, header):
                i = self._body(rows, i + header.height, header, block)
                continue
            i += self._labels(rows, i)

    def _continued(self, rows: Sequence[Row]) -> Header | None:
        """The header of the table before, when this one goes on without a header of its own (a page break)."""
        if self.last_header is None or len(rows[0].cells) != self.last_width or header_at(rows, 0, self.overrides):
            return None
        if self._pairs_in(rows[0]):
            return None
        return self.last_header

    def _is_form(self, rows: Sequence[Row], i: int, header: Header) -> bool:
        """A header row that is rather a line "label, value, label, value" of a sheet."""
        row = rows[i]
        texts = [c for c in row.cells if c]
        return header.height == 1 and len(texts) > len(header.columns) and len(texts) == 2 * len(header.columns)

    def _body(self, rows: Sequence[Row], start: int, header: Header, block: Block) -> int:
        """Read the rows under a header; returns where the next header or label begins."""
        end = start
        while end < len(rows):
            if end > start and (header_at(rows, end, self.overrides) or self._ends_table(rows[end], header)):
                break
            end += 1
        titled = "title" in header.fields
        if titled:
            keep = self.last_titled if header is self.last_header else None
            if header is not self.last_header:
                self._close()
            reader = BodyReader(header, self.document.year)
            reader.draft = keep
            self._give_waiting(reader)
        else:
            reader = BodyReader(header, self.document.year, self.open)
        body = reader.read(rows[start:end])
        self._map(header, rows[max(start - 1, 0)].place)
        if titled and self.open is not None:
            self.finished.append(self.open)
            self.open = None
        self.finished += [d for d in body.drafts if d is not self.open]
        self.rows += body.drafts
        self.totals += body.totals
        self.notes += body.notes
        if titled and not body.drafts and keep is None:
            self.notes.append(("tabella con intestazione di schede ma senza righe leggibili", block.place))
        self.last_titled = reader.draft if titled else None
        self._unknown(header, rows[start:end])
        self.used |= {spot(p) for p in body.used} | {spot(r.place) for r in rows[max(start - header.height, 0) : start]}
        self.last_header, self.last_width = header, len(rows[0].cells)
        if titled and len(body.drafts) == 1 and keep is None:
            self.open = body.drafts[0]
            self.finished.remove(self.open)
        return end

    def _give_waiting(self, reader: BodyReader) -> None:
        """What a sheet said before any objective (unit, manager, year) holds for the cards of the table that follows."""
        for column, cell in self.waiting:
            if not column.field.startswith(("indicator.", "phase.")) and column.field not in ("outcome", "number", "code"):
                holder = Draft()
                holder.set_field(column, cell, [])
                reader.context |= holder.fields
        self.waiting = []

    def _ends_table(self, row: Row, header: Header) -> bool:
        """A line of labels, or of label and value, under a wider table: the table is over."""
        texts = [(j, c) for j, c in enumerate(row.cells) if c]
        if len(texts) >= 2:
            labels = [label_of(text, self.overrides) for _, text in texts]
            if all(label is not None and label.field != "value" for label in labels) or len(self._pairs_in(row)) > 1:
                return True
        if len(header.columns) < 3 or not 1 <= len(texts) <= 2:
            return False
        column = label_of(texts[0][1], self.overrides)
        return column is not None and column.field != "value" and (len(texts) == 2 or texts[0][1].endswith(":"))

    def _map(self, header: Header, place: Place) -> None:
        where = f"{place.sheet}: " if place.sheet else f"pagina {place.page}: " if place.page else ""
        pairs = []
        for _, column in sorted(header.columns.items()):
            shown = " ".join(column.header.split())
            dated = " ".join(x for x in (column.year, {"mid": "1° semestre", "end": "2° semestre"}.get(column.half or "")) if x)
            pairs.append(f"«{shown}» → {column.field}" + (f" {dated}" if dated else ""))
        self.mapping[where + "; ".join(pairs)] = None

    def _unknown(self, header: Header, rows: Sequence[Row]) -> None:
        """Columns with values that nobody knew."""
        for j, name in header.unknown.items():
            filled = [row for row in rows if j < len(row.cells) and row.cells[j]]
            if filled:
                shown = " ".join(name.split())
                self.notes.append((f"colonna «{shown}» non riconosciuta: {len(filled)} celle non lette", filled[0].place))

    # ------------------------------------------------------------------------------------------------ labels and values

    def _labels(self, rows: Sequence[Row], i: int) -> int:
        """Read a row of labels and values, or a row of labels over a row of values; returns how many rows were used."""
        row = rows[i]
        pairs = self._pairs_in(row)
        if pairs:
            for column, cell in pairs:
                self._pair(column, cell)
            return 1
        texts = [(j, c) for j, c in enumerate(row.cells) if c]
        columns = {j: label_of(c, self.overrides) for j, c in texts}
        if i + 1 < len(rows) and texts and all(columns.values()) and (len(texts) > 1 or not self._pairs_in(rows[i + 1])):
            below = rows[i + 1]
            values = {j: c for j, c in enumerate(below.cells) if c}
            if values and not all(label_of(c, self.overrides) for c in values.values()) and values.keys() <= columns.keys():
                for j, text in values.items():
                    if (label := columns[j]) is not None:
                        self._pair(label, Cell(text, below.place, j, dict(texts)[j]))
                return 2
        if len(texts) == 1:
            found = _LABELLED.match(texts[0][1])
            single = label_of(found["label"], self.overrides) if found else None
            if found and single:
                self._pair(single, Cell(found["value"].strip(), row.place, texts[0][0], found["label"]))
        return 1

    def _pairs_in(self, row: Row) -> list[tuple[Column, Cell]]:
        """Label and value side by side, once or more in a row; empty when the row does not read so."""
        texts = [(j, c) for j, c in enumerate(row.cells) if c]
        if len(texts) < 2 or len(texts) % 2:
            return []
        found = []
        for (_, label), (j, value) in zip(texts[::2], texts[1::2], strict=True):
            column = label_of(label, self.overrides)
            if column is None or column.field == "value" or (len(texts) == 2 and value.endswith(":")):
                return []
            found.append((column, Cell(value, row.place, j, label.rstrip(": "))))
        sure = texts[0][1].rstrip().endswith(":") or bool(found and found[0][0].field == "year")
        both = len(found) == 1 and not sure and label_of(texts[1][1], self.overrides) is not None
        return [] if both and found[0][0].field != "title" else found

    def _pair(self, column: Column, cell: Cell) -> None:
        """Put a labelled value on the card of the sheet; a new title opens a new card."""
        if column.field in ("title", "project") and (column.field == "title" or self.open is None):
            if self.open is None or "title" in self.open.fields:
                self._close(keep=True)
                self.open = Draft()
                for waiting, value in self.waiting:
                    self._place(self.open, waiting, value)
                self.waiting = []
            column = Column("title", header=column.header)
        elif self.open is None:
            self.waiting.append((column, cell))
            return
        self._place(self.open, column, cell)

    def _place(self, draft: Draft, column: Column, cell: Cell) -> None:
        draft.places.append(cell.place)
        draft.mapping.append(f"etichetta «{' '.join(cell.header.split())}» → {column.field}")
        if column.field == "weight":
            column = Column("indicator.weight" if draft.indicators else "card.weight", header=column.header)
        if draft.set_field(column, cell, self.notes):
            return
        if column.field == "outcome":
            draft.outcomes.append(cell)
        elif column.field == "phase.text":
            for line in cell.text.split("\n"):
                draft.phases.append(Entry({"text": Cell(re.sub(r"^[-•·]\s*", "", line), cell.place, cell.index, cell.header)}))
        elif column.field.startswith("phase.") and draft.phases:
            draft.phases[-1].values.setdefault(column.field.removeprefix("phase."), cell)
        else:
            self._indicator(draft, column, cell)

    def _indicator(self, draft: Draft, column: Column, cell: Cell) -> None:
        if column.field == "indicator.name" or not draft.indicators:
            draft.indicators.append(Entry())
        reader = BodyReader(Header({0: column}, 1, {}), self.document.year)
        entry = Entry()
        reader._indicator_value(entry, column, cell)
        for key, value in entry.values.items():
            draft.indicators[-1].values.setdefault(key, value)

    def _close(self, keep: bool = False) -> None:
        """The card of a sheet is over."""
        if self.open is not None:
            self.finished.append(self.open)
        self.open = None
        if not keep:
            self.waiting = []
