"""Drafts: every save is a version, nobody overwrites another's save unseen, undo walks back and redo forth.

A save costs one short transaction, fit for every keystroke that ends a field. Versions are never thrown away.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, get_args
from uuid import uuid4

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from cards.errors import ArchiveError, Conflict, NotInArchive
from cards.model import Card
from store import schema as t
from store.card_limits import must_fit
from store.records import Draft, DraftState, DraftVersion

STATES = get_args(DraftState)


def all_drafts(connection: Connection, state: str | None = None) -> list[Draft]:
    """Drafts, the last touched first."""
    wanted = _joined().order_by(t.drafts.c.updated_at.desc(), t.drafts.c.id)
    if state:
        wanted = wanted.where(t.drafts.c.state == state)
    return [_draft(row) for row in connection.execute(wanted)]


def draft(connection: Connection, draft_id: str) -> Draft:
    """A draft as last saved; ``NotInArchive`` if there is none with that id."""
    return _draft(_row(connection, draft_id))


def versions(connection: Connection, draft_id: str) -> list[DraftVersion]:
    """Every save of a draft, the latest first."""
    _row(connection, draft_id)
    rows = select(t.draft_versions).where(t.draft_versions.c.draft_id == draft_id)
    return [_told(row) for row in connection.execute(rows.order_by(t.draft_versions.c.version.desc()))]


def brought_back(connection: Connection, draft_id: str, step: str, old: int | None = None) -> DraftVersion | None:
    """The version whose content and state an "undo", a "redo" or a "restore" (of ``old``) would bring back; None where there is
    nothing to bring back."""
    row = _row(connection, draft_id)
    number = {"undo": row.parent, "redo": row.undone, "restore": old}[step]
    return None if number is None else _told(_version(connection, draft_id, number))


def create(connection: Connection, card: Card, state: str | None, author: str | None, note: str | None) -> Draft:
    """A new draft, version 1."""
    must_fit(card)
    draft_id, at = uuid4().hex[:12], _moment(connection)
    values = {**_columns(card, _known(state or "draft"), author), "version": 1, "updated_at": at}
    connection.execute(insert(t.drafts).values(id=draft_id, created_at=at, **values))
    _note_version(connection, draft_id, values, note, parent=None, undone=None)
    return draft(connection, draft_id)


def save(
    connection: Connection, draft_id: str, card: Card, version: int | None, state: str | None, author: str | None,
    note: str | None,
) -> Draft:
    """The next version. ``version`` is the one the caller started from (None: whatever is there); the same content makes one only
    for what its note has to tell."""
    must_fit(card)
    row = _row(connection, draft_id)
    _expect(row, version)
    same = row.card == card.to_json()
    if not same and state is None and row.state == "approved":
        raise Conflict("La scheda è stata approvata: per cambiarla riaprila, oppure salva la tua come nuova bozza.")
    state = _known(state or row.state)
    if same and row.state == state and note is None:
        return _draft(row)
    return _next(connection, row, card, state, author, note, parent=row.version, undone=None)


def undo(connection: Connection, draft_id: str, version: int | None, author: str | None) -> Draft:
    """Back to the version the present one was made from; without one the draft stays as it is."""
    row = _row(connection, draft_id)
    _expect(row, version)
    if row.parent is None:
        return _draft(row)
    target = _version(connection, draft_id, row.parent)
    return _next(connection, row, Card.model_validate(target.card), target.state, author, f"annullata la versione {row.version}",
                 parent=target.parent, undone=row.version)


def redo(connection: Connection, draft_id: str, version: int | None, author: str | None) -> Draft:
    """Forth again after an undo; without one the draft stays as it is."""
    row = _row(connection, draft_id)
    _expect(row, version)
    if row.undone is None:
        return _draft(row)
    target = _version(connection, draft_id, row.undone)
    return _next(connection, row, Card.model_validate(target.card), target.state, author, f"ripetuta la versione {row.undone}",
                 parent=target.parent, undone=target.undone)


def restore(connection: Connection, draft_id: str, old: int, version: int | None, author: str | None) -> Draft:
    """The content of an earlier version as the next one (undo leads back from it)."""
    row = _row(connection, draft_id)
    _expect(row, version)
    target = _version(connection, draft_id, old)
    return _next(connection, row, Card.model_validate(target.card), target.state, author, f"ripresa la versione {old}",
                 parent=row.version, undone=None)


def remove(connection: Connection, draft_id: str) -> None:
    """Take a draft out with all its versions."""
    if not connection.execute(delete(t.drafts).where(t.drafts.c.id == draft_id)).rowcount:
        raise _missing(draft_id)


def _joined() -> Any:
    v = t.draft_versions.c
    both = t.drafts.join(t.draft_versions, (v.draft_id == t.drafts.c.id) & (v.version == t.drafts.c.version))
    return select(t.drafts, v.parent, v.undone).select_from(both)


def _row(connection: Connection, draft_id: str) -> Row[Any]:
    row: Row[Any] | None = connection.execute(_joined().where(t.drafts.c.id == draft_id)).first()
    if row is None:
        raise _missing(draft_id)
    return row


def _missing(draft_id: str) -> NotInArchive:
    return NotInArchive(f"La bozza «{draft_id}» non è nell'archivio: forse è stata eliminata. Aprila dall'elenco delle bozze.")


def _draft(row: Row[Any]) -> Draft:
    return Draft(row.id, Card.model_validate(row.card), row.state, row.version, row.created_at, row.updated_at, row.author,
                 can_undo=row.parent is not None, can_redo=row.undone is not None)


def _told(row: Row[Any]) -> DraftVersion:
    return DraftVersion(row.version, Card.model_validate(row.card), row.state, row.at, row.author, row.note)


def _version(connection: Connection, draft_id: str, version: int) -> Row[Any]:
    v = t.draft_versions.c
    row = connection.execute(select(t.draft_versions).where(v.draft_id == draft_id, v.version == version)).first()
    if row is None:
        raise NotInArchive(f"La bozza «{draft_id}» non ha una versione {version}.")
    return row


def _expect(row: Row[Any], version: int | None) -> None:
    if version is not None and version != row.version:
        raise _conflict(row.author, row.updated_at, row.version, version)


def _conflict(author: str | None, at: str, present: int, expected: int) -> Conflict:
    who = f" da {author}" if author else ""
    when = datetime.fromisoformat(at).astimezone()
    return Conflict(f"La bozza è stata salvata{who} il {when:%d/%m/%Y alle %H:%M:%S}, dopo che l'hai aperta (versione {present}, "
                    f"la tua era la {expected}). Ricaricala, oppure salva la tua come nuova bozza.")


def _known(state: str) -> str:
    if state not in STATES:
        raise ArchiveError(f"Stato «{state}» sconosciuto: una bozza può essere {', '.join(STATES)}.")
    return state


def _moment(connection: Connection) -> str:
    """Now; a clock put back by less than a day does not put a save before those made already, or the last touched would hide."""
    now, last = t.now(), connection.execute(select(func.max(t.drafts.c.updated_at))).scalar()
    if last is None or now > last:
        return now
    latest = datetime.fromisoformat(last)
    if latest - datetime.fromisoformat(now) > timedelta(days=1):
        return now
    return (latest + timedelta(milliseconds=1)).isoformat(timespec="milliseconds")


def _columns(card: Card, state: str, author: str | None) -> dict[str, Any]:
    return {"state": state, "entity": card.entity, "year": card.year, "unit": card.unit, "title": card.title,
            "card": card.to_json(), "author": author}


def _next(
    connection: Connection, row: Row[Any], card: Card, state: str, author: str | None, note: str | None, *,
    parent: int | None, undone: int | None,
) -> Draft:
    values = {**_columns(card, state, author), "version": row.version + 1, "updated_at": _moment(connection)}
    still = (t.drafts.c.id == row.id) & (t.drafts.c.version == row.version)
    if not connection.execute(update(t.drafts).where(still).values(values)).rowcount:
        present = _row(connection, row.id)
        raise _conflict(present.author, present.updated_at, present.version, row.version)
    _note_version(connection, row.id, values, note, parent=parent, undone=undone)
    return Draft(row.id, card, values["state"], values["version"], row.created_at, values["updated_at"], author,
                 can_undo=parent is not None, can_redo=undone is not None)


def _note_version(
    connection: Connection, draft_id: str, values: dict[str, Any], note: str | None, *, parent: int | None, undone: int | None,
) -> None:
    kept = {key: values[key] for key in ("version", "state", "card", "author")}
    connection.execute(insert(t.draft_versions).values(
        draft_id=draft_id, at=values["updated_at"], note=note, parent=parent, undone=undone, **kept))
