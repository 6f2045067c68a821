"""Unit tables: the objectives of a sector with priority, weight, duration, outcomes at the interim check and at the end, and a
weighted total; beside them a text that says how far the unit got.

Recognised by the columns objective / priority / weight / duration / outcome. A table continued under a repeated header, or on the
next page without one, is one card. Marks stay with the weight ("*": paid otherwise) so that scoring can leave the row out.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cards.model import Card, DeclaredTotal, Document, Item, Notice, Origin, Outcome, Source, Totals
from cards.quantities import read_number
from ingest.blocks import Blocks, Place
from ingest.dialects._letters import key
from ingest.dialects._unit_dates import checkpoint_dates, date_in
from ingest.dialects._unit_heads import Head, head_above
from ingest.dialects._unit_stream import CODES, PERCENT, Entry, follows, lines_of, origin, pages_of, rejoin, stream, undouble
from ingest.dialects.part import Part, Spot, spot

NAME = "tabelle di settore con pesi ed esiti"

_NARRATIVE = re.compile(r"raggiunt[oiae]\b[^.;]{0,30}?\b(\d{1,3}(?:[.,]\d+)?\s*%?)", re.I)
_WEIGHT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%\s*\*?|=+\*?")
_OTHERS = 2  # columns with a heading that says nothing here: more of them, and the row is no header
_TOTAL = re.compile(r"\D{0,12}\d[\d.,\s]*%?[\s*]*")
_MOST = 200  # that a total of weights or results may be, with its errors
_MARKS = re.compile(r"[\s*^{}]*\*[\s*^{}]*$")
_FINAL, _INTERIM = (
    ("consuntivo", "finale", "3112", "fineanno"),
    ("monitoraggio", "intermedi", "infrannual", "semestr", "3006", "3009"),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands; an outcome takes its column and the unnamed ones after it."""

    title: int
    priority: int | None
    weight: int
    horizon: int | None
    interim: range | None
    final: range | None
    interim_at: str | None
    final_at: str | None
    named: str


@dataclass
class _Table:
    columns: Columns
    rows: list[tuple[Entry, Columns]] = field(default_factory=list)
    total: tuple[Entry, Columns] | None = None
    heads: list[Place] = field(default_factory=list)
    start: int = 0
    last: int = 0


def matches(blocks: Blocks) -> float:
    """1 where a header with objective, weight and outcome stands, else 0."""
    return 1.0 if any(entry.is_row and columns_of(entry.cells) for entry in stream(blocks)) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """One ``unit_summary`` card per unit, its declared totals, the rows used."""
    entries = stream(blocks)
    tables = list(_tables(entries))
    interim_at, final_at = checkpoint_dates(entries, document.year)
    cards, declared, used, warnings, mapping = [], [], set(), [], []
    for number, table in enumerate(tables):
        previous = tables[number - 1].start if number else 0
        head = head_above(entries, table.start, previous)
        until = tables[number + 1].start if number + 1 < len(tables) else len(entries)
        card, totals, spots, notices = _card(table, head, entries[table.start : until], document, (interim_at, final_at))
        if not _measures(card, 0.25 if head.unit else 0.5):
            continue
        cards.append(card)
        declared += totals
        used |= spots
        warnings += notices
        mapping.append(f"tabella di settore «{head.unit or '?'}»: {table.columns.named}")
    return Part(tuple(cards), tuple(declared), (), frozenset(used), tuple(warnings), tuple(dict.fromkeys(mapping)))


def _measures(card: Card, least: float) -> bool:
    """Whether a table weighs anything: a total, or weights of at least this share of its rows. Words and figures in disorder may
    stand under such headings too."""
    weighed = sum(_is_weight(item.weight or "") for item in card.items)
    totals = [total for total in (card.totals.weight, card.totals.final) if total and _is_total(total)]
    return bool(totals) or weighed >= max(1, least * len(card.items))


def _is_total(text: str) -> bool:
    """A figure that may be the sum of weights or of results, also wrong."""
    found = _TOTAL.fullmatch(text)
    number = read_number(re.sub(r"[^\d.,]+", "", text)) if found else None
    return found is not None and (number is None or number <= _MOST)


