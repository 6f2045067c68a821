"""Scores of every passage for a question: words by concept, meaning by vectors, brought together.

Words: each concept counts once, by the best of the ways to say it (its idf times BM25's saturation), over the sum of the
idfs, so 1.0 means "everything asked is here". Meaning: cosine similarity of the nearest passages, the others at the last
one's. The sum is weighted; the weights were tuned with ``benchmarks/tune_search.py`` on the development questions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from store.constraints import asks_why
from store.lexical import LexicalIndex
from store.lexical_tokens import terms
from store.search_around import looked_around
from store.search_index import Embedder, SearchIndex, Vectors
from store.search_values import Constraint, Filters
from store.vocabulary import TYPO, Concept, Vocabulary

Floats = NDArray[np.float32]
TELLING = ("outcome", "motivation")  # kinds of passages that say how it went and why
GUESSED = 0.5  # how much of a word found only in another spelling may be another word ("altura" is no "altra")


@dataclass(frozen=True)
class Weights:
    """What was tuned: similarity's weight beside words, how many neighbours are asked for, what a year or body brings,
    the share a many-word way keeps when only partly there and what it gains when whole, what the surroundings bring, what a
    passage that tells how it went brings to a question that asks why."""

    dense: float = 3.0
    depth: int = 1000
    year: float = 0.03
    entity: float = 0.10
    partial: float = 0.25
    phrase: float = 1.4
    around: float = 0.1
    why: float = 0.08


@dataclass(frozen=True)
class Scores:
    """Scores by passage number: ``words`` 0..1, ``meaning`` cosine, ``total``; ``unknown`` the words found nowhere;
    ``held``: for a question about one body, the share of its subject that the best passage says; ``worth``: how rare each of its
    concepts is (idf), by its own terms."""

    words: Floats
    meaning: Floats
    total: Floats
    unknown: tuple[str, ...]
    unknown_share: float
    dense: bool
    held: float | None = None
    worth: Mapping[tuple[str, ...], float] = field(default_factory=dict)


def rank(
    question: str, index: SearchIndex, vocabulary: Vocabulary, allowed: NDArray[np.bool_], constraints: Sequence[Constraint],
    embedder: Embedder | None, vectors: Vectors | None, where: Mapping[str, object] | None, weights: Weights,
) -> Scores:
    """Scores of all passages; those not ``allowed`` get minus infinity."""
    concepts = vocabulary.concepts(question, index.lexical)
    words, unknown, share = word_scores(concepts, index.lexical, allowed, weights)
    meaning = np.zeros(len(index.passages), np.float32)
    if embedder is not None and vectors is not None and question.strip():
        near = vectors.query(embedder.query(question), weights.depth, where)
        places = index.passages.places([i for i, _ in near])
        found = [(place, similarity) for place, (_, similarity) in zip(places, near, strict=True) if place is not None]
        if found:
            meaning[:] = min(similarity for _, similarity in found)
            meaning[[place for place, _ in found]] = [similarity for _, similarity in found]
    total = words + weights.dense * meaning
    for constraint in constraints:
        lift = weights.year if constraint.field == "year" else weights.entity
        if not constraint.strict:
            total = total + lift * _fits(index, constraint.field, constraint.value)
    if asks_why(question):
        total = total + weights.why * index.columns["kind"].where(lambda kind: kind in TELLING)
    total = looked_around(np.where(allowed, total, -np.inf), concepts, index, weights.around)
    named = {term for one in constraints if one.field == "entity" and one.strict for term in terms(one.words)}
    subject = [concept for concept in concepts if not named.issuperset(concept.own)]
    held = held_share(subject, index.lexical, int(np.argmax(total)), weights) if named and len(total) else None
    worth = {concept.own: max(map(index.lexical.idf, concept.own)) for concept in concepts}
    return Scores(words, meaning, total, unknown, share, bool(meaning.any()), held, worth)


def word_scores(
    concepts: Sequence[Concept], index: LexicalIndex, allowed: NDArray[np.bool_], weights: Weights
) -> tuple[Floats, tuple[str, ...], float]:
    """Word scores in 0..1 by passage, the question's words that are found nowhere and their share of the whole."""
    total = np.zeros(index.size, np.float32)
    mass = topic = lost = 0.0
    unknown: list[str] = []
    torn: set[str] = set()  # words of phrases that are nowhere whole: alone they are no evidence
    said: set[str] = set()  # words of phrases that are said, be it in another way: alone they are no loss
    for concept in concepts:
        idf = max(index.idf(term) for term in concept.own)
        best = np.zeros(index.size, np.float32)
        known = spelt = False
        for phrase, weight in concept.ways:
            owners, score, whole = phrase_scores(phrase, index, weights)
            held = bool(allowed[owners[whole]].any())
            known, spelt = known or held, spelt or (held and weight != TYPO)
            best[owners] = np.maximum(best[owners], concept.weight * weight * score)
        mass += concept.weight * idf
        total += best
        if len(concept.own) > 1:
            (said if known else torn).update(concept.own)
        elif said.issuperset(concept.own) and not known:
            continue
        topic += concept.topic * idf
        if not known or torn.issuperset(concept.own):
            lost += concept.topic * idf
            unknown.append(concept.words)
        elif not spelt:
            lost += GUESSED * concept.topic * idf
    return (total / max(mass, 1e-6)).astype(np.float32), tuple(unknown), lost / max(topic, 1e-6)


