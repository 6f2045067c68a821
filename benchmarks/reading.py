"""How fast documents are read (without embedding), and how much memory a long PDF takes.

Run ``python benchmarks/reading.py [FOLDER]``: FOLDER holds the documents (default: ``PIAO_SHARED``/corpus). Floors, of the whole
reading (cards and passages too; "reader" is blocks alone): PDF at 8 pages a second and text at 1 MB a second on two cores; under
1 GB for 600 pages; a second file of a batch without the start of a process. Each speed is given by the clock and by processor
time spread over two cores; the second is judged, for the machine may be busy. Exit 1 when a floor is missed.
"""

from __future__ import annotations

import json
import math
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from ingest import child  # noqa: E402
from ingest.readers import read_blocks  # noqa: E402
from ingest.reading import read  # noqa: E402
from ingest.worker import read_safely, spare_collections  # noqa: E402

SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
MB = 1024 * 1024
PAGES = 600


def blocks(path: Path) -> int:
    """Read a file to blocks; its pages."""
    return read_blocks(path).pages or 0


def whole(path: Path) -> int:
    """Read a file to cards and passages; its pages."""
    return read(path).document.pages or 0


def timed(job: Callable[[Path], int], path: Path) -> tuple[int, float]:
    """Pages and processor seconds of one file."""
    start = time.process_time()
    return job(path), time.process_time() - start


def measure(job: Callable[[Path], int], files: list[Path], workers: int = 2) -> tuple[float, float, int]:
    """Seconds by the clock, processor seconds by worker, and pages of all files, warm, the largest first.

    The processes are set as the confined one that reads files for the product (``ingest.worker``)."""
    files = sorted(files, key=lambda path: -path.stat().st_size)
    with ProcessPoolExecutor(workers, mp_context=get_context("fork"), initializer=spare_collections) as pool:
        list(pool.map(job, files[:1] * workers))
        start = time.perf_counter()
        done = list(pool.map(timed, [job] * len(files), files))
        return time.perf_counter() - start, sum(cpu for _, cpu in done) / workers, sum(pages for pages, _ in done)


def long_pdf(sources: Iterable[Path], target: Path, pages: int = PAGES) -> Path:
    """A PDF of at least so many pages, the sources one after the other and again."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter()
    readers = [PdfReader(source) for source in sources]
    while len(writer.pages) < pages:
        for reader in readers:
            writer.append(reader)
    with target.open("wb") as file:
        writer.write(file)
    return target


def peak(path: Path) -> tuple[float, float, int]:
    """Peak memory (MB), seconds and pages of reading a PDF to cards and passages, in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_peak, path).result()


def _peak(path: Path) -> tuple[float, float, int]:
    start = time.perf_counter()
    pages = whole(path)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, time.perf_counter() - start, pages


def starts(path: Path) -> tuple[float, float]:
    """Seconds of the first and of the second reading of a file in the confined process that a batch uses."""
    child.close_all()
    seconds = []
    for _ in range(2):
        start = time.perf_counter()
        read_safely(path)
        seconds.append(time.perf_counter() - start)
    child.close_all()
    return seconds[0], seconds[1]


FLOORS: dict[str, tuple[float, float]] = {
    "text_mb_per_second_reading": (1, math.inf),
    "pdf_pages_per_second_reading": (8, math.inf),
    "long_pdf_peak_mb": (0, 1024),
    "confined_second_seconds": (0, 0.5),
}
"""The least and the most that a figure may be."""


def missed(result: dict[str, float], floors: dict[str, tuple[float, float]] = FLOORS) -> list[str]:
    """The floors that the figures miss, one line each."""
    return [
        f"{name}: {result[name]} (limiti {least:g}-{most:g})"
        for name, (least, most) in floors.items()
        if not least <= result[name] <= most
    ]


def main(folder: Path) -> int:
    """Measure and print; 1 when a target is missed."""
    texts, pdfs = sorted(folder.glob("*.txt")), sorted(folder.glob("*.pdf"))
    if not texts or not pdfs:
        print(f"nessun documento .txt e .pdf in {folder}", file=sys.stderr)
        return 2
    size = sum(path.stat().st_size for path in texts) / MB
    result: dict[str, float] = {}
    for name, job in (("reader", blocks), ("reading", whole)):
        clock, cpu, _ = measure(job, texts * 4)
        result[f"text_mb_per_second_{name}"] = round(4 * size / cpu, 2)
        result[f"text_mb_per_second_{name}_by_the_clock"] = round(4 * size / clock, 2)
        clock, cpu, pages = measure(job, pdfs * 2)
        result[f"pdf_pages_per_second_{name}"] = round(pages / cpu, 1)
        result[f"pdf_pages_per_second_{name}_by_the_clock"] = round(pages / clock, 1)
    with tempfile.TemporaryDirectory() as scratch:
        memory, seconds, pages = peak(long_pdf(pdfs, Path(scratch) / "lungo.pdf"))
    result |= {"long_pdf_pages": pages, "long_pdf_peak_mb": round(memory), "long_pdf_pages_per_second": round(pages / seconds, 1)}
    first, second = starts(min(texts, key=lambda path: path.stat().st_size))
    result |= {"confined_first_seconds": round(first, 2), "confined_second_seconds": round(second, 2)}
    print(json.dumps(result, indent=1))
    for line in (below := missed(result)):
        print(f"mancato: {line}", file=sys.stderr)
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "corpus"))
