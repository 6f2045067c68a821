"""The lexical index: BM25 over the words of passages and, at a lower weight, of their context.

A forward index (terms of each passage with their counts) is the truth: documents are added and dropped by cutting and
joining arrays, the inverted order follows from one sort. Kept in a file beside the archive, loaded in milliseconds.
Scoring is BM25 with fields summed before saturation (BM25F, Robertson and Zaragoza 2004).
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from store.lexical_tokens import spelled_terms, terms

K1, B, CONTEXT = 1.1, 0.6, 0.35  # saturation, length normalisation, weight of a word of the context
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Postings:
    """Terms by passage: passage ``i`` has the terms ``ids[start[i]:start[i+1]]`` with their weighted counts ``counts``.

    ``spellings`` are the words as the documents write them: what a misspelt one is compared with.
    """

    vocabulary: tuple[str, ...]
    start: NDArray[np.int64]
    ids: NDArray[np.int32]
    counts: Floats
    spellings: frozenset[str] = frozenset()


class LexicalIndex:
    """BM25 over passages numbered from 0 in the order given."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self.size = len(postings.start) - 1
        self.numbers = {term: i for i, term in enumerate(postings.vocabulary)}
        owners = np.repeat(np.arange(self.size, dtype=np.int32), np.diff(postings.start))
        order = np.argsort(postings.ids, kind="stable")
        self._owners, self._counts = owners[order], postings.counts[order]
        self._first = np.searchsorted(postings.ids[order], np.arange(len(postings.vocabulary) + 1))
        sums = np.add.reduceat(np.append(postings.counts, 0), postings.start[:-1]) if self.size else np.zeros(0)
        lengths = np.where(np.diff(postings.start) > 0, sums, 0)
        average = lengths.mean() if self.size else 1.0
        self._norm = (K1 * (1 - B + B * lengths / max(average, 1e-9))).astype(np.float32)

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str]]) -> LexicalIndex:
        """An index of (words, context) pairs."""
        numbers: dict[str, int] = {}
        start: list[int] = [0]
        ids: list[int] = []
        counts: list[float] = []
        spellings: set[str] = set()
        for text, context in texts:
            weight: dict[int, float] = {}
            spelled = spelled_terms(text)
            spellings.update(word for _, word in spelled if word.isalpha())
            for term, count in Counter(term for term, _ in spelled).items():
                weight[numbers.setdefault(term, len(numbers))] = float(count)
            for term in set(terms(context)):
                number = numbers.setdefault(term, len(numbers))
                weight[number] = weight.get(number, 0.0) + CONTEXT
            ids.extend(weight)
            counts.extend(weight.values())
            start.append(len(ids))
        held = np.array(start, np.int64), np.array(ids, np.int32), np.array(counts, np.float32)
        return cls(Postings(tuple(numbers), *held, frozenset(spellings)))

    def idf(self, term: str) -> float:
        """Inverse document frequency; a word the archive does not know has the highest."""
        number = self.numbers.get(term)
        held = 0 if number is None else int(self._first[number + 1] - self._first[number])
        return float(np.log(1 + (self.size - held + 0.5) / (held + 0.5)))

    def holds(self, term: str) -> bool:
        return term in self.numbers

    def scores(self, term: str) -> tuple[NDArray[np.int32], Floats]:
        """Passages that hold a term and their saturated weight in 0..1, without idf."""
        number = self.numbers.get(term)
        if number is None:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        span = slice(self._first[number], self._first[number + 1])
        owners, counts = self._owners[span], self._counts[span]
        return owners, (counts / (counts + self._norm[owners])).astype(np.float32)

    def joined(self, other: LexicalIndex, keep: NDArray[np.bool_] | None = None) -> LexicalIndex:
        """This index, without the passages not kept, followed by another: what changed is all that is read again."""
        mine = self.postings if keep is None else _kept(self.postings, keep)
        numbers = dict(self.numbers)
        theirs = np.array([numbers.setdefault(t, len(numbers)) for t in other.postings.vocabulary], np.int32)
        ids = theirs[other.postings.ids] if len(theirs) else other.postings.ids
        return LexicalIndex(
            Postings(
                tuple(numbers),
                np.concatenate([mine.start, mine.start[-1] + other.postings.start[1:]]),
                np.concatenate([mine.ids, ids]),
                np.concatenate([mine.counts, other.postings.counts]),
                mine.spellings | other.postings.spellings,
            )
        )

    def reordered(self, order: NDArray[np.int64]) -> LexicalIndex:
        """The same index with its passages in another order: passage ``i`` becomes the one that was ``order[i]``."""
        p = self.postings
        sizes = np.diff(p.start)[order]
        start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        shift = np.repeat(p.start[:-1][order] - start[:-1], sizes)
        at = np.arange(start[-1]) + shift
        used, ids = np.unique(p.ids[at], return_inverse=True)
        vocabulary = tuple(p.vocabulary[i] for i in used)
        return LexicalIndex(Postings(vocabulary, start, ids.astype(np.int32), p.counts[at], p.spellings))

    def save(self, path: Path, keys: NDArray[np.uint32]) -> None:
        """Writes ``path`` (.npz) with a key by passage; the vocabulary is inside as one JSON text."""
        p = self.postings
        said = json.dumps([p.vocabulary, sorted(p.spellings)], ensure_ascii=False)
        words = np.frombuffer(said.encode(), np.uint8)
        partial = path.with_name(f"{path.name}.{os.getpid()}.nuovo")
        with partial.open("wb") as file:
            np.savez(file, start=p.start, ids=p.ids, counts=p.counts, vocabulary=words, keys=keys)
        partial.replace(path)

    @classmethod
    def load(cls, path: Path) -> tuple[LexicalIndex, NDArray[np.uint32]]:
        """The index saved at ``path`` and its keys; ``OSError``, ``ValueError``, ``BadZipFile`` where it is not one."""
        with np.load(path, allow_pickle=False) as data:
            words, spellings = json.loads(bytes(data["vocabulary"]))
            postings = Postings(tuple(words), data["start"], data["ids"], data["counts"], frozenset(spellings))
            return cls(postings), data["keys"]


def _kept(postings: Postings, keep: NDArray[np.bool_]) -> Postings:
    sizes = np.diff(postings.start)
    inside = np.repeat(keep, sizes)
    start = np.concatenate([[0], np.cumsum(sizes[keep])]).astype(np.int64)
    return Postings(postings.vocabulary, start, postings.ids[inside], postings.counts[inside], postings.spellings)
