"""Two processes on one embedded archive: who writes the vectors is named, nobody's work is lost, the lock dies with its holder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from cards.errors import ArchiveError
from cards.model import Card
from settings import Settings
from store import schema
from store.archive import Archive
from tests.store.fakes import WordEmbedder

ROOT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from store.lock import FileLock
lock = FileLock(Path(sys.argv[1]))
assert lock.acquire()
print("preso", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "archivio"


@pytest.fixture
def other(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the writing of the vectors."""
    home.mkdir()
    command = [sys.executable, "-c", HOLD, str(home / "scrittura.lock")]
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE,
                          stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == "preso"
        yield process
        process.kill()


def test_who_writes_is_named_and_the_rest_goes_on(
    home: Path, other: subprocess.Popen[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    import ingest.worker
    from ingest.reading import read

    monkeypatch.setattr(ingest.worker, "read_safely", read)
    monkeypatch.setattr("store.lock.FileLock.acquire", _impatient())
    path = tmp_path / "piano.txt"
    path.write_text("Il tempo medio di pagamento è di 21 giorni.", encoding="utf-8")
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        (report,) = archive.ingest([path])
        assert report.status == "new"
        assert f"processo {other.pid}" in str(archive.index_problem)
        assert archive.pending_vectors() == 1
        assert archive.save_draft(Card(title="intanto")).version == 1
        with pytest.raises(ArchiveError, match=f"processo {other.pid}") as caught:
            archive.rebuild()
        assert "\n" not in str(caught.value)
        other.kill()
        other.wait(10)
        archive.resume()
        assert archive.pending_vectors() == 0
        with archive.transaction() as connection:
            connection.execute(delete(schema.embedded))
        archive.rebuild()
        assert archive.pending_vectors() == 0


def _impatient() -> object:
    from store.lock import FileLock

    real = FileLock.acquire
    return lambda self, seconds=0: real(self, min(seconds, 0.2))


def reported() -> None:
    """What the page says of a file read while another process writes."""
    from cards.model import Notice
    from store.records import DocumentReport
    from ui.archive_intake import show_report

    words = "I vettori li sta scrivendo il processo 77 (piao) su <b>server</b>, dal 01/02/2027 alle 10:00:00."
    show_report(DocumentReport("a/piano.txt", None, "new", cards=1, passages=2, warnings=(Notice(message=words),
                                                                                         Notice(message="di una riga", line=3))))


def test_the_page_says_who_is_writing() -> None:
    app = AppTest.from_function(reported, default_timeout=60).run()
    said = [str(one.value).replace("\\", "") for one in app.caption]
    assert any("processo 77 (piao)" in one for one in said)
    assert not any("di una riga" in one for one in said)
