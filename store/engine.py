"""The SQL engine: SQLite (WAL, foreign keys, patience) or PostgreSQL, and its errors as one clear line.

On SQLite a writing transaction takes its lock at the start (BEGIN IMMEDIATE): two writers wait for each other instead of
failing half-way, as SQLAlchemy's documentation on pysqlite transactions suggests.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from cards.errors import ArchiveError, SettingsError
from settings import Settings

BUSY_SECONDS = 30


def make_engine(settings: Settings) -> Engine:
    """An engine for the configured database; the archive folder is made, and that of the database where it is a file."""
    try:
        url = make_url(settings.sql_url)
        if url.get_backend_name() == "sqlite":
            return _sqlite(settings, url.database)
        return create_engine(url, pool_pre_ping=True, pool_size=5, max_overflow=15)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise SettingsError(f"Configurazione: PIAO_DATABASE_URL non è utilizzabile ({error}). "
                            "Esempio: postgresql+psycopg://utente@host/archivio.") from error


def _sqlite(settings: Settings, database: str | None) -> Engine:
    make_folder(settings, Path(database).parent if database else settings.root)
    engine = create_engine(settings.sql_url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def make_folder(settings: Settings, folder: Path) -> None:
    """The folder of an archive: originals, the Word template and the search index are files whatever the database."""
    try:
        settings.made_root() if folder == settings.root else folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ArchiveError(f"La cartella dell'archivio {folder} non si può creare ({error.strerror}). "
                           "Indica un'altra cartella con PIAO_HOME.") from error


def _prepare(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("busy_timeout = 30000", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    _write_ahead(connection)


def _write_ahead(connection: Any) -> None:
    """Set WAL; several processes that make an archive at once must take turns by themselves, SQLite does not wait here."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writing") else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one consistent state; nothing it does is kept."""
    with mapped_errors(engine), engine.connect() as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction: all of it is kept, or nothing."""
    with mapped_errors(engine), engine.execution_options(writing=True).begin() as connection:
        yield connection


CAUSES = (
    ("locked", "è occupato da un'altra scrittura da più di {busy} secondi. Riprova tra poco."),
    ("disk is full", "non ha più spazio su disco: niente è stato scritto. Libera spazio e riprova."),
    ("disk full", "non ha più spazio su disco: niente è stato scritto. Libera spazio e riprova."),
    ("readonly", "è in sola lettura. Controlla i permessi della cartella o del disco."),
    ("unable to open", "non si può aprire. Controlla che la cartella esista e che si possa scrivere."),
    ("malformed", "è danneggiato. Ripristina l'ultima copia di sicurezza con «piao restore»."),
    ("not a database", "è danneggiato o non è un archivio. Ripristina l'ultima copia con «piao restore»."),
    ("disk i/o", "non si riesce a leggere o scrivere: errore del disco. Controlla il disco e riprova."),
)


@contextmanager
def mapped_errors(engine: Engine) -> Iterator[None]:
    """The database's own troubles as ``ArchiveError``; a mistake of ours keeps its traceback."""
    try:
        yield
    except DBAPIError as error:
        text = str(error.orig).lower()
        place = engine.url.database if engine.url.get_backend_name() == "sqlite" else engine.url.host or "PostgreSQL"
        for sign, words in CAUSES:
            if sign in text:
                raise ArchiveError(f"L'archivio {place} {words.format(busy=BUSY_SECONDS)}") from error
        if error.connection_invalidated or "connect" in text:
            raise ArchiveError(f"Il database dell'archivio ({place}) non risponde. Controlla che sia acceso e raggiungibile, "
                               "poi riprova.") from error
        raise
