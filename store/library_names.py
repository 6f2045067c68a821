"""How alike the names of two indicators are, and which names answer a request: by stems, synonyms and rarity of words."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

from store.lexical_tokens import terms, words
from store.lexical_typos import nearest
from store.vocabulary import SYNONYM, TYPO, Vocabulary, load

ALIKE, ENOUGH = 0.6, 0.7  # likeness from which two names are proposed, share of a request that a name must hold
Stems = frozenset[str]


class Names:
    """The names of the archive's indicators: which stems are common, which rare."""

    def __init__(self, names: Mapping[str, str], vocabulary: Vocabulary | None = None) -> None:
        """``names`` holds the written name by its folded form (stems with spaces between)."""
        self._vocabulary = vocabulary or load()
        self._written = names.values()
        self.stems: Mapping[str, Stems] = {folded: frozenset(folded.split()) for folded in names}
        self._held = Counter(stem for stems in self.stems.values() for stem in stems)

    def weight(self, stem: str) -> float:
        """Rare words say what is measured, "numero" and "percentuale" how."""
        common = 0.25 if stem in self._vocabulary.light else 0.6 if stem in self._vocabulary.generic else 1.0
        return common * math.log(1 + (len(self.stems) + 1) / (self._held.get(stem, 0) + 0.5))

    def like(self, one: str, other: str) -> float:
        """Likeness of two names (folded), 0..1: what they share by weight over all that they say."""
        a, b = self.stems[one], self.stems[other]
        shared = sum(self.weight(s) * self._said(s, b) for s in a) + sum(self.weight(s) * self._said(s, a) for s in b)
        whole = sum(map(self.weight, a)) + sum(map(self.weight, b))
        return shared / whole if whole else 0.0

    def _said(self, stem: str, name: Stems) -> float:
        if stem in name:
            return 1.0
        ways = self._vocabulary.calls.get((stem,), ())
        return SYNONYM if any(name.issuperset(way) for way in ways) else 0.0

    def answering(self, request: str) -> dict[str, float]:
        """The names that answer a request, with how well (0..1); misspelt words meet the nearest of the names'."""
        concepts = self._vocabulary.concepts(request)
        ways = [(max(map(self.weight, c.own)), [*c.ways, *self._respelt(c.own, c.words)]) for c in concepts]
        mass = sum(worth for worth, _ in ways)
        if not mass:
            return {}
        found = {}
        for name, stems in self.stems.items():
            held = sum(worth * max((w for phrase, w in said if stems.issuperset(phrase)), default=0.0) for worth, said in ways)
            if held >= ENOUGH * mass:
                own = sum(self.weight(s) for s in stems) or 1.0
                asked = {s for _, said in ways for phrase, _ in said for s in phrase}
                found[name] = held / mass * (0.5 + 0.5 * sum(self.weight(s) for s in stems & asked) / own)
        return found

    def _respelt(self, own: tuple[str, ...], typed: str) -> list[tuple[tuple[str, ...], float]]:
        if len(own) > 1 or own[0] in self._held or not typed:
            return []
        written = {word for name in self._written for word in words(name)}
        return [((stem,), TYPO) for word in nearest(typed, written, 1) for stem in terms(word)]

    def close(self, name: str) -> dict[str, float]:
        """The other names that are ``ALIKE``, through their rarest words."""
        if not self.stems.get(name):
            return {}
        scores = ((other, self.like(name, other)) for other in self.stems if other != name)
        return {other: score for other, score in scores if score >= ALIKE}
