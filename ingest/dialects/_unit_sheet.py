"""Cutting a document into objective sheets: header, detail, phases, monitoring, each a table of its own or cut by pages.

A sheet begins with a header table or, where that is lost, with another table that names a new code.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from ingest.dialects._letters import key
from ingest.dialects._unit_stream import CODE, Entry, follows, tables_of

Section = Literal["header", "detail", "phases", "monitoring"]

PATH = re.compile(rf"((?:\d{{1,2}}\.\s?){{2,4}})({CODE}(?:\s*/\s*(?:{CODE}))*)")
_HEADER = (
    "duratapro", "assessoredirif", "prioritagiunta", "priorita", "settoreservizio", "verifichediqualita",
    "vincolicriticita", "rilevanzacontabile", "indirizzostrategico", "obiettivocondiviso", "unitaorganizzativa",
)  # fmt: skip
_DETAIL = ("dettaglioobiettivo", "risultatoatteso", "risultatiattesi", "descrizioneobiettivo")
_MONITOR = ("monitoraggio", "avanzamentoal", "statodiavanzamento", "statoavanzamento")
WEIGHT = re.compile(r"\d{1,3}(?:[.,]\d+)?\s*%\s*\*?|=+\*?|\*")
_PERIOD = re.compile(r"20\d\d\s*(inizio|fine)|(inizio|fine)\s*20\d\d", re.I)


@dataclass
class Sheet:
    """The rows of one objective, by section, and the heading of the unit above it."""

    code: str | None = None
    path: str | None = None
    unit: Entry | None = None
    code_entry: Entry | None = None
    sections: dict[Section, list[list[Entry]]] = field(default_factory=dict)
    lines: list[Entry] = field(default_factory=list)

    def rows(self, section: Section) -> list[Entry]:
        """All rows of a section, table after table."""
        return [row for table in self.sections.get(section, []) for row in table]

    @property
    def entries(self) -> list[Entry]:
        """Every row of the sheet."""
        return [row for tables in self.sections.values() for table in tables for row in table]


def is_period_header(cells: Sequence[str]) -> bool:
    """The header of a phase table: a weight and at least two columns "20xx inizio / fine"."""
    if "\t".join(cells).count("20") < 2:
        return False
    return sum(bool(_PERIOD.search(cell)) for cell in cells) >= 2 and any(key(cell).startswith("peso") for cell in cells)


def section_of(table: Sequence[Entry]) -> Section | None:
    """Which part of a sheet a table is, None when it is none."""
    if any(is_period_header(row.cells) for row in table[:6]):
        return "phases"
    if _numbered_weights(table) >= 2:
        return "phases"
    labels = [key(row.cells[0] or row.joined[:60]) for row in table]
    if any(label.startswith(_DETAIL) for label in labels[:4]):
        return "detail"
    if any(word in key(row.joined[:120]) for row in table[:3] for word in _MONITOR):
        return "monitoring"
    if any(label.startswith(_HEADER) for label in labels) or _names_purpose(table):
        return "header"
    return None


def _numbered_weights(table: Sequence[Entry]) -> int:
    """Rows that begin with a small number and hold a weight: phases whose header was lost."""
    return sum(
        bool(re.fullmatch(r"\d{1,2}(?:-?bis)?", row.cells[0])) and any(WEIGHT.fullmatch(cell) for cell in row.cells[2:6])
        for row in table
    )


def _names_purpose(table: Sequence[Entry]) -> bool:
    return any(
        PATH.search(row.joined) and re.search("f.{0,2}in.{0,2}al.{0,2}it", key("".join(row.cells[1:4]))) for row in table[:4]
    )


def code_of(table: Sequence[Entry]) -> tuple[re.Match[str], Entry] | None:
    """The code path at the head of a table and the row it stands in; a narrow cell may break it anywhere."""
    for row in table[:4]:
        found = PATH.search(re.sub(r"\s+", "", " ".join(row.cells[:3])))
        if found:
            return found, row
    return None


def same_code(a: str | None, b: str | None) -> bool:
    """Codes alike but for padding: "DG.0003/S7.00001" is "DG.00003 / S7.00001"."""
    return bool(a and b) and _parts(a or "") == _parts(b or "")


def _parts(code: str) -> frozenset[tuple[str, int]]:
    return frozenset((letters, int(digits)) for letters, digits in re.findall(r"([A-Z]{1,3}\d{0,2})\.(\d+)", code))


def sheets_of(entries: Sequence[Entry], names_unit: Callable[[Entry], bool]) -> list[Sheet]:
    """The sheets of a document, in order; lines between the tables of a sheet go with it."""
    sheets: list[Sheet] = []
    section: Section | None = None
    unit: Entry | None = None
    position = {id(entry): i for i, entry in enumerate(entries)}
    tables = {id(table[0]): _unmargined(table) for table in tables_of(entries)}
    for entry in entries:
        table = tables.get(id(entry))
        if not entry.is_row:
            if names_unit(entry):
                unit, section = entry, None
            elif sheets and section:
                sheets[-1].lines.append(entry)
        if table is None:
            continue
        kind, coded = section_of(table), code_of(table)
        goes_on = bool(sheets) and section is not None and follows(entries, position[id(entry)]) and not coded
        if goes_on and kind in (None, section):
            sheets[-1].sections[section][-1] += table  # type: ignore[index]
            continue
        if kind is None:
            kind = _unlabelled(table, section)
        if kind is None:
            section = None if not coded else section
            continue
        if _begins(sheets, kind, coded, table):
            sheets.append(Sheet(unit=unit))
        if not sheets:
            continue
        if coded and sheets[-1].code is None:
            sheets[-1].path, sheets[-1].code, sheets[-1].code_entry = coded[0][1].strip(), coded[0][2], coded[1]
        sheets[-1].sections.setdefault(kind, []).append(list(table))
        section = kind
    return [sheet for sheet in sheets if sheet.code or "phases" in sheet.sections]


def _unmargined(table: list[Entry]) -> list[Entry]:
    """The table without its first column, where that is empty throughout and the next one holds labels or numbers."""
    if len(table) < 2 or any(row.cells[0] for row in table):
        return table
    firsts = [row.cells[1] for row in table if len(row.cells) > 2]
    labelled = sum(cell.isdigit() or key(cell).startswith((*_HEADER, *_DETAIL, *_MONITOR)) for cell in firsts)
    return [replace(row, cells=row.cells[1:]) for row in table] if labelled and len(firsts) == len(table) else table


def _begins(sheets: Sequence[Sheet], kind: Section, coded: tuple[re.Match[str], Entry] | None, table: Sequence[Entry]) -> bool:
    """Whether a table opens a sheet: it names another code, or it is a header and the open sheet is past its own."""
    if not sheets:
        return coded is not None or kind == "header"
    known = sheets[-1].code
    if kind == "header":
        return bool(coded) or set(sheets[-1].sections) != {"header"} or bool(_labels(sheets[-1].rows("header")) & _labels(table))
    return bool(coded) and known is not None and not same_code(coded[0][2], known) if coded else False


def _labels(rows: Sequence[Entry]) -> set[str]:
    """The labels of a header among the first cells of some rows."""
    return {label for row in rows for label in _HEADER if key(row.cells[0]).startswith(label)}


def _unlabelled(table: Sequence[Entry], section: Section | None) -> Section | None:
    """A table without labels that goes on with the open section: outcomes, or rows of numbered phases."""
    if section == "monitoring" and any("raggiunto" in key(r.joined) and "parzialmente" in key(r.joined) for r in table):
        return "monitoring"
    if section == "phases" and any(row.cells[0].isdigit() for row in table) and all(len(row.cells) >= 5 for row in table):
        return "phases"
    return None
