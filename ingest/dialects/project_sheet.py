"""Project sheets: definition, phases, horizon and assignment; mission and programme; indicators with expected and achieved value;
state of implementation; a three-way tick box with a percentage, or "obiettivo non valutabile".

Recognised by the header definition / phases / horizon / assignment. Several titles in one sheet are one card, joined by " · ".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from cards.model import Card, Document, Indicator, Notice, Origin, Outcome, Phase, Source
from ingest.blocks import Blocks, Place
from ingest.dialects._letters import key
from ingest.dialects._project_outcome import is_outcome, outcome_of
from ingest.dialects._unit_heads import names_unit
from ingest.dialects._unit_stream import Entry, follows, lines_of, origin, pages_of, stream, undouble
from ingest.dialects.part import Part, Spot, spot

NAME = "schede progetto con fasi, indicatori e valutazione"

_COLUMNS = {
    "title": ("definizioneobiettivo", "obiettivo", "titoloobiettivo"),
    "text": ("descrizionefasi", "fasi", "descrizione"),
    "horizon": ("orizzonte", "tempi", "periodo"),
    "assigned": ("assegnazione", "assegnat"),
}
_HEADING = 60  # characters: no heading of a column is longer
_OTHERS = 1  # columns with a heading that says nothing here: more of them, and the row is no header
_BRIEF = 3  # words of a heading
_NUMBER = re.compile(r"(\d{1,3}(?:[-\s]?bis|[-\s]?ter)?)\s*[.)]\s")
_NUMBERED_UNIT = re.compile(
    r"\d{1,2}\s*[°ºª.)]\s*(?:settore|area|servizio)\b|(?:settore|area|servizio)\s+(?:n\.?\s*)?(?:\d|[IVX]+\b)", re.I
)


@dataclass
class _Half:
    """A row as it grows: its cells and where it began."""

    cells: list[str]
    place: Place


@dataclass
class _Sheet:
    unit: Entry | None
    columns: dict[str, int]
    scope: str | None
    places: list[Place]
    brief: bool = True  # its headings are short
    section: str = "phases"
    rows: list[_Half] = field(default_factory=list)
    missions: list[_Half] = field(default_factory=list)
    programmes: list[_Half] = field(default_factory=list)
    indicators: list[_Half] = field(default_factory=list)
    values: dict[str, int] = field(default_factory=dict)
    description: list[Entry] = field(default_factory=list)
    state: list[Entry] = field(default_factory=list)
    outcome: Outcome | None = None
    outcome_place: Place | None = None


def matches(blocks: Blocks) -> float:
    """1 where a header with definition, phases and assignment of an objective stands, else 0."""
    return 1.0 if any(entry.is_row and columns_of(entry.cells) for entry in stream(blocks)) else 0.0


def columns_of(cells: Sequence[str]) -> dict[str, int] | None:
    """Columns of a sheet's first table, None when it is not one.

    >>> columns_of(("DEFINIZIONE OBIETTIVO", "DESCRIZIONE/FASI", "ORIZZONTE TEMPORALE", "ASSEGNAZIONE OBIETTIVO"))
    {'title': 0, 'text': 1, 'horizon': 2, 'assigned': 3}
    """
    found: dict[str, int] = {}
    labels = [key(cell) if cell and len(cell) < _HEADING else "" for cell in cells]
    if not any([label.startswith(_COLUMNS["title"]) for label in labels]):
        return None
    for i, label in enumerate(labels):
        if i and cells[i] == cells[i - 1]:
            continue
        name = next((n for n, starts in _COLUMNS.items() if n not in found and label.startswith(starts)), None)
        if name:
            found[name] = i
    others = {cell for i, cell in enumerate(cells) if cell and i not in found.values()} - {cells[i] for i in found.values()}
    return found if {"title", "text"} < set(found) and len(others) <= _OTHERS else None


def read(blocks: Blocks, document: Document) -> Part:
    """One ``objective`` card per sheet; a sheet without indicators or evaluation is said in the warnings."""
    entries = stream(blocks)
    used: set[Spot] = set()
    warnings: list[Notice] = []
    begun = _sheets(entries, used, warnings)
    sheets = [sheet for sheet in begun if _is_sheet(sheet)]
    used -= {spot(place) for sheet in begun if not _is_sheet(sheet) for place in sheet.places}
    cards = tuple(_card(sheet, document) for sheet in sheets)
    for card, sheet in zip(cards, sheets, strict=True):
        if not card.outcomes:
            warnings.append(
                _notice(f"«{card.title}»: nessuna valutazione (nessuna casella segnata, nessuna percentuale)", sheet.places[-1])
            )
    mapping = ("schede progetto: definizione, fasi, orizzonte, assegnazione, valore atteso, raggiunto, valutazione",)
    return Part(cards, (), (), frozenset(used), tuple(warnings), mapping if cards else ())


def _sheets(entries: Sequence[Entry], used: set[Spot], warnings: list[Notice]) -> list[_Sheet]:
    sheets: list[_Sheet] = []
    unit: Entry | None = None
    current: _Sheet | None = None
    for i, entry in enumerate(entries):
        columns = columns_of(entry.cells) if entry.is_row else None
        if columns:
            current = _Sheet(unit, columns, _scope(entry.cells[columns["title"]]), [entry.place], _brief(entry.cells, columns))
            sheets.append(current)
        elif not entry.is_row and _is_heading(entries, i) and not _is_label(entry.text):
            if names_unit(entry):
                unit, current = entry, None
            elif current is None or current.outcome_place or key(entry.text).startswith("obiettivi"):
                unit, current = None, None
            else:
                _line(current, entry)
            continue
        elif current is None or not _take(current, entry, follows(entries, i), warnings):
            continue
        if current:
            current.places.append(entry.place)
            used.add(spot(entry.place))
    return sheets


def _brief(cells: Sequence[str], columns: dict[str, int]) -> bool:
    return all(len(re.findall(r"\w+", cells[i])) <= _BRIEF for name, i in columns.items() if name != "title")


def _is_sheet(sheet: _Sheet) -> bool:
    """Whether what a header began is a sheet: another part of one stands under it, or its headings are short."""
    return sheet.brief or bool(sheet.missions or sheet.programmes or sheet.indicators or sheet.state or sheet.outcome_place)


def _scope(title: str) -> str | None:
    """What the header adds to its own label: "DEFINIZIONE OBIETTIVO - COMUNE" gives "COMUNE"."""
    found = re.search(r"obiettivo\s*[-–—:]\s*(\S.*)", title, re.I)
    return found[1] if found else None


def _is_heading(entries: Sequence[Entry], index: int) -> bool:
    """A heading by style or capitals; a numbered unit ("Settore 1 – Affari generali") right above a sheet is one too."""
    entry = entries[index]
    if entry.heading or entry.text.isupper():
        return True
    below = entries[index + 1 : index + 4]
    sheet = next((e for e in below if e.is_row), None)
    return bool(_NUMBERED_UNIT.match(entry.text)) and sheet is not None and columns_of(sheet.cells) is not None


def _is_label(text: str) -> bool:
    return key(text).startswith(("collegamento", "indicatori", "statodi", "valutazione", "descrizione")) or is_outcome((text,))


def _take(sheet: _Sheet, entry: Entry, goes_on: bool, warnings: list[Notice]) -> bool:
    """An entry of the open sheet; False when it does not belong to a known part of it."""
    if not entry.is_row:
        return _line(sheet, entry)
    filled = [cell for cell in entry.cells if cell]
    name = key(filled[0])
    if is_outcome(entry.cells):
        outcome, problem = outcome_of(entry.cells)
        if outcome or not sheet.outcome:
            sheet.outcome, sheet.outcome_place = outcome, entry.place
        if problem:
            warnings.append(_notice(problem, entry.place))
    elif name.startswith(("missione", "programma")) and len(entry.cells) > 1 and len(name) < 14:
        (sheet.missions if name.startswith("missione") else sheet.programmes).append(_Half(filled[1:], entry.place))
        sheet.section = "missions"
    elif name.startswith("indicator") and len(entry.cells) > 1 and _value_columns(entry.cells):
        sheet.section, sheet.values = "indicators", _value_columns(entry.cells)
    elif name.startswith(("statodiattuazione", "statodiavanzamento", "statoattuazione")) or name.startswith("valutazione"):
        sheet.section = "state" if "attuazione" in name else "outcome"
    elif sheet.section == "phases":
        _grow(sheet.rows, entry, sheet.columns["text"], goes_on)
    elif sheet.section == "missions" and goes_on and (sheet.programmes or sheet.missions):
        (sheet.programmes or sheet.missions)[-1].cells += [c for c in entry.cells if c]
    elif sheet.section == "indicators":
        _grow(sheet.indicators, entry, sheet.values.get("name", 0), goes_on)
    elif sheet.section == "state":
        sheet.state.append(entry)
    else:
        warnings.append(_notice(f"riga fuori dalle parti note della scheda: «{entry.joined[:80]}»", entry.place))
        return False
    return True


def _line(sheet: _Sheet, entry: Entry) -> bool:
    name = key(entry.text)
    if is_outcome((entry.text,)):
        sheet.outcome, sheet.outcome_place = outcome_of((entry.text,))[0], entry.place
    elif name.startswith("collegamento"):
        sheet.section = "missions"
    elif name.startswith(("statodiattuazione", "statoattuazione")):
        sheet.section = "state"
    elif name.startswith(("valutazione", "statodiavanzamento")):
        sheet.section = "outcome"
    elif sheet.section == "phases":
        sheet.description.append(entry)
    elif sheet.section == "state":
        sheet.state.append(entry)
    else:
        return False
    return True


def _value_columns(cells: Sequence[str]) -> dict[str, int]:
    names = {i: key(cell) for i, cell in enumerate(undouble(cells)) if cell}
    found: dict[str, int] = {}
    for i, name in names.items():
        if i and name.startswith(("valoreatteso", "atteso", "target", "risultatoatteso")):
            found.setdefault("target", i)
        elif i and name.startswith(("raggiunto", "risultato", "valoreraggiunto", "consuntivo", "conseguito")):
            found.setdefault("actual", i)
        elif name.startswith("indicator"):
            found.setdefault("name", i)
    return found if set(found) - {"name"} else {}


def _grow(rows: list[_Half], entry: Entry, main: int, goes_on: bool) -> None:
    """A new row, or the lower half of the last one: first on a new page, and its words go on in small letters."""
    cells = list(entry.cells)
    text = next((c for c in (cells[main : main + 1] or [""]) + cells if c), "")
    if rows and goes_on and (text[:1].islower() or not (cells[main] if main < len(cells) else "")):
        width = max(len(rows[-1].cells), len(cells))
        pairs = zip(rows[-1].cells + [""] * (width - len(rows[-1].cells)), cells + [""] * (width - len(cells)), strict=True)
        rows[-1].cells = [" ".join(part for part in pair if part) for pair in pairs]
    else:
        rows.append(_Half(cells, entry.place))


def _card(sheet: _Sheet, document: Document) -> Card:
    provenance: dict[str, Origin] = {}

    def note(path: str, place: Place) -> None:
        provenance[path] = origin(place, document.name)

    titles = [(row.cells[sheet.columns["title"]], row.place) for row in sheet.rows if _at(row, sheet.columns["title"])]
    number = _NUMBER.match(titles[0][0]) if len(titles) == 1 else None
    phases: list[Phase] = []
    indicators: list[Indicator] = []
    for row in sheet.rows:
        text, assigned = _at(row, sheet.columns["text"]), _at(row, sheet.columns.get("assigned"))
        if text or assigned:
            note(f"phases[{len(phases)}]", row.place)
            phases.append(Phase(text=text, assigned_to=assigned))
    for row in sheet.indicators:
        note(f"indicators[{len(indicators)}]", row.place)
        indicators.append(_indicator(row, sheet.values, str(document.year or "")))
    horizons = list(dict.fromkeys(h for row in sheet.rows if (h := _at(row, sheet.columns.get("horizon")))))
    mission, mission_name = _budget(sheet.missions)
    programme, programme_name = _budget(sheet.programmes)
    for path, place in (("title", titles[0][1] if titles else sheet.places[0]), ("horizon", sheet.places[0])):
        note(path, place)
    for path, rows in (("mission", sheet.missions), ("programme", sheet.programmes)):
        if rows:
            note(path, rows[0].place)
            note(f"{path}_name", rows[0].place)
    if sheet.unit:
        note("unit", sheet.unit.place)
    if sheet.outcome_place:
        note("outcomes", sheet.outcome_place)
        note("outcomes[0]", sheet.outcome_place)
    if sheet.description or sheet.state:
        note("description", (sheet.description or sheet.state)[0].place)
    return Card(
        entity=document.entity, year=document.year, document_type=document.document_type,
        number=number[1] if number else None, title=" · ".join(text for text, _ in titles) or None,
        unit=sheet.unit.text if sheet.unit else None, section=sheet.scope, mission=mission, mission_name=mission_name,
        programme=programme, programme_name=programme_name, horizon=" · ".join(horizons) or None,
        description=_description(sheet), phases=tuple(phases), indicators=tuple(indicators),
        outcomes=(sheet.outcome,) if sheet.outcome else (), provenance=provenance,
        source=Source(document=document.name, sha256=document.sha256, pages=pages_of(sheet.places), lines=lines_of(sheet.places)),
    )  # fmt: skip


def _at(row: _Half, index: int | None) -> str | None:
    return (row.cells[index] or None) if index is not None and index < len(row.cells) else None


def _indicator(row: _Half, columns: dict[str, int], year: str) -> Indicator:
    target, actual = _at(row, columns.get("target")), _at(row, columns.get("actual"))
    return Indicator(
        name=_at(row, columns.get("name", 0)),
        targets={year: target} if target and year else {},
        actuals={year: actual} if actual and year else {},
    )


def _budget(rows: Sequence[_Half]) -> tuple[str | None, str | None]:
    """Number and name of the first mission or programme; others follow the name, as the documents write them."""
    read = [(row.cells[0], " ".join(row.cells[1:])) for row in rows if row.cells]
    if not read:
        return None, None
    others = "".join(f"; {number} - {name}" for number, name in read[1:])
    return read[0][0], (read[0][1] + others) or None


def _description(sheet: _Sheet) -> str | None:
    texts = [re.sub(r"^descrizione\s*:\s*", "", entry.text, flags=re.I) for entry in sheet.description]
    state = [": ".join(cell for cell in entry.cells if cell) if entry.is_row else entry.text for entry in sheet.state]
    if state:
        texts += ["Stato di attuazione: " + state[0], *state[1:]]
    return "\n".join(texts) or None


def _notice(message: str, place: Place) -> Notice:
    return Notice(message=message, page=place.page, line=place.line)
