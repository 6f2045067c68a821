"""Tunes search on the development questions and prints each step; what it finds is written by hand in the code.

    python -m benchmarks.tune_search [steps | weights | abstain | named | sizes]     (PIAO_SHARED, PIAO_BENCH_CACHE)

``steps``: what each part brings. ``weights``: a grid on the fusion. ``abstain``: the logistic model of ``search_abstain``
fitted on the development questions, the unanswerable ones and ``unanswerable_extra.txt``, with five-fold figures beside
(``small`` is nil there: it was set on ``sizes``), then the silence on ``unanswerable_near.txt``, which nothing is fitted on.
``named``: the second model, for questions about one body, fitted on ``questions_named.jsonl`` and the development ones; its
bias is the lowest that costs no development question. ``sizes``: silence on archives of one document, of the samples, of all
the documents, of these among 2,000 invented passages.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.search_bench import ROOT, SHARED, DiskEmbedder, MemoryVectors, in_memory, jsonl, scorer, stored
from benchmarks.synthetic import readings
from cards.model import Passage, Reading
from store import search as search_module
from store import vocabulary
from store.constraints import understand
from store.passages_table import embedded_text
from store.records import StoredPassage
from store.search import search_index
from store.search_abstain import features
from store.search_eval import plain
from store.search_index import Embedder, SearchIndex, Vectors
from store.search_rank import Weights, allowed_by, rank
from store.search_values import Filters

KEYS = ("bias", "words", "meaning", "unknown", "small")
NAMED_KEYS = ("bias", "words", "unknown", "small", "held")  # ``meaning`` found no weight of its own


def evaluate(
    name: str, index: SearchIndex, embedder: Embedder | None, vectors: Vectors | None, weights: Weights = Weights(),  # noqa: B008
) -> None:
    """One line of figures over the development questions."""
    score, rows = scorer(), []
    for question in jsonl(SHARED / "evals" / "questions_dev.jsonl"):
        found = search_index(question["query"], index, embedder, vectors, 10, Filters(), weights).to_json()
        place = score.first_hit(found["results"], question["evidence"])
        rows.append({"rank": place, "abstained": found["abstained"], "level": question["difficulty"]})
    figures = score.summarise(rows)
    ranks = {level: [r["rank"] for r in rows if r["level"] == level] for level in ("lexical", "paraphrase", "hard")}
    levels = {level: np.mean([0 < place <= 5 for place in places]) for level, places in ranks.items()}
    said = " ".join(f"{key} {figures[key]:.3f}" for key in ("hit@1", "hit@5", "hit@10", "mrr", "false_abstention"))
    print(f"{name:34s} {said} | " + " ".join(f"{k} {v:.2f}" for k, v in levels.items()), flush=True)


def steps(index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> None:
    """What words, vocabulary and meaning bring, each alone and together (without abstaining)."""
    search_module.THRESHOLD = -1.0
    curated, bare = vocabulary.load(), vocabulary.parse([])
    for name, words in (("senza vocabolario", bare), ("con il vocabolario", curated)):
        search_module.vocabulary.load = lambda words=words: words  # type: ignore[assignment]
        evaluate(f"parole, {name}", index, None, None)
        evaluate(f"parole e significato, {name}", index, embedder, vectors)
    evaluate("significato quasi da solo", index, embedder, vectors, Weights(dense=1000.0))


def weights(index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> None:
    """The grid of the fusion."""
    search_module.THRESHOLD = -1.0
    for dense in (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0):
        evaluate(f"dense={dense}", index, embedder, vectors, Weights(dense=dense))
    for field, values in (("partial", (0.0, 0.5)), ("phrase", (1.0, 1.4)), ("depth", (100, 1000)), ("year", (0.0, 0.1)),
                          ("around", (0.0, 0.05, 0.2, 0.4)), ("why", (0.0, 0.05, 0.1))):
        for value in values:
            changed: dict[str, Any] = {field: value}
            evaluate(f"{field}={value}", index, embedder, vectors, replace(Weights(), **changed))


def abstain(index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> None:
    """Fits the model of abstention and prints its coefficients and what thresholds give."""
    extra = Path(__file__).with_name("unanswerable_extra.txt").read_text(encoding="utf-8").splitlines()
    groups = {
        "con risposta": [q["query"] for q in jsonl(SHARED / "evals" / "questions_dev.jsonl")],
        "senza risposta": [q["query"] for q in jsonl(SHARED / "evals" / "unanswerable_dev.jsonl")],
        "senza risposta, altre": [line for line in extra if line and not line.startswith("#")],
    }
    table = {name: np.array([_figures(q, index, embedder, vectors) for q in asked]) for name, asked in groups.items()}
    all_rows = np.concatenate(list(table.values()))
    answers = np.array([1.0] * len(groups["con risposta"]) + [0.0] * (len(all_rows) - len(groups["con risposta"])))
    fitted = fit(all_rows, answers)
    print(dict(zip(KEYS, fitted.round(2).tolist(), strict=True)))
    fold = np.arange(len(all_rows)) % 5
    crossed = np.zeros(len(all_rows))
    for k in range(5):
        crossed[fold == k] = probability(all_rows[fold == k], fit(all_rows[fold != k], answers[fold != k]))
    ends = np.cumsum([len(rows) for rows in table.values()])
    parts = dict(zip(table, np.split(crossed, ends[:-1]), strict=True))
    for threshold in (0.3, 0.4, 0.45, 0.5, 0.55):
        whole = {name: (probability(rows, fitted) < threshold).mean() for name, rows in table.items()}
        said = [f"{name}: {share:.3f} ({(parts[name] < threshold).mean():.3f})" for name, share in whole.items()]
        print(f"tace sotto {threshold}: " + ", ".join(said))
    near = Path(__file__).with_name("unanswerable_near.txt").read_text(encoding="utf-8").splitlines()
    quiet = [search_index(line, index, embedder, vectors).abstained for line in near if not line.startswith("#")]
    print(f"la ricerca com'è tace su {np.mean(quiet):.3f} delle {len(quiet)} vicine")


def named(index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> None:
    """Fits the model of the questions about one body and prints what each bias costs and brings."""
    folder = Path(__file__).parent
    own = [(q["query"], bool(q["answers"])) for q in jsonl(folder / "questions_named.jsonl") if "query" in q]
    dev = [(q["query"], True) for q in jsonl(SHARED / "evals" / "questions_dev.jsonl")]
    dev += [(q["query"], False) for q in jsonl(SHARED / "evals" / "unanswerable_dev.jsonl")]
    rows, answers, developed = [], [], []
    for n, (question, answered) in enumerate((*dev, *own)):
        found = _features(question, index, embedder, vectors)
        if "held" in found:
            rows.append([found[key] for key in NAMED_KEYS])
            answers.append(float(answered))
            developed.append(n < len(dev))
    table, wanted, of_dev = np.array(rows), np.array(answers), np.array(developed)
    fitted = fit(table, wanted)
    print(dict(zip(NAMED_KEYS, fitted.round(2).tolist(), strict=True)))
    for bias in np.arange(-2.0, 1.01, 0.25):
        silent = table[:, 1:] @ fitted[1:] + bias < 0
        parts = {"con risposta": wanted == 1, "di sviluppo con risposta": of_dev & (wanted == 1), "senza": wanted == 0}
        print(f"bias {bias:+.2f}: tace su " + ", ".join(f"{name} {silent[part].mean():.3f}" for name, part in parts.items()))


def sizes(index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> None:
    """Abstention on archives from one document up: on what they answer, on what they do not."""
    own = jsonl(Path(__file__).with_name("questions_own.jsonl"))
    absent = [q["query"] for q in (*jsonl(SHARED / "evals" / "unanswerable_dev.jsonl"), *own) if "evidence" not in q]
    asked = [*jsonl(SHARED / "evals" / "questions_dev.jsonl"), *(q for q in own if "evidence" in q)]
    samples = sorted((ROOT / "samples" / "texts").glob("*.txt"))
    corpus = sorted((SHARED / "corpus").glob("*.txt"))
    archives = {path.stem[:34]: stored([path]) for path in (*samples, *corpus)}
    archives |= {"campione": stored(samples), "documenti": stored(corpus)}
    invented = (_invented(r, n, p) for r in readings(2000, 200, seed=5) for n, p in enumerate(r.passages))
    archives["documenti e 2.000 inventati"] = [*archives["documenti"], *invented]
    for name, passages in archives.items():
        made = SearchIndex.of(passages)
        near = MemoryVectors(passages, embedder.many([embedded_text(p.context, p.text) for p in passages]))
        whole = plain("\n".join(p.text for p in passages))
        answered = [q["query"] for q in asked if any(all(plain(w) in whole for w in ways) for ways in q["evidence"])]
        said = []
        for words, group in (("risponde", answered), ("non risponde", absent)):
            silent = [search_index(query, made, embedder, near).abstained for query in group]
            said.append(f"tace su {np.mean(silent) if silent else 0:.2f} delle {len(group)} a cui {words}")
        print(f"{name:36s} {len(passages):5d} passaggi: " + ", ".join(said), flush=True)


def _invented(reading: Reading, number: int, p: Passage) -> StoredPassage:
    document = reading.document
    return StoredPassage(f"{str(document.sha256)[:8]}{number}", str(document.sha256), document.name, number, p.card_id, p.kind,
                         p.text[:160], p.context, p.page, p.lines, document.entity, document.year, None, None)


def _figures(question: str, index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> list[float]:
    found = _features(question, index, embedder, vectors)
    return [found[key] for key in KEYS]


def _features(question: str, index: SearchIndex, embedder: DiskEmbedder, vectors: MemoryVectors) -> dict[str, float]:
    constraints = understand(question, index.entities, index.years)
    allowed = allowed_by(index, Filters(), constraints)
    where = search_module._where(index, allowed)
    scores = rank(question, index, vocabulary.load(), allowed, constraints, embedder, vectors, where, Weights())
    return features(scores, int(np.argmax(scores.total)))


def fit(rows: np.ndarray, answers: np.ndarray, steps: int = 4000, rate: float = 0.3, penalty: float = 0.3) -> np.ndarray:
    """Logistic regression by gradient descent with a penalty on all but the bias."""
    theta = np.zeros(rows.shape[1])
    for _ in range(steps):
        slope = rows.T @ (probability(rows, theta) - answers) / len(rows)
        theta -= rate * (slope + penalty * np.r_[0, theta[1:]] / len(rows))
    return theta


def probability(rows: np.ndarray, theta: np.ndarray) -> np.ndarray:
    """The model's probability of an answer for each row."""
    return np.asarray(1 / (1 + np.exp(-rows @ theta)))


def main(asked: Sequence[str]) -> None:
    """Runs the named parts, all of them by default."""
    embedder = DiskEmbedder()
    index, vectors = in_memory(sorted((SHARED / "corpus").glob("*.txt")), embedder)
    jobs = {"steps": steps, "weights": weights, "abstain": abstain, "named": named, "sizes": sizes}
    kept = search_module.THRESHOLD, vocabulary.load
    for name in asked or jobs:
        search_module.THRESHOLD, vocabulary.load = kept
        jobs[name](index, embedder, vectors)


if __name__ == "__main__":
    main(sys.argv[1:])
