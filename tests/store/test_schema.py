"""The migrations give exactly the tables of ``schema``; a newer archive is refused; the database's troubles are one line."""

from __future__ import annotations

import os
import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from cards.errors import ArchiveError, SettingsError
from cards.model import Card
from settings import Settings
from store.archive import Archive
from store.schema import metadata
from tests.store.fakes import WordEmbedder


def test_the_migrations_make_the_tables_of_the_schema(archive: Archive) -> None:
    with archive.connection() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_an_archive_of_a_newer_program_is_refused(settings: Settings, archive: Archive) -> None:
    with archive.transaction() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ArchiveError, match="più nuova"):
        Archive.open(settings)


def test_many_open_a_fresh_archive_at_once(settings: Settings) -> None:
    problems: list[Exception] = []

    def go() -> None:
        try:
            with Archive.open(settings, WordEmbedder()) as archive:
                archive.save_draft(Card(title="una"))
        except Exception as error:
            problems.append(error)

    threads = [threading.Thread(target=go) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with Archive.open(settings, WordEmbedder()) as archive:
        assert len(archive.drafts()) == 5


def test_sqlite_is_set_for_many_readers_and_for_power_cuts(local: Settings) -> None:
    with Archive.open(local, WordEmbedder()) as archive, archive.connection() as connection:
        for pragma, value in (("journal_mode", "wal"), ("foreign_keys", 1), ("synchronous", 2)):
            assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == value


def test_a_file_that_is_no_archive(local: Settings) -> None:
    local.root.mkdir(parents=True)
    (local.root / "archivio.sqlite").write_bytes(b"questo non e' un database" * 500)
    with pytest.raises(ArchiveError, match="danneggiato"):
        Archive.open(local)


@pytest.mark.skipif(os.geteuid() != 0, reason="serve /proc/1 non scrivibile anche all'amministratore")
def test_a_folder_that_cannot_be_made() -> None:
    with pytest.raises(ArchiveError, match="PIAO_HOME"):
        Archive.open(Settings(home="/proc/archivio"))


def test_a_database_that_is_not_there() -> None:
    with pytest.raises(ArchiveError, match="non risponde"):
        Archive.open(Settings(database_url="postgresql+psycopg://nessuno@127.0.0.1:9/archivio"))
    with pytest.raises(SettingsError, match="PIAO_DATABASE_URL"):
        Archive.open(Settings(database_url="oraclone://x"))
