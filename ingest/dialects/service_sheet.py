"""Sheets of institutional objectives: a service's header, its activities, indicators with past years and targets by year."""

from __future__ import annotations

from cards.model import Card, Document
from ingest.blocks import Blocks
from ingest.dialects._sheet_book import Sheet, book_of, with_requests, year_of, year_of_period
from ingest.dialects._sheet_header import Header, numbered
from ingest.dialects._sheet_indicators import Indicators, is_years_head
from ingest.dialects._sheet_lines import Line, Trace
from ingest.dialects._sheet_segments import Segment, parts_of
from ingest.dialects._sheet_text import letters
from ingest.dialects.part import Part

NAME = "schede degli obiettivi istituzionali"


def matches(blocks: Blocks) -> float:
    """0.85 where at least one such sheet stands."""
    return 0.85 if any(s.sort == "service" for s in parts_of(blocks)) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """A card (``kind: service``) per sheet, changed by the request about it."""
    book = book_of(blocks)
    trace = Trace(document.name)
    found = (_SheetReader(segment, trace.card(), document).read() for segment in book.of("service"))
    cards = with_requests([sheet for sheet in found if sheet is not None], book.requests, service=True)
    return Part(
        tuple(cards),
        used=frozenset(trace.used),
        warnings=tuple(trace.warnings),
        mapping=(f"{len(cards)} schede di obiettivi istituzionali.",) if cards else (),
    )


class _SheetReader:
    def __init__(self, segment: Segment, trace: Trace, document: Document) -> None:
        self.segment, self.trace, self.document = segment, trace, document
        self.header = Header(trace)
        self.indicators = Indicators(trace)
        self.activities: list[str] = []
        self.mode = "header"
        self._last: Line | None = None

    def read(self) -> Sheet | None:
        lines = self.segment.lines
        if self.segment.title:
            self.trace.use(lines[0])
            lines = lines[1:]
        for line in lines:
            if not self._opens(line) and not self._read(line):
                self._report(line)
        return Sheet(self._card(), self.trace) if self._title() else None

    def _opens(self, line: Line) -> bool:
        if letters(line.first).startswith("attivitaistituzional") and len(line.filled) == 1 and len(line.first) <= 40:
            self.mode = "activities"
            self.trace.use(line)
        elif is_years_head(line):
            self.mode = "indicators"
            self.indicators.open_years(line)
        else:
            return False
        return True

    def _read(self, line: Line) -> bool:
        if self.mode == "header":
            return self.header.read(line)
        if self.mode == "activities":
            return self._activity(line)
        return line.table is None or self.indicators.read(line)

    def _activity(self, line: Line) -> bool:
        text = " ".join(cell for _, cell in line.filled)
        turned = self._last is not None and self._last.place.page != line.place.page
        if turned and self._goes_on(text):
            self.activities[-1] += f" {text}"
        else:
            self.trace.mark(f"activities[{len(self.activities)}]", line.place)
            self.activities.append(text)
        self._last = line
        self.trace.use(line)
        return True

    def _goes_on(self, text: str) -> bool:
        """The rest of an activity cut by the end of a page: it begins like no other activity of the sheet."""
        begins = {activity[:1] for activity in self.activities}
        return bool(begins) and text[:1] not in begins and (text[:1].islower() or not text[:1].isalnum())

    def _report(self, line: Line) -> None:
        text = " | ".join(c for _, c in line.filled)[:80]
        self.trace.warn(f"Scheda «{(self._title() or 'senza titolo')[:60]}»: riga non collocata «{text}».", line.place)

    def _title(self) -> str | None:
        return self.header.values.get("service") or self.header.values.get("title")

    def _year(self) -> int | None:
        periods = self.indicators.periods
        return year_of(self.document, year_of_period(self.document, periods[0]) if periods else None)

    def _card(self) -> Card:
        said = self.header.values
        mission, mission_name = numbered(said.get("mission"))
        programme, programme_name = numbered(said.get("programme"))
        return Card(
            kind="service", entity=self.document.entity, year=self._year(),
            document_type=self.document.document_type, number=said.get("number"), title=self._title(),
            status=self.segment.status,
            directorate=said.get("directorate"), unit=said.get("unit"), section=said.get("section"),
            responsible=said.get("responsible"), manager=said.get("manager"), politician=said.get("politician"),
            mission=mission, mission_name=mission_name, programme=programme, programme_name=programme_name,
            strategic_objective=said.get("strategic_objective"), operational_objective=said.get("operational_objective"),
            project=said.get("project"), purpose=said.get("purpose"), description=said.get("description"),
            horizon=said.get("horizon"), activities=tuple(self.activities), indicators=self.indicators.values(),
            source=self.trace.source(),
        )  # fmt: skip
