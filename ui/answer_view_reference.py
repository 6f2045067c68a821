"""How a result is cited: the line under it, and the reference to paste in a document."""

from __future__ import annotations

from cards.errors import PiaoError
from store.search import Hit
from ui.state import archive
from ui.words import DOCUMENT_TYPES

SHEETS = (".xlsx", ".xlsm", ".xls", ".ods")


def citation(hit: Hit) -> str:
    """"Comune di …, 2022 · file.pdf, p. 12, righe 3-4"."""
    who = ", ".join(str(part) for part in (hit.entity, hit.year) if part)
    return " · ".join(part for part in (who, ", ".join([hit.document, *place(hit)])) if part)


def place(hit: Hit) -> list[str]:
    """"p. 12", "righe 3-4"; in a workbook the sheet."""
    where = []
    if hit.page:
        where.append(f"foglio {hit.page}" if hit.document.lower().endswith(SHEETS) else f"p. {hit.page}")
    if hit.lines:
        first, last = min(hit.lines), max(hit.lines)
        where.append(f"riga {first}" if first == last else f"righe {first}-{last}")
    return where


def reference(hit: Hit) -> str:
    """"Comune di …, Relazione sulla performance 2022, p. 12": what one pastes in an act."""
    try:
        document = archive().document(hit.document_id or hit.document)
    except PiaoError:  # taken out by someone in the meantime
        document = None
    kind = DOCUMENT_TYPES.get((document and document.document_type) or "", (document and document.title) or hit.document)
    entity = (document and document.entity) or hit.entity
    year = (document and document.year) or hit.year
    named = f"{kind} {year}" if year and str(year) not in kind else kind
    return ", ".join(part for part in (entity, named, *place(hit)[:1]) if part)
