"""Comments on a draft: who said what about which version, open until somebody closes them. They never change the card."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from cards.errors import ArchiveError, NotInArchive
from store import drafts
from store import schema as t
from store.records import Comment

MOST, MOST_OPEN = 4000, 300  # characters of a comment, comments that wait on a draft


def comments(connection: Connection, draft_id: str) -> list[Comment]:
    """The comments of a draft, the open ones first, each group in the order they were written."""
    drafts.draft(connection, draft_id)
    c = t.draft_comments.c
    rows = connection.execute(select(t.draft_comments).where(c.draft_id == draft_id).order_by(c.number))
    return sorted(map(_comment, rows), key=lambda one: one.closed_at is not None)


def add(connection: Connection, draft_id: str, text: str, author: str | None) -> Comment:
    """Say something about the draft as it is now."""
    words = text.strip()
    if not words:
        raise ArchiveError("Il commento è vuoto: scrivi che cosa vuoi dire.")
    if len(words) > MOST:
        raise ArchiveError(f"Il commento supera i {MOST} caratteri: accorcialo.")
    version = drafts.draft(connection, draft_id).version
    c = t.draft_comments.c
    waiting = connection.execute(select(func.count()).where(c.draft_id == draft_id, c.closed_at.is_(None))).scalar_one()
    if waiting >= MOST_OPEN:
        raise ArchiveError(f"Sulla scheda ci sono già {MOST_OPEN} commenti aperti: chiudine prima qualcuno.")
    wanted = insert(t.draft_comments).values(draft_id=draft_id, version=version, at=t.now(), author=author, text=words)
    number = connection.execute(wanted.returning(t.draft_comments.c.number)).scalar_one()
    return comment(connection, number)


def close(connection: Connection, number: int, author: str | None) -> Comment:
    """Say that a comment is dealt with; closed already, it stays as it was closed."""
    c = t.draft_comments.c
    comment(connection, number)
    connection.execute(update(t.draft_comments).where(c.number == number, c.closed_at.is_(None)).values(
        closed_at=t.now(), closed_by=author))
    return comment(connection, number)


def comment(connection: Connection, number: int) -> Comment:
    """A comment by its number; ``NotInArchive`` if there is none."""
    row = connection.execute(select(t.draft_comments).where(t.draft_comments.c.number == number)).first()
    if row is None:
        raise NotInArchive("Questo commento non c'è più: forse la bozza è stata eliminata.")
    return _comment(row)


def _comment(row: Row[Any]) -> Comment:
    return Comment(row.number, row.draft_id, row.version, row.at, row.author, row.text, row.closed_at, row.closed_by)
