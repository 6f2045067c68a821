"""Verbatim quotes: what stands in guillemets or quotation marks must stand in a source, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from prompts.grounding.words import fold

_QUOTE = re.compile(r"«([^«»]+)»|“([^“”]+)”|\"([^\"]+)\"|„([^“”]+)[“”]|(?<!\w)[‘']([^'‘’]{12,}?)[’'](?!\w)")
_GAP = re.compile(r"\s*(?:\[\s*(?:\.{2,}|…|omissis)\s*\]|\(\s*(?:\.{2,}|…|omissis)\s*\)|…|\.{3,})\s*")


def find_quotes(text: str) -> Iterator[tuple[str, int, int]]:
    """The quoted words and where they stand, marks included."""
    for match in _QUOTE.finditer(text):
        yield next(group for group in match.groups() if group is not None), match.start(), match.end()


@lru_cache(maxsize=64)
def plain_quote(text: str) -> str:
    """A text for verbatim comparison: folded, no quotation marks, no space before punctuation."""
    low = fold(text).replace('"', "").replace("'", "'")
    return re.sub(r"\s+([,.;:)])", r"\1", re.sub(r"\s+", " ", low))


def is_verbatim(quote: str, source: str) -> bool:
    """True when the quote (between its gaps "[...]", in order) occurs in a text on word boundaries."""
    at, plain = 0, plain_quote(source)
    for piece in _GAP.split(quote):
        words = plain_quote(piece).strip(" .,;:-")
        if not words:
            continue
        found = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)").search(plain, at)
        if found is None:
            return False
        at = found.end()
    return True
