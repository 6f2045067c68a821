"""The files of people's notes (``ui.scratch``): one a page and name, in a folder that is of one person alone.

The name is random, but it stands in the address bar and addresses are passed around: somebody else's name finds nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from cards.errors import PiaoError
from cards.plain_data import json_of
from store.people import Person

KEPT_DAYS = 60
MOST_BYTES = 5_000_000
NAME = re.compile(r"[0-9a-f]{16}")


def notes_file(root: Path, page: str, name: str, who: Person) -> Path:
    """Where the notes of a person for a page are; ``root`` is the archive's folder."""
    folder = root / "appunti"
    if not who.local:
        folder /= hashlib.sha256(who.email.encode()).hexdigest()[:24]
    return folder / f"{page}-{name}.json"


def load_notes(root: Path, page: str, named: str | None, who: Person) -> dict[str, Any]:
    """The notes with that name; new ones where the name is none of this person's or the file cannot be read."""
    if named and NAME.fullmatch(named):
        path = notes_file(root, page, named, who)
        try:
            data = json_of(path.read_text(encoding="utf-8")) if not path.is_symlink() else None
        except (OSError, ValueError):
            data = None
        if isinstance(data, dict):
            return {"id": named, "data": data}
    sweep(root / "appunti")
    return {"id": uuid4().hex[:16], "data": {}}


def write_notes(path: Path, data: dict[str, Any]) -> None:
    """Keep them, whole or not at all; ``PiaoError`` where they are no notes any more."""
    text = json.dumps(data, ensure_ascii=False)
    if len(text) > MOST_BYTES:
        raise PiaoError(f"Gli appunti di questa pagina superano {MOST_BYTES // 1_000_000} MB: salva le bozze e ricomincia.")
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{uuid4().hex[:8]}.tmp")
    unfinished.write_bytes(text.encode("utf-8", "replace"))
    os.replace(unfinished, path)


def sweep(folder: Path) -> None:
    """Notes that nobody touched for two months go."""
    limit = time.time() - KEPT_DAYS * 86_400
    for path in folder.rglob("*.json") if folder.is_dir() else ():
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
