"""The lexical index: BM25 over the words of passages and, at a lower weight, of their context.

A forward index (terms of each passage with their counts) is the truth: documents are added and dropped by cutting and
joining arrays, and the inverted order (passages of each term) with them. Both are kept in the archive's search file.
Scoring is BM25 with fields summed before saturation (BM25F, Robertson and Zaragoza 2004).
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from store.lexical_tokens import spelled_terms, terms
from store.ragged import Keep, followed, kept, starts

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


@dataclass(frozen=True)
class Inverted:
    """Passages by term: term ``i`` stands in the passages ``owners[first[i]:first[i+1]]`` with ``counts``, in their order."""

    first: NDArray[np.int64]
    owners: NDArray[np.int32]
    counts: Floats


class LexicalIndex:
    """BM25 over passages numbered from 0 in the order given."""

    def __init__(self, postings: Postings, inverted: Inverted | None = None) -> None:
        self.postings = postings
        self.inverted = inverted or _inverted(postings)
        self.size = len(postings.start) - 1
        self.numbers = {term: i for i, term in enumerate(postings.vocabulary)}
        sums = np.add.reduceat(np.append(postings.counts, np.float32(0)), postings.start[:-1]) if self.size else np.zeros(0)
        lengths = np.where(np.diff(postings.start) > 0, sums, 0)
        average = lengths.mean() if self.size else 1.0
        self._norm = (K1 * (1 - B + B * lengths / max(average, 1e-9))).astype(np.float32)

    @classmethod
    def build(cls, texts: Iterable[tuple[str, str]]) -> LexicalIndex:
        """An index of (words, context) pairs."""
        numbers: dict[str, int] = {}
        start, ids, counts = array("q", [0]), array("i"), array("f")
        spellings: set[str] = set()
        for text, context in texts:
            weight: dict[int, float] = {}
            spelled = spelled_terms(text)
            spellings.update(word for _, word in spelled if word.isalpha())
            for term, count in Counter(term for term, _ in spelled).items():
                weight[numbers.setdefault(term, len(numbers))] = float(count)
            for term in _context_terms(context):
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
        held = 0 if number is None else int(self.inverted.first[number + 1] - self.inverted.first[number])
        return float(np.log(1 + (self.size - held + 0.5) / (held + 0.5)))

    def holds(self, term: str) -> bool:
        return term in self.numbers

    def scores(self, term: str) -> tuple[NDArray[np.int32], Floats]:
        """Passages that hold a term and their saturated weight in 0..1, without idf."""
        number = self.numbers.get(term)
        if number is None:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        span = slice(self.inverted.first[number], self.inverted.first[number + 1])
        owners, counts = self.inverted.owners[span], self.inverted.counts[span]
        return owners, (counts / (counts + self._norm[owners])).astype(np.float32)

    def joined(self, other: LexicalIndex, keep: Keep | None = None) -> LexicalIndex:
        """This index, without the passages not kept, followed by another: what changed is all that is read again."""
        keep = np.ones(self.size, bool) if keep is None else keep
        mine, new = self.postings, other.postings
        numbers = dict(self.numbers)
        theirs = np.array([numbers.setdefault(t, len(numbers)) for t in new.vocabulary], np.int32)
        ids = theirs[new.ids] if len(theirs) else new.ids
        inside, start = kept(mine.start, keep)
        postings = Postings(tuple(numbers), followed(start, new.start), np.concatenate([mine.ids[inside], ids]),
                            np.concatenate([mine.counts[inside], new.counts]), mine.spellings | new.spellings)
        return LexicalIndex(postings, _merged(self.inverted, keep, other.inverted, theirs, len(numbers)))

    def packed(self) -> tuple[list[list[str]], dict[str, NDArray[Any]]]:
        """The words, and every array by name."""
        p, i = self.postings, self.inverted
        arrays: dict[str, NDArray[Any]] = {"start": p.start, "ids": p.ids, "counts": p.counts, "first": i.first,
                                           "owners": i.owners, "owned": i.counts}
        return [list(p.vocabulary), sorted(p.spellings)], arrays

    @classmethod
    def unpacked(cls, words: list[list[str]], arrays: Mapping[str, NDArray[Any]]) -> LexicalIndex:
        """What ``packed`` gave."""
        postings = Postings(tuple(words[0]), arrays["start"], arrays["ids"], arrays["counts"], frozenset(words[1]))
        return cls(postings, Inverted(arrays["first"], arrays["owners"], arrays["owned"]))


@lru_cache(maxsize=20_000)
def _context_terms(context: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(terms(context)))


def _inverted(postings: Postings) -> Inverted:
    """The inverted order, by one sort."""
    owners = np.repeat(np.arange(len(postings.start) - 1, dtype=np.int32), np.diff(postings.start))
    order = np.argsort(postings.ids, kind="stable")
    first = starts(np.bincount(postings.ids, minlength=len(postings.vocabulary)))
    return Inverted(first, owners[order], postings.counts[order])


def _merged(mine: Inverted, keep: Keep, new: Inverted, theirs: NDArray[np.int32], words: int) -> Inverted:
    """For each term what is kept of ``mine``, then what is ``new`` (whose term ``i`` is number ``theirs[i]``): no sort."""
    stays = keep[mine.owners]
    terms_kept = np.repeat(np.arange(len(mine.first) - 1, dtype=np.int32), np.diff(mine.first))[stays]
    terms_new = np.repeat(theirs, np.diff(new.first))
    held = np.bincount(terms_kept, minlength=words)
    first = starts(held + np.bincount(terms_new, minlength=words))
    at_kept = np.arange(len(terms_kept)) + (first[:-1] - starts(held)[:-1])[terms_kept]
    at_new = np.arange(len(terms_new)) - np.repeat(new.first[:-1], np.diff(new.first)) + (first[:-1] + held)[terms_new]
    owners, counts = np.empty(first[-1], np.int32), np.empty(first[-1], np.float32)
    renumbered = np.cumsum(keep, dtype=np.int32) - 1
    owners[at_kept], counts[at_kept] = renumbered[mine.owners[stays]], mine.counts[stays]
    owners[at_new], counts[at_new] = new.owners + np.int32(keep.sum()), new.counts
    return Inverted(first, owners, counts)
