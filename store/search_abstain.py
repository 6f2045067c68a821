"""When to say that there is no precedent: how far the best passage answers what was asked, as a probability.

A logistic model over a few plain figures, fitted by ``benchmarks/tune_search.py`` on answerable and unanswerable questions. A
question about one body ("e a Cremona?") is asked of that body's passages alone, where common words are soon found apart: a
second model, with the share of the question that the best passage says together, must agree.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from store.search_rank import Scores

COEFFICIENTS: Mapping[str, float] = {"bias": 1.75, "words": 0.69, "meaning": 2.2, "unknown": -5.9, "small": 1.6}
NAMED: Mapping[str, float] = {"bias": -0.25, "words": 1.58, "unknown": -2.76, "held": 3.84, "small": 1.6}
THRESHOLD = 0.5
LARGE = 1000  # passages from which an archive's silence on a word says something; a few pages never use most words


def features(scores: Scores, found: int) -> dict[str, float]:
    """Plain figures of a search whose best passage is ``found``: 0..1, except meaning, a similarity stretched, and small, the
    tenfolds that the archive lacks to be large."""
    figures = {
        "bias": 1.0,
        "words": float(scores.words[found]),
        "meaning": (float(scores.meaning.max()) - 0.85) * 20 if scores.dense else 0.0,
        "unknown": scores.unknown_share,
        "small": min(1.5, max(0.0, math.log10(LARGE / max(len(scores.words), 1)))) if scores.dense else 0.0,
    }
    return figures if scores.held is None else {**figures, "held": scores.held}


def confidence(figures: Mapping[str, float]) -> float:
    """Probability that the archive answers, 0..1."""
    models = (COEFFICIENTS, NAMED) if "held" in figures else (COEFFICIENTS,)
    total = min(sum(weights.get(name, 0.0) * value for name, value in figures.items()) for weights in models)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
