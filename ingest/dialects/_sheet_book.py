"""A plan with sheets and requests as one book: which request changes which sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cards.model import Card, Document
from ingest.blocks import Blocks
from ingest.dialects._sheet_lines import Trace
from ingest.dialects._sheet_requests import Request, request_of
from ingest.dialects._sheet_segments import Segment, Sort, has_request_head, parts_of
from ingest.dialects._sheet_text import alike, first_year, letters

_FLOOR = 0.85


@dataclass(slots=True)
class Book:
    """The segments of a document and the requests among them."""

    segments: list[Segment]
    requests: list[Request]

    def of(self, sort: Sort) -> list[Segment]:
        """The segments of a sort."""
        return [s for s in self.segments if s.sort == sort]


def book_of(blocks: Blocks) -> Book:
    """The book of a document; segments that are none of ours stay out of every list but ``segments``."""
    segments = parts_of(blocks)
    return Book(segments, [request_of(s) for s in segments if s.sort == "request" and has_request_head(s)])


@dataclass(slots=True)
class Sheet:
    """A card read from a sheet, with the trace of where its fields stand."""

    card: Card
    trace: Trace


def with_requests(sheets: Sequence[Sheet], requests: Sequence[Request], service: bool) -> list[Card]:
    """The cards with number and variations from the requests about them: likest titles first, one request to one card."""
    pairs = sorted(
        (
            (_likeness(sheet.card, request), -abs(i - j), i, j)
            for i, sheet in enumerate(sheets)
            for j, request in enumerate(requests)
            if request.service == service and alike(sheet.card.title or "", request.title or "") >= _FLOOR
        ),
        reverse=True,
    )
    taken: dict[int, int] = {}
    for _, _, i, j in pairs:
        if i not in taken and j not in taken.values():
            taken[i] = j
    return [_changed(sheet, requests[taken[i]] if i in taken else None) for i, sheet in enumerate(sheets)]


def _likeness(card: Card, request: Request) -> float:
    return alike(card.title or "", request.title or "") + 0.1 * alike(card.section or "", request.section or "")


def _changed(sheet: Sheet, request: Request | None) -> Card:
    card, trace = sheet.card, sheet.trace
    if request is None:
        return card.model_copy(update={"provenance": dict(trace.provenance)})
    add_request(trace, request)
    if request.number and not card.number:
        trace.mark("number", request.lines[-1].place if not request.variations else request.lines[0].place)
    return card.model_copy(
        update={
            "number": card.number or request.number,
            "status": card.status or status_asked(request.action),
            "variations": tuple(v for v, _ in request.variations),
            "provenance": dict(trace.provenance),
        }
    )


_ASKED = (("elimin", "eliminated"), ("sostitu", "replaced"), ("modific", "modified"), ("inseri", "new"), ("nuov", "new"))


def status_asked(action: str | None) -> str | None:
    """The status that a request's action asks for ("ELIMINARE"); what a sheet's own heading says goes before it."""
    key = letters(action or "")
    return next((status for stem, status in _ASKED if stem in key), None)


def add_request(trace: Trace, request: Request) -> None:
    """Count a request's lines as used and say where its changes stand; lines without a meaning are reported."""
    trace.used.update((line.place.page, line.place.line) for line in request.lines)
    for i, (_, place) in enumerate(request.variations):
        trace.mark(f"variations[{i}]", place)
    for line in request.unread:
        trace.warn(f"Richiesta «{(request.title or '')[:60]}»: riga non compresa «{line.first[:80]}».", line.place)
    for text, place in request.unsaid:
        said = f"Richiesta «{(request.title or '')[:60]}»: manca «Motivazione», letta come tale: «{text[:60]}»."
        trace.warn(said, place)
    if not request.variations:
        place = request.lines[0].place
        trace.warn(f"Richiesta «{(request.title or '')[:60]}»: nessuna modifica riconosciuta.", place)


def year_of_period(document: Document, period: str) -> int | None:
    """The year of a sheet by its first target's period: the document's year if a school year holds it, else its last one."""
    first = first_year(period)
    if first is None:
        return None
    years = range(first, first + 1 + ("/" in period))
    return document.year if document.year in years else years[-1]


def year_of(document: Document, *years: int | None) -> int | None:
    """The year of a card: what its own sheet says first, then the document's."""
    return next((y for y in years if y), document.year)
