"""Does every citation resolve? For all results of all questions: each line of the text is on the stated page of the stated file.

    python -m benchmarks.citations       (PIAO_SHARED, PIAO_BENCH_CACHE; with an argument, words alone: no model)

A second reader looks: pypdf for a .pdf's page, the file's own lines for a .txt. Compared on letters and digits alone, cell by
cell; a cell that the page prints in another order (columns side by side) counts when all its words are there, and the share
that stands in one run is told beside. Floor: 1.00.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from benchmarks.search_bench import SHARED, DiskEmbedder, in_memory, jsonl, stored
from store.search import search_index
from store.search_index import SearchIndex
from store.search_values import Hit

_TAG, _OTHER = re.compile(r"</?[a-z][^>]*>", re.I), re.compile(r"[\W_]+")
_FORMS = {"ﬁ": "fi", "ﬂ": "fl", "\u00ad": ""}


def squash(text: str) -> str:
    """Letters and digits alone, in one form."""
    for odd, plain in _FORMS.items():
        text = text.replace(odd, plain)
    return _OTHER.sub("", unicodedata.normalize("NFKC", _TAG.sub(" ", text))).casefold()


@lru_cache(maxsize=64)
def _pages(path: Path) -> list[str]:
    import pypdf

    return [squash(page.extract_text()) for page in pypdf.PdfReader(path).pages]


@lru_cache(maxsize=64)
def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def stated(path: Path, hit: Hit) -> str:
    """What stands at the place that a result states, squashed; "" where the place is not in the file."""
    if path.suffix == ".pdf":
        pages = _pages(path)
        return pages[hit.page - 1] if hit.page and 1 <= hit.page <= len(pages) else ""
    return squash("\n".join(_lines(path)[hit.lines[0] - 1 : hit.lines[-1]])) if hit.lines else ""


def missing(path: Path, hit: Hit, in_one_run: bool = False) -> list[str]:
    """The cells of a result that are not at its place."""
    there = stated(path, hit)
    cells = (cell for line in hit.text.split("\n") for cell in line.split(" | "))
    lost = [cell for cell in cells if (plain := squash(cell)) and plain not in there]
    return lost if in_one_run else [cell for cell in lost if not all(squash(word) in there for word in cell.split())]


def unresolved(folder: Path, hits: Iterable[Hit], in_one_run: bool = False) -> list[tuple[Hit, list[str]]]:
    """The results whose text is not all at the place they state."""
    return [(hit, lost) for hit in hits if (lost := missing(folder / hit.document, hit, in_one_run))]


def questions() -> list[str]:
    """Every question there is: with and without an answer, and ours."""
    files = (SHARED / "evals" / "questions_dev.jsonl", SHARED / "evals" / "unanswerable_dev.jsonl",
             Path(__file__).with_name("questions_own.jsonl"))
    return [str(question["query"]) for path in files for question in jsonl(path)]


def main(*words_alone: str) -> int:
    """Print the share that resolves by format; 1 when one does not."""
    failed = 0
    for suffix in (".txt", ".pdf"):
        paths = sorted((SHARED / "corpus").glob(f"*{suffix}"))
        embedder = None if words_alone else DiskEmbedder()
        index, vectors = in_memory(paths, embedder) if embedder else (SearchIndex.of(stored(paths)), None)
        results = [search_index(query, index, embedder, vectors) for query in questions()]
        hits = [hit for result in results for hit in (*result.hits, *result.nearest)]
        lost = unresolved(SHARED / "corpus", hits)
        failed += len(lost)
        print(f"citazioni {suffix}: {len(hits) - len(lost)} di {len(hits)} risultati sono dove dicono, "
              f"{1 - len(lost) / max(len(hits), 1):.4f} (in una sola riga di parole "
              f"{1 - len(unresolved(SHARED / 'corpus', hits, True)) / max(len(hits), 1):.4f})")
        for hit, cells in lost[:20]:
            print(f"  {hit.document}, p. {hit.page}, righe {hit.lines}: {cells[0][:120]!r}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
