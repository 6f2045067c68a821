"""The layouts of a document as a person corrects them: each table's headers, what each was taken for, and an example.

A table that a dialect reads can be corrected too: from then on the generic reader reads it, by its columns (``reader`` says who
reads it now).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from ingest.blocks import Block, Blocks, Row
from ingest.corrections import HEADER_ROWS, Corrections, bare, fingerprint, labels_fingerprint, overrides_for
from ingest.dialects.part import Spot, spot
from ingest.generic.header import Header, column_names, header_at, label_of
from ingest.generic.infer import understood

MOST = 40  # layouts of one document: beyond, nobody corrects them by hand
MOST_COLUMNS = 30
MOST_MARKS = 800  # fingerprints by which a document can be found
HEADS = 3  # rows of a table that may be its header, as far as finding it goes
_FIGURE = re.compile(r"(?!20\d\d$)[\d.,/%€≤≥<>=\s-]+")
_EXAMPLE = 80


@dataclass(frozen=True, slots=True)
class Heading:
    """A header (or label): its words, the field it was taken for ("" for none), a value that stands under it; ``inferred`` that
    the field was understood from the values and the other headers, not from a known word."""

    text: str
    field: str
    example: str
    inferred: bool = False

    @property
    def key(self) -> str:
        """The header as corrections know it."""
        return bare(self.text)


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout of a document: ``tables`` of this form, the first at page and line; ``read`` whether something came of it.

    ``reader`` is the known form that read it ("" for the generic reader), ``corrected`` whether a person's correction holds."""

    fingerprint: str
    shape: Literal["columns", "labels"]
    headings: tuple[Heading, ...]
    tables: int
    rows: int
    page: int | None
    line: int | None
    sheet: str | None
    read: bool
    reader: str = ""
    corrected: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Layout:
        """Back from plain data."""
        return cls(**{**data, "headings": tuple(Heading(**heading) for heading in data["headings"])})


def layouts_of(blocks: Blocks, used: Mapping[Spot, str], corrections: Corrections | None = None) -> list[Layout]:
    """The layouts of the tables of tidied blocks; ``used`` says who read each row ("" the generic reader).

    At most ``MOST``: when they are more, those of a known form are left out first."""
    overrides = overrides_for(blocks, corrections)
    found: dict[str, Layout] = {}
    for block in blocks.blocks:
        if block.kind != "table":
            continue
        readers = [used[spot(row.place)] for row in block.rows if spot(row.place) in used]
        reader = next((name for name in readers if name), "")
        given = overrides.get(spot(block.place))
        for one in _of_table(block, given if reader else understood(block.rows, given), bool(readers)):
            mine = replace(one, reader=reader, corrected=one.fingerprint in (corrections or {}))
            before = found.get(one.fingerprint)
            found[one.fingerprint] = mine if before is None else _added(before, mine)
    layouts = list(found.values())
    if len(layouts) > MOST:
        kept = sorted(layouts, key=lambda one: bool(one.reader))[:MOST]
        layouts = [one for one in layouts if one in kept]
    return layouts


def layout_marks(blocks: Blocks) -> tuple[str, ...]:
    """Fingerprints by which a document is found when a layout of its tables is corrected.

    They are those of the rows that may be a header (the first few with words in every cell) and of the columns of labels."""
    marks = (mark for block in blocks.blocks if block.kind == "table" for mark in _marks_of(block))
    return tuple(dict.fromkeys(marks))[:MOST_MARKS]


def _marks_of(block: Block) -> Iterator[str]:
    rows = [row for row in block.rows[:HEADER_ROWS] if sum(map(bool, row.cells)) > 1]
    if len(block.rows) > 1 and max(sum(map(bool, row.cells)) for row in block.rows) <= 2:
        yield labels_fingerprint(block)
    heads = (row for row in rows if not any(_FIGURE.fullmatch(cell) for cell in row.cells if cell))
    for row in list(heads)[:HEADS]:
        yield fingerprint(row.cells)


def _added(before: Layout, one: Layout) -> Layout:
    data = before.to_json() | {"tables": before.tables + 1, "rows": before.rows + one.rows, "read": before.read or one.read}
    return Layout.from_json(data)


def _of_table(block: Block, overrides: Mapping[str, str] | None, read: bool) -> Iterator[Layout]:
    rows = block.rows
    for i in range(min(len(rows) - 1, HEADER_ROWS)):
        if header := header_at(rows, i, overrides):
            yield _columns(rows, i, header, read)
            return
    if len(rows) > 1 and max(sum(map(bool, row.cells)) for row in rows) <= 2:
        yield _labels(block, overrides, read)
        return
    first = next((i for i, row in enumerate(rows[:HEADER_ROWS]) if sum(map(bool, row.cells)) > 1), None)
    if first is not None and len(rows) > first + 1:
        yield _columns(rows, first, None, read)


def _columns(rows: Sequence[Row], i: int, header: Header | None, read: bool) -> Layout:
    height = header.height if header else 1
    names = column_names(rows[i : i + height])
    known = header.columns if header else {}
    headings = tuple(
        Heading(" ".join(text), known[j].field if j in known else "", _example(rows[i + height :], j),
                j in known and known[j].inferred)
        for j, text in sorted(names.items())[:MOST_COLUMNS]
    )
    at = rows[i].place
    return Layout(
        fingerprint(rows[i].cells), "columns", headings, 1, len(rows) - i - height, at.page, at.line, at.sheet, read
    )


def _labels(block: Block, overrides: Mapping[str, str] | None, read: bool) -> Layout:
    headings = []
    for row in block.rows[:MOST_COLUMNS]:
        label = re.sub(r"[:\s]+$", "", row.cells[0])
        if label:
            column = label_of(label, overrides)
            example = _short(next((c for c in row.cells[1:] if c), ""))
            headings.append(Heading(label, column.field if column else "", example, column is not None and column.inferred))
    at = block.rows[0].place
    return Layout(
        labels_fingerprint(block), "labels", tuple(headings), 1, len(block.rows), at.page, at.line, at.sheet, read
    )


def _example(rows: Sequence[Row], j: int) -> str:
    return _short(next((row.cells[j] for row in rows if j < len(row.cells) and row.cells[j]), ""))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _EXAMPLE else text[: _EXAMPLE - 1] + "…"
