"""How long a question, a new document and the opening of a citation take on a synthetic archive of any size.

    python -m benchmarks.search_speed [PASSAGES] [HOME]          (20,000 passages; a HOME already filled is used as it is)

The whole way is measured: archive, database, word index, Chroma, the embedding of the question by the real model. On a busy
machine (more work waiting than processors) the time of the processor is what is compared with the limits.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.search_bench import SHARED, jsonl
from benchmarks.synthetic import fill, readings
from settings import Settings
from store import documents
from store.archive import Archive
from store.search_values import Hit

QUESTION, CITATION = 150.0, 300.0  # milliseconds, 95th percentile
SPEAKS = ("tempi di pagamento delle fatture", "posti nei nidi e lista d'attesa", "quanti alberi piantati nel 2019", "marciapiedi "
          "rifatti", "carta d'identità elettronica: attesa", "raccolta differenziata a Borgonera", "pasti serviti nelle mense",
          "formazione dei dipendenti: ore", "perché è slittata la consegna", "e gli altri comuni con le piste ciclabili?")


@dataclass
class Took:
    """Times of one thing in milliseconds, by the clock and by the processor."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @contextmanager
    def once(self) -> Iterator[None]:
        """One more time."""
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall.append((time.perf_counter() - wall) * 1000)
        self.cpu.append((time.process_time() - cpu) * 1000)

    def told(self, name: str, limit: float | None = None) -> bool:
        """Print median and 95th percentile; whether the limit is kept."""
        busy = os.getloadavg()[0] > (os.cpu_count() or 1)
        wall, cpu = (float(np.quantile(times, 0.95)) for times in (self.wall, self.cpu))
        kept = limit is None or (cpu if busy else wall) <= limit
        most = f", al massimo {limit:.0f}: {'sì' if kept else 'NO'}{' (macchina occupata)' if busy else ''}" if limit else ""
        spent = f"(processore {np.median(self.cpu):.0f} e {cpu:.0f})"
        print(f"{name}: mediana {np.median(self.wall):.0f} ms, p95 {wall:.0f} ms {spent}{most}", flush=True)
        return kept


def timed(job: Callable[[], object], times: int = 1) -> Took:
    """A job's times."""
    took = Took()
    for _ in range(times):
        with took.once():
            job()
    return took


def measure(passages: int, home: str = "") -> bool:
    """Fill (if need be), measure, print; whether the limits are kept."""
    from store.embedding import _trunk

    with tempfile.TemporaryDirectory() as folder, Archive.open(Settings(home=Path(home or folder))) as archive:
        if not archive.documents():
            timed(lambda: fill(archive, passages)).told(f"archivio di {passages} passaggi riempito")
        count = sum(d.passages for d in archive.documents())
        timed(lambda: archive.search("tempi di pagamento")).told(f"prima domanda di un processo, {count} passaggi")
        _trunk()
        asked = [*SPEAKS, *(q["query"] for q in jsonl(SHARED / "evals" / "questions_dev.jsonl"))]
        questions, hits = Took(), []
        for question in asked:
            with questions.once():
                found = archive.search(question)
            hits += [*found.hits, *found.nearest][:1]
        kept = questions.told(f"una domanda su {count} passaggi", QUESTION)
        _new_document(archive).told("prima domanda dopo un documento nuovo (400 passaggi)")
        return _opened(archive, hits) and kept


def _new_document(archive: Archive) -> Took:
    """Add documents one by one, without their vectors; each time ask once."""
    took = Took()
    for number, reading in enumerate(readings(1200, 30, seed=977)):
        with archive.transaction() as connection:
            if documents.by_sha(connection, str(reading.document.sha256)) is None:
                documents.add(connection, reading, path=f"/nuovo/{number}", size=1, given={})
        with took.once():
            archive.search("posti nei nidi")
    return took


def _opened(archive: Archive, hits: list[Hit]) -> bool:
    """The page of a PDF with the passage marked, and a converted document around it."""
    from store.search import search_index
    from store.search_index import SearchIndex
    from ui.pdf_view import page_image
    from ui.pdf_view_text import around

    converted = Took()
    for hit in hits[:60]:
        with converted.once():
            around(archive, tuple(hit.passages))
    kept = converted.told("citazione aperta in un documento convertito", CITATION)
    paths = sorted((SHARED / "corpus").glob("*.pdf"))
    if not paths:
        return kept
    from benchmarks.search_bench import stored

    index, pages = SearchIndex.of(stored(paths[:2])), Took()
    for question in jsonl(SHARED / "evals" / "questions_dev.jsonl")[:25]:
        for hit in search_index(question["query"], index, None, None, 1).hits:
            with pages.once():
                page_image(SHARED / "corpus" / hit.document, hit.page or 1, hit.text)
    return pages.told("citazione aperta in un PDF, con il passaggio segnato", CITATION) and kept


if __name__ == "__main__":
    arguments = sys.argv[1:]
    sys.exit(0 if measure(int(arguments[0]) if arguments else 20_000, *arguments[1:2]) else 1)
