"""Request sheets: what an office asks to change in a card, each change with its *motivazione*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from cards.model import Variation, VariationObject
from ingest.blocks import Place
from ingest.dialects._sheet_lines import Line
from ingest.dialects._sheet_request_words import Word, moved, requested, steering
from ingest.dialects._sheet_segments import Segment, is_request_head
from ingest.dialects._sheet_text import flat, letters, opens_quote, quote_is_open, unquoted, years_in

_PHASE = re.compile(r"\s*fase\s+(?:n\.?\s*)?(\w{1,4})\s*[:.–-]\s*(.*)", re.I | re.S)
_TEXTS = ("old", "new")


@dataclass(slots=True)
class Request:
    """A request: the card it is about (as its title row says) and the changes asked for.

    ``unread`` are lines that were not understood; ``unsaid`` texts taken for a *motivazione* without that heading.
    """

    service: bool = False
    title: str | None = None
    number: str | None = None
    responsible: str | None = None
    action: str | None = None
    directorate: str | None = None
    section: str | None = None
    variations: list[tuple[Variation, Place]] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    unread: list[Line] = field(default_factory=list)
    unsaid: list[tuple[str, Place]] = field(default_factory=list)


_HEADS = {
    "direzione": "directorate", "settore": "directorate", "sezione": "section", "nscheda": "number", "numeroscheda": "number",
    "scheda": "number", "responsabile": "responsible", "azione": "action", "servizio": "title",
}  # fmt: skip


def request_of(segment: Segment) -> Request:
    """The request that a segment holds."""
    request = Request()
    body = _read_head(segment.lines, request)
    _Body(request).read(body)
    return request


def _read_head(lines: Sequence[Line], request: Request) -> list[Line]:
    """The header tables; gives back the lines after them. A row that follows the values in the table is their rest."""
    head: list[tuple[int, str]] = []
    said: list[tuple[int, str]] = []
    for n, line in enumerate(lines):
        if is_request_head(line.keys) or (line.keys and set(line.keys) <= _HEADS.keys()):
            head, said = [(i, _HEADS.get(letters(cell), "title")) for i, cell in line.filled], []
            request.service = request.service or (is_request_head(line.keys) and "servizio" in line.keys)
        elif head and not said:
            said = _told(line, head, request)
        elif said and line.table is not None:
            _told(line, said, request)
        else:
            return list(lines[n:])
        request.lines.append(line)
    return []


def _told(line: Line, head: Sequence[tuple[int, str]], request: Request) -> list[tuple[int, str]]:
    """Put a row's cells under the fields of a header, in order or by column; gives the columns the values stand in."""
    straight, cells = dict(head), line.filled
    if len(cells) == len(head):
        pairs = [(i, name, cell) for (_, name), (i, cell) in zip(head, cells, strict=True)]
    else:
        pairs = [(i, straight[i], cell) for i, cell in cells if i in straight]
    for _, name, cell in pairs:
        earlier = getattr(request, name)
        setattr(request, name, f"{earlier} {cell}" if earlier else cell)
    return [(i, name) for i, name, _ in pairs]


