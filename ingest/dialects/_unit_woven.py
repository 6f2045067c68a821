"""Paragraphs whose lines were cut between two cells: first line of the left, first of the right, second of the left …

Of the ways to cut the cells in lines those are tried whose lines are of even width, and the likeliest by the document's own
words wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence

from ingest.dialects._unit_lexicon import NOTHING, REMEMBERED, Lexicon
from ingest.dialects._unit_words import joined, noise, rejoined

LEFT, _LINE = 27, 62  # characters of a line up to the cut (when a table does not tell), and in all
_MAX_LINES, _LEFTS, _TRIED = 4, 16, 60
_FEW, _BETTER = 8, 12.0  # ways always weighed; how much likelier than all of them another could be


def woven(left: str, right: str, lexicon: Lexicon, cut: int = LEFT) -> str:
    """The text of two cells between which the lines of a paragraph were cut: first line of the left, first of the right, second …

    ``cut`` is how many characters of a line stand before the cut, about.

    >>> lex = Lexicon(["situazione delle posizioni organizzative nel comitato", "analisi dell'attuale"])
    >>> woven("Analisi dell'attuale situazion nel comitato", "ne delle posizioni organizzative", lex)
    "Analisi dell'attuale situazione delle posizioni organizzative nel comitato"
    """
    if not left or not right or noise(right) or noise(left):
        return rejoined((left, right), lexicon)
    lower = _cuts(right, lexicon, _LINE - cut + 14)
    evenest = sorted(((_uneven(lines, cut), lines) for lines in _cuts(left, lexicon, cut + 8)), key=lambda one: one[0])
    sized = [(rights, tuple(map(len, rights))) for rights in lower]
    tries = [
        (strain(sizes), lefts, rights)
        for uneven, lefts in evenest[:_LEFTS]
        for strain in (_strain(lefts, uneven),)
        for rights, sizes in sized
        if len(lefts) - 1 <= len(sizes) <= len(lefts)
    ]
    best, best_score, likeliest = "", -math.inf, -math.inf
    for n, (strain, lefts, rights) in enumerate(sorted(tries, key=lambda way: way[0])[:_TRIED]):
        if n >= _FEW and best_score >= likeliest + _BETTER - strain:
            break
        text, likely = _joined(lefts, rights, lexicon, best_score + strain)
        likeliest, score = max(likeliest, likely), likely - strain
        if score > best_score and text:
            best, best_score = text, score
    return best or rejoined((left, right), lexicon)


def _joined(lefts: Sequence[str], rights: Sequence[str], lexicon: Lexicon, least: float) -> tuple[str, float]:
    """The lines as one text and how likely it is; "" as soon as it cannot be likelier than ``least``: words only take away."""
    lines: list[str] = []
    so_far = NOTHING
    for a, b in zip(lefts, [*rights, ""], strict=False):
        lines.append(_line(a, b, lexicon))
        so_far = lexicon.begun(lines[-1], so_far)
        if so_far[0] <= least:
            return "", so_far[0]
    return " ".join(lines), lexicon.ends(so_far, "")


def _line(left: str, right: str, lexicon: Lexicon) -> str:
    """The two pieces of one line as one text, remembered with the document's words."""
    if (known := lexicon.lines.get((left, right))) is None:
        known = joined(left, right, lexicon)
        if len(lexicon.lines) < REMEMBERED:
            lexicon.lines[left, right] = known
    return known


def usual_cut(rows: Iterable[tuple[str, str]]) -> int:
    """Where the lines of a table's paragraphs are cut: the usual length of the left piece of the paragraphs of one line."""
    lengths = sorted(len(a) for a, b in rows if a and b and not noise(b) and len(a) + len(b) <= _LINE and 15 <= len(a) <= 48)
    return lengths[len(lengths) // 2] if lengths else LEFT


def _cuts(text: str, lexicon: Lexicon, width: int) -> list[tuple[str, ...]]:
    """The text cut in 1 to 4 lines no longer than ``width``, at spaces, or inside a word that the document does not know."""
    if len(text) > width * _MAX_LINES:
        return []
    spaces = [m.start() for m in re.finditer(" ", text)]
    inner = [m.start() + i for m in re.finditer(r"[^\W\d_]{8,}", text) if not lexicon.known(m[0])
             for i in range(3, len(m[0]) - 3) if lexicon.known(m[0][i:])]  # fmt: skip
    hyphens = [m.start() + 1 for m in re.finditer(r"-(?=[^\W\d_])", text)]
    places = sorted({*spaces, *inner, *hyphens, *(m.start() + 1 for m in re.finditer(r"[^\W\d_]\d", text))})
    return [lines for n in range(_MAX_LINES) for lines in _lines(text, places, 0, n, width)]


def _lines(text: str, places: Sequence[int], start: int, cuts: int, width: int) -> Iterable[tuple[str, ...]]:
    if cuts == 0:
        rest = text[start:].strip()
        return [(rest,)] if len(rest) <= (width if start else _LINE) else []
    return (
        (text[start:place].strip(), *rest)
        for place in places if place > start and 8 <= place - start <= width + 1
        for rest in _lines(text, places, place, cuts - 1, width)
    )  # fmt: skip


def _strain(lefts: Sequence[str], uneven: float) -> Callable[[Sequence[int]], float]:
    """How far left lines and right ones (by their lengths) are from lines of even width: the left ones as wide as the cut
    (``uneven``), each full up to the next word."""
    sizes = tuple(map(len, lefts))
    total = sum(sizes)
    fulls = [(size, size + 1 + len(after.partition(" ")[0])) for size, after in zip(sizes, lefts[1:], strict=False)]

    def strain(rights: Sequence[int]) -> float:
        if not fulls and sizes[0] + (rights[0] if rights else 0) <= _LINE + 4:
            return 0.0
        strain = 12.0 if fulls and total + sum(rights) <= _LINE - 4 else 0.0
        strain += uneven
        for (size, full), right in zip(fulls, rights, strict=False):
            short, long = _LINE - 10 - full - right, size + right - _LINE - 6
            strain += (0.3 * short if short > 0 else 0.0) + (0.5 * long if long > 0 else 0.0)
        return strain

    return strain


def _uneven(lefts: Sequence[str], cut: int) -> float:
    uneven = sum(0.15 * (len(line) - cut) ** 2 * (2 if len(line) > cut else 1) for line in lefts[:-1])
    return uneven + 0.5 * max(0, len(lefts[-1]) - cut - 4)
