"""The words of a document as the measure of what a broken text was: how likely a text is by the words and pairs it uses."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise

import Stemmer

from ingest.dialects._letters import bare
from ingest.dialects._unit_stream import Entry

REMEMBERED = 50_000  # beginnings of texts, words after words, lines: as many as are remembered
_WORD, _PLAIN_WORD = re.compile(r"[^\W\d_]+|\d+"), re.compile(r"[a-z]+|[0-9]+")
_PREPOSITIONS = frozenset(("di", "da", "con", "per", "tra", "fra")) | frozenset(
    start + end for start in ("de", "a", "da", "ne", "su") for end in ("l", "llo", "lla", "ll", "i", "gli", "lle")
)
_NEVER_AFTER = _PREPOSITIONS | frozenset(("e", "ed", "o"))
_LEANING = _PREPOSITIONS | frozenset(("il", "lo", "la", "i", "gli", "le", "un", "una", "e", "ed"))


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """``bare``, remembered: for words and labels, asked again and again."""
    return bare(text)


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("italian")


def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


def words_of(text: str) -> list[str]:
    """The folded words and numbers of a text."""
    if text.isascii():
        return _PLAIN_WORD.findall(text.lower())
    text = bare(text)
    return (_PLAIN_WORD if text.isascii() else _WORD).findall(text)


class _Steps(dict[tuple[str, str], float]):
    """How likely a word is after another one, by what the document writes; worked out when first asked."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.word, self.pairs = lexicon.word, lexicon.pairs

    def __missing__(self, step: tuple[str, str]) -> float:
        before, word = step
        score = self.word(word)
        if step in self.pairs:
            score += 2.0
        if before in _PREPOSITIONS and word in _NEVER_AFTER:
            score -= 4.0
        if len(self) < REMEMBERED:
            self[step] = score
        return score


Begun = tuple[float, str]
NOTHING: Begun = (0.0, "")


class Lexicon:
    """How often the document uses each word and pair of words, and how likely a text is by that."""

    def __init__(self, texts: Iterable[str], doubtful: Iterable[str] = ()) -> None:
        written = [words_of(text) for text in texts]
        self.words = Counter(chain.from_iterable(written))
        self.pairs = Counter(chain.from_iterable(map(pairwise, written)))
        cut = Counter(word for text in doubtful for word in words_of(text))
        self.words.update({word: count for word, count in cut.items() if count > 1 or word in self.words})
        self.total = max(1, sum(self.words.values()))
        self.sorted = sorted(self.words)
        self.stems = frozenset(_stemmer().stemWords([word for word in self.words if len(word) > 4]))
        self._scores: dict[str, float] = {}
        self._steps = _Steps(self)
        self._begun: dict[tuple[str, Begun], Begun] = {}
        self.lines: dict[tuple[str, str], str] = {}  # pieces of lines already put together

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Lexicon:
        """The words of running text; of rows with several cells the inner ones, if used more than once: the others may be cut."""
        whole, cut = [], []
        for entry in entries:
            filled = [cell for cell in entry.cells if cell]
            if len(filled) <= 2:
                whole += filled or [entry.text]
            else:
                cut += [" ".join(cell.split(" ")[1:-1]) for cell in filled]
        return cls(whole, cut)

    def word(self, word: str) -> float:
        """Log-likelihood of one folded word; an unknown one is the less likely the longer it is."""
        score = self._scores.get(word)
        if score is None:
            score = self._scores[word] = self._likely(word)
        return score

    def _likely(self, word: str) -> float:
        count = self.words.get(word, 0)
        if count:
            return math.log(count / self.total)
        if len(word) > 4 and _stem(word) in self.stems:
            return -11.0 - 0.2 * len(word)
        return -11.0 if word.isdigit() else -13.0 - 0.8 * len(word) - 1.5 * max(0, len(word) - 15)

    def known(self, word: str) -> bool:
        """Whether the document uses the word."""
        return fold(word) in self.words

    def text(self, text: str) -> float:
        """Log-likelihood of a text."""
        return self.ends(self.begun(text), "")

    def begun(self, text: str, start: Begun = NOTHING) -> Begun:
        """How likely a text is so far, after another one: its log-likelihood and its last word."""
        if (known := self._begun.get((text, start))) is None:
            known = self._weighed(text, *start)
            if len(self._begun) < REMEMBERED:
                self._begun[text, start] = known
        return known

    def _weighed(self, text: str, score: float, before: str) -> Begun:
        steps = self._steps
        for word in words_of(text):
            score += steps[before, word]
            before = word
        return score, before

    def ends(self, start: Begun, text: str, open_end: bool = False) -> float:
        """Log-likelihood of a text that goes on so and ends there; with ``open_end`` its last word may still go on."""
        score, last = self._weighed(text, *start)
        if not open_end:
            return score - 4.0 if last in _LEANING else score
        if last and text[-1:].isalpha() and last not in self.words and self._begins(last):
            score += 8.0
        return score

    def _begins(self, start: str) -> bool:
        at = bisect_left(self.sorted, start)
        return at < len(self.sorted) and self.sorted[at].startswith(start)

    @lru_cache(maxsize=20_000)  # noqa: B019 - lives as long as one document is read
    def mended(self, start: str, end: str) -> str | None:
        """The commonest word of the document that begins and ends so, with one or no letter between (the cut letter)."""
        if len(start) < 2 or len(end) < 1 or len(start) + len(end) < 4:
            return None
        at = bisect_left(self.sorted, start)
        best: str | None = None
        while at < len(self.sorted) and self.sorted[at].startswith(start):
            word = self.sorted[at]
            fits = word.endswith(end) and len(start) + len(end) <= len(word) <= len(start) + len(end) + 1
            if fits and (best is None or self.words[word] > self.words[best]):
                best = word
            at += 1
        return best


def doubtful(text: str, lexicon: Lexicon) -> bool:
    """Whether more than a third of the words of a text are words that the document uses nowhere else."""
    words = [word for word in words_of(text) if len(word) > 1 and word.isalpha()]
    return sum(word not in lexicon.words for word in words) * 3 > len(words)
