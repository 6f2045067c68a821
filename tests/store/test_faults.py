"""A process killed in the middle of reading leaves an archive that opens, answers and goes on from there."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from settings import Settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder
from tests.store.test_ingestion import TREES

ROOT = Path(__file__).parents[2]
CHILD = """
import sys
import ingest.worker
from ingest.reading import read
ingest.worker.read_safely = read
from settings import Settings
from store import vector_work
from store.archive import Archive
from tests.store.fakes import WordEmbedder
vector_work.BATCH = 4
with Archive.open(Settings.model_validate_json(sys.argv[1]), WordEmbedder(pause=0.02)) as archive:
    print("aperto", flush=True)
    for report in archive.ingest(sys.argv[2:]):
        print(report.status, flush=True)
"""
Write = Callable[[str, str], Path]


def start(settings: Settings, paths: list[Path]) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", CHILD, settings.model_dump_json(), *map(str, paths)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def sources(write: Write, count: int) -> list[Path]:
    body = "\n\n".join(f"Paragrafo {n}: nel quartiere {n} si piantano alberi nuovi ogni anno, con le scuole." for n in range(40))
    return [write(f"relazione{n}.txt", TREES.replace("Prova", f"Prova{n}") + "\n\n" + body.replace("quartiere", f"rione{n}"))
            for n in range(count)]


@pytest.mark.slow
def test_killed_at_random_points_and_resumed(settings: Settings, in_process: None, write: Write) -> None:
    paths = sources(write, 4)
    moments = random.Random(11)
    for _ in range(6):
        with start(settings, paths) as child:
            assert child.stdout
            child.stdout.readline()
            time.sleep(moments.uniform(0.0, 1.2))
            child.send_signal(signal.SIGKILL)
        with Archive.open(settings, WordEmbedder()) as archive:
            for document in archive.documents():
                reading = archive.reading(document.id)
                assert len(reading.passages) == document.passages > 0
                assert len(reading.cards) == document.cards
    with Archive.open(settings, WordEmbedder()) as archive:
        statuses = {report.status for report in archive.ingest(paths)}
        assert statuses <= {"new", "unchanged"}
        assert len(archive.documents()) == 4
        assert archive.pending_vectors() == 0
        assert archive.vectors.store.ids() == {p.id for p in archive.passages()}
        assert archive.vectors.query(archive.embedder.query("alberi nuovi nel rione2"), 1)


@pytest.mark.slow
def test_killed_while_embedding_the_words_still_answer(local: Settings, in_process: None, write: Write) -> None:
    paths = sources(write, 1)
    with start(local, paths) as child:
        while True:
            time.sleep(0.05)
            if not (local.root / "archivio.sqlite").exists():
                continue
            with Archive.open(local, WordEmbedder()) as archive:
                passages = sum(1 for _ in archive.passages())
                if passages and archive.pending_vectors() < passages:
                    break
        child.send_signal(signal.SIGKILL)
    again = WordEmbedder()
    with Archive.open(local, again) as archive:
        left = archive.pending_vectors()
        assert 0 < left < passages
        assert "rione0" in " ".join(p.text for p in archive.passages())
        assert archive.resume() == left
        assert len(again.seen) <= left
        assert archive.pending_vectors() == 0


@pytest.mark.slow
def test_two_processes_at_once_lose_nothing(settings: Settings, in_process: None, write: Write) -> None:
    paths = sources(write, 4)
    children = [start(settings, paths), start(settings, paths[::-1])]
    outputs = [child.communicate(timeout=120)[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0]
    assert sorted(status for output in outputs for status in output[1:]) == ["new"] * 4 + ["unchanged"] * 4
    with Archive.open(settings, WordEmbedder()) as archive:
        archive.resume()
        assert len(archive.documents()) == 4
        assert archive.vectors.store.ids() == {p.id for p in archive.passages()}


def test_a_rebuild_killed_half_way_goes_on_and_ends_as_if_it_had_not_been(local: Settings) -> None:
    from benchmarks import rebuild_faults
    from benchmarks.synthetic import fill

    with Archive.open(local, WordEmbedder("primo")) as archive:
        fill(archive, passages=100, cards=5)
    whole, _, _, _ = rebuild_faults.finished(local.root, "intero")  # the words of a passage give the same vector to any name
    assert (len(whole.vectors), whole.unfinished) == (100, "")
    with rebuild_faults.started(local.root, "altro", batch=4) as child:
        assert child.stdout
        while not child.stdout.readline().startswith("indice 20 "):
            continue
        child.send_signal(signal.SIGKILL)
    end, kept, embedded, told = rebuild_faults.finished(local.root, "altro")
    assert 20 <= kept < 100
    assert kept + embedded == 100
    assert told[-1][0] == told[-1][1] < 100
    assert end == whole
