"""Documents in the database: write a reading whole, find it, put it together again, take it out with every trace."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, or_, select, update

from cards.errors import ArchiveError, NotInArchive
from cards.model import Card, Passage, Reading
from store import schema as t
from store.notes import raise_generation
from store.passages_table import content_hash
from store.records import DocumentVersion, StoredDocument
from store.series import indicator_rows

COLUMNS = [t.documents.c[name] for name in StoredDocument.__slots__]


def all_documents(connection: Connection) -> list[StoredDocument]:
    """Every document, by entity, year and name."""
    order = (t.documents.c.entity, t.documents.c.year, t.documents.c.name, t.documents.c.id)
    return [StoredDocument(*row) for row in connection.execute(select(*COLUMNS).order_by(*order))]


def find(connection: Connection, id_or_name: str) -> StoredDocument:
    """The document with this id or file name; ``NotInArchive`` if there is none, ``ArchiveError`` if the name is not enough."""
    wanted = or_(t.documents.c.id == id_or_name, t.documents.c.name == id_or_name)
    rows = connection.execute(select(*COLUMNS).where(wanted)).all()
    if not rows:
        raise NotInArchive(f"Il documento «{id_or_name}» non è nell'archivio. Controlla il nome nell'elenco dei documenti.")
    exact = [row for row in rows if row.id == id_or_name] or rows
    if len(exact) > 1:
        these = ", ".join(f"{row.id} ({row.entity or 'ente non noto'}, {row.year or 'anno non noto'})" for row in exact)
        raise ArchiveError(f"«{id_or_name}»: più documenti hanno questo nome. Indica l'identificativo: {these}.")
    return StoredDocument(*exact[0])


def by_sha(connection: Connection, sha256: str) -> Row[Any] | None:
    """The document with exactly this content."""
    return connection.execute(select(t.documents).where(t.documents.c.sha256 == sha256)).first()


def by_name(connection: Connection, name: str) -> list[Row[Any]]:
    """The documents with this file name, the latest first."""
    found = select(t.documents).where(t.documents.c.name == name).order_by(t.documents.c.ingested_at.desc())
    return list(connection.execute(found))


def reading_of(connection: Connection, document: StoredDocument) -> Reading:
    """The reading as it was stored."""
    data = connection.execute(select(t.documents.c.reading).where(t.documents.c.id == document.id)).scalar_one()
    stored = select(t.cards.c.card).where(t.cards.c.document_id == document.id).order_by(t.cards.c.position)
    texts = select(t.passages).where(t.passages.c.document_id == document.id).order_by(t.passages.c.position)
    passages = [{key: getattr(row, key) for key in Passage.model_fields} for row in connection.execute(texts)]
    cards = list(connection.execute(stored).scalars())
    return Reading.model_validate({**data, "cards": cards, "passages": passages})


def history(connection: Connection, document: StoredDocument) -> list[DocumentVersion]:
    """Earlier selves of a document, the latest first."""
    c = t.document_history.c
    rows = select(*(c[name] for name in DocumentVersion.__slots__)).where(c.document_id == document.id)
    return [DocumentVersion(*row) for row in connection.execute(rows.order_by(c.version.desc()))]


def earlier_reading(connection: Connection, document: StoredDocument, version: int) -> Reading:
    """The reading of an earlier self."""
    c = t.document_history.c
    wanted = select(c.reading).where(c.document_id == document.id, c.version == version)
    data = connection.execute(wanted).scalar()
    if data is None:
        raise NotInArchive(f"{document.name}: la versione {version} non è nella storia del documento.")
    return Reading.model_validate(data)


def add(connection: Connection, reading: Reading, *, path: str, size: int, given: Mapping[str, Any]) -> str:
    """Store a reading as a new document; its id."""
    document_id = _free_id(connection, str(reading.document.sha256))
    row = {"id": document_id, "version": 1, **_columns(reading, path, size, given)}
    connection.execute(insert(t.documents).values(row))
    _fill(connection, document_id, reading)
    return document_id


def replace(
    connection: Connection, old: Row[Any], reading: Reading, *, path: str, size: int, given: Mapping[str, Any],
) -> str:
    """Store a reading in the place of an older self of the document, which goes into its history."""
    if old.sha256 != reading.document.sha256:
        earlier = reading_of(connection, find(connection, old.id)).to_json()
        connection.execute(insert(t.document_history).values(
            document_id=old.id, version=old.version, name=old.name, sha256=old.sha256, reading=earlier,
            ingested_at=old.ingested_at, replaced_at=t.now()))
    _empty(connection, old.id)
    version = old.version + (old.sha256 != reading.document.sha256)
    row = {"version": version, **_columns(reading, path, size, given)}
    connection.execute(update(t.documents).where(t.documents.c.id == old.id).values(row))
    _fill(connection, old.id, reading)
    return str(old.id)


def remove(connection: Connection, document_id: str) -> None:
    """Take a document out: cards, passages, history, and the cached vectors that no other text shares."""
    _empty(connection, document_id)
    connection.execute(delete(t.documents).where(t.documents.c.id == document_id))
    used = select(t.passages.c.content_hash)
    connection.execute(delete(t.vector_cache).where(t.vector_cache.c.content_hash.not_in(used)))
    raise_generation(connection)


def _columns(reading: Reading, path: str, size: int, given: Mapping[str, Any]) -> dict[str, Any]:
    document = reading.document
    kept = reading.replace(cards=(), passages=()).to_json()
    return {
        "name": document.name, "path": path, "sha256": document.sha256, "size": size, "format": document.format,
        "entity": document.entity, "year": document.year, "document_type": document.document_type,
        "title": document.title, "pages": document.pages, "cards": len(reading.cards),
        "passages": len(reading.passages), "given": dict(given), "reading": kept, "ingested_at": t.now(),
    }


def _fill(connection: Connection, document_id: str, reading: Reading) -> None:
    _insert(connection, t.cards, (_card_row(document_id, n, card) for n, card in enumerate(reading.cards)))
    values = (row for card in reading.cards for row in indicator_rows(card))
    _insert(connection, t.indicator_values, ({"document_id": document_id, **row} for row in values))
    known = {card.id: card for card in reading.cards}
    rows = (_passage_row(document_id, n, p, known.get(p.card_id), reading) for n, p in enumerate(reading.passages))
    _insert(connection, t.passages, rows)
    raise_generation(connection)


def _insert(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:
    if found := list(rows):
        connection.execute(insert(table), found)


def _card_row(document_id: str, position: int, card: Card) -> dict[str, Any]:
    return {
        "document_id": document_id, "id": card.id, "position": position, "kind": card.kind, "entity": card.entity,
        "year": card.year, "unit": card.unit, "mission": card.mission, "code": card.code, "title": card.title,
        "card": card.to_json(),
    }


def _passage_row(document_id: str, position: int, p: Passage, card: Card | None, reading: Reading) -> dict[str, Any]:
    document = reading.document
    return {
        "id": f"{str(document.sha256)[:16]}-{position:05d}", "document_id": document_id, "position": position,
        "card_id": p.card_id, "kind": p.kind, "text": p.text, "context": p.context, "page": p.page,
        "lines": list(p.lines), "entity": (card and card.entity) or document.entity,
        "year": (card and card.year) or document.year, "unit": card.unit if card else None,
        "mission": card.mission if card else None, "content_hash": content_hash(p.context, p.text),
    }


def _empty(connection: Connection, document_id: str) -> None:
    """Take a document's content out and note its vectors for removal from the collection."""
    leaving = select(t.passages.c.id).where(t.passages.c.document_id == document_id)
    connection.execute(insert(t.vectors_to_drop).from_select(["passage_id"], leaving))
    for table in (t.passages, t.indicator_values, t.cards):
        connection.execute(delete(table).where(table.c.document_id == document_id))


def _free_id(connection: Connection, sha256: str) -> str:
    """A document's id: the head of its first content's hash, unless that is taken by a document whose content changed since."""
    for length in range(16, 33):
        taken = select(func.count()).where(t.documents.c.id == sha256[:length])
        if not connection.execute(taken).scalar():
            return sha256[:length]
    raise ArchiveError("Identificativo del documento già in uso.")  # pragma: no cover
