"""Search measured: figures on the development questions beside the plain recipe, and speed at 20,000 passages.

    python -m benchmarks.search [questions | recipe | speed]         (PIAO_SHARED, PIAO_BENCH_CACHE)

``recipe`` is what one gets from the tutorials: page text by pypdf, pieces of 1,000 characters with 200 of overlap, nearest
by the same embedding model; and the same pieces by Italian BM25. ``speed`` measures a whole synthetic archive.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks import search_speed
from benchmarks.search_bench import SHARED, DiskEmbedder, in_memory, jsonl, scorer
from store.lexical import LexicalIndex
from store.lexical_tokens import terms
from store.search import search_index
from store.search_values import Filters, SearchResult

PASSAGES, PIECE, OVERLAP = 20_000, 1000, 200
FLOORS = {"hit@1": 0.52, "hit@5": 0.75, "hit@10": 0.85, "mrr": 0.60, "lexical": 0.98, "paraphrase": 0.85, "hard": 0.45}
SILENT, FALSE = 0.90, 0.05  # least silence on what has no answer, most on what has one


def _figures(
    name: str, results: Callable[[str], list[dict[str, object]]], abstained: Callable[[str], bool],
) -> dict[str, float]:
    """Print the scorer's figures over the development questions."""
    score = scorer()
    rows = []
    for question in jsonl(SHARED / "evals" / "questions_dev.jsonl"):
        place = score.first_hit(results(question["query"]), question["evidence"])
        rows.append({"rank": place, "abstained": abstained(question["query"]), "level": question["difficulty"]})
    figures = score.summarise(rows)
    for level in ("lexical", "paraphrase", "hard"):
        figures[level] = float(np.mean([0 < row["rank"] <= 5 for row in rows if row["level"] == level]))
    print(f"{name:28s} " + " ".join(f"{k} {v:.3f}" for k, v in figures.items() if k != "n"), flush=True)
    return dict(figures)


def questions() -> bool:
    """The figures of this search, by format of the documents, with the silence on what has no answer; whether floors hold."""
    embedder, kept = DiskEmbedder(), True
    for suffix in (".txt", ".pdf"):
        index, vectors = in_memory(sorted((SHARED / "corpus").glob(f"*{suffix}")), embedder)
        found: dict[str, SearchResult] = {}
        for name in ("questions_dev", "unanswerable_dev"):
            for question in jsonl(SHARED / "evals" / f"{name}.jsonl"):
                found[question["query"]] = search_index(question["query"], index, embedder, vectors, 10, Filters())
        results = {query: result.to_json()["results"] for query, result in found.items()}
        quiet = {query: result.abstained for query, result in found.items()}
        figures = _figures(f"questa ricerca, {suffix}", results.__getitem__, quiet.__getitem__)
        silent = float(np.mean([quiet[q["query"]] for q in jsonl(SHARED / "evals" / "unanswerable_dev.jsonl")]))
        print(f"{'':28s} tace su {silent:.3f} delle domande senza risposta", flush=True)
        low = [name for name, floor in FLOORS.items() if figures[name] < floor]
        low += ["silence"] if silent < SILENT else []
        low += ["false_abstention"] if figures["false_abstention"] > FALSE else []
        print(f"{'':28s} " + (f"SOTTO IL MINIMO: {', '.join(low)}" if low else "tutti i minimi tenuti"), flush=True)
        kept = kept and not low
    return kept


def recipe() -> bool:
    """The plain recipe and plain BM25 on the same pieces."""
    import pypdf

    pieces: list[str] = []
    for path in sorted((SHARED / "corpus").glob("*.pdf")):
        for page in pypdf.PdfReader(path).pages:
            text = page.extract_text()
            pieces += [text[at : at + PIECE] for at in range(0, max(1, len(text) - OVERLAP), PIECE - OVERLAP)]
    embedder = DiskEmbedder()
    matrix = embedder.many(pieces)
    words = LexicalIndex.build((piece, "") for piece in pieces)

    def dense(question: str) -> list[dict[str, object]]:
        return [{"text": pieces[i]} for i in np.argsort(-(matrix @ embedder.query(question)))[:10]]

    def lexical(question: str) -> list[dict[str, object]]:
        total = np.zeros(words.size)
        for term in set(terms(question)):
            owners, value = words.scores(term)
            total[owners] += value * words.idf(term)
        return [{"text": pieces[i]} for i in np.argsort(-total)[:10]]

    _figures("ricetta semplice, vettori", dense, lambda q: False)
    _figures("ricetta semplice, BM25", lexical, lambda q: False)
    return True


def speed() -> bool:
    """Times over the synthetic archive of 20,000 passages: see ``benchmarks/search_speed.py``."""
    return search_speed.measure(PASSAGES)


def main(asked: Sequence[str]) -> int:
    """Runs the named parts, all of them by default; 1 when a floor is missed."""
    jobs = {"questions": questions, "recipe": recipe, "speed": speed}
    return 0 if all([jobs[name]() for name in asked or jobs]) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
