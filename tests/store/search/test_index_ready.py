"""Nobody waits for the index of words without a word: it is made when documents come, and who comes meanwhile is told."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import pytest

from settings import Settings
from store import search as search_module
from store import search_index
from store.archive import Archive
from store.records import StoredPassage
from store.search_file import ABANDONED
from store.search_index import FILE, IndexCache, usable
from tests.store.fakes import WordEmbedder
from tests.store.search.test_search import PASSAGES
from tests.store.test_ingestion import TREES

Write = Callable[[str, str], Path]


class Slow:
    """Passages that stop at the second document until somebody says to go on."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def prints(self) -> dict[str, object]:
        return {p.document_id: 1 for p in PASSAGES}

    def passages(self, documents: Collection[str] | None) -> Iterator[StoredPassage]:
        for number, passage in enumerate(PASSAGES):
            if number == 4:
                self.reached.set()
                assert self.go_on.wait(20)
            yield passage


def test_who_comes_while_the_index_is_made_is_told_and_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_index, "STEP", 0.0001)
    cache, source = IndexCache(), Slow()
    told: list[tuple[object, ...]] = []
    first = threading.Thread(target=lambda: cache.get("a", 1, source, None))
    first.start()
    assert source.reached.wait(20)

    def hear(*words: object) -> None:
        told.append(words)
        source.go_on.set()

    index = cache.get("a", 1, source, None, hear)
    first.join()
    assert len(index.passages) == len(PASSAGES)
    assert told[0][:4] == ("parole", "", 1, 2), "one document of two had been read"


def test_a_process_that_was_killed_leaves_nothing_for_ever(tmp_path: Path) -> None:
    old, young = tmp_path / f"{FILE}.1.nuovo", tmp_path / f"{FILE}.2.nuovo"
    for path, age in ((old, ABANDONED + 60), (young, 0.0)):
        path.write_bytes(b"x")
        os.utime(path, (time.time() - age,) * 2)
    source = Slow()
    source.go_on.set()
    IndexCache().get("a", 1, source, tmp_path / FILE)
    assert (old.exists(), young.exists(), usable(tmp_path / FILE)) == (False, True, True)


@pytest.mark.parametrize("content", [b"", b"PIAOIDX1", b"PIAOIDX1" + bytes(12) + b"[[2, {}, {}]", b"parole"])
def test_an_index_of_another_version_or_none_is_not_one_to_begin_from(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert not usable(tmp_path / FILE)
    assert not usable(tmp_path / "nessuno")


def test_the_index_is_there_when_the_reading_ends(
    local: Settings, in_process: None, write: Write, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(search_module, "_CACHE", IndexCache())
    with Archive.open(local, WordEmbedder()) as archive:
        assert not archive.search_prepared()
        list(archive.ingest([write("alberi.txt", TREES)]))
        assert archive.search_prepared()
    monkeypatch.setattr(search_module, "_CACHE", IndexCache())  # as a new process
    monkeypatch.setattr(search_module._Passages, "passages", lambda *_: pytest.fail("the passages are read again"))
    with Archive.open(local, WordEmbedder()) as archive:
        assert archive.search_prepared()
        found = archive.search("alberi piantati")
    assert found.hits or found.nearest


def test_a_rebuild_makes_the_index_of_words_too(local: Settings, in_process: None, write: Write) -> None:
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest([write("alberi.txt", TREES)]))
        before = (local.root / FILE).read_bytes()
        (local.root / FILE).write_bytes(before[:-40] + bytes(40))  # damage that the header does not show
        archive.rebuild()
        assert (local.root / FILE).read_bytes() == before
