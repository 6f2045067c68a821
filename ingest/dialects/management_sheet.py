"""Sheets of management objectives: header, numbered phases, indicators by kind, month-by-month timetable, staff, resources."""

from __future__ import annotations

import re

from cards.model import Card, DeclaredTotal, Document, Indicator, Phase
from ingest.blocks import Blocks
from ingest.dialects._sheet_book import Sheet, book_of, with_requests, year_of
from ingest.dialects._sheet_calendar import Calendar
from ingest.dialects._sheet_header import Header, numbered
from ingest.dialects._sheet_indicators import Indicators, is_group, taken_apart
from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_people import Resources, Staff, is_resources_head, is_staff_head
from ingest.dialects._sheet_phases import Phases, status_of
from ingest.dialects._sheet_segments import Segment, parts_of
from ingest.dialects._sheet_text import first_year, is_number, letters
from ingest.dialects.part import Part

NAME = "schede degli obiettivi gestionali"

_TITLES = {
    "phases": re.compile(r"descrizionedellefasi.*|fasidiattuazione.*"),
    "indicators": re.compile(r"indicatoridi(?:performance|risultato)"),
    "calendar": re.compile(r"cronoprogramma(?:fasi)?\d*"),
    "staff": re.compile(r"personale(?:dirigenziale|coinvolto).*|risorseumane(?:coinvolte|utilizzate)?"),
    "resources": re.compile(r"risorse(?:utilizzate|finanziarie|finanziarieutilizzate)"),
}


def matches(blocks: Blocks) -> float:
    """0.9 where at least one such sheet stands."""
    return 0.9 if any(s.sort == "management" for s in parts_of(blocks)) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """A card per sheet, changed by the request about it, and the cost of resources each sheet declares."""
    book = book_of(blocks)
    trace = Trace(document.name)
    readers = [_SheetReader(segment, trace.card(), document) for segment in book.of("management")]
    sheets = [sheet for reader in readers if (sheet := reader.read()) is not None]
    cards = with_requests(sheets, book.requests, service=False)
    return Part(
        tuple(cards),
        declared=tuple(total for reader in readers for total in reader.declared()),
        used=frozenset(trace.used),
        warnings=tuple(trace.warnings),
        mapping=(f"{len(cards)} schede di obiettivi gestionali.",) if cards else (),
    )


class _SheetReader:
    """Reads one sheet: the current part takes each line, its title or its own header opens the next part."""

    def __init__(self, segment: Segment, trace: Trace, document: Document) -> None:
        self.segment, self.trace, self.document = segment, trace, document
        self.header = Header(trace)
        self.phases = Phases(trace)
        self.indicators = Indicators(trace)
        self.calendar = Calendar(trace)
        self.staff = Staff(trace)
        self.resources = Resources(trace)
        self.mode = "header"

    def read(self) -> Sheet | None:
        lines = self.segment.lines
        if self.segment.title:
            self.trace.use(lines[0])
            lines = lines[1:]
        for line in (part for whole in lines for part in taken_apart(whole) or (whole,)):
            if not self._opens(line) and not self._read(line):
                self._report(line)
        return Sheet(self._card(), self.trace) if self.header.values.get("title") or self.phases.found else None

    def _opens(self, line: Line) -> bool:
        key = letters(line.first)
        title = _title_of(line)
        if title:
            self.mode = title
            self.trace.use(line)
            if title == "calendar":
                self.calendar.year = self.calendar.year or first_year(line.first)
            return True
        if is_group(line):
            self.mode = "indicators"
            self.indicators.open_group(line)
        elif is_staff_head(line):
            self.mode = "staff"
            self.trace.use(line)
        elif is_resources_head(line):
            self.mode = "resources"
            self.resources.open(line)
        elif self.mode != "phases" and key in ("fasietempi", "fasitempi"):
            self.mode = "calendar"
            return False
        else:
            return False
        return True

    def _read(self, line: Line) -> bool:
        if self.mode == "calendar":
            return self.calendar.read(line, self.phases.found)
        reader = {
            "header": self.header, "phases": self.phases, "indicators": self.indicators, "staff": self.staff,
            "resources": self.resources,
        }[self.mode]  # fmt: skip
        if line.table is None and self.mode not in ("header", "phases"):
            return self.mode in ("staff", "resources")
        return reader.read(line)  # type: ignore[attr-defined]

    def _report(self, line: Line) -> None:
        title = self.header.values.get("title", "senza titolo")
        self.trace.warn(f"Scheda «{title[:60]}»: riga non collocata «{' | '.join(c for _, c in line.filled)[:80]}».", line.place)

    def _card(self) -> Card:
        said = self.header.values
        mission, mission_name = numbered(said.get("mission"))
        programme, programme_name = numbered(said.get("programme"))
        year = self._year()
        return Card(
            kind="objective", entity=self.document.entity, year=year, document_type=self.document.document_type,
            number=said.get("number"), title=said.get("title"), status=self.segment.status,
            directorate=said.get("directorate"), unit=said.get("unit"), section=said.get("section"),
            responsible=said.get("responsible"), manager=said.get("manager"), politician=said.get("politician"),
            mission=mission, mission_name=mission_name, programme=programme, programme_name=programme_name,
            strategic_objective=said.get("strategic_objective"), operational_objective=said.get("operational_objective"),
            project=said.get("project"), purpose=said.get("purpose"), description=said.get("description"),
            horizon=said.get("horizon"), phases=self._phases(), indicators=self._indicators(year),
            staff=tuple(self.staff.found), resources=tuple(self.resources.found), source=self.trace.source(),
        )  # fmt: skip

    def _phases(self) -> tuple[Phase, ...]:
        ordered = self.phases.ordered()
        for i, phase in enumerate(ordered):
            self.trace.mark(f"phases[{i}]", phase.place)
            if phase.timed_at:
                self.trace.mark(f"phases[{i}].schedule", phase.timed_at)
                self.trace.mark(f"phases[{i}].due", phase.timed_at)
        return tuple(
            Phase(number=p.number, text=p.text, schedule=p.schedule, due=p.due, status=status_of(p, ordered)) for p in ordered
        )

    def _indicators(self, year: int | None) -> tuple[Indicator, ...]:
        """The indicators; an expected value without a year of its own is of the card's year."""
        period = str(year) if year else "atteso"
        for fields in self.indicators.found:
            for name in ("targets", "interim", "actuals"):
                if "atteso" in fields.get(name, {}):
                    fields[name][period] = fields[name].pop("atteso")
        return self.indicators.values()

    def _year(self) -> int | None:
        said = self.header.values
        return year_of(self.document, self.calendar.year, first_year(said.get("horizon", "")))

    def declared(self) -> list[DeclaredTotal]:
        """The cost of all resources, where the sheet gives a sum."""
        total, line = self.resources.total, self.resources.total_line
        if not total or line is None or not is_number(total):
            return []
        name = self.header.values.get("title", "")
        page, number = line.place.page, line.place.line
        return [DeclaredTotal(kind="resources", name=name, value=total, measure="amount", page=page, line=number)]


def _title_of(line: Line) -> str | None:
    """The part of the sheet that a title row opens ("CRONOPROGRAMMA (2023 - 2025)"); None for any other row."""
    key = letters(line.first)
    if len(line.filled) != 1 or len(line.first) > 90:
        return None
    return next((part for part, pattern in _TITLES.items() if pattern.fullmatch(key)), None)
