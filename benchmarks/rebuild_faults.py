"""``piao rebuild`` killed at random points: it says how far it is, goes on from there, and ends as one that was never cut.

    python -m benchmarks.rebuild_faults [KILLS]        (also a kind of ``benchmarks.faults``)

Each time the model is another, so that every vector has to be made again. After a kill the second run must embed only the texts
whose vector was not yet kept; then the collection, the notes and the index of words must be those of an undisturbed rebuild.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sqlalchemy import func, select

from benchmarks.synthetic import fill
from settings import Settings
from store import schema as t
from store import vector_work
from store.archive import Archive
from store.notes import get_meta
from store.search_index import FILE
from tests.store.fakes import WordEmbedder

ROOT = Path(__file__).resolve().parent.parent
KILLS, SEED, PASSAGES, CARDS, BATCH = 15, 5, 2_000, 100, 32
CHILD = """
import sys
from settings import Settings
from store import vector_work
from store.archive import Archive
from tests.store.fakes import WordEmbedder
vector_work.BATCH = int(sys.argv[3])
print("via", flush=True)
with Archive.open(Settings(home=sys.argv[1]), WordEmbedder(sys.argv[2], pause=0.02)) as archive:
    archive.rebuild(lambda stage, _name, done, total, _left: print(stage, done, total, flush=True))
"""


@dataclass(frozen=True)
class End:
    """What a rebuild leaves: vectors by passage, words, whether it is noted as unfinished."""

    vectors: dict[str, bytes]
    words: bytes
    unfinished: str


def started(home: Path, model: str, batch: int = BATCH) -> subprocess.Popen[str]:
    """A rebuild in a process of its own, begun."""
    child = subprocess.Popen([sys.executable, "-W", "ignore", "-c", CHILD, str(home), model, str(batch)], cwd=ROOT,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert child.stdout
    child.stdout.readline()
    return child


def finished(home: Path, model: str) -> tuple[End, int, int, list[tuple[int, int]]]:
    """The rebuild taken up to its end: what it left, texts whose vector was kept, texts embedded now, how far it said it was."""
    again, told = WordEmbedder(model), []
    with Archive.open(Settings(home=home), again) as archive:
        with archive.connection() as connection:
            wanted = select(func.count()).select_from(t.vector_cache).where(t.vector_cache.c.model == model)
            kept = connection.execute(wanted).scalar_one()
        archive.rebuild(lambda stage, _name, done, total, _left: told.append((done, total)) if stage == "indice" else None)
        with archive.vectors.store._use() as collection:
            found = collection.get(include=["embeddings"])
        rows = {i: np.asarray(v, np.float32).tobytes() for i, v in zip(found["ids"], found["embeddings"], strict=True)}  # type: ignore[arg-type]
        with archive.connection() as connection:
            unfinished = get_meta(connection, vector_work.REBUILDING) or ""
    return End(rows, (home / FILE).read_bytes(), unfinished), kept, len(again.seen), told


def once(home: Path, delay: float, model: str, whole: End, texts: int) -> tuple[bool, int]:
    """A rebuild killed after a delay and taken up: whether all held, and how many vectors were kept at the kill."""
    with started(home, model) as child:
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        assert child.stdout
        before = [line.split() for line in child.stdout.read().split("\n")[:-1]]
    end, kept, embedded, told = finished(home, model)
    said = [int(done) for stage, done, *_ in (words for words in before if len(words) == 3) if stage == "indice"]
    steady = said == sorted(said) and [done for done, _ in told] == sorted(done for done, _ in told)
    done = said[-1] if said and said[-1] < texts else 0  # a rebuild that had ended is made again from the start
    complete = not told or told[-1][0] == told[-1][1] <= texts - done  # only what was left
    return steady and complete and end == whole and kept + embedded == texts, kept


def measure(kills: int = KILLS) -> tuple[int, int, list[int]]:
    """How many times something was lost or made twice, texts in all, and the vectors kept at each kill."""
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as name:
        home = Path(name) / "archivio"
        with Archive.open(Settings(home=home), WordEmbedder("primo")) as archive:
            fill(archive, passages=PASSAGES, cards=CARDS)
        apart = Path(name) / "indisturbato"
        shutil.copytree(home, apart)
        begun = time.perf_counter()
        started(apart, "intero").communicate()
        lasts = time.perf_counter() - begun
        whole, texts, _, _ = finished(apart, "intero")
        outcomes = [once(home, chance.uniform(0.0, lasts), f"modello{number}", whole, texts) for number in range(kills)]
    return sum(not held for held, _ in outcomes), texts, [kept for _, kept in outcomes]


def main(kills: int = KILLS) -> int:
    """One row; 1 if anything was lost or made twice."""
    wrong, texts, kept = measure(kills)
    print(f"| kill -9 durante rebuild | {kills} | {wrong} |\n\nvettori già fatti al momento dell'interruzione, su {texts}: "
          f"{', '.join(map(str, sorted(kept)))}", flush=True)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
