"""One wide table of objectives and indicators, cut into a table per page under strategic-line headings.

A row holds responsible, unit, objective, definition, then an indicator: formula, purpose, expected and actual value, deviation,
note, weight and achievement. Responsible, unit and objective stand only in the first row of their group. Before the tables of a
strategic line a heading names it and a percentage declares how far it was reached.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cards.model import DeclaredTotal, Document
from ingest.blocks import Blocks
from ingest.dialects._sheet_lines import Line, Trace, lines_of
from ingest.dialects._sheet_text import first_year, letters
from ingest.dialects._wide_align import aligned
from ingest.dialects._wide_cards import Drafts
from ingest.dialects._wide_columns import Columns, columns_of
from ingest.dialects.part import Part

NAME = "tabella unica di obiettivi e indicatori"

_LINE = re.compile(r"(?:linea|linee|area|ambito|asse|obiettivo)strategic[aoeh]+.+")
_DECLARED = re.compile(r"(?:di)?raggiungimento(?:degli)?obiettivi.*")
_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%")
_YEAR_WORDS = re.compile(r"(?:performance|anno|obiettivi|esercizio)\D{0,25}20\d\d", re.I)


def matches(blocks: Blocks) -> float:
    """1 if a table of the document has the header of the wide table."""
    rows = (row for block in blocks.blocks if block.kind == "table" for row in block.rows)
    return 1.0 if any(columns_of(row.cells) for row in rows) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """The cards of every wide table and the percentage declared for each strategic line."""
    return _Reader(document, lines_of(blocks)).run()


class _Reader:
    def __init__(self, document: Document, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.trace = Trace(document.name)
        self.year = document.year or next((y for y in map(_year_said, lines) if y), None)
        self.drafts = Drafts(self.trace, document, self.year)
        self.declared: list[DeclaredTotal] = []
        self.columns = self._headless()
        self.mapping: list[str] = []
        self.table: int | None = None
        self.total_line: Line | None = None

    def _headless(self) -> Columns | None:
        """The columns of a part that begins inside the table: those of its first header, for the rows before it as wide."""
        rows = [line for line in self.lines if line.table is not None]
        at, columns = next(((i, found) for i, row in enumerate(rows) if (found := columns_of(row.cells))), (0, None))
        before = rows[:at]
        alike = [row for row in before if columns and len(row.cells) == len(columns.fields)]
        return columns if alike and len(alike) == len(before) else None

    def run(self) -> Part:
        for line in self.lines:
            if line.table is None:
                self._paragraph(line)
            else:
                self._row(line)
        return Part(
            self.drafts.cards(),
            tuple(self.declared),
            used=frozenset(self.trace.used),
            warnings=tuple(self.trace.warnings),
            mapping=tuple(self.mapping),
        )

    def _paragraph(self, line: Line) -> None:
        key = letters(line.first)
        if _LINE.fullmatch(key) and len(line.first) <= 160:
            self.drafts.open_line(line)
            self.total_line = None
            self.trace.used.add((line.place.page, line.place.line))
        elif _DECLARED.fullmatch(key):
            self.total_line = line
            self._declare(line)
        elif self.total_line is not None:
            self._declare(line)

    def _declare(self, line: Line) -> None:
        found = _PERCENT.search(line.first)
        if not found or not self.drafts.line_name or self.total_line is None:
            return
        self.declared.append(
            DeclaredTotal(
                kind="strategic_line", name=self.drafts.line_name, value=found[0], page=line.place.page, line=line.place.line,
                text=f"{self.total_line.first} {found[0]}" if line is not self.total_line else line.first,
            )
        )  # fmt: skip
        self.trace.used.update((x.place.page, x.place.line) for x in (line, self.total_line))
        self.total_line = None

    def _row(self, line: Line) -> None:
        heading = self._heading(line)
        if heading is not None:
            self._paragraph(heading)
            return
        columns = columns_of(line.cells)
        if columns:
            self.columns, self.table = columns, line.table
            self.trace.used.add((line.place.page, line.place.line))
            self._describe(line, columns)
            return
        if self.columns is None or not self._belongs(line):
            return
        self.table = line.table
        fields, left = aligned(line.cells, self.columns)
        for cell in left:
            self.trace.warn(f"Tabella degli obiettivi: la cella «{cell[:60]}» non corrisponde a nessuna colonna.", line.place)
        self.drafts.add(fields, line)

    def _heading(self, line: Line) -> Line | None:
        """A row of one to three cells that says what a heading or a declared share says, as a paragraph."""
        if len(line.filled) > 3:
            return None
        text = " ".join(cell for _, cell in line.filled)
        key = letters(text)
        known = _LINE.fullmatch(key) and len(line.filled) == 1 or _DECLARED.fullmatch(key)
        share = self.total_line is not None and _PERCENT.fullmatch(text)
        return replace(line, cells=(text,), table=None) if known or share else None

    def _belongs(self, line: Line) -> bool:
        """A row of the same table, or of a table without header that goes on on the next page."""
        width = len(self.columns.fields) if self.columns else 0
        return line.table == self.table or abs(len(line.cells) - width) <= 2

    def _describe(self, line: Line, columns: Columns) -> None:
        text = ", ".join(f"«{cell}»" for cell, field in zip(line.cells, columns.fields, strict=False) if field)
        said = f"Tabella unica: colonne {text}."
        if said not in self.mapping:
            self.mapping.append(said)


def _year_said(line: Line) -> int | None:
    found = _YEAR_WORDS.search(line.first) if line.table is None else None
    return first_year(found[0]) if found else None

