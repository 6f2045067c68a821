"""Hostile files never reach the archive: each is reported with a clear line, and the good documents stay byte for byte."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from ingest import child
from settings import Settings
from store import schema as t
from store.archive import Archive
from tests.bad.test_hostile import LIMITS, REFUSED
from tests.store.fakes import WordEmbedder

GOOD = "Comune di Prova\nRelazione sulla performance 2023\n\nTrecento alberi nuovi nei parchi cittadini.\n\n" + (
    "Settore\tObiettivo\tIndicatore\tValore atteso\tValore raggiunto\nAmbiente\tNuovi alberi\tNumero di alberi piantati\t250\t300\n"
)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An archive whose limits are those under which each of these files is refused."""
    monkeypatch.setattr("ingest.limits.Limits.from_settings", classmethod(lambda cls, settings: LIMITS))
    return Settings(home=tmp_path / "archivio")


@pytest.fixture(autouse=True)
def _no_child_left() -> Iterator[None]:
    yield
    child.close_all()


def contents(archive: Archive) -> dict[str, Any]:
    """All rows of all tables, the vectors' ids and the kept originals."""
    with archive.connection() as connection:
        rows = {table.name: sorted(map(repr, connection.execute(select(table)))) for table in t.metadata.sorted_tables}
    root = archive.settings.root
    originals = {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
                 for path in sorted(root.rglob("*")) if path.is_file() and "original" in str(path.relative_to(root))}
    return {**rows, "vectors": archive.vectors.store.ids(), "originals": originals}


@pytest.mark.slow  # each file that fails costs a process
def test_every_hostile_file_leaves_the_archive_as_it_was(tmp_path: Path, settings: Settings) -> None:
    good = tmp_path / "buono.txt"
    good.write_text(GOOD)
    folder = tmp_path / "ostili"
    folder.mkdir()
    bad = [folder / name for name, _, _ in REFUSED]
    for path, (_, make, _) in zip(bad, REFUSED, strict=True):
        path.write_bytes(make())
    with Archive.open(settings, WordEmbedder()) as archive:
        assert [r.status for r in archive.ingest([good])] == ["new"]
        before = contents(archive)
        assert before["originals"]
        assert before["vectors"]
        reports = list(archive.ingest(bad))
        assert contents(archive) == before
        assert archive.reading("buono.txt").cards[0].title == "Nuovi alberi"
    assert len(reports) == len(REFUSED) >= 60
    assert [r.status for r in reports] == ["failed"] * len(REFUSED)
    assert all(r.error and "\n" not in r.error and "errore del programma" not in r.error for r in reports)
    assert not list(tmp_path.rglob("evil.sh")), "no path of an archive is followed"


def test_one_bad_file_in_a_folder_of_good_ones(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "documenti"
    folder.mkdir()
    makers = {name: make for name, make, _ in REFUSED}
    bodies = ("Alfa", "Beta", "Gamma", "Delta", "Omega", "Sigma")
    for number, body in enumerate(bodies):
        (folder / f"{number}.txt").write_text(GOOD.replace("Prova", body))
    (folder / "2-guasto.docx").write_bytes(makers["matrioska.docx"]())
    (folder / "3-guasto.pdf").write_bytes(makers["annidato.pdf"]())
    with Archive.open(settings, WordEmbedder()) as archive:
        reports = list(archive.ingest([folder]))
        assert [Path(r.path).name for r in reports if r.status == "failed"] == ["2-guasto.docx", "3-guasto.pdf"]
        assert [Path(r.path).name for r in reports if r.status == "new"] == [f"{number}.txt" for number in range(6)]
        assert {d.entity for d in archive.documents()} == {f"Comune di {body}" for body in bodies}
        assert archive.pending_vectors() == 0
