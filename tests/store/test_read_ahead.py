"""A batch reads its next files while one is stored: same reports, same order, and nothing left running when it is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cards.errors import UnreadableFile
from cards.model import Document, Passage, Reading
from ingest import child
from settings import Settings
from store.archive import Archive
from store.read_ahead import READERS, WINDOW, ReadAhead
from tests.store.fakes import WordEmbedder
from tests.store.test_ingestion import LIBRARY, TREES

Write = Callable[[str, str], Path]


class Slow:
    """A reader that takes its time and remembers what it did."""

    def __init__(self, seconds: float = 0.1) -> None:
        self.seconds, self.begun, self.at_once, self.most = seconds, [], 0, 0
        self.lock = threading.Lock()

    def __call__(self, path: Path, *_: Any) -> Reading:
        with self.lock:
            self.begun.append(Path(path).name)
            self.at_once += 1
            self.most = max(self.most, self.at_once)
        time.sleep(self.seconds)
        with self.lock:
            self.at_once -= 1
        if "guasto" in Path(path).name:
            raise UnreadableFile(f"{Path(path).name}: guasto.")
        if "errore" in Path(path).name:
            raise RuntimeError("bug")
        text = Path(path).read_text()
        return Reading(document=Document(name=Path(path).name), passages=(Passage(text=text, page=1),))


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    import ingest.worker

    reader = Slow()
    monkeypatch.setattr(ingest.worker, "read_safely", reader)
    return reader


def test_two_files_are_read_at_once_and_told_in_order(local: Settings, write: Write, slow: Slow) -> None:
    names = [f"{n}.txt" for n in range(6)]
    paths = [write(name, f"Gli alberi del quartiere {name} sono nuovi.") for name in names]
    with Archive.open(local, WordEmbedder()) as archive:
        reports = list(archive.ingest(paths))
    assert [Path(r.path).name for r in reports] == names
    assert [r.status for r in reports] == ["new"] * 6
    assert all(r.seconds >= slow.seconds for r in reports), "the seconds of a file hold those of its reading"
    assert sorted(slow.begun) == names, "each file is read once"
    assert slow.most == READERS


def test_bad_files_among_good_ones_are_told_in_their_place(local: Settings, write: Write, slow: Slow) -> None:
    names = ["a.txt", "b-guasto.txt", "c.txt", "d-errore.txt", "e.txt"]
    paths = [write(name, f"Testo del documento {name}.") for name in names]
    with Archive.open(local, WordEmbedder()) as archive:
        reports = list(archive.ingest(paths))
        assert [d.name for d in archive.documents()] == ["a.txt", "c.txt", "e.txt"]
    assert [r.status for r in reports] == ["new", "failed", "new", "failed", "new"]
    assert reports[1].error == "b-guasto.txt: guasto."
    assert "errore del programma" in str(reports[3].error)


def test_what_is_in_the_archive_is_not_read(local: Settings, write: Write, slow: Slow) -> None:
    paths = [write(f"{n}.txt", f"Testo del documento {n}.") for n in range(4)]
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest(paths[:3]))
        slow.begun.clear()
        copy = write("copia.txt", "Testo del documento 3.")
        reports = list(archive.ingest([*paths, copy]))
    assert [r.status for r in reports] == ["unchanged"] * 3 + ["new", "unchanged"]
    assert slow.begun == ["3.txt"], "not those we have, nor a copy of one that is being read"


def test_a_stopped_batch_reads_no_further(local: Settings, write: Write, slow: Slow) -> None:
    paths = [write(f"{n}.txt", f"Testo del documento {n}.") for n in range(20)]
    with Archive.open(local, WordEmbedder()) as archive:
        from store.ingestion import Ingestion

        run = Ingestion(local, archive.transaction, {}, None).run(paths)
        assert next(run).status == "new"
        run.close()
        assert [d.name for d in archive.documents()] == ["0.txt"]
    begun = len(slow.begun)
    assert begun <= WINDOW + 1
    time.sleep(2 * slow.seconds)
    assert len(slow.begun) == begun
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("lettura")]


def test_a_file_that_changes_meanwhile_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("prima")
    said = iter([Reading(document=Document(name="a.txt", sha256="nuova")), Reading(document=Document(name="a.txt", title="poi"))])
    ahead = ReadAhead(lambda path, known: next(said))
    ahead.begin(path, "vecchia", {})
    reading, _ = ahead.reading(path, "vecchia", {})
    ahead.close()
    assert reading.document.title == "poi"


def test_other_corrections_are_another_reading(tmp_path: Path) -> None:
    asked: list[Any] = []

    def read(path: Path, known: Any) -> Reading:
        asked.append(known)
        return Reading(document=Document(name=path.name))

    ahead = ReadAhead(read)
    ahead.begin(tmp_path / "a.txt", "x", {})
    ahead.reading(tmp_path / "a.txt", "x", {"f": {"h": "title"}})
    ahead.close()
    assert asked == [{}, {"f": {"h": "title"}}]


def test_giving_up_ends_the_processes_at_work(tmp_path: Path) -> None:
    """In the real processes: a file that takes long does not hold up who stops."""
    from ingest.limits import Limits
    from ingest.worker import read_safely

    child.close_all()
    path = tmp_path / "lungo.txt"
    path.write_text("\n".join(f"Settore {n}\tObiettivo {n}\t{n}%" for n in range(150_000)))
    ahead = ReadAhead(lambda path, known: read_safely(path, Limits(max_cells=10**7)))
    ahead.begin(path, "x", {})
    time.sleep(1.0)
    start = time.monotonic()
    ahead.close()
    assert time.monotonic() - start < 2
    assert not child._working


def test_a_batch_in_real_processes(local: Settings, write: Write) -> None:
    with Archive.open(local, WordEmbedder()) as archive:
        reports = list(archive.ingest([write("a.txt", TREES), write("b.pdf", "Non sono un PDF"), write("c.txt", LIBRARY)]))
        assert [r.status for r in reports] == ["new", "failed", "new"]
        assert {d.name for d in archive.documents()} == {"a.txt", "c.txt"}
