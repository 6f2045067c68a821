"""The whole database as one SQLite file, whatever the engine: what a backup carries and a restore brings back.

SQLite gives it through its online backup API, in one step and so as of one moment (as its documentation advises for a
database in use); PostgreSQL row by row inside one repeatable-read transaction, into a file of the same schema. So a backup
taken on one engine can be restored on the other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, func, insert, make_url, select, text
from sqlalchemy.engine import URL

from cards.errors import ArchiveError
from settings import Settings
from store import engine as engines
from store import migrate

BATCH = 500  # rows copied together
COUNTED = ("documents", "cards", "passages", "drafts", "draft_versions")


def database_file(settings: Settings) -> Path | None:
    """The SQLite file of these settings, None when the database is a server."""
    url = make_url(settings.sql_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def take(settings: Settings, target: Path) -> None:
    """Copy the database as of this moment into ``target``, a new SQLite file; readers and writers go on meanwhile.

    Raises ``ArchiveError`` if there is no archive yet, it is damaged or does not answer.
    """
    file = database_file(settings)
    if file is None:
        with server(settings) as source:
            _rows_to_file(source, target)
        return
    if not file.is_file():
        raise ArchiveError(f"Non c'è un archivio in {file.parent}: non c'è nulla da copiare. Controlla PIAO_HOME.")
    try:
        with closing(sqlite3.connect(file, timeout=engines.BUSY_SECONDS)) as live, closing(sqlite3.connect(target)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE").close()
    except sqlite3.DatabaseError as error:
        if "full" in str(error):
            raise ArchiveError(f"Non c'è spazio per la copia in {target.parent.parent}. Libera spazio e riprova.") from error
        raise ArchiveError(f"L'archivio {file} non si riesce a copiare ({error}). Se è danneggiato ripristina l'ultima copia "
                           "con «piao restore».") from error


def counts(file: Path) -> dict[str, int]:
    """How many rows of each kind a snapshot has; ``ArchiveError`` if SQLite finds it damaged."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF").close()
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok":
                raise ArchiveError(f"La copia del database è danneggiata ({verdict}).")
            return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in COUNTED}
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"La copia del database è danneggiata ({error}).") from error


def originals_named(file: Path) -> set[str]:
    """The hashes of every file that a snapshot's documents were read from, their earlier selves included."""
    with closing(sqlite3.connect(file)) as connection:
        rows = connection.execute("SELECT sha256 FROM documents UNION SELECT sha256 FROM document_history")
        return {row[0] for row in rows}


@contextmanager
def opened(file: Path) -> Iterator[Engine]:
    """An engine on a snapshot file."""
    engine = create_engine(URL.create("sqlite", database=str(file)))
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def server(settings: Settings) -> Iterator[Engine]:
    """An engine on the configured database."""
    engine = engines.make_engine(settings)
    try:
        yield engine
    finally:
        engine.dispose()


def replace_rows(source: Engine, target: Engine) -> None:
    """Every row of ``target`` replaced by those of ``source``, in one transaction; both have the present schema."""
    with source.connect() as old, engines.writing(target) as new, _audit_open(new):
        for table in _copy(old, new):
            _next_number(new, table)


@contextmanager
def _audit_open(connection: Connection) -> Iterator[None]:
    """A restore brings back the audit log too: on a server its guards step aside until the end of the transaction."""
    guarded = connection.dialect.name == "postgresql"
    if guarded:
        connection.execute(text("ALTER TABLE audit DISABLE TRIGGER USER"))
    yield
    if guarded:
        connection.execute(text("ALTER TABLE audit ENABLE TRIGGER USER"))


def _rows_to_file(source: Engine, target: Path) -> None:
    version = migrate.schema_version(source)
    if version is None:
        raise ArchiveError("Nel database configurato non c'è un archivio: non c'è nulla da copiare. Controlla PIAO_DATABASE_URL.")
    if version not in migrate.KNOWN:
        raise ArchiveError(f"L'archivio è di una versione più nuova del programma (schema {version}). Aggiorna e riprova.")
    with opened(target) as engine, engine.begin() as new, engines.mapped_errors(source), \
            source.connect().execution_options(isolation_level="REPEATABLE READ") as old:
        migrate.upgrade(new, version)
        _copy(old, new)


def _tables(connection: Connection) -> list[Table]:
    """The tables as they are, each after those that it refers to; Alembic's own note aside."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def _copy(old: Connection, new: Connection) -> list[Table]:
    """Rows of ``old`` instead of those of ``new``, whose tables are given back."""
    tables, shapes = _tables(new), {table.name: table for table in _tables(old)}
    for table in reversed(tables):
        new.execute(table.delete())
    for table in tables:
        rows = old.execution_options(yield_per=BATCH).execute(select(shapes[table.name]))
        for batch in rows.mappings().partitions():
            new.execute(insert(table), [dict(row) for row in batch])
    return tables


def _next_number(connection: Connection, table: Table) -> None:
    """On PostgreSQL, a counted column goes on from its highest number."""
    column: Any = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    highest = connection.execute(select(func.max(column))).scalar()
    sequence = connection.execute(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": column.name}).scalar()
    if sequence and highest:
        connection.execute(text("SELECT setval(:s, :n)"), {"s": sequence, "n": highest})
