"""Walks a document: tables with a header, sheets of labels and values, and how they follow one another make cards."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cards.model import DeclaredTotal, Document, Notice
from ingest.blocks import Block, Blocks, Place, Row
from ingest.dialects.part import Part, Spot, spot
from ingest.generic.beside import beside
from ingest.generic.draft import Cell, Draft
from ingest.generic.evidence import kind_of
from ingest.generic.header import Header, header_at, inside_a_sheet, label_of
from ingest.generic.infer import inferred_lines, understood
from ingest.generic.lines import AHEAD, Lines, names_objective
from ingest.generic.pairs import indicators_across, labelled, labels_at, labels_over, pairs_in, sideways, strange_in
from ingest.generic.rows import CONTEXT, BodyReader, renewed, section_fields, section_of
from ingest.generic.settle import settle_weights, told_once
from ingest.generic.sheet import Sheets
from ingest.generic.synonyms import Column, Understood
from ingest.generic.told import Told, marked, told_labels

Overrides = Mapping[str, str]
FURNITURE = 3  # lines between a table and its other half on the next page: footers, headers, a number


def read_tables(
    blocks: Blocks, document: Document, overrides: Overrides | None = None, tables: Mapping[Spot, Overrides] | None = None
) -> Part:
    """The cards of tables and sheets that no dialect claimed.

    ``overrides``: plain header -> field ("indicator.target", "" for none), a person's corrections for every table; ``tables`` for
    the one that begins at a place.
    """
    return _Walk(document, overrides, Sheets(document), tables or {}).walk(blocks.blocks)


@dataclass(slots=True)
class _Walk:
    document: Document
    given: Overrides | None
    sheets: Sheets
    tables: Mapping[Spot, Overrides]
    overrides: Overrides | None = None
    last_header: Header | None = None
    last_width: int = 0
    last_page: int | None = None
    between: int = 0
    ahead: Sequence[Block] = ()
    last_titled: Draft | None = None
    last_reader: BodyReader | None = None
    totals: list[DeclaredTotal] = field(default_factory=list)
    used: set[Spot] = field(default_factory=set)
    mapping: dict[str, None] = field(default_factory=dict)
    rows: list[Draft] = field(default_factory=list)
    told: Told = field(default_factory=Told)
    lines: Lines = field(init=False)

    def __post_init__(self) -> None:
        self.overrides = self.given
        self.lines = Lines(self.sheets, self.given)

    def walk(self, blocks: Sequence[Block]) -> Part:
        """All blocks in order."""
        self.lines.overrides = Understood(inferred_lines(blocks, self.given), self.given) or None
        for k, block in enumerate(blocks):
            if block.struck:
                continue
            if block.kind == "table":
                self.ahead = blocks[k + 1 : k + 1 + AHEAD]
                self._table(block)
            else:
                self.last_header = None if block.kind == "heading" else self.last_header
                self.between += 1
                self.lines.read(block, blocks[k + 1 : k + 1 + AHEAD])
        self.sheets.close()
        settle_weights(self.sheets.weighed)
        cards, kept, notes = [], [], self.sheets.notes
        for draft in told_once(self.sheets.finished):
            if draft.worthy:
                cards.append(draft.card(self.document))
                kept.append(draft)
                notes += [(f"etichetta «{one.header}» non riconosciuta: «{_short(one.text)}» non letto", one.place)
                          for one in draft.strange]  # fmt: skip
            elif draft.disordered and (title := draft.fields.get("title")):
                said = f"attorno a «{title.text[:80]}» ci sono più frasi e cifre che etichette: non è stata letta come scheda"
                notes.append((said, title.place))
            elif draft.indicators and not draft.fields.get("title"):
                named = [e for e in draft.indicators if e.text("name") and (e.series("targets") or e.series("actuals"))]
                cards += [Draft(indicators=[e], places=[c.place for c in e.values.values()]).card(self.document)
                          for e in named]  # fmt: skip
            elif any(draft is one for one in self.rows) and (title := draft.fields.get("title")):
                notes.append((f"riga con il solo titolo, non letta come scheda: «{title.text[:80]}»", title.place))
        read = {spot(place) for draft in kept for place in draft.places}
        self.mapping |= dict.fromkeys(line for draft in kept for line in draft.mapping)
        self.used |= read
        tabled = {spot(row.place) for block in blocks for row in block.rows}
        notes += [*self.told.notes(read), *told_labels([pair for draft in kept for pair in draft.inferred], tabled)]
        notices = tuple(Notice(message=m, page=p.page, line=p.line) for m, p in notes)
        return Part(tuple(cards), tuple(self.totals), (), frozenset(self.used), notices, tuple(self.mapping))

    # ------------------------------------------------------------------------------------------------------------ tables

    def _table(self, block: Block) -> None:
        self.lines.table()
        self.sheets.tabled = True
        rows = list(block.rows)
        given = self.tables.get(spot(block.place), self.given)
        self.overrides = understood(rows, given)
        parts = beside(rows, self.overrides)
        if len(parts) > 1:
            self.overrides = understood(parts[0], given)
        for part in parts:
            if len(parts) > 1:
                self.sheets.close()
            self._rows(part, block)
        self.lines.number = None
        self.sheets.tabled = False

    def _titled_ahead(self) -> bool:
        """Whether the next table, before any heading, is one of objectives: the labels above it tell what they serve."""
        table = next((block for block in self.ahead if block.kind != "paragraph"), None)
        if table is None or table.kind != "table":
            return False
        return self._heads(table.rows, 0, understood(table.rows, self.given))

    def _rows(self, rows: list[Row], block: Block) -> None:
        """The rows of one table, or of one of the sheets that stand side by side in it."""
        if self.sheets.open is not None and (columns := indicators_across(rows, self.overrides)):
            for column, cell in (pair for pairs in columns for pair in pairs):
                if column.field:
                    self.sheets.pair(column, cell, self.lines.heading)
                else:
                    self.sheets.open.strange.append(cell)
            return
        if columns := sideways(rows, self.overrides):
            for pairs in columns:
                self.sheets.close()
                for column, cell in sorted(pairs, key=lambda pair: pair[0].field != "title"):
                    self.sheets.pair(column, cell, self.lines.heading)
            self.sheets.close()
            return
        self._new_sheet(rows)
        fields = {column.field for row in rows for column, _ in pairs_in(row, self.overrides)}
        if fields and not fields - CONTEXT and self._titled_ahead():
            self.sheets.close()
        else:
            self.sheets.stand_in(rows, self.overrides)
        header = self._continued(rows)
        if header is None:
            self.last_header = None
        self.between, self.last_page = 0, rows[-1].place.page
        i = 0
        header_above: Header | None = None
        if header:
            i = self._body(rows, 0, header, block)
        while i < len(rows):
            header = header_at(rows, i, self.overrides) if len(rows) > i + 1 else None
            if header and "title" not in header.fields:
                header_above = header
            if header and not self._is_form(rows, i, header) and not (header.people and self.sheets.open is None):
                i = self._body(rows, i + header.height, header, block)
                continue
            opens = self._objective(rows[i])
            i += self._labels(rows, i)
            if opens and header_above and i < len(rows) and self._goes_on(rows, i, header_above):
                i = self._body(rows, i, header_above, block)

    def _goes_on(self, rows: Sequence[Row], i: int, header: Header) -> bool:
        """Whether row i goes on under the header above the line of an objective: as full, no header, no label of its own."""
        full = sum(bool(rows[i].cells[j]) for j in header.columns if j < len(rows[i].cells)) >= 0.6 * len(header.columns)
        return full and header_at(rows, i, self.overrides) is None and not labels_at(rows, i, self.overrides)[0]

    def _new_sheet(self, rows: Sequence[Row]) -> None:
        """A table that begins with labels and has its title further down is a new sheet from its first label."""
        before, i = 0, 0
        while i < len(rows):
            pairs, height = labels_at(rows, i, self.overrides)
            header = header_at(rows, i, self.overrides)
            if not pairs or header and not self._is_form(rows, i, header):
                return
            if any(column.field == "title" for column, _ in pairs):
                if before:
                    self.sheets.close()
                return
            before += len(pairs)
            i += height

    def _continued(self, rows: Sequence[Row]) -> Header | None:
        """The header of the table before, when this one goes on without a header of its own (a page break)."""
        if self.last_header is None or len(rows[0].cells) != self.last_width or header_at(rows, 0, self.overrides):
            return None
        texts = [cell for cell in rows[0].cells if cell]
        if texts and (names_objective(texts[0]) or _SHEET.match(texts[0]) or len(texts) == 1 and self._heads(rows, 1)):
            return None
        turned = rows[0].place.page is not None and rows[0].place.page != self.last_page
        if self.between > (FURNITURE if turned else 0):
            return None
        if pairs_in(rows[0], self.overrides) or all(label_of(c, self.overrides) for c in rows[0].cells if c):
            return None
        return None if _words_over_figures(rows) else self.last_header

    def _is_form(self, rows: Sequence[Row], i: int, header: Header) -> bool:
        """A header row that is rather a line "label, value, label, value" of a sheet, or labels over one row of values."""
        row = rows[i]
        texts = [c for c in row.cells if c]
        if not any("." in f and not f.startswith("card.") for f in header.fields) and labels_over(rows, i, self.overrides):
            after = rows[i + 2] if i + 2 < len(rows) else None
            labels = after is not None and all(label_of(c, self.overrides) for c in after.cells if c)
            return after is None and i > 0 or labels or after is not None and bool(pairs_in(after, self.overrides))
        return header.height == 1 and len(texts) > len(header.columns) and len(texts) == 2 * len(header.columns)

    def _body(self, rows: Sequence[Row], start: int, header: Header, block: Block) -> int:
        """Read the rows under a header; returns where the next header or label begins."""
        end = start
        while end < len(rows):
            over = end > start and (header_at(rows, end, self.overrides) or self._ends_table(rows[end], header))
            if over or self._objective(rows[end]):
                break
            if end > start + 1 and sum(map(bool, rows[end - 1].cells)) == 1 and _words_over_figures(rows[end : end + 2]):
                end -= 1  # the title of another part, and its header that nobody knows
                break
            end += 1
        sheets = self.sheets
        if sheets.open is not None and "title" in sheets.open.fields and header is not self.last_header:
            header = inside_a_sheet(header)
        titled = "title" in header.fields
        if titled:
            keep = self.last_titled if header is self.last_header else None
            waiting = sheets.waiting if sheets.open is None else []
            if header is not self.last_header:
                sheets.close()
            reader = BodyReader(header, self.document.year, None, rows[start:end])
            reader.draft = keep
            if header is self.last_header and self.last_reader is not None:
                reader.carried = self.last_reader.carried
            reader.context |= sheets.context
            self._give(waiting, reader)
        else:
            reader = BodyReader(header, self.document.year, sheets.open, rows[start:end])
        body = reader.read(rows[start:end])
        self._map(reader.header, rows[max(start - 1, 0)].place)
        self.told.table(reader.header, rows[max(start - header.height, 0)].place, rows[start:end])
        if titled and sheets.open is not None:
            sheets.finished.append(sheets.open)
            sheets.open = None
        sheets.finished += [d for d in body.drafts if d is not sheets.open]
        self.rows += body.drafts
        self.totals += body.totals
        sheets.notes += body.notes
        if titled and not body.drafts and keep is None:
            sheets.notes.append(("tabella con intestazione di schede ma senza righe leggibili", block.place))
        self.last_titled, self.last_reader = (reader.draft, reader) if titled else (None, None)
        self._unknown(header, rows[start:end])
        self.used |= {spot(p) for p in body.used} | {spot(r.place) for r in rows[max(start - header.height, 0) : start]}
        self.last_header, self.last_width = header, len(rows[0].cells)
        if titled and len(body.drafts) == 1 and keep is None:
            sheets.open = body.drafts[0]
            sheets.finished.remove(sheets.open)
        return end

    @staticmethod
    def _give(waiting: Sequence[tuple[Column, Cell]], reader: BodyReader) -> None:
        """What a sheet said before any objective (unit, manager, year) holds for the cards of the table that follows."""
        for column, cell in waiting:
            if not column.field.startswith(("indicator.", "phase.")) and column.field not in ("outcome", "number", "code"):
                holder = Draft()
                holder.set_field(column, cell, [])
                reader.context |= holder.fields

    def _ends_table(self, row: Row, header: Header) -> bool:
        """A line of labels, or of label and value, under a wider table: the table is over."""
        texts = [(j, c) for j, c in enumerate(row.cells) if c]
        if len(texts) >= 2:
            labels = [label_of(text, self.overrides) for _, text in texts]
            pairs = pairs_in(row, self.overrides)
            if all(label is not None and label.field != "value" for label in labels) or 1 < len(pairs) >= len(texts) // 2:
                return True
        if len(header.columns) < 3 or not 1 <= len(texts) <= 2:
            return False
        column = label_of(texts[0][1], self.overrides)
        return column is not None and column.field != "value" and (len(texts) == 2 or texts[0][1].endswith(":"))

    def _objective(self, row: Row) -> bool:
        """The line of an objective across a table, alone or with labelled values beside it."""
        texts = [cell for cell in row.cells if cell]
        return bool(texts) and names_objective(texts[0]) and all(labelled(text, self.overrides) for text in texts[1:])

    def _map(self, header: Header, place: Place) -> None:
        where = f"{place.sheet}: " if place.sheet else f"pagina {place.page}: " if place.page else ""
        pairs = []
        for _, column in sorted(header.columns.items()):
            shown = " ".join(column.header.split())
            dated = " ".join(x for x in (column.year, {"mid": "1° semestre", "end": "2° semestre"}.get(column.half or "")) if x)
            pairs.append(marked(column, f"«{shown}» → {column.field}" + (f" {dated}" if dated else "")))
        self.mapping[where + "; ".join(dict.fromkeys(pairs))] = None

    def _unknown(self, header: Header, rows: Sequence[Row]) -> None:
        """Columns with values that nobody knew."""
        for j, name in header.unknown.items():
            filled = [row for row in rows if j < len(row.cells) and row.cells[j]]
            if filled:
                shown = " ".join(name.split())
                cells = "1 cella non letta" if len(filled) == 1 else f"{len(filled)} celle non lette"
                said = f"colonna «{shown}» non riconosciuta: {cells}"
                self.sheets.notes.append((said, filled[0].place))

    # ------------------------------------------------------------------------------------------------ labels and values

    def _labels(self, rows: Sequence[Row], i: int) -> int:
        """Read a row of labels and values, or a row of labels over a row of values; returns how many rows were used."""
        row = rows[i]
        pairs, height = labels_at(rows, i, self.overrides)
        if pairs:
            for column, cell in pairs:
                self.lines.pair(column, cell)
            if height == 1 and 2 * len(pairs) < len([c for c in row.cells if c]):
                self._strange(row)
            return height
        texts = [(j, c) for j, c in enumerate(row.cells) if c]
        if len(texts) > 1 and self._objective(row):
            self.lines.objective(texts[0][1], row.place)
            for found, j in ((labelled(text, self.overrides), j) for j, text in texts[1:]):
                if found:
                    self.sheets.pair(found[0], Cell(found[2], row.place, j, found[1]), self.lines.heading)
        elif len(texts) == 1 and not self.lines.objective(texts[0][1], row.place):
            found = labelled(texts[0][1], self.overrides)
            field_name = section_of(texts[0][1]) if not found and self._heads(rows, i + 1) else None
            if field_name:
                self.sheets.close()
                given = section_fields(field_name, texts[0][1], row.place, texts[0][0])
                self.sheets.context = renewed(self.sheets.context, given)
            if found:
                self.sheets.pair(found[0], Cell(found[2], row.place, texts[0][0], found[1]), self.lines.heading)
        elif len(texts) == 2:
            self._strange(row)
        return 1

    def _heads(self, rows: Sequence[Row], i: int, overrides: Overrides | None = None) -> bool:
        """Whether a header of objectives begins at row i: a line alone above it tells whose they are."""
        header = header_at(rows, i, overrides or self.overrides) if i < len(rows) else None
        return header is not None and "title" in header.fields

    def _strange(self, row: Row) -> None:
        """Remember the labels nobody knew: they are told if the sheet turns out to be a card."""
        if self.sheets.open is not None and len(row.cells) > 1:
            self.sheets.open.strange += strange_in(row, self.overrides)


_SHEET = re.compile(r"scheda\b", re.I)


def _words_over_figures(rows: Sequence[Row]) -> bool:
    """Whether the first row is all words, and figures stand under one of them: the header of another table."""
    if len(rows) < 2 or any(kind_of(cell) not in ("text", "uom") for cell in rows[0].cells if cell):
        return False
    below = ([kind_of(row.cells[j]) for row in rows[1:] if j < len(row.cells) and row.cells[j]]
             for j, cell in enumerate(rows[0].cells) if cell)  # fmt: skip
    return any(kinds and all(kind in ("quantity", "percent", "date") for kind in kinds) for kinds in below)


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:59] + "…"
