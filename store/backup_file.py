"""The backup file: a zip with a manifest, the database and the original files, each with its size and SHA-256.

Read as hostile data: names by a fixed pattern, sizes as declared and no more, nothing unpacked before it was all verified.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from cards.errors import ArchiveError, UnreadableFile

FORMAT = 1
MANIFEST, DATABASE, ORIGINALS = "manifest.json", "archivio.sqlite", "originali"
MAX_MANIFEST = 64 * 1024 * 1024  # bytes: some 300,000 files
MAX_RATIO, FREE_RATIO = 250, 64 * 1024 * 1024  # a member may unpack to so many times itself, if over so many bytes
CHUNK = 1024 * 1024
OWN = ("profili", "segnalazioni-accettate.toml", "modello.docx")  # what the body put beside the archive
NAME = re.compile(r"archivio\.sqlite|originali/[0-9a-f]{64}(?:\.[^/\\\x00-\x1f]{1,32})?"
                  r"|profili/(?:[a-z0-9][a-z0-9_-]{0,80}\.toml|in-uso\.txt)|segnalazioni-accettate\.toml|modello\.docx")
Step = Callable[[str, int, int], None]


class Member(BaseModel):
    """A file of the backup. ``size`` in bytes, unpacked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    size: int = Field(ge=0)
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What a backup holds. ``schema_`` is the database's schema, ``counts`` its rows, ``missing`` the hashes of documents
    whose file was not kept."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    format: int
    product: str = "piao"
    version: str
    schema_: str = Field(alias="schema")
    created_at: str
    counts: dict[str, int]
    missing: tuple[str, ...] = ()
    files: tuple[Member, ...]

    @property
    def size(self) -> int:
        """Bytes of all files, unpacked."""
        return sum(member.size for member in self.files)


def add(archive: zipfile.ZipFile, path: Path, name: str) -> Member:
    """Write a file into the zip; its entry in the manifest."""
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    info.compress_type = zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return Member(path=name, size=size, sha256=digest.hexdigest())


def write_manifest(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """The manifest, as the last member."""
    archive.writestr(MANIFEST, manifest.model_dump_json(by_alias=True, indent=1), compress_type=zipfile.ZIP_DEFLATED)


def verify(path: Path, step: Step | None = None) -> Manifest:
    """The manifest of a backup whose every byte is as it says; ``UnreadableFile`` or ``ArchiveError`` otherwise."""
    with _opened(path) as archive:
        manifest = _manifest(archive, path)
        for number, member in enumerate(manifest.files):
            _copy(archive, member, None, path)
            if step:
                step("verifica", number + 1, len(manifest.files))
    return manifest


def unpack(path: Path, folder: Path, step: Step | None = None) -> Manifest:
    """The files of a backup into an empty folder, verified again as they come."""
    with _opened(path) as archive:
        manifest = _manifest(archive, path)
        for number, member in enumerate(manifest.files):
            target = folder / member.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as out:
                _copy(archive, member, out, path)
                out.flush()
                os.fsync(out.fileno())
            if step:
                step("ripristino", number + 1, len(manifest.files))
    return manifest


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: il file non esiste. Controlla il percorso della copia.") from None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(path, str(error) or type(error).__name__) from error


def _damaged(path: Path, why: str) -> UnreadableFile:
    return UnreadableFile(f"{path.name}: la copia è danneggiata o non è una copia dell'archivio ({why}). L'archivio non è stato "
                          "toccato: usa un'altra copia.")


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    """The manifest, agreed with the zip's own list: same names once each, same sizes, known places, no bombs."""
    infos = archive.infolist()
    named = {info.filename: info for info in infos}
    head = named.pop(MANIFEST, None)
    if head is None or head.file_size > MAX_MANIFEST:
        raise _damaged(path, "manca l'elenco dei file")
    with archive.open(head) as source:
        data = source.read(MAX_MANIFEST + 1)
    try:
        version = json.loads(data)["format"]
        if version != FORMAT:
            raise ArchiveError(f"{path.name}: formato della copia {version}, questo programma conosce il formato {FORMAT}. "
                               "Aggiorna il programma e riprova.")
        manifest = Manifest.model_validate_json(data)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise _damaged(path, "l'elenco dei file non si legge") from error
    wanted = {member.path: member for member in manifest.files}
    if len(infos) != len(named) + 1 or len(wanted) != len(manifest.files) or wanted.keys() != named.keys():
        raise _damaged(path, "i file non sono quelli dell'elenco")
    if DATABASE not in wanted:
        raise _damaged(path, "manca il database")
    for name, info in named.items():
        if not NAME.fullmatch(name):
            raise _damaged(path, f"contiene un percorso che non è di una copia: {name[:80]!r}")
        if info.flag_bits & 1 or info.file_size != wanted[name].size:
            raise _damaged(path, f"{name}: non è come dice l'elenco")
        if info.file_size > FREE_RATIO and info.file_size > MAX_RATIO * max(info.compress_size, 1):
            raise _damaged(path, f"{name}: una volta aperto occuperebbe {info.file_size // 2**20} MB")
    return manifest


def _copy(archive: zipfile.ZipFile, member: Member, out: IO[bytes] | None, path: Path) -> None:
    digest, left = hashlib.sha256(), member.size
    with archive.open(member.path) as source:
        while chunk := source.read(min(CHUNK, left + 1)):
            left -= len(chunk)
            if left < 0:
                break
            digest.update(chunk)
            if out:
                out.write(chunk)
    if left or digest.hexdigest() != member.sha256:
        raise _damaged(path, f"{member.path}: il contenuto non è quello dell'elenco")
