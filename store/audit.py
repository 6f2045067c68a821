"""The audit log: who did what to what, when. Rows are only ever added, each sealed over the one before.

The database refuses to change or delete a row (triggers); the seals show it if somebody goes around the database. Texts
are not copied here: what was read or written stays in the archive, the log says where (GDPR art. 5: data minimised).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select, text

from store import schema as t
from store.people import Person

ADVISORY_KEY = 72116963
FIRST = "0" * 64
COLUMNS = ("number", "at", "person", "role", "action", "object", "detail")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: ``at`` in UTC (ISO 8601), ``object`` as "bozza:…", ``detail`` a few words."""

    number: int
    at: str
    person: str
    role: str
    action: str
    object: str
    detail: str
    seal: str

    def to_json(self) -> dict[str, Any]:
        """Plain data, the keys as the names here."""
        return asdict(self)


def record(connection: Connection, who: Person, action: str, thing: str, detail: str = "") -> None:
    """Add a row, in the caller's writing transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_KEY})
    last = connection.execute(select(t.audit.c.number, t.audit.c.seal).order_by(t.audit.c.number.desc()).limit(1)).first()
    number, seal = (last.number, last.seal) if last else (0, FIRST)
    row = {"number": number + 1, "at": t.now(), "person": who.email if not who.name else f"{who.name} <{who.email}>",
           "role": who.role, "action": action, "object": thing, "detail": detail}
    connection.execute(insert(t.audit).values(**row, seal=sealed(seal, row)))


def sealed(before: str, row: dict[str, Any]) -> str:
    """SHA-256 of the seal before and the row's columns, in their order."""
    return hashlib.sha256((before + json.dumps([row[name] for name in COLUMNS], ensure_ascii=False)).encode()).hexdigest()


def entries(
    connection: Connection, person: str | None = None, since: str | None = None, until: str | None = None,
) -> Iterator[Entry]:
    """Rows in order; ``person`` a part of name or address, ``since`` included and ``until`` excluded (ISO dates)."""
    query = select(t.audit).order_by(t.audit.c.number)
    if person:
        query = query.where(t.audit.c.person.icontains(person, autoescape=True))
    if since:
        query = query.where(t.audit.c.at >= since)
    if until:
        query = query.where(t.audit.c.at < until)
    for row in connection.execute(query):
        yield _entry(row)


def broken(connection: Connection) -> int | None:
    """The number of the first row that is not as it was written, or that follows a missing one; None when all hold."""
    seal, expected = FIRST, 1
    for entry in entries(connection):
        if entry.number != expected or entry.seal != sealed(seal, entry.to_json()):
            return expected
        seal, expected = entry.seal, expected + 1
    return None


def _entry(row: Row[tuple[object, ...]]) -> Entry:
    return Entry(**dict(row._mapping))
