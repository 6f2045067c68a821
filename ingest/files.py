"""Which files to read: the paths given, and inside folders every file of a known type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from cards.errors import UnreadableFile
from ingest.readers.sniff import EXTENSIONS, KNOWN

_ASKED_FOR = (".json", ".jsonl")  # in a folder a .json is anything: it is read when it is named


def find_files(paths: Iterable[Path | str]) -> list[Path]:
    """The files to read, in order, each once; hidden files and Office's lock files in folders are passed over.

    Raises ``UnreadableFile`` for a path that does not exist and for a folder without readable files.
    """
    found: dict[Path, None] = {}
    for given in paths:
        path = Path(given).expanduser()
        try:
            folder, exists = path.is_dir(), path.exists()
        except (OSError, ValueError):
            raise UnreadableFile(f"{given}: il percorso non è valido.") from None
        if not exists:
            raise UnreadableFile(f"{given}: il file non esiste. Controlla il percorso.")
        inside = list(_inside(path)) if folder else [path]
        if not inside:
            raise UnreadableFile(f"{given}: nella cartella non ci sono file leggibili. Si leggono {KNOWN}.")
        found.update(dict.fromkeys(inside))
    return list(found)


def _inside(folder: Path) -> Iterator[Path]:
    """Readable files of a folder and of its subfolders, by name; links that lead out of the folder are not followed."""
    root = folder.resolve()
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith((".", "~$")) for part in parts) or path.suffix.lower() not in EXTENSIONS:
            continue
        if path.suffix.lower() in _ASKED_FOR:
            continue
        if path.is_file() and path.resolve().is_relative_to(root):
            yield path
