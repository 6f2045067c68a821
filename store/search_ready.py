"""The index of words made ready before somebody asks: at the end of a reading, at a start, with a word on how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from store import search
from store.search_index import FILE, Progress, usable

if TYPE_CHECKING:
    from store.archive import Archive


def prepare(archive: Archive, progress: Progress | None = None, afresh: bool = False) -> None:
    """Bring the index to the archive as it is now, in this process and (where that is worth it) in the archive's folder.

    ``afresh``: made from the texts, whatever there is. The one in the folder is replaced in one step.
    """
    root = Path(archive.settings.root)
    search._CACHE.get(str(root), archive.generation, search._Passages(archive), root / FILE, progress, afresh)


def prepared(archive: Archive) -> bool:
    """Whether a question would find an index to begin from."""
    root = Path(archive.settings.root)
    return search._CACHE.holds(str(root)) or usable(root / FILE)