def _is_weight(text: str) -> bool:
    """A figure to a hundred, alone or with its marks, or the double line of one that weighs nothing."""
    number = read_number(re.sub(r"[\s%*]+$", "", text))
    return bool(_WEIGHT.fullmatch(text)) or number is not None and 0 <= number <= 100


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns of a header row, None when it is not one: it needs an objective, a weight and an outcome.

    >>> columns_of(("Obiettivo", "Priorità", "Peso", "Durata", "Esito (monitoraggio)", "", "Esito (consuntivo)", "")).final
    range(6, 8)
    """
    cells = undouble(cells)
    names = {i: key(cell) for i, cell in enumerate(cells) if cell and len(cell) < 60}
    title = next((i for i, name in names.items() if name.startswith("obiettiv")), None)
    weight = next((i for i, name in names.items() if name.startswith(("peso", "pesatura", "ponderazione"))), None)
    outcomes = [i for i, name in names.items() if name.startswith(("esito", "raggiungimento", "risultato"))]
    if title is None or weight is None or not outcomes or weight <= title or "fase" in names.get(title, ""):
        return None
    priority, horizon = _named(names, "priorit"), _named(names, "durata", "orizzonte", "periodo")
    if len({i for i, cell in enumerate(cells) if cell} - {title, weight, priority, horizon, *outcomes}) > _OTHERS:
        return None
    stops = sorted([*names, len(cells)])
    spans = {i: range(i, next(stop for stop in stops if stop > i)) for i in outcomes}
    final = _outcome(names, outcomes, _FINAL)
    interim = _outcome(names, [i for i in outcomes if i != final], _INTERIM)
    if final is None:
        final = next((i for i in reversed(outcomes) if i != interim), None)
    if interim is None and len(outcomes) > 1:
        interim = next(i for i in outcomes if i != final)
    return Columns(
        title, priority, weight, horizon,
        None if interim is None else spans[interim], None if final is None else spans[final],
        None if interim is None else date_in(cells[interim]), None if final is None else date_in(cells[final]),
        ", ".join(cells[i] for i in names),
    )  # fmt: skip


def _named(names: dict[int, str], *starts: str) -> int | None:
    return next((i for i, name in names.items() if name.startswith(starts)), None)


def _outcome(names: dict[int, str], outcomes: Sequence[int], words: Sequence[str]) -> int | None:
    return next((i for i in outcomes if any(word in names[i] for word in words)), None)


def _tables(entries: Sequence[Entry]) -> list[_Table]:
    tables: list[_Table] = []
    current: _Table | None = None
    for i, entry in enumerate(entries):
        if not entry.is_row:
            if current and current.total is not None:
                current = None
            continue
        columns = columns_of(entry.cells)
        if columns and (current is None or current.total is not None or _unit_between(entries, current, i)):
            current = _Table(columns, start=i, last=i)
            tables.append(current)
        elif columns and current:
            current.columns = columns
            current.heads.append(entry.place)
        elif current and current.total is None:
            _take(current, entries, i)
    return tables


def _unit_between(entries: Sequence[Entry], table: _Table, index: int) -> bool:
    return head_above(entries, index, table.last + 1).unit is not None


def _take(table: _Table, entries: Sequence[Entry], index: int) -> None:
    """A row of the open table: an item, the total, or the lower half of the row above."""
    entry = _unslid(entries[index], table.columns)
    total = key(entry.joined).startswith("totale") and any(PERCENT.search(cell) for cell in entry.cells)
    if len(entry.cells) <= table.columns.weight or (
        entry.first and not follows(entries, index) and not _looks_item(entry, table) and not total
    ):
        return
    table.last = index
    if total or key(entry.joined).startswith("totale"):
        table.total = entry, table.columns
    elif table.rows and not _looks_item(entry, table) and not _cell(entry, table.columns.weight):
        upper, columns = table.rows[-1]
        table.rows[-1] = rejoin(upper, entry), columns
    else:
        table.rows.append((entry, table.columns))


def _unslid(entry: Entry, columns: Columns) -> Entry:
    """A row whose cells slid by a column or two against the header, laid back: its code under the title, its weight in place."""

    def suits(slide: int) -> int:
        title, weight = (_cell(entry, at + slide) if at + slide >= 0 else "" for at in (columns.title, columns.weight))
        return bool(CODES.match(title)) + bool(_WEIGHT.fullmatch(weight))

    slide = max((0, 1, -1, 2, -2), key=suits)
    if not slide or suits(slide) < 2:
        return entry
    return replace(entry, cells=entry.cells[slide:] if slide > 0 else ("",) * -slide + entry.cells)


def _looks_item(entry: Entry, table: _Table) -> bool:
    code = CODES.match(_cell(entry, table.columns.title))
    figures = sum(bool(PERCENT.search(cell)) for cell in entry.cells)
    return bool(code) or figures >= 2


def _cell(entry: Entry, index: int | None) -> str:
    return entry.cells[index] if index is not None and index < len(entry.cells) else ""


def _card(
    table: _Table, head: Head, after: Sequence[Entry], document: Document, dates: tuple[str | None, str | None]
) -> tuple[Card, list[DeclaredTotal], set[Spot], list[Notice]]:
    items: list[Item] = []
    places = [row.place for row, _ in table.rows]
    provenance: dict[str, Origin] = {}
    notices: list[Notice] = []
    for row, columns in table.rows:
        item = _item(row, columns, columns.interim_at or dates[0], columns.final_at or dates[1])
        provenance[f"items[{len(items)}]"] = origin(row.place, document.name)
        if not item.weight and not item.outcomes:
            notices.append(Notice(message=f"riga della tabella senza peso né esito: «{row.joined[:80]}»",
                                  page=row.place.page, line=row.place.line))  # fmt: skip
        items.append(item)
    totals, total_places = _totals(table, after)
    provenance |= {f"totals.{name}": origin(place, document.name) for name, place in total_places.items()}
    provenance |= {name: origin(place, document.name) for name, place in head.places.items()}
    if table.total is None:
        first = places[0] if places else after[0].place
        notices.append(Notice(message=f"tabella di «{head.unit or '?'}» senza riga TOTALE", page=first.page, line=first.line))
    else:
        places.append(table.total[0].place)
    card = Card(
        kind="unit_summary", entity=document.entity, year=document.year, document_type=document.document_type,
        title=head.unit, unit=head.unit, manager=head.manager, responsible=head.responsible,
        items=tuple(items), totals=totals, provenance=provenance,
        source=Source(document=document.name, sha256=document.sha256, pages=pages_of(places), lines=lines_of(places)),
    )  # fmt: skip
    return card, _declared(card, total_places), {spot(place) for place in [*places, after[0].place, *table.heads]}, notices


def _item(row: Entry, columns: Columns, interim_at: str | None, final_at: str | None) -> Item:
    text = _cell(row, columns.title)
    found = CODES.match(text)
    title = text[found.end() :].lstrip(" -–—:.") if found else text
    outcomes = [_reading(row, columns.interim, interim_at), _reading(row, columns.final, final_at)]
    return Item(
        code=re.sub(r"\s*/\s*", " / ", found[0]) if found else None, title=_MARKS.sub("", title).strip() or None,
        priority=_cell(row, columns.priority) or None, weight=_cell(row, columns.weight) or None,
        horizon=_cell(row, columns.horizon) or None, outcomes=tuple(o for o in outcomes if o),
    )  # fmt: skip


def _reading(row: Entry, span: range | None, at: str | None) -> Outcome | None:
    text = " ".join(_cell(row, i) for i in span or () if _cell(row, i))
    percent = PERCENT.search(text)
    label = (text[: percent.start()] + text[percent.end() :]).strip(" -–:()") if percent else text
    return Outcome(at=at, label=label or None, percent=percent[0] if percent else None) if text else None


def _totals(table: _Table, after: Sequence[Entry]) -> tuple[Totals, dict[str, Place]]:
    values: dict[str, str] = {}
    places: dict[str, Place] = {}
    if table.total is not None:
        row, columns = table.total
        for name, span in (
            ("weight", range(columns.weight, columns.weight + 1)),
            ("interim", columns.interim),
            ("final", columns.final),
        ):
            figures = [_cell(row, i) for i in span or () if any(c.isdigit() for c in _cell(row, i))]
            if figures:
                values[name], places[name] = figures[-1], row.place
    for entry in after:
        found = None if entry.is_row else _NARRATIVE.search(entry.text)
        if found:
            values["narrative"], places["narrative"] = found[1].strip(), entry.place
            break
        if not entry.is_row and _starts_unit(entry.text):
            break
    return Totals(**values), places


def _starts_unit(text: str) -> bool:
    return bool(re.match(r"(dirigente|responsabile)\s*:", text, re.I))


def _declared(card: Card, places: dict[str, Place]) -> list[DeclaredTotal]:
    """The total row's figures as declared totals of the unit."""
    measures = {"final": "achievement", "interim": "interim", "weight": "weight"}
    return [
        DeclaredTotal.model_validate({
            "kind": "unit", "name": card.unit or "?", "value": getattr(card.totals, name), "measure": measure,
            "page": places[name].page, "line": places[name].line,
        })
        for name, measure in measures.items() if getattr(card.totals, name)
    ]  # fmt: skip
