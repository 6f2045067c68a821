"""Putting words back together that a PDF conversion split across cells: "Tit | tolo", "nuov | a struttura".

The document is its own dictionary: of the ways to join two pieces (with a space, without, dropping what both repeat, mending
the one letter that the cut went through) the one wins whose words the rest of the document uses. Nothing is added that no
piece holds, save that one letter.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ingest.dialects._letters import bare
from ingest.dialects._unit_lexicon import NOTHING, Begun, Lexicon, fold

_BEAM, _REPEATED = 8, 48
_LONGEST = 4000  # characters: pieces of a longer text are only set side by side
_SIGNS = "•·■_|~` "  # a piece of nothing else says nothing
_STROKES = frozenset("ilIı1")  # what half a letter at the cut is often read as
_SEEDS = (  # letters that stand in a repetition of so many characters, from the least to the most
    *((slice(n, n + 2), 4, 11) for n in (0, 2)), *((slice(n, n + 4), 12, _REPEATED) for n in (0, 4, 8)),
)  # fmt: skip


class _Way(NamedTuple):
    """A text put together so far, what its joins cost, and how likely its first ``at`` characters (whole words) are."""

    cost: float
    text: str
    at: int
    known: Begun

    def whole_words(self, lexicon: Lexicon) -> Begun:
        """How likely the text is up to its last word: every way to go on leaves that part alone."""
        return lexicon.begun(self.text[self.at : self.text.rfind(" ") + 1], self.known)


def rejoined(pieces: Sequence[str], lexicon: Lexicon) -> str:
    """The pieces of a row as one text.

    >>> lex = Lexicon(["nuovo sistema di pesatura"])
    >>> rejoined(["nuo", "ovo sistema", "di pes", "satura"], lex)
    'nuovo sistema di pesatura'
    """
    kept = [piece for piece in pieces if piece.strip(_SIGNS)]
    if len(kept) < 2 or sum(map(len, kept)) > _LONGEST:
        return " ".join(kept)
    begun = 0 if noise(kept[0]) or len(kept[0]) >= 3 * _REPEATED else 1
    beam = [_Way(0.0, kept[0] if begun else "", 0, NOTHING)]
    settled = ""
    for n, piece in enumerate(kept[begun:], begun):
        grown: dict[str, _Way] = {}
        overlap = 0
        for way in beam:
            at, known = way.text.rfind(" ") + 1, way.whole_words(lexicon)
            overlaps = _overlaps(way.text, piece)
            overlap = max([overlap, *overlaps[-1:]])
            for cost, joined in _ways(way.text, piece, lexicon, overlaps):
                if joined not in grown or way.cost + cost > grown[joined].cost:
                    grown[joined] = _Way(way.cost + cost, joined, at, known)
        beam = _likeliest(list(grown.values()), _untouched(piece, overlap), lexicon, n == len(kept) - 1)
        if start := _settled([way.text for way in beam]):
            settled, beam = settled + beam[0].text[:start], [_Way(way.cost, way.text[start:], 0, NOTHING) for way in beam]
    return (settled + beam[0].text).strip()


def joined(left: str, right: str, lexicon: Lexicon) -> str:
    """Two pieces as one text: ``rejoined`` for the most usual case."""
    unusual = min(len(left), len(right)) <= 4 or len(left) + len(right) > _LONGEST
    if unusual or not left.strip(_SIGNS) or not right.strip(_SIGNS):
        return rejoined((left, right), lexicon)
    overlaps = _overlaps(left, right)
    at, tail = left.rfind(" ") + 1, _untouched(right, overlaps[-1] if overlaps else 0)
    start = lexicon.begun(left[:at])
    best, most = left, -math.inf
    for cost, text in _ways(left, right, lexicon, overlaps):
        likely = cost + lexicon.ends(start, text[at : len(text) - tail])
        if likely > most:
            best, most = text, likely
    return best.strip()


def _likeliest(grown: Sequence[_Way], tail: int, lexicon: Lexicon, last: bool) -> list[_Way]:
    """The likeliest ways, first the best; the ``tail`` last characters of all are not weighed."""
    if len(grown) == 1:
        return list(grown)
    if last:
        return [max(grown, key=lambda way: way.cost + lexicon.ends(way.known, way.text[way.at : len(way.text) - tail]))]
    ranked = sorted(
        grown, key=lambda way: -way.cost - lexicon.ends(way.known, way.text[way.at : len(way.text) - tail], open_end=True)
    )
    return ranked[:_BEAM]


def _untouched(right: str, overlap: int) -> int:
    """How many last characters of a piece every way of joining leaves alone, after a whole word that it leaves alone too:
    they need not be weighed. ``overlap`` is how many first characters a way may drop."""
    at = right.find(" ", overlap)
    after = right.find(" ", at + 1) if at >= 0 and right[at + 1 : at + 2].isalnum() else -1
    return len(right) - after if after >= 0 and not noise(right) else 0


def _settled(texts: Sequence[str]) -> int:
    """How many first characters all texts share beyond the reach of the next piece: whole words, not weighed again."""
    if min(map(len, texts)) < 3 * _REPEATED:
        return 0
    shared = len(os.path.commonprefix(list(texts)))
    last = min(shared, min(map(len, texts)) - 2 * _REPEATED)
    return texts[0].rfind(" ", 0, max(0, last)) + 1


def _ways(left: str, right: str, lexicon: Lexicon, overlaps: Iterable[int]) -> list[tuple[float, str]]:
    """(cost, text): the ways to join two pieces; a cost is negative."""
    if not left:
        return [(0.0, right), *([(-4.0, "")] if noise(right) else [])]
    first, _, rest = right.partition(" ")
    at = left.rfind(" ") + 1
    head, last = left[:at], left[at:]
    ways = [(0.0, f"{left} {right}"), (_glue_cost(last, first, lexicon), left + right)]
    if noise(right):
        ways.append((-4.0, left))
    ways += [(-1.5 if k < 3 else 0.0, left + right[k:]) for k in overlaps]
    if last in _STROKES and head:
        ways.append((-3.0, f"{head}{right}"))
    cut_word = last.isalpha() and first.isalpha()
    if cut_word and len(first) > 2:
        ways.append((-3.0, left + right[1:]))
    if cut_word:
        for start, end in ((last[:-1], first[1:]), (last, first[1:]), (last[:-1], first)):
            word = lexicon.mended(fold(start), fold(end))
            if word and len(word) >= 5:
                middle = word[len(start) : len(word) - len(end)] if len(word) >= len(start) + len(end) else ""
                ways.append((-4.0, f"{head}{start}{middle}{end}" + (f" {rest}" if rest else "")))
    if last.isalpha() and not first[:1].isalnum():
        return ways
    if len(first) == 1 and first.isdigit() and last.isalpha():
        word = lexicon.mended(fold(last), "") or next((last + c for c in "oaei" if lexicon.known(last + c)), None)
        if word:
            ways.append((-3.0, f"{head}{last}{fold(word)[len(last) :]}" + (f" {rest}" if rest else "")))
    return ways


def _glue_cost(last: str, first: str, lexicon: Lexicon) -> float:
    """Two words that the document uses are not glued to one that it does not use."""
    if not (last.isalpha() and first.isalpha()) or lexicon.known(last + first):
        return 0.0
    return -5.0 * (lexicon.words.get(fold(last), 0) > 2) - 3.0 * (len(first) > 3 and lexicon.words.get(fold(first), 0) > 2)


def noise(piece: str) -> bool:
    return len(piece) <= 4 and sum(c.isalpha() for c in piece) <= 1


def _overlaps(left: str, right: str) -> list[int]:
    """How many first characters of ``right`` repeat the end of ``left``: exact, or long with one letter misread at an edge."""
    left, right = left[-_REPEATED:], right[:_REPEATED]
    a, b = bare(left), bare(right)
    if len(a) != len(left) or len(b) != len(right):
        return []
    found = [k for k in (1, 2, 3) if k <= len(b) and a.endswith(b[:k])]
    return found + [k for k in _likely_overlaps(a, b) if a.endswith(b[:k]) or _alike(a[-k:], b[:k], 2 if k >= 12 else 1)]


def _likely_overlaps(a: str, b: str) -> list[int]:
    """The lengths from 4 on, rising, of the ends of ``a`` that may be the beginning of ``b``.

    With one letter misread, one of the first two pairs of letters still stands; with two, one of the first three fours."""
    size, found = len(a), set()
    for seed, least, most in _SEEDS:
        if len(b) < least:
            break
        part = b[seed]
        if part not in a:
            continue
        first, last = max(size - min(most, len(b)), 0) + seed.start, size - least + seed.stop
        at = a.find(part, first, last)
        while at >= 0:
            found.add(size - at + seed.start)
            at = a.find(part, at + 1, last)
    return sorted(found)


def _alike(one: str, other: str, most: int) -> bool:
    """Whether two strings of one length differ in ``most`` letters or fewer; asked of many that differ at once."""
    for x, y in zip(one, other, strict=True):
        if x != y:
            most -= 1
            if most < 0:
                return False
    return True
