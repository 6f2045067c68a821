"""The archive as one person may use it: every door checked against their role and units, and told to the audit log.

Pages and commands are given this, never the archive itself, so that a page cannot forget the check. A door that is not in
``DOORS`` is closed: whoever adds one to ``Archive`` says here who may pass (a test compares the two).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any

from cards.errors import NotAllowed
from store import audit, people
from store.archive import Archive
from store.people import BY_UNIT, Action, Person
from store.records import Draft

AGAIN = 600.0  # seconds in which the same person reading or editing the same thing is told once
APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Door:
    """What a door asks for, the word it leaves in the log (None: none), and what it is about."""

    action: Action
    told: str | None = None
    kind: str = ""
    often: bool = False  # told once in a while, not at every call


READ = Door(Action.READ)
DOORS: dict[str, Door] = {
    **dict.fromkeys((
        "documents", "history", "cards", "series", "generation", "passages", "pending_vectors", "drafts", "draft_versions",
        "embedder", "id", "lock", "settings", "vectors", "close", "document", "indicator", "indicator_by_key",
        "indicator_proposals", "indicators_about", "card_lines", "values", "corrections",
    ), READ),
    "search": Door(Action.READ, "ricerca", "archivio", often=True),
    "reading": Door(Action.READ, "lettura", "documento", often=True),
    "source_file": Door(Action.READ, "lettura", "documento", often=True),
    "card": Door(Action.READ, "lettura", "scheda", often=True),
    "draft": Door(Action.READ, "lettura", "bozza", often=True),
    "link_indicators": Door(Action.DRAFT, "collegamento", "indicatore"),
    "ingest": Door(Action.INGEST, "ingestione", "documento"),
    "confirm_document": Door(Action.INGEST, "conferma", "documento"),
    "correct_layout": Door(Action.INGEST, "correzione", "disegno"),
    "forget_layout": Door(Action.INGEST, "correzione tolta", "disegno"),
    "reread": Door(Action.INGEST, "rilettura", "documento"),
    "preview": Door(Action.INGEST),
    "document_layouts": Door(Action.READ),
    "resume": Door(Action.INGEST),
    "rebuild": Door(Action.MANAGE, "ricostruzione", "indici"),
    "delete_document": Door(Action.REMOVE, "eliminazione", "documento"),
    "save_draft": Door(Action.DRAFT, "modifica", "bozza", often=True),
    "undo_draft": Door(Action.DRAFT, "modifica", "bozza", often=True),
    "redo_draft": Door(Action.DRAFT, "modifica", "bozza", often=True),
    "restore_draft": Door(Action.DRAFT, "ripristino", "bozza"),
    "delete_draft": Door(Action.DRAFT, "eliminazione", "bozza"),
    "approve_draft": Door(Action.APPROVE, "approvazione", "bozza"),
}
CLOSED = ("open", "transaction", "connection")  # for the modules of ``store`` only


class Guarded:
    """An ``Archive`` in a person's hands: the same doors (see ``Archive``), some of them closed."""

    def __init__(self, archive: Archive, person: Person) -> None:
        self._archive, self._person = archive, person
        self._told: dict[tuple[str, str], float] = {}

    @property
    def person(self) -> Person:
        """Who is using it."""
        return self._person

    def holds(self, archive: Archive) -> bool:
        """Whether it is this archive."""
        return self._archive is archive

    def __getattr__(self, name: str) -> Any:
        door = DOORS.get(name)
        if door is None:
            raise NotAllowed(f"«{name}» non è una porta dell'archivio aperta alle pagine.")
        self._person.must(door.action)
        target = getattr(self._archive, name)
        return self._watched(name, door, target) if callable(target) else target

    def tell(self, action: str, thing: str, detail: str = "") -> None:
        """Leave in the log something done outside the archive: an export, a text sent to a model."""
        with self._archive.transaction() as connection:
            audit.record(connection, self._person, action, thing, detail)

    def people(self) -> list[Person]:
        """Everybody who may use the program, for who manages them."""
        self._person.must(Action.MANAGE)
        with self._archive.connection() as connection:
            return people.people(connection)

    def put_person(self, new: Person) -> Person:
        """Add or change somebody. See ``people.put``."""
        self._person.must(Action.MANAGE)
        with self._archive.transaction() as connection:
            who = people.put(connection, new)
            units = f", servizi: {'; '.join(who.units)}" if who.units else ""
            audit.record(connection, self._person, "utente", who.email, f"{who.role}{units}{'' if who.active else ', sospeso'}")
        return who

    def remove_person(self, email: str) -> None:
        """Take somebody out. See ``people.remove``."""
        self._person.must(Action.MANAGE)
        with self._archive.transaction() as connection:
            people.remove(connection, email)
            audit.record(connection, self._person, "utente", email, "tolto")

    def log(self, person: str | None = None, since: str | None = None, until: str | None = None) -> list[audit.Entry]:
        """The audit log, for who manages people. See ``audit.entries``."""
        self._person.must(Action.MANAGE)
        with self._archive.connection() as connection:
            return list(audit.entries(connection, person, since, until))

    def log_broken(self) -> int | None:
        """The first row of the log that is not as it was written. See ``audit.broken``."""
        self._person.must(Action.MANAGE)
        with self._archive.connection() as connection:
            return audit.broken(connection)

    def _watched(self, name: str, door: Door, target: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(target)
        def call(*args: Any, **kwargs: Any) -> Any:
            if door.action in BY_UNIT:
                self._check_draft(door.action, name, args, kwargs)
            result = target(*args, **kwargs)
            if name == "ingest":
                return self._ingested(result)
            if door.told:
                self._leave(door, name, _about(name, args, kwargs, result), result)
            return result

        return call

    def _check_draft(self, action: Action, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        """The units of the card as it is and as it becomes; approving, or changing what is approved, needs more."""
        given = dict(zip(signature(getattr(Archive, name)).parameters, (None, *args), strict=False)) | kwargs
        card, before = given.get("card"), self._before(given.get("draft_id"))
        if APPROVED in (given.get("state"), before and before.state):
            action = Action.APPROVE
        self._person.must(action, *(one.unit for one in (card, before and before.card) if one))
        if not self._person.local:
            signed = "who" if name == "approve_draft" else "author"
            if signed in signature(getattr(Archive, name)).parameters:
                kwargs[signed] = self._person.label

    def _before(self, draft_id: str | None) -> Draft | None:
        """The draft as it is, None for a new one."""
        return self._archive.draft(draft_id) if draft_id else None

    def _leave(self, door: Door, name: str, about: str, result: Any) -> None:
        thing = f"{door.kind}:{about}" if about else door.kind
        state = getattr(result, "state", None) if name == "save_draft" else None
        told = f"{door.told}"
        if door.often and self._lately(told, f"{thing}:{state}"):
            return
        self.tell(told, thing, str(state or ""))

    def _lately(self, told: str, thing: str) -> bool:
        now, key = time.monotonic(), (told, thing)
        if now - self._told.get(key, -AGAIN) < AGAIN:
            return True
        self._told[key] = now
        return False

    def _ingested(self, reports: Iterator[Any]) -> Iterator[Any]:
        for report in reports:
            self.tell("ingestione", f"documento:{report.document_id or Path(report.path).name}", report.status)
            yield report


def _about(name: str, args: tuple[Any, ...], kwargs: dict[str, Any], result: Any) -> str:
    """The id of what a call was about; the words of a question are nobody's business."""
    if name == "search":
        return ""
    if name == "save_draft":
        return str(result.id)
    first = args[0] if args else next(iter(kwargs.values()), "")
    return str(first)
