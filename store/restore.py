"""``piao restore``: a backup back into the archive, all of it or nothing.

Nothing is touched before the backup was read to its last byte, unpacked beside the archive, brought to the present schema and
counted. An archive that has something in it is replaced only on request, and then kept in a folder of its own
(``precedente-…``) inside the archive folder, which may be a mount point and so cannot itself be renamed. A restored archive
is a new one to Chroma and to the word index: both are made again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, delete, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from cards.errors import ArchiveError
from settings import Settings
from store import backup_file, migrate, snapshot
from store import schema as t
from store.backup import backup
from store.backup_file import DATABASE, ORIGINALS, OWN, Manifest, Step
from store.engine import make_engine, writing
from store.lock import DatabaseLock, FileLock, WriterLock, refused
from store.notes import get_meta, set_meta
from store.vectors import VectorStore, close_all

STAGING, KEPT = ".ripristino-", "precedente-"
MARGIN = 100 * 1024 * 1024  # bytes of disk left free
MOVED = (ORIGINALS, *OWN, "chroma", "ricerca.indice", "parole.npz")  # the archive's own in its folder, beside the database


@dataclass(frozen=True, slots=True)
class RestoreReport:
    """What was restored; ``kept`` is where the archive that was there before now is (a folder or a backup file)."""

    counts: dict[str, int]
    created_at: str
    files: int
    kept: str | None

    def to_json(self) -> dict[str, Any]:
        """Plain data, the keys as the names here."""
        return asdict(self)


def restore(settings: Settings, source: Path, force: bool = False, step: Step | None = None) -> RestoreReport:
    """Put a backup in the place of these settings' archive; the vectors are then to be written (``Archive.resume``).

    ``force`` allows to replace an archive that has documents or drafts. Raises ``UnreadableFile`` for a backup that is not
    whole, ``ArchiveError`` if the archive is in use, not empty, or the disk too small; the archive is then as before.
    """
    manifest = backup_file.verify(source, step)
    if manifest.schema_ not in migrate.KNOWN:
        raise ArchiveError(f"{source.name}: la copia è di una versione più nuova del programma (schema {manifest.schema_}, "
                           f"programma {manifest.version}). Aggiorna il programma e riprova.")
    root = settings.root
    try:
        settings.made_root()
        if shutil.disk_usage(root).free < manifest.size + MARGIN:
            raise ArchiveError(f"{root}: servono {(manifest.size + MARGIN) // 2**20} MB liberi per il ripristino. Libera spazio.")
        with _alone(settings), _staging(root) as staged:
            _stage(source, staged, manifest, step)
            before = _collection(settings)
            kept = _install(settings, staged, force)
            if before:
                _forget_vectors(settings, before)
    except OSError as error:
        raise ArchiveError(f"Il ripristino in {root} non è riuscito ({error.strerror or error}). Controlla spazio e permessi; se "
                           f"c'è una cartella {KEPT}…, contiene l'archivio di prima.") from error
    return RestoreReport(manifest.counts, manifest.created_at, len(manifest.files), str(kept) if kept else None)


@contextmanager
def _alone(settings: Settings) -> Iterator[None]:
    """While nobody else writes vectors."""
    engine = make_engine(settings)
    on_server = engine.dialect.name == "postgresql"
    lock: WriterLock = DatabaseLock(engine) if on_server else FileLock(settings.root / "scrittura.lock")
    try:
        if not lock.acquire(5):
            raise refused(lock, "L'archivio non si può ripristinare")
        try:
            yield
        finally:
            lock.release()
    finally:
        engine.dispose()


@contextmanager
def _staging(root: Path) -> Iterator[Path]:
    """A folder of our own in the archive's; what a restore that died left there is swept away (we hold the lock)."""
    for left in root.glob(STAGING + "*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=STAGING, dir=root) as name:
        yield Path(name)


def _stage(source: Path, staged: Path, manifest: Manifest, step: Step | None) -> None:
    """The backup unpacked, its database checked, brought forward, and made a new archive of its own."""
    if backup_file.unpack(source, staged, step) != manifest:
        raise ArchiveError(f"{source.name}: la copia è cambiata durante il ripristino. Riprova.")
    database = staged / DATABASE
    if snapshot.counts(database) != manifest.counts:
        raise ArchiveError(f"{source.name}: il database non ha le righe dichiarate. Usa un'altra copia.")
    with snapshot.opened(database) as engine:
        migrate.ensure_schema(engine)
        _refuse_strangers(engine, source)
        with writing(engine) as connection:
            connection.execute(delete(t.embedded))
            connection.execute(delete(t.vectors_to_drop))
            connection.execute(delete(t.meta).where(t.meta.c.key == "collection"))
            set_meta(connection, "archive", uuid4().hex[:16])
            for key in ("generation", "vector_generation"):
                set_meta(connection, key, str(int(datetime.now().timestamp())))


def _refuse_strangers(engine: Engine, source: Path) -> None:
    """Views or triggers that are not ours would run at our next save."""
    with snapshot.opened(Path(":memory:")) as fresh:
        migrate.ensure_schema(fresh)
        ours = _programs(fresh)
    if not _programs(engine) <= ours:
        raise ArchiveError(f"{source.name}: il database contiene istruzioni che non sono del programma. Usa un'altra copia.")


def _programs(engine: Engine) -> set[tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"))
        return {(str(row[0]), str(row[1])) for row in rows}


def _install(settings: Settings, staged: Path, force: bool) -> Path | None:
    file = snapshot.database_file(settings)
    stamp = f"{KEPT}{datetime.now():%Y%m%d-%H%M%S}"
    if file is None:
        return _into_server(settings, staged, force, settings.root / f"{stamp}.zip")
    occupied = _occupied_file(settings, file)
    if occupied and not force:
        raise _not_empty(settings)
    kept = settings.root / stamp
    close_all()
    moved = _set_aside(settings, file, kept)
    for name in (ORIGINALS, *OWN):
        if (staged / name).exists():
            os.replace(staged / name, settings.root / name)
    file.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(staged / DATABASE, file)
    if not occupied and moved:
        shutil.rmtree(kept)
        return None
    return kept if moved else None


def _collection(settings: Settings) -> str | None:
    """The name that the archive in place has on a Chroma server, None without server or archive."""
    file = snapshot.database_file(settings)
    if not settings.chroma_url or (file and not file.is_file()):
        return None
    with suppress(ArchiveError, SQLAlchemyError), snapshot.server(settings) as engine, engine.connect() as connection:
        known = inspect(connection).has_table("meta") and get_meta(connection, "archive")
        return f"piao-{known}" if known else None
    return None


def _forget_vectors(settings: Settings, name: str) -> None:
    """The replaced archive's vectors leave the server; if it does not answer they are left there, harmless."""
    with suppress(ArchiveError):
        VectorStore(settings.root / "chroma", settings.chroma_url, name, "", 0).clear()


def _not_empty(settings: Settings) -> ArchiveError:
    return ArchiveError(f"L'archivio in {settings.root} non è vuoto: non lo sostituisco. Con --force lo sostituisco e metto "
                        "da parte quello che c'è.")


def _occupied_file(settings: Settings, file: Path) -> bool:
    """Whether there is something to lose; ``ArchiveError`` if some process has the database open."""
    originals = settings.root / ORIGINALS
    if not file.is_file() or not file.stat().st_size:
        return originals.is_dir() and any(originals.iterdir())
    try:
        with closing(sqlite3.connect(file, timeout=2)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE").close()  # only who is alone with a database can leave WAL
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            return any(connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone() for name in ("documents", "drafts")
                       if name in tables)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise ArchiveError(f"L'archivio {file} è aperto da un altro processo. Ferma l'app (e ogni «piao») e riprova.",
                               ) from error
        return True
    except sqlite3.DatabaseError:
        return True


def _set_aside(settings: Settings, file: Path, kept: Path) -> bool:
    """Move what there is into ``kept``, the database first: until it is back, the archive reads as empty, never as mixed."""
    here = [file, *(file.with_name(file.name + end) for end in ("-wal", "-shm", "-journal")),
            *(settings.root / name for name in MOVED)]
    present = [path for path in here if path.exists()]
    if present:
        kept.mkdir(mode=0o700)
    for path in present:
        shutil.move(path, kept / path.name)
    return bool(present)


def _into_server(settings: Settings, staged: Path, force: bool, aside: Path) -> Path | None:
    """The rows into the configured server, in one transaction; what was there is first kept as a backup file."""
    with snapshot.server(settings) as engine:
        occupied = _occupied_server(engine)
        if occupied and not force:
            raise ArchiveError("Il database configurato non è vuoto: non lo sostituisco. Con --force lo sostituisco e metto da "
                               "parte una copia di quello che c'è.")
        if occupied:
            backup(settings, aside)
        migrate.ensure_schema(engine)
        with snapshot.opened(staged / DATABASE) as source:
            snapshot.replace_rows(source, engine)
    for path in [one for name in (ORIGINALS, *OWN) for one in _files(staged / name)]:
        target = settings.root / path.relative_to(staged)
        target.parent.mkdir(exist_ok=True)
        os.replace(path, target)
    return aside if occupied else None


def _files(place: Path) -> list[Path]:
    return [path for path in place.iterdir()] if place.is_dir() else [place] if place.exists() else []


def _occupied_server(engine: Engine) -> bool:
    with engine.connect() as connection:
        names = [name for name in ("documents", "drafts") if inspect(connection).has_table(name)]
        return any(connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in names)
