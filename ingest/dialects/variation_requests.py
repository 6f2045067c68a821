"""Overview lists of what is to change, and requests about cards that the document does not show.

Requests about a card of the same document are read with it (``management_sheet``, ``service_sheet``, which go first).
"""

from __future__ import annotations

from cards.model import Card, Document, Listed
from ingest.blocks import Blocks
from ingest.dialects._sheet_book import add_request, book_of, status_asked
from ingest.dialects._sheet_lines import Trace, source_of
from ingest.dialects._sheet_requests import Request
from ingest.dialects._sheet_segments import Segment, has_request_head, is_list_head, parts_of
from ingest.dialects._sheet_text import letters
from ingest.dialects.part import Part

NAME = "richieste di variazione ed elenchi"

_LISTED = {"direzione": "unit", "settore": "unit", "sezione": "section", "azione": "action"}


def matches(blocks: Blocks) -> float:
    """0.5 where a request or an overview list stands: after the sheets that take their own requests."""
    segments = parts_of(blocks)
    return 0.5 if any(s.sort == "list" or (s.sort == "request" and has_request_head(s)) for s in segments) else 0.0


def read(blocks: Blocks, document: Document) -> Part:
    """The rows of the lists, and a card for each request whose own card is not in the document."""
    book = book_of(blocks)
    trace = Trace(document.name)
    listed = tuple(row for segment in book.of("list") for row in _listed(segment, trace))
    cards = tuple(_card(request, document, trace.card()) for request in book.requests)
    return Part(cards, listed=listed, used=frozenset(trace.used), warnings=tuple(trace.warnings))


def _listed(segment: Segment, trace: Trace) -> list[Listed]:
    rows: list[Listed] = []
    columns: dict[int, str] = {}
    for line in segment.lines:
        if is_list_head(line.keys):
            columns = {i: _LISTED.get(letters(cell), "title") for i, cell in line.filled}
        elif columns and line.table is not None and len(line.filled) >= 2:
            fields = {name: line.at(i) or None for i, name in columns.items()}
            if not fields.get("title"):
                trace.warn(f"{segment.title or 'Elenco'}: riga senza titolo.", line.place)
                continue
            rows.append(Listed(list_name=segment.title or "Elenco", page=line.place.page, line=line.place.line, **fields))
        else:
            continue
        trace.use(line)
    return rows


def _card(request: Request, document: Document, trace: Trace) -> Card:
    trace.use(*request.lines)
    add_request(trace, request)
    whole = next((v.action for v, _ in request.variations if v.object == "objective"), None)
    for name in ("title", "number", "directorate", "section", "responsible"):
        trace.mark(name, request.lines[0].place)
    return Card(
        kind="service" if request.service else "objective", entity=document.entity, year=document.year,
        document_type=document.document_type, number=request.number, title=request.title,
        status=status_asked(request.action or whole),
        directorate=request.directorate, section=request.section, responsible=request.responsible,
        variations=tuple(v for v, _ in request.variations),
        source=source_of(document.name, trace.places), provenance=dict(trace.provenance),
    )  # fmt: skip
