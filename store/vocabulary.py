"""The field vocabulary: a question's words become concepts, each with the ways the acts may say it.

``vocabulary_it.txt`` holds the curated part; a misspelt word meets the archive's own nearest word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from store.lexical import LexicalIndex
from store.lexical_tokens import spelled_terms, terms
from store.lexical_typos import nearest

SYNONYM, TYPO, LIGHT = 0.6, 0.8, 0.25  # weight of another way to say it, of the nearest spelling, of a word without a subject
FILE = Path(__file__).with_name("vocabulary_it.txt")
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """One idea of a question: its own terms and other ways to say it, with their weight."""

    own: Phrase
    others: tuple[tuple[Phrase, float], ...] = ()
    weight: float = 1.0
    topic: float = 1.0  # how much it says what is spoken of
    words: str = ""  # as they were typed

    @property
    def ways(self) -> tuple[tuple[Phrase, float], ...]:
        return ((self.own, 1.0), *self.others)


@dataclass(frozen=True)
class Vocabulary:
    """Phrases of stems and the phrases each calls up."""

    calls: Mapping[Phrase, tuple[Phrase, ...]]
    longest: int
    light: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()

    def concepts(self, question: str, index: LexicalIndex | None = None) -> tuple[Concept, ...]:
        """The concepts of a question: the longest known phrase at each place, each word once."""
        spelled = spelled_terms(question)
        stems = [term for term, _ in spelled]
        found: dict[Phrase, Concept] = {}
        covered: set[int] = set()
        for size in range(min(self.longest, len(stems)), 1, -1):
            for at in range(len(stems) - size + 1):
                phrase = tuple(stems[at : at + size])
                if phrase in self.calls and not covered & set(range(at, at + size)):
                    covered |= set(range(at, at + size))
                    typed = " ".join(dict.fromkeys(word for _, word in spelled[at : at + size]))
                    others = [(p, SYNONYM) for p in self.calls[phrase]]
                    found[phrase] = Concept(phrase, tuple(others), words=typed)
        for stem, word in spelled:
            others = [(p, SYNONYM) for p in self.calls.get((stem,), ())]
            if index is not None and not index.holds(stem):
                near = nearest(word, index.postings.spellings)
                others += [((term,), TYPO) for term in terms(" ".join(near)) if term != stem]
            weight = LIGHT if stem in self.light else 1.0
            topic = LIGHT if stem in self.generic else weight
            found.setdefault((stem,), Concept((stem,), tuple(others), weight, topic, word))
        return tuple(found.values())


def parse(lines: Iterable[str]) -> Vocabulary:
    """Reads the vocabulary's lines: ``a, b, c`` both ways, ``a -> b, c`` one way, ``~ a, b`` words that
    say little, ``~~ a, b`` words of every plan: searched like others, they do not say what is spoken of."""
    calls: dict[Phrase, dict[Phrase, None]] = defaultdict(dict)
    light: set[str] = set()
    generic: set[str] = set()
    for line in lines:
        if not (line := line.split("#", 1)[0].strip()):
            continue
        if line.startswith("~"):
            (generic if line.startswith("~~") else light).update(terms(line))
            continue
        left, arrow, right = line.partition("->")
        phrases = [tuple(terms(p)) for p in (right if arrow else line).split(",")]
        for caller in [tuple(terms(left))] if arrow else phrases:
            if len(caller) > 1:
                calls[caller]  # a phrase is one idea even without another way to say it
            for called in phrases:
                if caller and called and caller != called:
                    calls[caller][called] = None
    longest = max(map(len, calls), default=1)
    return Vocabulary({k: tuple(v) for k, v in calls.items()}, longest, frozenset(light), frozenset(generic))


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """The curated vocabulary, read once."""
    return parse(FILE.read_text(encoding="utf-8").splitlines())
