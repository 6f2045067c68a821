"""A second look at the best passages: what stands around them on their page answers too.

A row of a table says little alone; read with its neighbours (as a result shows it) it may say all that was asked. The best
passages gain by the share of the question's concepts that their surroundings hold. Measured on the development questions
(``benchmarks.tune_search weights``): two points at 1 and at 5, in both formats.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from store.lexical import LexicalIndex
from store.search_index import SearchIndex
from store.search_windows import surroundings
from store.vocabulary import Concept

BEST = 50  # passages looked at again
Floats = NDArray[np.float32]


def looked_around(total: Floats, concepts: Sequence[Concept], index: SearchIndex, weight: float) -> Floats:
    """The scores with what the surroundings of the best passages bring, at most ``weight``."""
    known = _Said(concepts, index.lexical)
    if not weight or not len(total) or not known.mass:
        return total
    looked = total.copy()
    count = min(BEST, len(total))
    for number in np.argpartition(-total, count - 1)[:count]:
        if np.isfinite(total[number]):
            shown = surroundings(int(number), index.passages, total, set())
            looked[number] += weight * known.share(shown)
    return looked


class _Said:
    """The concepts of a question as term numbers, to see fast what share of them some passages hold."""

    def __init__(self, concepts: Sequence[Concept], lexical: LexicalIndex) -> None:
        self._postings, numbers = lexical.postings, lexical.numbers
        self._ways = []
        self.mass = 0.0
        for concept in concepts:
            worth = concept.weight * max(lexical.idf(term) for term in concept.own)
            ways = [({numbers[term] for term in phrase}, weight) for phrase, weight in concept.ways
                    if all(term in numbers for term in phrase)]
            self._ways.append((worth, ways))
            self.mass += worth

    def share(self, passages: Iterable[int]) -> float:
        """The share of the concepts held, 0..1; another way to say one counts by its weight."""
        start, ids = self._postings.start, self._postings.ids
        held: set[int] = set()
        for number in passages:
            held.update(ids[start[number] : start[number + 1]].tolist())
        said = sum(worth * max((w for terms, w in ways if terms <= held), default=0.0) for worth, ways in self._ways)
        return said / self.mass