class _Body:
    """Reads the lines under the header: steering words set the state, plain lines fill what is open."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.object: VariationObject = "objective"
        self.found: list[dict[str, Any]] = []
        self.context = ""
        self.target = ""
        self.open: tuple[list[dict[str, Any]], str] | None = None
        self.place = Place()
        self.unsaid: list[tuple[str, Place]] = []

    def read(self, lines: Sequence[Line]) -> None:
        for line in lines:
            used = False
            for text in _texts(line):
                self.place = line.place
                used = self._take(text) or used
            (self.request.lines if used else self.request.unread).append(line)
        self.request.unsaid = self.unsaid
        self.request.variations = [(self._variation(v), v["place"]) for v in self.found]

    def _take(self, text: str) -> bool:
        word = steering(text)
        if word is None:
            return self._fill(text)
        getattr(self, f"_on_{word.step}")(word)
        if word.rest and word.step in ("context", "eliminate", "add", "replace", "new", "reason"):
            self._fill(word.rest)
        return True

    # the steps ---------------------------------------------------------------------------------------------------

    def _on_request(self, word: Word) -> None:
        action = requested(word.rest or word.key.removeprefix("richiesta"))
        self.object, self.open = "objective", None
        if action:
            side = "new" if action == "add" else "old"
            self._new(action, "objective", **{side: self.request.title})

    def _on_section(self, word: Word) -> None:
        self.object, self.open = word.object or self.object, None
        self.context = self.target = ""

    def _on_context(self, word: Word) -> None:
        self.object = word.object or self.object
        self.context = self.target = ""
        self.open = ([], "context")

    def _on_eliminate(self, word: Word) -> None:
        self.open = ([self._new("eliminate", word.object or self.object)], "old")

    def _on_add(self, word: Word) -> None:
        self.context = ""
        self.open = ([self._new("add", word.object or self.object)], "new")

    def _on_replace(self, word: Word) -> None:
        last = self.found[-1] if self.found else None
        if last is None or last["action"] != "eliminate" or last.get("new"):
            last = self._new("replace", word.object or self.object, old=self.context or None)
        last["action"] = "replace"
        self.open = ([last], "new")

    def _on_timing(self, word: Word) -> None:
        asked = word.rest
        if not word.key.startswith("variazionetempora"):
            asked = word.key if not word.rest else asked
        objective = self.object == "objective"
        change = self._new(moved(asked or word.key), self.object, old=self.request.title if objective else None)
        if asked:
            change["new"] = asked
        self.open = ([change], "old" if asked else "new")

    def _on_change_target(self, word: Word) -> None:
        change = self._new("change_target", "indicator", old=self.target or None, name=self.context or None)
        change["years"] = years_in(word.key)
        self.open = None

    def _on_old_target(self, word: Word) -> None:
        last = self.found[-1] if self.found else None
        if last and last["action"] == "add" and last["object"] == "indicator" and not self.context:
            last["targets"] = dict.fromkeys(_spaced_years(word.key), word.rest)
        self.target = word.rest
        self.open = None

    def _on_new_target(self, word: Word) -> None:
        last = self.found[-1] if self.found else None
        if last is None or last["action"] != "change_target" or last.get("new"):
            last = self._new("change_target", "indicator", old=self.target or None, name=self.context or None)
        last["new"] = word.rest
        last["targets"] = dict.fromkeys(_spaced_years(word.key) or last.get("years", []), word.rest)
        self.open = ([last], "new") if not word.rest else None

    def _on_change(self, word: Word) -> None:
        object_ = word.object or self.object
        action = {"indicator": "change_indicator", "activity": "change_activity"}.get(object_, "change_phase")
        self.open = ([self._new(action, object_, old=self.context or None)], "new")

    def _on_new(self, word: Word) -> None:
        if not self.found or self.found[-1].get("new"):
            self._on_change(word)
        self.open = ([self.found[-1]], "new")

    def _on_reason(self, word: Word) -> None:
        self.open = (self._unreasoned(), "reason")

    def _on_period(self, word: Word) -> None:
        if self.found:
            last = self.found[-1]
            side = "new" if last.get("new") else "old"
            label = "stesso periodo temporale" if word.key.startswith("stesso") else "periodo temporale"
            last[side] = f"{_bare(last.get(side) or '')} {label}: {word.rest}".strip()

    # the texts ---------------------------------------------------------------------------------------------------

    def _fill(self, text: str) -> bool:
        if self.open is None:
            return False
        changes, name = self.open
        if name == "context":
            self.context = _joined(self.context, text)
            return True
        if changes and name in _TEXTS and self._is_next(changes[-1].get(name), text):
            last = changes[-1]
            changes = [self._new(last["action"], last["object"])]
            self.open = (changes, name)
        if name in _TEXTS and changes and self._is_reason(changes[-1].get(name), text):
            self.unsaid.append((text, self.place))
            changes, name = self._unreasoned(), "reason"
            self.open = (changes, name)
        for change in changes:
            change[name] = _joined(change.get(name), text)
        if name == "new" and changes and changes[0]["action"].startswith("change_"):
            self.context = unquoted(changes[0]["new"])
        return bool(changes)

    @staticmethod
    def _is_next(said: str | None, text: str) -> bool:
        """A second quotation under one steering word is a second change."""
        return bool(said) and opens_quote(text) and not quote_is_open(said or "") and opens_quote(said or "")

    @staticmethod
    def _is_reason(said: str | None, text: str) -> bool:
        """Plain words after a closed quotation: the *motivazione*, though its heading was lost."""
        closed = bool(said) and opens_quote(said or "") and not quote_is_open(said or "") and unquoted(said or "") != said
        return closed and not opens_quote(text) and len(text) > 20

    def _new(self, action: str, object_: VariationObject, **fields: Any) -> dict[str, Any]:
        change = {"action": action, "object": object_, "place": self.place, **fields}
        self.found.append(change)
        return change

    def _unreasoned(self) -> list[dict[str, Any]]:
        """The changes that a *motivazione* is about: the last ones of the same kind that have none; else the very last."""
        run: list[dict[str, Any]] = []
        for change in reversed(self.found):
            if change.get("reason") or (run and (change["object"], change["action"]) != (run[0]["object"], run[0]["action"])):
                break
            run.append(change)
        return run or self.found[-1:]

    def _variation(self, change: dict[str, Any]) -> Variation:
        number, old = _phase_parts(change.get("old") or (self.context if change["action"] == "eliminate" else ""))
        other, new = _phase_parts(change.get("new") or "")
        if number and other and number != other:
            new = f"Fase {other}: {new}"
        return Variation(
            action=change["action"], object=change["object"], number=number or other, old=old or None, new=new or None,
            reason=unquoted(change["reason"]) if change.get("reason") else None,
            name=unquoted(change["name"]) if change.get("name") else None, targets=change.get("targets") or {},
        )  # fmt: skip


def _texts(line: Line) -> Iterator[str]:
    """The lines of a paragraph, or a row's cells as one line."""
    if line.table is None:
        yield from (flat(part) for part in line.raw.split("\n") if part.strip())
    else:
        yield " ".join(cell for _, cell in line.filled)


def _joined(said: str | None, text: str) -> str:
    return f"{said} {text}" if said else text


def _phase_parts(text: str) -> tuple[str | None, str]:
    found = _PHASE.fullmatch(text)
    return (found[1], unquoted(found[2])) if found else (None, unquoted(text))


def _bare(text: str) -> str:
    """A quotation without its marks, a phase's number kept before it."""
    found = _PHASE.fullmatch(text)
    return f"Fase {found[1]}: {unquoted(found[2])}" if found else unquoted(text)


def _spaced_years(key: str) -> list[str]:
    return re.findall(r"20\d\d", key)
