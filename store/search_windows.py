"""From scored passages to results: each shows the passage found and, as far as there is room, what stands around it.

A passage is shown once. Neighbours are of the same card (or, outside cards, close by) and of the same page, best first;
they follow the passage found in the document's order, so every line of a result is the document's own and on its page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from store.lexical_tokens import words
from store.records import StoredPassage
from store.search_passages import Passages

ROOM, REACH, CLOSE, PER_CARD = 1100, 60, 2, 3  # characters, passages within a card, passages outside cards, results a card
ALIKE = 0.85  # share of common words above which two texts of the same body and year are copies


@dataclass(frozen=True)
class Window:
    """A result before it is dressed: the number of the passage found, then of those shown with it, in order."""

    found: int
    shown: tuple[int, ...]
    score: float
    copies: tuple[int, ...] = ()

    def text(self, passages: Sequence[StoredPassage]) -> str:
        return "\n".join(passages[i].text for i in self.shown)[: ROOM + 100]


def windows(passages: Passages, scores: NDArray[np.float32], k: int) -> list[Window]:
    """The best ``k`` windows; copies of what is already shown (the same page kept in two formats) are joined to it."""
    found: list[Window] = []
    used: set[int] = set()
    per_card: dict[object, int] = {}
    seen = _Seen(passages)
    for number in _best(scores, 60 + 25 * k):
        if number in used:
            continue
        card = passages.value("card_id", number)
        if card and per_card.get(card, 0) >= PER_CARD:
            continue
        twin = seen.twin(number)
        if twin is not None:
            used.add(number)
            if twin < len(found):
                found[twin] = _with_copy(found[twin], number)
            continue
        if len(found) >= k:
            break
        shown = surroundings(number, passages, scores, used)
        used.update(shown)
        if card:
            per_card[card] = per_card.get(card, 0) + 1
        found.append(Window(number, tuple(shown), float(scores[number])))
        seen.add(shown)
    return found


def spread_out(found: Sequence[Window], passages: Sequence[StoredPassage], k: int) -> list[Window]:
    """The best ``k`` windows of as many bodies as there are: a body's next one waits until the others have had theirs."""
    had: Counter[str | None] = Counter()
    turns = []
    for number, window in enumerate(found):
        entity = passages[window.found].entity
        turns.append((had[entity], number, window))
        had[entity] += 1
    return [window for _, _, window in sorted(turns, key=lambda turn: turn[:2])[:k]]


def _best(scores: NDArray[np.float32], most: int) -> Iterator[int]:
    most = min(most, len(scores))
    if not most:
        return
    top = np.argpartition(-scores, most - 1)[:most]
    for number in top[np.argsort(-scores[top], kind="stable")]:
        if not np.isfinite(scores[number]):
            return
        yield int(number)


def surroundings(
    number: int, passages: Passages, scores: NDArray[np.float32], used: set[int]
) -> list[int]:
    """The passage found, then its best neighbours that fit, in the document's order."""
    sizes = passages.numbers["size"]
    room = ROOM - int(sizes[number])
    near = []
    for other in _around(number, passages):
        distance = abs(other - number)
        near.append((float(scores[other]) - 0.005 * distance, other))
    shown = []
    for _, other in sorted(near, reverse=True):
        size = int(sizes[other]) + 1
        if size <= room and other not in used:
            shown.append(other)
            room -= size
    return [number, *sorted(shown)]


def _around(number: int, passages: Passages) -> Iterator[int]:
    """The places near a passage that are of its document, page and, further off than a few, card."""
    first, last = max(0, number - REACH), min(len(passages), number + REACH + 1)
    documents, cards = (passages.columns[field].codes[first:last].tolist() for field in ("document_id", "card_id"))
    pages = passages.numbers["page"][first:last].tolist()
    none = passages.cardless
    me = number - first
    for step in (-1, 1):
        for distance in range(1, REACH + 1):
            other = me + step * distance
            if not 0 <= other < len(pages) or documents[other] != documents[me] or pages[other] != pages[me]:
                break
            alone, apart = cards[me] in none, cards[other] in none
            if cards[other] == cards[me] and not alone or distance <= CLOSE and (alone or apart):
                yield first + other


class _Seen:
    """The windows already chosen, to know a copy when it comes; their words are read when one may be."""

    def __init__(self, passages: Passages) -> None:
        self._passages = passages
        self._shown: list[tuple[StoredPassage, Sequence[int]]] = []
        self._spoken: dict[int, set[str]] = {}

    def add(self, shown: Sequence[int]) -> None:
        self._shown.append((self._passages[shown[0]], shown))

    def twin(self, number: int) -> int | None:
        me = self._passages[number]
        mine: set[str] | None = None
        for at, (first, shown) in enumerate(self._shown):
            if first.document_id == me.document_id or (first.entity, first.year) != (me.entity, me.year):
                continue
            mine = mine if mine is not None else set(words(me.text))
            if at not in self._spoken:
                self._spoken[at] = {w for i in shown for w in words(self._passages[i].text)}
            if mine and len(mine & self._spoken[at]) >= ALIKE * len(mine):
                return at
        return None


def _with_copy(window: Window, number: int) -> Window:
    return Window(window.found, window.shown, window.score, (*window.copies, number))
