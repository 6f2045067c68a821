"""``piao backup``: the archive as one file that is whole, verified, and readable by later versions.

The database as of one moment, the original files it names, a manifest with every size and SHA-256. Vectors are not carried:
the database holds them by text, so after a restore they are written again without the embedding model. Everything is made in
a folder beside the target and takes its name only once it was read back: a backup cut half-way leaves the archive and the
earlier backups as they were.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cards.errors import ArchiveError, PiaoError
from settings import Settings
from store import backup_file, migrate, originals, snapshot
from store.backup_file import DATABASE, FORMAT, ORIGINALS, Manifest, Step
from store.schema import now

PREFIX = ".piao-copia-"  # of the working folders beside the target
STALE = 24 * 3600  # seconds after which a working folder is what a dead process left


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup as written: ``size`` in bytes, ``sha256`` of the file, ``missing`` hashes of documents without their file."""

    path: str
    size: int
    sha256: str
    counts: dict[str, int]
    files: int
    missing: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, the keys as the names here."""
        return asdict(self)


def backup(settings: Settings, target: Path, force: bool = False, step: Step | None = None) -> BackupReport:
    """Write the archive of these settings into ``target`` (a folder: a new file in it named by the moment).

    ``force`` allows to replace an existing file; ``step`` is told (stage, done, total). Raises ``ArchiveError``.
    """
    target = target.expanduser().absolute()
    if target.is_dir():
        target /= f"piao-{datetime.now():%Y%m%d-%H%M%S}.zip"
    if target.exists() and not force:
        raise ArchiveError(f"{target}: esiste già. Scegli un altro nome, o --force per sostituirlo.")
    with _disk_errors(target), _workshop(target.parent) as folder:
        part = folder / "copia.zip"
        manifest = _write(settings, part, folder, step)
        if backup_file.verify(part, step) != manifest:
            raise ArchiveError(f"{target.name}: la copia riletta non è quella scritta. Controlla il disco e riprova.")
        report = BackupReport(str(target), part.stat().st_size, _sha256(part), manifest.counts, len(manifest.files),
                              manifest.missing)
        os.replace(part, target)
        _sync(target.parent)
    return report


def program_version() -> str:
    """The program's version, as installed."""
    try:
        return version("piao")
    except PackageNotFoundError:
        return "0"


def _write(settings: Settings, part: Path, folder: Path, step: Step | None) -> Manifest:
    database = folder / DATABASE
    snapshot.take(settings, database)
    with snapshot.opened(database) as engine:
        schema = migrate.schema_version(engine)
    if schema is None:
        raise ArchiveError("Nel database non c'è un archivio: non c'è nulla da copiare. Controlla la configurazione.")
    hashes = sorted(snapshot.originals_named(database))
    kept = [path for path in (originals.find(settings.root, sha256) for sha256 in hashes) if path]
    with part.open("xb") as out:
        part.chmod(0o600)
        with zipfile.ZipFile(out, "w", allowZip64=True) as archive:
            files = [backup_file.add(archive, database, DATABASE)]
            for number, path in enumerate(kept):
                if step:
                    step("copia", number, len(kept))
                with suppress(FileNotFoundError):  # its document was taken out meanwhile: it counts among the missing
                    files.append(backup_file.add(archive, path, f"{ORIGINALS}/{path.name}"))
            files += [backup_file.add(archive, path, name) for name, path in _own(settings)]
            present = {Path(member.path).name[:64] for member in files}
            manifest = Manifest(format=FORMAT, version=program_version(), schema_=schema, created_at=now(),
                                counts=snapshot.counts(database), files=tuple(files),
                                missing=tuple(sha256 for sha256 in hashes if sha256 not in present))
            backup_file.write_manifest(archive, manifest)
        out.flush()
        os.fsync(out.fileno())
    return manifest


def _own(settings: Settings) -> Iterator[tuple[str, Path]]:
    """What the body wrote beside the archive, by its name in the backup; other files of those folders are not ours."""
    for name in backup_file.OWN:
        place = settings.root / name
        for path in sorted(place.iterdir()) if place.is_dir() else [place]:
            inside = path.relative_to(settings.root).as_posix()
            if path.is_file() and backup_file.NAME.fullmatch(inside):
                yield inside, path


@contextmanager
def _workshop(parent: Path) -> Iterator[Path]:
    """A folder of our own beside the target, gone afterwards; those of processes that died are swept away."""
    for left in parent.glob(PREFIX + "*"):
        if time.time() - left.stat().st_mtime > STALE:
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=parent) as folder:
        yield Path(folder)


@contextmanager
def _disk_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except PiaoError:
        raise
    except OSError as error:
        raise ArchiveError(f"La copia {target} non si può scrivere ({error.strerror or error}). L'archivio è intatto: controlla "
                           "lo spazio e i permessi della cartella, poi riprova.") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(folder: Path) -> None:
    """The folder's own list of names on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
