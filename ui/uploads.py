"""Uploaded files on disk: safe names, one folder per upload, gone when the work is done."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class Upload(Protocol):
    """What Streamlit gives for an uploaded file."""

    name: str

    def getbuffer(self) -> memoryview: ...


def safe_name(name: str) -> str:
    """The last part of a file name without separators, control characters or leading dots; never empty.

    >>> safe_name("../../etc/piano 2024.pdf")
    'piano 2024.pdf'
    """
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    base = "".join(char for char in base if char.isprintable() and char not in '<>:"|?*').strip().lstrip(".")
    stem, dot, suffix = base.rpartition(".")
    return (f"{_cut(stem, 160)}.{_cut(suffix, 12)}" if dot and stem else _cut(base, 160)) or "documento"


def _cut(text: str, size: int) -> str:
    """At most so many bytes: a file system counts those, not the letters."""
    return text.encode("utf-8", "ignore")[:size].decode("utf-8", "ignore")


def store_uploads(uploads: Sequence[Upload], folder: Path) -> list[Path]:
    """Write the uploads into a new folder under ``folder``; equal names get a number. Returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    target = Path(tempfile.mkdtemp(prefix="carico-", dir=folder))
    paths: list[Path] = []
    for upload in uploads:
        path = target / safe_name(upload.name)
        for number in range(2, 1000):
            if not path.exists():
                break
            path = target / f"{Path(safe_name(upload.name)).stem} ({number}){path.suffix}"
        path.write_bytes(upload.getbuffer())
        paths.append(path)
    return paths


def discard(paths: Sequence[Path]) -> None:
    """Remove the folders made by ``store_uploads``."""
    for parent in {path.parent for path in paths}:
        shutil.rmtree(parent, ignore_errors=True)
