"""The archive's tables, the same on SQLite and PostgreSQL. Changes go through ``migrations/``; a test compares the two.

Moments are UTC, ISO 8601 text. JSON columns hold the domain's own shape (``Card.to_json()``); the columns beside them are
copies for searching. ``documents.id`` outlives replacements of the file; ``passages.id`` belongs to one version of it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

metadata = MetaData(naming_convention={
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s", "pk": "pk_%(table_name)s",
})

meta = Table(
    "meta", metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

documents = Table(
    "documents", metadata,
    Column("id", String(32), primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("path", Text),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("format", String(16)),
    Column("entity", Text, index=True),
    Column("year", Integer, index=True),
    Column("document_type", String(64)),
    Column("title", Text),
    Column("pages", Integer),
    Column("cards", Integer, nullable=False),
    Column("passages", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("given", JSON, nullable=False),
    Column("reading", JSON, nullable=False),
    Column("ingested_at", String(32), nullable=False),
    Column("confirmed_at", String(32)),
    Column("confirmed_by", Text),
)

document_history = Table(
    "document_history", metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("reading", JSON, nullable=False),
    Column("ingested_at", String(32), nullable=False),
    Column("replaced_at", String(32), nullable=False),
)

cards = Table(
    "cards", metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("id", String(64), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("kind", String(32), nullable=False, index=True),
    Column("entity", Text, index=True),
    Column("year", Integer, index=True),
    Column("unit", Text, index=True),
    Column("mission", Text, index=True),
    Column("code", Text),
    Column("title", Text),
    Column("card", JSON, nullable=False),
)

indicator_values = Table(
    "indicator_values", metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("card_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("period", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),
    Column("entity", Text),
    Column("year", Integer),
    Column("unit", Text),
    Column("target", Text),
    Column("actual", Text),
    Column("page", Integer),
)

passages = Table(
    "passages", metadata,
    Column("id", String(64), primary_key=True),
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("card_id", String(64), index=True),
    Column("kind", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("context", Text, nullable=False),
    Column("page", Integer),
    Column("lines", JSON, nullable=False),
    Column("entity", Text),
    Column("year", Integer),
    Column("unit", Text),
    Column("mission", Text),
    Column("content_hash", String(32), nullable=False, index=True),
)

# Which passages have their vector in the collection: a passage whose row is absent or has another hash is still to do.
embedded = Table(
    "embedded", metadata,
    Column("passage_id", ForeignKey("passages.id", ondelete="CASCADE"), primary_key=True),
    Column("content_hash", String(32), nullable=False),
)

# Vectors that left the archive with their passage and are still to be taken out of the collection.
vectors_to_drop = Table(
    "vectors_to_drop", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("passage_id", String(64), nullable=False),
)

# One vector per model and text (float32, little-endian): the same text is never embedded twice.
vector_cache = Table(
    "vector_cache", metadata,
    Column("model", String(128), primary_key=True),
    Column("content_hash", String(32), primary_key=True),
    Column("vector", LargeBinary, nullable=False),
)

drafts = Table(
    "drafts", metadata,
    Column("id", String(32), primary_key=True),
    Column("state", String(32), nullable=False),
    Column("version", Integer, nullable=False),
    Column("entity", Text),
    Column("year", Integer, index=True),
    Column("unit", Text),
    Column("title", Text),
    Column("card", JSON, nullable=False),
    Column("created_at", String(32), nullable=False),
    Column("updated_at", String(32), nullable=False, index=True),
    Column("author", Text),
)

# Every save. ``parent`` is the version this one was made from (undo goes there), ``undone`` the version an undo left (redo).
draft_versions = Table(
    "draft_versions", metadata,
    Column("draft_id", ForeignKey("drafts.id", ondelete="CASCADE"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("state", String(32), nullable=False),
    Column("card", JSON, nullable=False),
    Column("parent", Integer),
    Column("undone", Integer),
    Column("at", String(32), nullable=False),
    Column("author", Text),
    Column("note", Text),
)

# What people say to one another about a draft (``store.comments``); ``version`` is the one they were looking at.
draft_comments = Table(
    "draft_comments", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("draft_id", ForeignKey("drafts.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("at", String(32), nullable=False),
    Column("author", Text),
    Column("text", Text, nullable=False),
    Column("closed_at", String(32)),
    Column("closed_by", Text),
)

# Two indicators (``store.library``: body and name) that a person called the same measure, or not; ``one`` < ``other``.
indicator_links = Table(
    "indicator_links", metadata,
    Column("one", String(32), primary_key=True),
    Column("other", String(32), primary_key=True),
    Column("one_name", Text, nullable=False),
    Column("other_name", Text, nullable=False),
    Column("same", Boolean, nullable=False),
    Column("author", Text),
    Column("at", String(32), nullable=False),
)

# How a person said that the columns of a layout are read (``ingest.corrections``): bare header -> field, "" for none.
layout_corrections = Table(
    "layout_corrections", metadata,
    Column("fingerprint", String(16), primary_key=True),
    Column("headers", JSON, nullable=False),
    Column("fields", JSON, nullable=False),
    Column("author", Text),
    Column("at", String(32), nullable=False),
)

# Who may use the archive (``store.people``), and what was done in it (``store.audit``): rows only ever added.
people = Table(
    "people", metadata,
    Column("email", String(254), primary_key=True),
    Column("name", Text),
    Column("role", String(16), nullable=False),
    Column("units", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("subject", Text),
    Column("updated_at", String(32), nullable=False),
)

audit = Table(
    "audit", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("at", String(32), nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("action", String(32), nullable=False),
    Column("object", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)

Index("ix_documents_entity_year", documents.c.entity, documents.c.year)
Index("ix_passages_entity_year", passages.c.entity, passages.c.year)


def now() -> str:
    """This moment, UTC, to the millisecond: "2026-11-21T05:10:00.123+00:00"."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
