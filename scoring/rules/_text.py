"""What the rules on words share: sentences, likeness of two texts, years told in a sentence."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from scoring.values import plain

_SENTENCE = re.compile(r"(?<=[.;!?])\s+(?=[A-ZÈÀ«\"0-9-])")
_LIKE = 0.86
_LITTLE_WORDS = """
della delle dello degli dalla dalle dallo dagli nella nelle nello negli sulla sulle sullo sugli
anche essere sono stato stata stati state presso verso entro oltre questo questa quale quali
mediante attraverso tramite nonche ovvero
"""
_LITTLE = frozenset(_LITTLE_WORDS.split())


def ending(numbers: list[str]) -> str:
    """ "la fase 3 finisce", "le fasi 3, 4 finiscono"."""
    return f"la fase {numbers[0]} finisce" if len(numbers) == 1 else f"le fasi {', '.join(numbers)} finiscono"


def sentences(text: str | None) -> list[str]:
    """The sentences of a text, cut at full stops and semicolons."""
    return [part.strip() for part in _SENTENCE.split(text or "") if part.strip()]


@lru_cache(maxsize=65536)
def alike(one: str | None, two: str | None, least: float = _LIKE) -> bool:
    """True when two texts are the same but for case, accents, punctuation and a slip of the pen."""
    a, b = plain(one), plain(two)
    if not a or not b:
        return False
    if a == b:
        return True
    if min(len(a), len(b)) / max(len(a), len(b)) < least - 0.1:
        return False
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return matcher.real_quick_ratio() >= least and matcher.quick_ratio() >= least and matcher.ratio() >= least


def stems(text: str | None, least: int = 5) -> set[str]:
    """The longer words of a text, cut to their first six letters."""
    return {word[:6] for word in plain(text).split() if len(word) >= least and word.isalpha() and word not in _LITTLE}
