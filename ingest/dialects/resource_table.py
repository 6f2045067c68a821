"""Resource tables by strategic line, objective, mission and programme, with the amounts of two years and totals.

Recognised by the columns line / mission / programme and at least one amount column with a year. A row is read by what its cells
are (numbers, names, amounts), not by where they stand, so shifted rows are read too; what gives no amount is a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cards.model import Card, DeclaredTotal, Document, Notice, Origin, Resource, Source
from ingest.blocks import Blocks, Place
from ingest.dialects._letters import key
from ingest.dialects._unit_stream import Entry, lines_of, origin, pages_of, stream, tables_of, undouble
from ingest.dialects.part import Part, Spot, spot

NAME = "tabelle di risorse per missione e programma"

_HEADING = 120  # characters of the heading of a column, at most
_AMOUNT = re.compile(r"-?\d{1,3}(?:\.\d{3})*,\d{2}")
_NUMBER = re.compile(r"\d{1,3}(?:\s*,\s*\d{1,3})*")
_LINE = re.compile(r"(\d{1,3})\.\s+(\S.*)")
_TOTAL = re.compile(r"(?:(\d{1,3})\s+)?totale(?:\s+complessivo|\s+generale)?", re.I)


@dataclass
class _Table:
    caption: Entry | None
    years: list[str]
    place: Place
    line: str | None = None
    path: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[str], Place]] = field(default_factory=list)
    totals: list[tuple[str, list[str], Place]] = field(default_factory=list)


def matches(blocks: Blocks) -> float:
    """1 where such a header stands, else 0."""
    return 1.0 if any(entry.is_row and amount_years(entry.cells) for entry in stream(blocks)) else 0.0


def amount_years(cells: Sequence[str]) -> list[str]:
    """The years of the amount columns of a header, [] when it is not one.

    >>> amount_years(("Indirizzo strategico", "Missione", "Programma", "Consuntivo 2021", "Consuntivo 2020"))
    ['2021', '2020']
    """
    if not {"missione", "programma"} <= {key(cell) for cell in cells if len(cell) <= _HEADING}:
        return []
    names = [key(cell) for cell in undouble(cells)]
    return [year[0] for cell, name in zip(cells, names, strict=True) if (year := re.search(r"20\d\d", cell)) and len(name) < 30]


def read(blocks: Blocks, document: Document) -> Part:
    """One ``resource_table`` card per table and year column, and its totals as declared."""
    entries = stream(blocks)
    warnings: list[Notice] = []
    used: set[Spot] = set()
    tables = _tables(entries, used, warnings)
    cards = tuple(_card(table, n, document) for table in tables for n in range(len(table.years)))
    declared = tuple(one for table in tables for one in _declared(table))
    return Part(cards, declared, (), frozenset(used), tuple(warnings), ("tabelle di risorse: missione, programma, importi",))


def _declared(table: _Table) -> Iterator[DeclaredTotal]:
    """The total rows, one per year; the name is the label with the year ("1 Totale 2021"), the text the label as printed."""
    for label, values, at in table.totals:
        for year, value in zip(table.years, values, strict=False):
            yield DeclaredTotal(
                kind="resources", name=f"{label} {year}", value=value, measure="amount", page=at.page, line=at.line, text=label,
            )  # fmt: skip


def _tables(entries: Sequence[Entry], used: set[Spot], warnings: list[Notice]) -> list[_Table]:
    position = {id(entry): i for i, entry in enumerate(entries)}
    tables: list[_Table] = []
    for rows in tables_of(entries):
        open_table: _Table | None = None
        at = position[id(rows[0])]
        above = entries[at - 1] if at and not entries[at - 1].is_row else None
        for row in rows:
            years = amount_years(row.cells)
            if years and tables and above is None and tables[-1].years == years:
                open_table = tables[-1]
            elif years:
                captioned = above is not None and key(above.text).startswith("tabella")
                goes_on = bool(tables) and not captioned and tables[-1].years == years
                open_table = tables[-1] if goes_on else _Table(above, years, row.place)
                if not goes_on:
                    tables.append(open_table)
            elif open_table:
                _take(open_table, row, warnings)
            else:
                continue
            used.add(spot(row.place))
    return tables


def _take(table: _Table, row: Entry, warnings: list[Notice]) -> None:
    cells = [cell for cell in row.cells if cell]
    amounts = [cell for cell in cells if _AMOUNT.fullmatch(cell)]
    others = [cell for cell in cells if not _AMOUNT.fullmatch(cell)]
    total = next((cell for cell in others if _TOTAL.fullmatch(cell)), None)
    if not amounts:
        warnings.append(
            Notice(message=f"riga di risorse senza importo, non letta: «{row.joined[:80]}»", page=row.place.page,
                   line=row.place.line)  # fmt: skip
        )
    elif total:
        table.totals.append((total, amounts, row.place))
    else:
        table.rows.append((_described(table, others), amounts, row.place))


def _described(table: _Table, cells: Sequence[str]) -> str:
    """The row's path: line, then number and name of objective, mission, programme, carried down where the row leaves them out."""
    pairs: list[str] = []
    for cell in cells:
        line = _LINE.fullmatch(cell)
        if line and not pairs:
            table.line, table.path = cell, []
        elif _NUMBER.fullmatch(cell):
            pairs.append(cell)
        elif pairs and _NUMBER.fullmatch(pairs[-1]):
            pairs[-1] = f"{pairs[-1]} - {cell}"
        else:
            pairs.append(cell)
    keep = max(0, 3 - len(pairs)) if len(table.path) >= 3 or len(pairs) >= 3 else len(table.path)
    table.path = (table.path[:keep] + pairs) if len(pairs) < 3 else pairs
    return " > ".join([*([table.line] if table.line else []), *table.path])


def _card(table: _Table, column: int, document: Document) -> Card:
    rows = [(text, values[column], place) for text, values, place in table.rows if column < len(values)]
    provenance: dict[str, Origin] = {f"resources[{i}]": origin(place, document.name) for i, (_, _, place) in enumerate(rows)}
    places = [table.place, *(place for _, _, place in rows), *(place for _, _, place in table.totals)]
    title = table.caption.text if table.caption else "Risorse per missione e programma"
    return Card(
        kind="resource_table", entity=document.entity, year=int(table.years[column]), document_type=document.document_type,
        title=f"{title} – {table.years[column]}", provenance=provenance,
        resources=tuple(Resource(description=text, cost=value) for text, value, _ in rows),
        source=Source(document=document.name, sha256=document.sha256, pages=pages_of(places), lines=lines_of(places)),
    )  # fmt: skip
