"""Table rows for search: a long row cut at its cells, short rows joined, headings of columns and carried cells as context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.blocks import Place, Row
from ingest.passages_text import clean, cut

GROUP, CONTINUED, PIECE, CARRIED = 260, 420, 650, 160  # characters: short rows join up to, a row joins the one it continues up
# to, a long row is cut beyond, a carried cell is shown up to
JOIN = " | "
_RULE = re.compile(r"^[\s\-–—=_.:|]*$")
_NUMBERLIKE = re.compile(r"^[\d\s.,;:%€/<>=≥≤±+\-()]*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cells of one or more rows: ``text`` their words, ``header`` column words, ``carried`` the cells above that still hold,
    ``pairs`` "column: value" for short cells."""

    text: str
    place: Place
    last: int | None
    header: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    pairs: str = ""
    headings: tuple[str, ...] = ()

    def under(self, headings: tuple[str, ...], lead: tuple[str, ...], opening: Sequence[str], start: Place) -> Piece:
        """The piece under its headings, with what was said before its table and the lines (from ``start`` on) that open it."""
        text, place = ("\n".join([*opening, self.text]), start) if opening else (self.text, self.place)
        return Piece(text, place, self.last, self.header, (*lead, *self.carried), self.pairs, headings)


@dataclass
class _Group:
    rows: list[str] = field(default_factory=list)
    place: Place = Place()
    last: int | None = None
    carried: tuple[str, ...] = ()
    pairs: list[str] = field(default_factory=list)
    named: dict[str, None] = field(default_factory=dict)

    def piece(self) -> Piece:
        pairs = "; ".join(p for p in self.pairs if p)
        return Piece("\n".join(self.rows), self.place, self.last, tuple(self.named), self.carried, pairs)


def looks_like_header(row: Row) -> bool:
    """Short words in at least two cells, no figures: the names of columns."""
    return sum(map(bool, row.cells)) > 1 and _are_names([clean(c) for c in row.cells])


def _are_names(cells: Sequence[str]) -> bool:
    named = [c for c in cells if c]
    if len(named) < 2 or max(map(len, named)) > 70 or any(map(_NUMBERLIKE.match, named)):
        return False
    return sum(any(ch.isdigit() for ch in c) for c in named) * 2 <= len(named) and not any(c.endswith(":") for c in named)


def header_of(rows: Sequence[Row]) -> int:
    """How many of the first rows are column names (0 or 1)."""
    return int(len(rows) > 1 and looks_like_header(rows[0]) and _fits(rows[0], rows[1:]))


def _fits(head: Row, body: Sequence[Row]) -> bool:
    filled = sum(bool(c.strip()) for c in head.cells)
    widths = [sum(bool(c.strip()) for c in row.cells) for row in body]
    longer = any(len(c) > 70 or _NUMBERLIKE.match(c.strip() or "x") for row in body for c in row.cells)
    return filled >= max(2, min(widths, default=0)) and (longer or head.cells != body[0].cells)


def table_pieces(rows: Sequence[Row]) -> Iterator[Piece]:
    """The rows of a table as pieces; every word of every row is in one of them."""
    heads = header_of(rows)
    header = tuple(clean(c) for c in rows[0].cells) if heads else ()
    carried: dict[int, str] = {}
    group = _Group()
    for number, row in enumerate(rows):
        cells = [c and ("" if len(c) > 6 and not c[0].isalnum() and _RULE.match(c) else clean(c)) for c in row.cells]
        if not any(cells):
            continue
        above = _carry(cells, carried) if number >= heads else ()
        if number >= heads and _subheader(row) and looks_like_header(row):
            header = tuple(cells)
        text = JOIN.join(c for c in cells if c)
        continues = bool(above) and number > heads and not cells[0] and len(group.rows) == 1
        most = CONTINUED if continues else GROUP
        apart = row.place.page != group.place.page or (above != group.carried and not continues)
        if group.rows and (apart or len("\n".join(group.rows)) + len(text) > most):
            yield group.piece()
            group = _Group()
        if len(text) > PIECE:
            if group.rows:
                yield group.piece()
                group = _Group()
            yield from _long_row(cells, header, row.place, above)
            continue
        if not group.rows:
            group = _Group(place=row.place, carried=above)
        group.rows.append(text)
        group.last = row.place.line
        if number >= heads:
            group.pairs.append(_pairs(cells, header))
            group.named.update(dict.fromkeys(_unpaired(cells, header)))
    if group.rows:
        yield group.piece()


def _subheader(row: Row) -> bool:
    """A row of column names in capitals in the middle of a table ("Indici di Tempo | ATTESO | RAGGIUNTO")."""
    words = [c for c in row.cells if c.strip()]
    return len(words) >= 2 and sum(c[:12].upper() == c[:12] and c.upper() == c for c in words) * 2 > len(words) - 1


def _carry(cells: list[str], carried: dict[int, str]) -> tuple[str, ...]:
    """Cells of rows above that hold for this one because its first cells are blank; updates ``carried``."""
    first = next((i for i, c in enumerate(cells) if c), 0)
    for index in [i for i in carried if i >= first]:
        del carried[index]
    above = tuple(carried[i] for i in sorted(carried)) if carried else ()
    for index, cell in enumerate(cells):
        if cell and (cell[0].isalpha() or not _NUMBERLIKE.match(cell)):
            carried[index] = cell[:CARRIED]
    return above


def _pairs(cells: Sequence[str], header: Sequence[str]) -> str:
    """"Target atteso 50, Target Consuntivo 0" for short cells under a column name."""
    return ", ".join(
        f"{name} {cell}" for cell, name in zip(cells, header, strict=False) if name and cell and len(cell) <= 30 and cell != name
    )


def _unpaired(cells: Sequence[str], header: Sequence[str]) -> list[str]:
    """Column names of the cells too long for a pair."""
    return [n for cell, n in zip(cells, header, strict=False) if n and cell and len(cell) > 30 and cell != n]


def _long_row(
    cells: Sequence[str], header: Sequence[str], place: Place, above: tuple[str, ...]
) -> Iterator[Piece]:
    """A long row in pieces that follow its cells; each knows the row's first short cells."""
    parts: list[str] = []
    lead = tuple(c[:CARRIED] for c in cells if c and len(c) <= CARRIED and not _NUMBERLIKE.match(c))[:4]
    closed = True
    for cell in (c for c in cells if c):
        chunks = cut(cell, PIECE - 150, PIECE + 100)
        if not closed and len(parts[-1]) + len(chunks[0]) <= PIECE:
            parts[-1] += JOIN + chunks[0]
        else:
            parts.append(chunks[0])
        parts.extend(chunks[1:])
        closed = len(cell) > PIECE // 2
    pairs, named = _pairs(cells, header), tuple(dict.fromkeys(_unpaired(cells, header)))
    for number, part in enumerate(parts):
        context = above + tuple(c for c in lead if c not in part)
        yield Piece(part, place, place.line, named, context, pairs if number == len(parts) - 1 else "")
