"""Coded indicators of the operational section of a DUP: one code, one row per plan (year of the DUP), reference value,
interim and final value, a target per year; above them the strategic path with mission and programme, below them notes by code.

Recognised by the columns code / indicator / year of the plan / "Target 20xx". ``targets`` are those of the latest plan.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.model import Card, Document, Indicator, Notice, Origin, Source
from ingest.blocks import Blocks, Place
from ingest.dialects._dup_path import Path, path_above
from ingest.dialects._letters import key
from ingest.dialects._unit_stream import Entry, follows, lines_of, origin, pages_of, rejoin, stream, undouble
from ingest.dialects.part import Part, Spot, spot

NAME = "indicatori codificati del DUP"

_YEAR = re.compile(r"20\d\d")
_NOTE = re.compile(r"indicator[ei]\s+(?:n\.?\s*)?(\d{2,8})\b", re.I)
_CODE = re.compile(r"\d{2,8}|[A-Z]{1,4}[.\-]?\d{1,8}")
_HEADING = 120  # characters: no heading of a column is longer
_FIELDS = {
    "code": ("codice", "cod"), "name": ("indicatore", "descrizioneindicatore"), "politician": ("assessore",),
    "manager": ("dirigente", "responsabile"), "baseline": ("valorediriferimento", "valoreiniziale", "baseline"),
    "plan": ("annodup", "annopiano", "annoseo", "dup"), "interim": ("statoav", "infrannuale", "valoreinfrannuale", "statodiav"),
    "actual": ("cons", "valorefinale", "risultato"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Columns:
    """Column of each field, and of the target of each year."""

    at: dict[str, int]
    targets: dict[str, int]


@dataclass
class _Found:
    columns: Columns
    path: Path
    rows: list[Entry] = field(default_factory=list)
    notes: list[Entry] = field(default_factory=list)


def matches(blocks: Blocks) -> float:
    """1 where a header with a code, an indicator and targets by year stands, else 0."""
    return 1.0 if any(entry.is_row and columns_of(entry.cells) for entry in stream(blocks)) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """One ``indicator`` card per code; notes on codes that are not there are warnings."""
    entries = stream(blocks)
    used: set[Spot] = set()
    found, warnings = _collect(entries, used)
    cards = []
    for one in found:
        unplaced = [row for row in one.rows if not _plan(row, one.columns)]
        warnings += [_notice(f"riga dell'indicatore senza anno del DUP: «{row.joined[:80]}»", row.place) for row in unplaced]
        cards.append(_card(one, document))
    named = tuple(dict.fromkeys(f"indicatori DUP: {', '.join([*one.columns.at, *one.columns.targets])}" for one in found))
    return Part(tuple(cards), (), (), frozenset(used), tuple(warnings), named)


def columns_of(cells: Sequence[str]) -> Columns | None:
    """The columns of a header row, None when it is not one: it needs code, indicator, year of the plan and targets by year.

    >>> columns_of(("codice indicatore", "indicatore", "Anno DUP", "Cons", "Target 2020")).targets
    {'2020': 4}
    """
    at: dict[str, int] = {}
    targets: dict[str, int] = {}
    if "cod" not in "\t".join(cells).lower() or not any(cell[:3].lower() == "cod" for cell in cells):
        return None
    for i, cell in enumerate(undouble(cells)):
        name = key(cell) if cell and len(cell) < _HEADING else ""
        if not name:
            continue
        year = _YEAR.search(cell)
        if year and name.startswith(("target", "valoreatteso", "valoriattesi", "atteso", "obiettivo")):
            targets[year[0]] = i
            continue
        for field_name, starts in _FIELDS.items():
            if field_name not in at and name.startswith(starts) and len(cell) < 80:
                at[field_name] = i
                break
    return Columns(at, targets) if {"code", "name", "plan"} <= set(at) and targets else None


def _collect(entries: Sequence[Entry], used: set[Spot]) -> tuple[list[_Found], list[Notice]]:
    found: list[_Found] = []
    warnings: list[Notice] = []
    columns = _headless(entries)
    path, noted, inside = Path(), None, False
    for i, entry in enumerate(entries):
        if entry.is_row:
            head = columns_of(entry.cells)
            if head:
                columns, path, noted, inside = head, path_above(entries, i) or path, None, True
            elif columns:
                inside = (inside and not entry.first) or _goes_on(entries, i, columns, found, inside)
                if not inside:
                    continue
                _take(found, entry, columns, path, warnings)
            else:
                continue
            used.add(spot(entry.place))
            continue
        mention = _NOTE.match(entry.text)
        if mention:
            noted = _by_code(found, mention[1])
            if noted is None:
                warnings.append(_notice(f"nota sull'indicatore {mention[1]}, che non c'è: «{entry.text[:80]}»", entry.place))
        elif _ends_notes(entry):
            noted = None
        if noted is not None:
            noted.notes.append(entry)
            used.add(spot(entry.place))
    return found, warnings


def _headless(entries: Sequence[Entry]) -> Columns | None:
    """The columns of a part that begins inside a table: those of its first header, if the rows before it have their form."""
    rows = [entry for entry in entries if entry.is_row]
    at = next((i for i, row in enumerate(rows) if columns_of(row.cells)), 0)
    columns = columns_of(rows[at].cells) if rows else None
    return columns if columns and any(_begins(row, columns) and _plan(row, columns) for row in rows[:at]) else None


def _goes_on(entries: Sequence[Entry], index: int, columns: Columns, found: Sequence[_Found], inside: bool) -> bool:
    """Whether a table without header goes on with the one before: on a later page, or by the form of its first row."""
    entry = entries[index]
    if inside and (follows(entries, index) or _begins(entry, columns)):
        return True
    coded = _begins(entry, columns) or (bool(found) and not _cell(entry, columns.at["code"]))
    return coded and bool(_YEAR.fullmatch(_cell(entry, columns.at["plan"])))


def _ends_notes(entry: Entry) -> bool:
    return entry.heading or entry.text.startswith("*") or key(entry.text).startswith(("indirizzostrategico", "tabella"))


def _begins(entry: Entry, columns: Columns) -> bool:
    return bool(_CODE.fullmatch(_cell(entry, columns.at["code"])))


def _take(found: list[_Found], entry: Entry, columns: Columns, path: Path, warnings: list[Notice]) -> None:
    """A row: a new code, another plan of the last code, or the lower half of the row above."""
    if _begins(entry, columns):
        found.append(_Found(columns, path, [entry]))
    elif not found:
        warnings.append(_notice(f"riga senza codice di indicatore: «{entry.joined[:80]}»", entry.place))
    elif _YEAR.fullmatch(_cell(entry, columns.at["plan"])):
        found[-1].rows.append(entry)
    else:
        found[-1].rows[-1] = rejoin(found[-1].rows[-1], entry)


def _by_code(found: Sequence[_Found], digits: str) -> _Found | None:
    """The latest indicator with that number: "000141" is 141 written with a zero too many."""
    codes = ((one, re.sub(r"\D", "", _cell(one.rows[0], one.columns.at["code"]))) for one in reversed(found))
    return next((one for one, code in codes if code and int(code) == int(digits)), None)


def _cell(entry: Entry, index: int | None) -> str:
    return entry.cells[index] if index is not None and index < len(entry.cells) else ""


def _plan(row: Entry, columns: Columns) -> str | None:
    """The year of the plan that a row is about, None when the cell gives none."""
    year = _YEAR.search(_cell(row, columns.at["plan"]))
    return year[0] if year else None


def _card(one: _Found, document: Document) -> Card:
    at, first = one.columns.at, one.rows[0]
    interim: dict[str, str] = {}
    actuals: dict[str, str] = {}
    by_plan: dict[str, dict[str, str]] = {}
    provenance: dict[str, Origin] = {}
    for row in one.rows:
        plan = _plan(row, one.columns)
        if not plan:
            continue
        place = origin(row.place, document.name)
        for name, values in (("interim", interim), ("actuals", actuals)):
            value = _cell(row, at.get("interim" if name == "interim" else "actual"))
            if value:
                values[plan] = value
                provenance[f"indicators[0].{name}.{plan}"] = place
        targets = {year: _cell(row, column) for year, column in one.columns.targets.items()}
        by_plan[plan] = {year: value for year, value in targets.items() if value}
        provenance[f"indicators[0].targets_by_plan.{plan}"] = provenance["indicators[0].targets"] = place
    latest = max(by_plan, default=None)
    indicator = Indicator(
        code=_cell(first, at["code"]), name=_cell(first, at["name"]) or None, baseline=_cell(first, at.get("baseline")) or None,
        targets=by_plan[latest] if latest else {}, targets_by_plan=by_plan, interim=interim, actuals=actuals,
        note="\n".join(note.text for note in one.notes) or None,
    )  # fmt: skip
    provenance |= {
        name: origin(first.place, document.name) for name in ("code", "title", "indicators[0]", "politician", "manager")
    }
    provenance |= {name: origin(place, document.name) for name, place in one.path.places.items()}
    if one.notes:
        provenance["indicators[0].note"] = origin(one.notes[0].place, document.name)
    places = [row.place for row in one.rows]
    return Card(
        kind="indicator", entity=document.entity, year=document.year or (int(latest) if latest else None),
        document_type=document.document_type,
        code=indicator.code, title=indicator.name, politician=_cell(first, at.get("politician")) or None,
        manager=_cell(first, at.get("manager")) or None, indicators=(indicator,),
        provenance=_only(provenance), **one.path.fields(),
        source=Source(document=document.name, sha256=document.sha256, pages=pages_of(places), lines=lines_of(places)),
    )  # fmt: skip


def _only(provenance: dict[str, Origin]) -> dict[str, Origin]:
    return {name: place for name, place in provenance.items() if place.page is not None or place.line is not None}


def _notice(message: str, place: Place) -> Notice:
    return Notice(message=message, page=place.page, line=place.line)
