"""Where the time of an ingestion goes: embedding must take nearly all of it, no text twice, and what is known nearly none.

Run ``python benchmarks/ingesting.py [FOLDER]``: the text and Word files of FOLDER (default: ``PIAO_SHARED``/corpus; the same
documents in two formats repeat their texts) go into a fresh archive with the configured embedder, then a folder of 100 files is
read twice. Seconds are of the clock: embedding waits for nobody, so its share is fair on a busy machine too. Exit 1 when a floor
is missed.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.reading import missed  # noqa: E402
from benchmarks.synthetic import word_vector  # noqa: E402
from settings import Settings  # noqa: E402
from store.archive import Archive  # noqa: E402
from store.embedding import Embedder, Floats, load_embedder  # noqa: E402

SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
FILES = 100
FLOORS: dict[str, tuple[float, float]] = {
    "embedding_share": (0.85, 1), "texts_embedded_twice": (0, 0), "unchanged_folder_seconds": (0, 3),
}  # fmt: skip


class Watched:
    """An embedder that counts its texts and its seconds."""

    def __init__(self, inner: Embedder) -> None:
        self.inner, self.name, self.seconds = inner, inner.name, 0.0
        self.texts: list[str] = []

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.inner.dimension

    def passages(self, texts: Sequence[str]) -> Floats:
        """See ``Embedder``."""
        start = time.perf_counter()
        try:
            return self.inner.passages(texts)
        finally:
            self.seconds += time.perf_counter() - start
            self.texts += texts

    def query(self, text: str) -> Floats:
        """See ``Embedder``."""
        return self.inner.query(text)


class Words:
    """Vectors of words, made at once: for what does not depend on the model."""

    name, dimension = "parole", 384

    def passages(self, texts: Sequence[str]) -> Floats:
        """See ``Embedder``."""
        return np.stack([word_vector(text) for text in texts])

    def query(self, text: str) -> Floats:
        """See ``Embedder``."""
        return word_vector(text)


def first_time(files: Sequence[Path], home: Path) -> dict[str, float]:
    """The share of embedding in the ingestion of some files, and how many texts were embedded more than once."""
    settings = Settings(home=home)
    watched = Watched(load_embedder(settings))
    start = time.perf_counter()
    with Archive.open(settings, watched) as archive:
        reports = list(archive.ingest(files))
    seconds = time.perf_counter() - start
    passages = sum(report.passages for report in reports)
    return {
        "passages": passages, "texts_embedded": len(watched.texts),
        "texts_embedded_twice": len(watched.texts) - len(set(watched.texts)), "ingest_seconds": round(seconds, 1),
        "embedding_seconds": round(watched.seconds, 1), "embedding_share": round(watched.seconds / seconds, 3),
    }  # fmt: skip


def again(files: Sequence[Path], folder: Path, home: Path) -> dict[str, float]:
    """Seconds of the second reading of a folder of ``FILES`` files: the given ones and short notes."""
    folder.mkdir()
    for path in files:
        (folder / path.name).write_bytes(path.read_bytes())
    for number in range(FILES - len(files)):
        (folder / f"nota-{number}.txt").write_text(f"Comune di Prova\nRelazione 2023\n\nNota {number} sul servizio {number}.\n")
    with Archive.open(Settings(home=home), Words()) as archive:
        assert {report.status for report in archive.ingest([folder])} == {"new"}
        start = time.perf_counter()
        statuses = [report.status for report in archive.ingest([folder])]
        assert statuses == ["unchanged"] * FILES
        return {"unchanged_folder_seconds": round(time.perf_counter() - start, 2)}


def main(folder: Path) -> int:
    """Measure and print; 1 when a floor is missed."""
    files = sorted(path for suffix in ("*.txt", "*.docx") for path in folder.glob(suffix))
    if not files:
        print(f"nessun documento .txt o .docx in {folder}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        result = first_time(files, Path(scratch) / "uno")
        result |= again([path for path in files if path.suffix == ".txt"], Path(scratch) / "cento", Path(scratch) / "due")
    print(json.dumps(result, indent=1))
    below = missed(result, FLOORS)
    for line in below:
        print(f"mancato: {line}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpus"))
