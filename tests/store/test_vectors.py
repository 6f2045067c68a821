"""The vectors: cosine, their own model and no other, seen by readers, made again when lost, one writer at a time."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from cards.errors import ArchiveError, SettingsError
from settings import Settings
from store.archive import Archive
from store.lock import FileLock
from store.passages_table import embedded_text
from store.vectors import VectorStore
from tests.store.fakes import WordEmbedder
from tests.store.test_ingestion import LIBRARY, TREES

Write = Callable[[str, str], Path]


def in_agreement(archive: Archive) -> bool:
    return archive.vectors.store.ids() == {p.id for p in archive.passages()} and archive.pending_vectors() == 0


def test_similarity_is_the_cosine(archive: Archive, write: Write, embedder: WordEmbedder) -> None:
    list(archive.ingest([write("a.txt", TREES), write("b.txt", LIBRARY)]))
    question = embedder.query("alberi nei parchi")
    texts = {p.id: embedded_text(p.context, p.text) for p in archive.passages()}
    for passage, similarity in archive.vectors.query(question, 20):
        assert similarity == pytest.approx(float(embedder.passages([texts[passage]])[0] @ question), abs=1e-4)


def test_another_model_is_refused_with_the_remedy(settings: Settings, archive: Archive, write: Write) -> None:
    list(archive.ingest([write("a.txt", TREES)]))
    for other in (WordEmbedder(name="altro"), WordEmbedder(dimension=32)):
        with Archive.open(settings, other) as changed:
            with pytest.raises(ArchiveError, match="piao rebuild"):
                changed.vectors.query(other.query("alberi"), 1)
            (report,) = changed.ingest([write("b.txt", LIBRARY)])
            assert "piao rebuild" in str(changed.index_problem)
            changed.delete_document("b.txt")
    with Archive.open(settings, WordEmbedder(name="altro", dimension=32)) as changed:
        changed.rebuild()
        assert in_agreement(changed)
        assert changed.vectors.query(changed.embedder.query("alberi"), 1)


def test_vectors_lost_are_made_again_without_embedding(settings: Settings, in_process: None, write: Write) -> None:
    with Archive.open(settings, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", TREES)]))
        archive.vectors.store.clear()
    again = WordEmbedder()
    with Archive.open(settings, again) as archive:
        list(archive.ingest([write("b.txt", LIBRARY)]))
        assert in_agreement(archive)
        assert all("Esempio" in text for text in again.seen)


def test_a_damaged_folder_is_one_clear_line_and_rebuilt(local: Settings, in_process: None, write: Write) -> None:
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", TREES)]))
        archive.vectors.store.close()
        database = local.root / "chroma" / "chroma.sqlite3"
        database.write_bytes(b"non un database" * 300)
        with pytest.raises(ArchiveError, match="piao rebuild"):
            archive.vectors.query(archive.embedder.query("alberi"), 1)
        archive.rebuild()
        assert in_agreement(archive)
        assert archive.vectors.query(archive.embedder.query("alberi"), 1)


def test_a_missing_folder_is_filled_again(local: Settings, in_process: None, write: Write) -> None:
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", TREES)]))
        archive.vectors.store.close()
        shutil.rmtree(local.root / "chroma")
        list(archive.ingest([write("b.txt", LIBRARY)]))
        assert in_agreement(archive)


def test_a_reader_sees_what_another_process_wrote(settings: Settings, archive: Archive, write: Write) -> None:
    list(archive.ingest([write("a.txt", TREES)]))
    archive.vectors.query(archive.embedder.query("biblioteca"), 1)
    archive.vectors.store._opened -= 60  # the client has been open for a while
    path = write("b.txt", LIBRARY)
    code = ("from settings import Settings\nfrom store.archive import Archive\nfrom tests.store.fakes import WordEmbedder\n"
            f"s = Settings.model_validate_json({settings.model_dump_json()!r})\n"
            f"with Archive.open(s, WordEmbedder()) as a:\n    list(a.ingest([{str(path)!r}]))\n")
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
    best, _ = archive.vectors.query(archive.embedder.query("biblioteca aperta la sera lettori"), 1)[0]
    assert next(archive.passages(ids=[best])).document == "b.txt"
    archive.delete_document("a.txt")
    assert in_agreement(archive)


def test_who_finds_the_lock_taken_leaves_the_vectors_to_the_holder(local: Settings, in_process: None, write: Write) -> None:
    with Archive.open(local, WordEmbedder()) as archive:
        list(archive.ingest([write("a.txt", TREES)]))
        other = FileLock(local.root / "scrittura.lock")
        assert other.acquire()
        (report,) = archive.ingest([write("b.txt", LIBRARY)])
        assert report.status == "new"
        assert "processo" in str(archive.index_problem)
        assert archive.pending_vectors() == report.passages
        with pytest.raises(ArchiveError, match=r"processo \d+ \(.*\) su .*, dal \d\d/\d\d/\d{4}"):
            archive.rebuild()
        other.release()
        assert archive.resume() == report.passages
        assert in_agreement(archive)


def test_threads_that_ingest_delete_and_search_at_once(archive: Archive, write: Write) -> None:
    """Vectors and passages agree at the end, whoever did the work; no search fails meanwhile."""
    problems: list[Exception] = []
    paths = [write(f"n{n}.txt", TREES.replace("Prova", f"Prova{n}").replace("trecento", str(n))) for n in range(6)]

    def attempt(action: Callable[[], object]) -> None:
        try:
            action()
        except Exception as error:
            problems.append(error)

    def work(path: Path) -> None:
        attempt(lambda: list(archive.ingest([path])))
        attempt(lambda: archive.vectors.query(archive.embedder.query("alberi"), 3))
        if path.name in ("n1.txt", "n4.txt"):
            attempt(lambda: archive.delete_document(path.name))

    threads = [threading.Thread(target=work, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    archive.resume()
    assert problems == []
    assert {d.name for d in archive.documents()} == {"n0.txt", "n2.txt", "n3.txt", "n5.txt"}
    assert in_agreement(archive)


def test_a_server_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    absent = VectorStore(tmp_path, "http://127.0.0.1:9", "piao-x", "m", 4)
    with pytest.raises(ArchiveError, match="PIAO_CHROMA_URL"):
        absent.query(np.ones(4, dtype=np.float32))
    with pytest.raises(SettingsError, match="non è un indirizzo"):
        VectorStore(tmp_path, "chroma:8000", "piao-x", "m", 4).count()


def test_nothing_of_chromas_own_is_fetched_or_built(archive: Archive, write: Write) -> None:
    list(archive.ingest([write("a.txt", TREES)]))
    assert "chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2" not in {
        type(value).__module__ for value in vars(archive.vectors.store._collection).values()}
    assert not (Path.home() / ".cache" / "chroma" / "onnx_models").exists()


def test_a_rebuild_cut_short_goes_on_and_says_how_far_it_is(
    archive: Archive, write: Write, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("store.vector_work.BATCH", 2)
    list(archive.ingest([write(f"{n}.txt", f"Il parcheggio {n} del centro ha {n} posti auto liberi.") for n in range(5)]))
    written: list[int] = []
    put = VectorStore.put
    monkeypatch.setattr(VectorStore, "put", lambda self, ids, *rest: (written.append(len(ids)), put(self, ids, *rest)))

    def cut(_stage: str, _file: str, done: int, total: int, left: float | None) -> None:
        assert (done, total) == (2, 5)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.rebuild(cut)
    told: list[tuple[int, int]] = []
    archive.rebuild(lambda _stage, _file, done, total, left: told.append((done, total)))
    assert written == [2, 2, 1], "what was written before the cut is not written again"
    assert told == [(2, 3), (3, 3)]
    archive.rebuild()
    assert sum(written) == 10, "a rebuild after one that was finished makes them all again"
    assert archive.vectors.store.count() == 5


@pytest.mark.parametrize("most", [10_000, 1])
def test_a_filter_gives_what_the_collection_would_give(
    archive: Archive, write: Write, embedder: WordEmbedder, most: int, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Few passages are compared one by one, of many the neighbours are taken first: ``most`` moves the border."""
    monkeypatch.setattr("store.vector_filter.MOST", most)
    for year in (2021, 2022):
        list(archive.ingest([write(f"{year}.txt", TREES + f"\n\nNel {year} i parcheggi sono {year}.\n")], "Comune di Roccamora", year))
    question = embedder.query("parcheggi del centro")
    for where in ({"year": 2021}, {"entity": ["Comune di Roccamora"], "year": [2021, 2022]}, {"year": [1999]}, {"year": []}):
        compared = archive.vectors.query(question, 50, where)
        asked = archive.vectors.store.query(question, 50, where)
        assert {i for i, _ in compared} == {i for i, _ in asked}
        assert [near for _, near in compared] == pytest.approx([near for _, near in asked], abs=1e-4)
    assert len(archive.vectors.query(question, 1, {"year": 2022})) == 1
