"""The files themselves, kept beside the archive under their content's hash, so that a citation can open its page."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

FOLDER = "originali"


def keep(root: Path, path: Path, sha256: str) -> Path:
    """A copy of ``path`` under its hash; already there it costs nothing. Written whole or not at all."""
    target = root / FOLDER / f"{sha256}{path.suffix.lower()}"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".copia-")
        os.close(handle)
        try:
            shutil.copyfile(path, name)
            os.replace(name, target)
        finally:
            Path(name).unlink(missing_ok=True)
    return target


def find(root: Path, sha256: str) -> Path | None:
    """The kept file of that hash, None where there is none (a document read before files were kept)."""
    return next(iter((root / FOLDER).glob(f"{sha256}.*")), None)


def forget(root: Path, hashes: set[str]) -> None:
    """Remove the kept files of these hashes."""
    for sha256 in hashes:
        for path in (root / FOLDER).glob(f"{sha256}.*"):
            path.unlink(missing_ok=True)
