"""The archive as one person may use it: every door checked against their role and units, and told to the audit log.

Pages and commands are given this, never the archive itself, so that a page cannot forget the check. A door that is not in
``DOORS`` is closed: whoever adds one to ``Archive`` says here who may pass (a test compares the two).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from inspect import signature
from pathlib import Path
from typing import Any

from cards.errors import ArchiveError, NotAllowed
from cards.model import Card
from store import audit, comments, drafts, people
from store.archive import Archive
from store.pace import keep_pace
from store.people import BY_UNIT, Action, Person
from store.records import Comment, Draft, DraftVersion

MOST_WORDS = 10_000  # characters of a question, a name, a reason; texts of a card have limits of their own (``card_limits``)
AGAIN = 600.0  # seconds in which the same person reading or editing the same thing is told once
APPROVED = "approved"
DECIDED = (APPROVED, "closed")  # states that only who approves may leave or bring back


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
        "comments", "embedder", "id", "settings", "close", "document", "indicator", "indicator_by_key",
        "indicator_proposals", "indicators_about", "card_lines", "values", "corrections", "index_problem",
        "prepare_search", "search_prepared",
    ), READ),
    **dict.fromkeys(("lock", "vectors"), Door(Action.MANAGE)),
    "search": Door(Action.READ, "ricerca", "archivio", often=True),
    "reading": Door(Action.READ, "lettura", "documento", often=True),
    "source_file": Door(Action.READ, "lettura", "documento", often=True),
    "card": Door(Action.READ, "lettura", "scheda", often=True),
    "draft": Door(Action.READ, "lettura", "bozza", often=True),
    "link_indicators": Door(Action.DRAFT, "collegamento", "indicatore"),
    "ingest": Door(Action.INGEST, "ingestione", "documento"),
    "confirm_document": Door(Action.INGEST, "conferma", "documento"),
    "correct_layout": Door(Action.INGEST, "correzione", "disegno"),
    "apply_layout": Door(Action.INGEST, "correzione", "disegno"),
    "try_layout": Door(Action.INGEST),
    "same_layout": Door(Action.READ),
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
    "add_comment": Door(Action.READ, "commento", "bozza"),
    "close_comment": Door(Action.READ, "commento", "bozza"),
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

    def still_here(self) -> None:
        """For what is done long after the page was drawn: ``NotAllowed`` if the person was put aside or lowered since."""
        if not self._person.local:
            with self._archive.connection() as connection:
                now = people.present(connection, self._person.email)
            if (now.role, now.units) != (self._person.role, self._person.units):
                raise NotAllowed("I tuoi diritti sono cambiati: ricarica la pagina.")

    def tell(self, action: str, thing: str, detail: str = "") -> None:
        """Leave in the log something done outside the archive: an export, a text sent to a model."""
        if not self._person.local:
            keep_pace(self._person.email, action)
        with self._archive.transaction() as connection:
            audit.record(connection, self._person, action, thing, detail)

    def asking_model(self, thing: str, detail: str, card: Card | None = None) -> None:
        """Before a text goes to a model: whether the person may send it (``NotAllowed``), and the trace in the log.

        ``card``: the one that the answer will be written in, which must be the person's to write.
        """
        self._person.must(Action.SEND)
        if card is not None:
            self._person.must(Action.DRAFT, owner(card))
        self.tell("richiesta a un modello", thing, detail)

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
            given = signature(target).bind(*args, **kwargs).arguments
            self._measure(name, given)
            if name == "close_comment":
                self._check_comment(given["number"])
            if door.action in BY_UNIT:
                self._check_draft(door.action, name, given)
            self._sign(name, given)
            result = target(**given)
            if name == "ingest":
                return self._ingested(result)
            if door.told:
                self._leave(door, name, _about(name, given, result), result)
            return result

        return call

    def _measure(self, name: str, given: dict[str, Any]) -> None:
        """Neither too much nor too often: who sits at the PC waits for nobody, and nobody for them."""
        words = [value for key, value in given.items() if key != "note" and isinstance(value, str)]
        if any(len(one) > MOST_WORDS for one in words):
            raise ArchiveError(f"Il testo è troppo lungo: al più {MOST_WORDS} caratteri.")
        if not self._person.local:
            keep_pace(self._person.email, name)

    def _check_comment(self, number: int) -> None:
        """A comment is closed by who wrote it, or by who may write the card it is about."""
        with self._archive.connection() as connection:
            one = comments.comment(connection, number)
            if one.author != self._person.label:
                self._person.must(Action.DRAFT, owner(drafts.draft(connection, one.draft_id).card))

    def may_close(self, one: Comment, card: Card) -> bool:
        """Whether the person may close a comment on a card: to draw its button or not."""
        return one.author == self._person.label or self._person.may(Action.DRAFT, owner(card))

    def _check_draft(self, action: Action, name: str, given: dict[str, Any]) -> None:
        """``NotAllowed`` unless the person may make this call.

        The units of the card as it is, as it becomes and as it was in the version brought back; approving, changing what is
        decided and going back to it need more. What was looked at is what is changed: a save in between is a ``Conflict``.
        """
        before = self._before(given.get("draft_id"))
        back = self._brought_back(name, given)
        if given.get("state") == APPROVED or any(one.state in DECIDED for one in (before, back) if one):
            action = Action.APPROVE
        cards = (given.get("card"), before and before.card, back and back.card)
        self._person.must(action, *(owner(one) for one in cards if one))
        if before and "version" in _parameters(name) and given.get("version") is None:
            given["version"] = before.version

    def _sign(self, name: str, given: dict[str, Any]) -> None:
        """Who logged in signs with their own name, whatever the page says."""
        signed = "who" if name == "approve_draft" else "author"
        if not self._person.local and signed in _parameters(name):
            given[signed] = self._person.label

    def _brought_back(self, name: str, given: dict[str, Any]) -> DraftVersion | None:
        """The earlier version that undo, redo or restore would bring back."""
        step = name.removesuffix("_draft")
        if step not in ("undo", "redo", "restore"):
            return None
        with self._archive.connection() as connection:
            return drafts.brought_back(connection, given["draft_id"], step, given.get("old"))

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


def owner(card: Card) -> str | None:
    """The unit that answers for a card, by the name its document gives it: the one that rights are about."""
    return card.unit or card.directorate or card.section


def _parameters(name: str) -> Mapping[str, Any]:
    return signature(getattr(Archive, name)).parameters


def _about(name: str, given: dict[str, Any], result: Any) -> str:
    """The id of what a call was about; the words of a question are nobody's business."""
    if name == "search":
        return ""
    if name == "save_draft":
        return str(result.id)
    return str(next(iter(given.values()), ""))