def held_share(concepts: Sequence[Concept], index: LexicalIndex, place: int, weights: Weights) -> float:
    """The share of what a question speaks of that one passage says, in its own words or in another way: 0..1."""
    mass = said = 0.0
    for concept in concepts:
        worth = concept.topic * max(index.idf(term) for term in concept.own)
        ways = [w for phrase, w in concept.ways if place in _owners(phrase, index, weights)]
        mass, said = mass + worth, said + worth * max(ways, default=0.0)
    return said / max(mass, 1e-6)


def _owners(phrase: Sequence[str], index: LexicalIndex, weights: Weights) -> NDArray[np.int32]:
    owners, _score, whole = phrase_scores(phrase, index, weights)
    return owners[whole]


def phrase_scores(
    phrase: Sequence[str], index: LexicalIndex, weights: Weights
) -> tuple[NDArray[np.int32], Floats, NDArray[np.bool_]]:
    """The passages that hold words of a phrase, their score (the mean of its terms where all are there, a small share of it
    where half are) and where it is whole."""
    found = [index.scores(term) for term in phrase]
    if len(phrase) == 1:
        owners, value = found[0]
        return owners, value * index.idf(phrase[0]), np.ones(len(owners), bool)
    score, held = np.zeros(index.size, np.float32), np.zeros(index.size, np.int16)
    for term, (some, value) in zip(phrase, found, strict=True):
        score[some] += value * index.idf(term)
        held[some] += 1
    owners = np.flatnonzero(held).astype(np.int32)
    score, held = score[owners], held[owners]
    whole = held == len(phrase)
    share = np.where(whole, weights.phrase, weights.partial * (held * 2 >= len(phrase)))
    return owners, (score / max(len(phrase), 1) * share).astype(np.float32), whole


def allowed_by(index: SearchIndex, filters: Filters, constraints: Sequence[Constraint]) -> NDArray[np.bool_]:
    """Which passages the filters and the strict constraints leave."""
    mask = np.ones(len(index.passages), bool)
    for name in ("entity", "year", "unit", "kind", "mission"):
        wanted = getattr(filters, name)
        if wanted is not None:
            mask &= _fits(index, name, wanted)
    if filters.document is not None:
        named = (index.columns[name].where(lambda value: value == filters.document) for name in ("document", "document_id"))
        mask &= np.logical_or(*named)
    if filters.apart is not None:
        mask &= ~_fits(index, "entity", filters.apart)
    for constraint in constraints:
        if constraint.field == "apart":
            mask &= ~_fits(index, "entity", constraint.value)
        elif constraint.strict:
            mask &= _fits(index, constraint.field, constraint.value)
    return mask


def _fits(index: SearchIndex, name: str, wanted: object) -> NDArray[np.bool_]:
    return index.columns[name].where(lambda value: _same(value, wanted))


def _same(value: object, wanted: object) -> bool:
    """Equal; for texts one within the other in any case: "servizi finanziari" finds "3° Settore Servizi Finanziari"."""
    if isinstance(value, str) and isinstance(wanted, str):
        return wanted.casefold().strip() in value.casefold()
    return value == wanted
