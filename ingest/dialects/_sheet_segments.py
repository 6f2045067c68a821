"""A plan of management and service sheets cut into its parts: overview lists, request sheets, cards.

Parts are found by form: the status line ("OBIETTIVO GESTIONALE MODIFICATO"), the header with the councillor and the manager, the
header of a request (direction and section, then title, card number, person, action), the header of an overview list.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from ingest.blocks import Blocks
from ingest.dialects._memo import once
from ingest.dialects._sheet_header import labels_in
from ingest.dialects._sheet_lines import WIDEST, Line, lines_of
from ingest.dialects._sheet_text import letters

Sort = Literal["management", "service", "request", "list", "other"]

_STATUS = re.compile(r"(?P<new>nuovo)?(?:scheda)?obiettivo(?P<sort>gestionale|istituzionale)(?P<rest>.{0,30})")
_STATES = (
    (re.compile("eliminat|soppress|annullat"), "eliminated"),
    (re.compile("sostituit"), "replaced"),
    (re.compile("modificat|variat|prorogat|posticipat|rinviat|aggiornat"), "modified"),
    (re.compile("nuov|inserit|aggiunt"), "new"),
)
_HINT_REACH = 160
_OPENERS = frozenset({"azione", "nscheda", "numeroscheda", "scheda", "direzione", "settore"})  # the labels of lists and requests
_LIST_TITLE = re.compile(r"elenco(?:degli)?obiettivi.*")
_SUBJECT = re.compile(r"(?:titolo)?obiettivo(?:gestionale|istituzionale)?|titolo|servizio|titoloobiettivo.*")


@dataclass(slots=True)
class Segment:
    """A part of the document: its sort, its lines, and the status its heading gives."""

    sort: Sort
    lines: list[Line] = field(default_factory=list)
    status: str | None = None
    title: str = ""


_HINT = re.compile(r"assessor|obiettiv[oi]\s+(?:gestional|istituzional)|n\.?\s*scheda|^azione$", re.I)


def hinted(blocks: Blocks) -> bool:
    """Whether a document has any of the words by which these sheets are told: a quick look before the careful one."""
    for block in blocks.blocks:
        texts = (c for row in block.rows for c in row.cells) if block.kind == "table" else (block.text,)
        if any(0 < len(text) <= _HINT_REACH and _HINT.search(text) for text in texts):
            return True
    return False


@once
def parts_of(blocks: Blocks) -> list[Segment]:
    """The parts of a document that has any of the words of these sheets, [] for another one."""
    return segments_of(lines_of(blocks)) if hinted(blocks) else []


def segments_of(lines: Sequence[Line]) -> list[Segment]:
    """The parts of a document in reading order; a sheet without a status line takes its direction line along."""
    segments = [Segment("other")]
    for line in lines:
        new = _opening(line, segments[-1])
        if new is not None:
            if new.sort in ("management", "service") and new.status is None and not new.title:
                _take_direction(segments[-1], new)
            segments.append(new)
        segments[-1].lines.append(line)
    for segment in segments:
        _settle_sort(segment)
    return [s for s in segments if s.lines]


def _opening(line: Line, current: Segment) -> Segment | None:
    filled = line.filled
    if len(filled) == 1:
        return _opening_line(line, line.keys[0])
    if any(letters(cell) in _OPENERS for _, cell in filled[:WIDEST] if len(cell) <= _HINT_REACH):
        return _opening_keys(line, line.keys, current)
    return _opening_header(line, current)


def _opening_keys(line: Line, keys: Sequence[str], current: Segment) -> Segment | None:
    if is_list_head(keys):
        return Segment("list", title=current.lines[-1].first if current.lines and _is_list_title(current.lines[-1]) else "")
    if is_request_head(keys) and not (current.sort == "request" and not has_request_head(current)):
        return Segment("request")
    if keys == ["direzione", "sezione"] or keys == ["settore", "servizio"]:
        return Segment("request")
    return _opening_header(line, current)


def _opening_header(line: Line, current: Segment) -> Segment | None:
    if _starts_header(line) and not (current.sort in ("management", "service") and not any(map(_starts_header, current.lines))):
        return Segment("management")
    return None


def _opening_line(line: Line, key: str) -> Segment | None:
    status = _STATUS.fullmatch(key)
    if status and len(line.first) <= 70:
        said = key.replace("obiettivo", "")
        state = next((s for pattern, s in _STATES if pattern.search(said)), None)
        sort: Sort = "management" if status["sort"] == "gestionale" else "service"
        return Segment(sort, status=state, title=line.first)
    if _is_list_title(line):
        return Segment("other")
    return None


def _is_list_title(line: Line) -> bool:
    return len(line.filled) == 1 and len(line.first) <= 160 and bool(_LIST_TITLE.fullmatch(letters(line.first)))


def is_list_head(keys: Sequence[str]) -> bool:
    """The header of an overview list: direction, section, objective, action."""
    return "azione" in keys and "nscheda" not in keys and len(keys) >= 3 and any(map(_SUBJECT.fullmatch, keys))


def is_request_head(keys: Sequence[str]) -> bool:
    """The header of a request: title of the objective or service, number of its card, person, action."""
    return any(k in ("nscheda", "numeroscheda", "scheda") for k in keys) and any(map(_SUBJECT.fullmatch, keys)) and len(keys) <= 6


def has_request_head(segment: Segment) -> bool:
    """Whether the title row's header was already seen in a request."""
    return any(is_request_head(line.keys) for line in segment.lines)


def _starts_header(line: Line) -> bool:
    if "assessor" not in "\n".join([cell for cell in line.cells if len(cell) <= _HINT_REACH]).casefold():
        return False
    fields = {label.field for label in labels_in(line)}
    return {"politician", "manager"} <= fields


def _take_direction(before: Segment, sheet: Segment) -> None:
    """The direction stands alone in the line above the header."""
    if before.lines and len(before.lines[-1].filled) == 1 and len(before.lines[-1].first) <= 120:
        letters_only = [c for c in before.lines[-1].first if c.isalpha()]
        if letters_only and all(c.isupper() for c in letters_only):
            sheet.lines.append(before.lines.pop())


def _settle_sort(segment: Segment) -> None:
    """A sheet with institutional activities is a service sheet, one with phases or a title a management sheet."""
    if segment.sort not in ("management", "service") or segment.title:
        return
    keys = {key for line in segment.lines for key in line.keys[:1]}
    if any(k.startswith("attivitaistituzional") for k in keys):
        segment.sort = "service"
    elif not any(k.startswith(("descrizionedellefasi", "titoloobiettivo", "indicidi")) for k in keys):
        segment.sort = "other"
