"""The schema kept up to date: a fresh archive is created, an older one is brought forward, a newer one is refused.

Alembic is imported only when there is something to do: opening an archive that is up to date costs one query.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from cards.errors import ArchiveError
from store.engine import mapped_errors, writing

MIGRATIONS = Path(__file__).parent / "migrations"
KNOWN = tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))  # one chain, in this order
HEAD = KNOWN[-1]


def ensure_schema(engine: Engine) -> None:
    """Bring the database to the present schema, in one transaction; harmless if two processes do it at once."""
    with mapped_errors(engine), engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(72116961)"))
        found = _version(connection)
        if found is not None and found not in KNOWN:
            raise ArchiveError(f"L'archivio è stato scritto da una versione più nuova del programma (schema {found}). "
                               "Aggiorna il programma e riprova.")
        if found != HEAD:
            upgrade(connection)


def schema_version(engine: Engine) -> str | None:
    """The schema that the database has now, None before the first use; nothing is changed."""
    with mapped_errors(engine), engine.connect() as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the migrations on this connection, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
