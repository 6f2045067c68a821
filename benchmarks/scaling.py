"""The archive at 1, 10, 100 bodies (five years each): time to fill, disk, memory, search, check. Figures for docs/scaling.md.

    python -m benchmarks.scaling [BODIES ...]

A body's year is one document of 400 passages and 20 cards (``benchmarks.synthetic``); each size is measured in a process of its
own, on the embedded engines. The question's own embedding is included, by the configured model; the passages' vectors are the
synthetic ones, written by the archive's own work. Exits 1 when the p95 of a question is over its floor.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.synthetic import CARDS_A_DOCUMENT, PASSAGES_A_DOCUMENT, YEARS, fill
from scoring.check import check
from scoring.profiles import load_profile
from settings import Settings
from store.archive import Archive
from store.lookup import reading_of

ROOT = Path(__file__).resolve().parent.parent
SIZES, YEARS_A_BODY, PLAN, ROUNDS = (1, 10, 100), 5, 1_000, 60
FLOORS = ((100_000, 0.150), (500_000, 0.300))  # passages up to which, p95 of a question in seconds
QUESTIONS = ("riduzione dei tempi medi di pagamento delle fatture", "quante domande di iscrizione al nido sono state accolte",
             "raccolta differenziata nei quartieri", "manutenzione straordinaria delle scuole nel 2021",
             "chi ha superato l'80 % delle pratiche concluse nei termini", "orari di apertura della biblioteca")
COLUMNS = ("enti", "passaggi", "schede", "scrittura s*", "vettori s*", "database MB", "indice vettori MB", "indice di ricerca MB",
           "indice di ricerca s*", "apertura s", "prima domanda s", "domanda mediana ms*", "domanda p95 ms*",
           "verifica di 1.000 schede s*", "memoria MB")


def measure(bodies: int) -> tuple[list[float], bool]:
    """The row of one size, and whether its floor holds. Who asks is a process of its own: its memory is that of the app."""
    documents = bodies * YEARS_A_BODY
    passages, cards = documents * PASSAGES_A_DOCUMENT, documents * CARDS_A_DOCUMENT
    with tempfile.TemporaryDirectory() as folder:
        with Archive.open(Settings(home=Path(folder))) as archive:
            written = _spent(lambda: fill(archive, passages, cards, vectors=None))
            vectors = _spent(lambda: fill(archive, passages, cards, vectors="words"))
            indexed = _spent(archive.prepare_search)
        disk = [_megabytes(Path(folder), pattern) for pattern in ("archivio.sqlite*", "chroma/**/*", "ricerca.indice")]
        command = [sys.executable, "-W", "ignore", "-m", "benchmarks.scaling", "--ask", folder]
        asked = json.loads(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
    floor = next((seconds for most, seconds in FLOORS if passages <= most), float("inf"))
    return [bodies, passages, cards, written, vectors, *disk, indexed, *asked], asked[3] / 1000 <= floor


def ask(folder: str) -> list[float]:
    """What a process that only asks waits for, and its memory with the model of the embedding."""
    begun = time.perf_counter()
    with Archive.open(Settings(home=Path(folder))) as archive:
        archive.documents()
        opened = time.perf_counter() - begun
        begun = time.perf_counter()
        archive.search(QUESTIONS[0])
        first = time.perf_counter() - begun
        archive.embedder.passages([QUESTIONS[0] * 60])  # the model that embeds many texts starts now, not among the questions
        asked = (QUESTIONS[n % len(QUESTIONS)] + f" {2015 + n % YEARS}" for n in range(ROUNDS))
        times = sorted(_spent(partial(archive.search, question)) for question in asked)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        plan = archive.cards()[:PLAN]
    checked = _spent(lambda: check(reading_of(plan, "piano"), load_profile("neutro"), year=2019)) * PLAN / len(plan)
    return [opened, first, 1000 * times[len(times) // 2], 1000 * times[int(len(times) * 0.95)], checked, memory]


def _spent(job: Callable[[], object]) -> float:
    """Seconds of processor."""
    begun = time.process_time()
    job()
    return time.process_time() - begun


def _megabytes(folder: Path, pattern: str) -> float:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file()) / 1e6


def main(sizes: tuple[int, ...]) -> int:
    """Each size in its own process, so that memory is its own."""
    print("* tempo del processore, che non dipende da chi altro lavora\n")
    print("| " + " | ".join(COLUMNS) + " |\n|" + "---|" * len(COLUMNS), flush=True)
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.scaling", "--one"]
    failed = [bodies for bodies in sizes if subprocess.run([*command, str(bodies)], cwd=ROOT, check=False).returncode]
    return int(bool(failed))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        print(json.dumps(ask(sys.argv[2])))
        sys.exit(0)
    if sys.argv[1:2] == ["--one"]:
        figures, held = measure(int(sys.argv[2]))
        print("| " + " | ".join(f"{value:.3g}" if value < 100 else f"{value:.0f}" for value in figures) + " |", flush=True)
        sys.exit(not held)
    sys.exit(main(tuple(map(int, sys.argv[1:])) or SIZES))
