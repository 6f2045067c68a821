"""Passages as search reads them: with their place, their document and what they can be filtered by."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator

from sqlalchemy import Connection, Row, Select, select

from store import schema as t
from store.records import StoredPassage

CHUNK = 2000


def stored_passages(
    connection: Connection, entity: str | None = None, year: int | None = None, ids: Collection[str] | None = None,
    documents: Collection[str] | None = None,
) -> Iterator[StoredPassage]:
    """The passages, by document and position, with ``documents`` (ids) of those alone; with ``ids`` only those (in no
    promised order), unknown ids are left out."""
    if documents is not None:
        some = sorted(documents)
        for start in range(0, len(some), CHUNK):
            chosen = _columns().where(t.passages.c.document_id.in_(some[start : start + CHUNK]))
            yield from map(_stored, connection.execute(chosen.order_by(t.passages.c.document_id, t.passages.c.position)))
        return
    if ids is None:
        wanted = _columns().order_by(t.passages.c.document_id, t.passages.c.position)
        if entity is not None:
            wanted = wanted.where(t.passages.c.entity == entity)
        if year is not None:
            wanted = wanted.where(t.passages.c.year == year)
        yield from map(_stored, connection.execution_options(yield_per=CHUNK).execute(wanted))
        return
    some = list(ids)
    for start in range(0, len(some), CHUNK):
        chosen = _columns().where(t.passages.c.id.in_(some[start : start + CHUNK]))
        yield from map(_stored, connection.execute(chosen))


def _columns() -> Select[tuple[object, ...]]:
    own = [t.passages.c[name] for name in StoredPassage.__slots__ if name != "document"]
    joined = t.passages.join(t.documents, t.documents.c.id == t.passages.c.document_id)
    return select(*own, t.documents.c.name.label("document")).select_from(joined)


def _stored(row: Row[tuple[object, ...]]) -> StoredPassage:
    data = dict(row._mapping)
    return StoredPassage(**{**data, "lines": tuple(data["lines"])})


def values(connection: Connection, field: str) -> list[str]:
    """The values that a column of the passages has, in order."""
    column = t.passages.c[field]
    wanted = select(column).where(column.is_not(None)).distinct().order_by(column)
    return [str(value) for value in connection.execute(wanted).scalars()]


def embedded_text(context: str, text: str) -> str:
    """What a passage's vector is made from: its own words. Where it stands is found by the word index; put before the text
    it made passages of one card look alike (5 points less at 5 on the development questions)."""
    return text or context


def content_hash(context: str, text: str) -> str:
    """The key of a passage's vector in the cache."""
    return hashlib.sha256(embedded_text(context, text).encode()).hexdigest()[:32]
