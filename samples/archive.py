"""The sample documents into an archive, and into a folder as files people know (.pdf, .docx, .txt, .xlsx)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from samples.build import build

if TYPE_CHECKING:
    from store.archive import Archive, DocumentReport


def install(archive: Archive) -> Iterator[DocumentReport]:
    """Build the sample files beside the archive and ingest them; already there, they cost nothing."""
    folder = archive.settings.root / "esempio"
    build(folder)
    yield from archive.ingest(sorted(path for path in folder.iterdir() if path.suffix != ".xlsx"))


def draft_table(folder: Path) -> Path:
    """The sample table of new objectives, with mistakes to be found by *Verifica*."""
    build(folder)
    return folder / "tabella-obiettivi-da-verificare.xlsx"
