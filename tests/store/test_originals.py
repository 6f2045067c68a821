"""The file itself stays beside the archive while a document uses it, and goes with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import load_settings
from store import originals
from store.archive import Archive


def test_a_document_keeps_its_file_and_loses_it_when_deleted(home: Path, tmp_path: Path):
    path = tmp_path / "nota.txt"
    path.write_text("Comune di Prova\n\nRelazione sulla performance 2024\n\nUn testo da ritrovare.\n", encoding="utf-8")
    with Archive.open(load_settings()) as archive:
        (report,) = archive.ingest([path])
        path.unlink()
        kept = archive.source_file(str(report.document_id))
        assert kept is not None
        assert "da ritrovare" in kept.read_text(encoding="utf-8")
        archive.delete_document(str(report.document_id))
        assert not kept.exists()


def test_a_copy_is_whole_or_absent(tmp_path: Path):
    missing = tmp_path / "assente.pdf"
    with pytest.raises(OSError, match="assente"):
        originals.keep(tmp_path, missing, "0" * 64)
    assert originals.find(tmp_path, "0" * 64) is None
    assert list((tmp_path / originals.FOLDER).iterdir()) == []
