"""Putting words back together that a PDF conversion split across cells: "Tit | tolo", "nuov | a struttura".

The document is its own dictionary: of the ways to join two pieces (with a space, without, dropping what both repeat, mending
the one letter that the cut went through) the one wins whose words the rest of the document uses. Nothing is added that no
piece holds, save that one letter.
"""

from __future__ import annotations

import math
import os
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import Stemmer

from ingest.dialects._letters import bare
from ingest.dialects._unit_stream import Entry

_WORD = re.compile(r"[^\W\d_]+|\d+")
_BEAM = 8
_REMEMBERED = 50_000  # beginnings of texts whose likelihood is remembered
_LONGEST = 4000  # characters: pieces of a longer text are only set side by side
_STROKES = frozenset("ilIı1")  # what half a letter at the cut is often read as
LEFT, _LINE = 27, 62  # characters of a line up to the cut (when a table does not tell), and in all
_MAX_LINES, _LEFTS, _TRIED, _REPEATED = 4, 16, 60, 48
_FEW, _BETTER = 8, 12.0  # ways always weighed; how much likelier than all of them another could be
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


Begun = tuple[float, str]
NOTHING: Begun = (0.0, "")


class Lexicon:
    """How often the document uses each word and pair of words, and how likely a text is by that."""

    def __init__(self, texts: Iterable[str], doubtful: Iterable[str] = ()) -> None:
        self.words: Counter[str] = Counter()
        self.pairs: Counter[tuple[str, str]] = Counter()
        for text in texts:
            words = _WORD.findall(fold(text))
            self.words.update(words)
            self.pairs.update(pairwise(words))
        cut = Counter(word for text in doubtful for word in _WORD.findall(fold(text)))
        self.words.update({word: count for word, count in cut.items() if count > 1 or word in self.words})
        self.total = max(1, sum(self.words.values()))
        self.sorted = sorted(self.words)
        self.stems = frozenset(_stem(word) for word in self.words if len(word) > 4)
        self._scores: dict[str, float] = {}
        self._begun: dict[tuple[str, Begun], Begun] = {}

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
            if len(self._begun) < _REMEMBERED:
                self._begun[text, start] = known
        return known

    def _weighed(self, text: str, score: float, before: str) -> Begun:
        scores, pairs = self._scores, self.pairs
        for word in _WORD.findall(bare(text)):
            known = scores.get(word)
            score += self.word(word) if known is None else known
            if (before, word) in pairs:
                score += 2.0
            if before in _PREPOSITIONS and word in _NEVER_AFTER:
                score -= 4.0
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

    @lru_cache(maxsize=50_000)  # noqa: B019 - lives as long as one document is read
    def line(self, left: str, right: str) -> str:
        """Two pieces of one line as one text."""
        return rejoined((left, right), self)

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


def rejoined(pieces: Sequence[str], lexicon: Lexicon) -> str:
    """The pieces of a row as one text.

    >>> lex = Lexicon(["nuovo sistema di pesatura"])
    >>> rejoined(["nuo", "ovo sistema", "di pes", "satura"], lex)
    'nuovo sistema di pesatura'
    """
    kept = [piece for piece in pieces if piece.strip("•·■_|~` ")]
    if len(kept) < 2 or sum(map(len, kept)) > _LONGEST:
        return " ".join(kept)
    beam: list[tuple[float, str]] = [(0.0, "")]
    settled = ""
    for n, piece in enumerate(kept):
        last = n == len(kept) - 1
        grown: dict[str, float] = {}
        for paid, text in beam:
            for cost, joined in _ways(text, piece, lexicon):
                if paid + cost > grown.get(joined, -math.inf):
                    grown[joined] = paid + cost
        same = beam[0][1] if len(beam) == 1 else os.path.commonprefix([min(grown), max(grown)])
        beam = _likeliest(grown, same.rfind(" ") + 1, lexicon, last)
        start = _settled([text for _, text in beam])
        settled, beam = settled + beam[0][1][:start], [(cost, text[start:]) for cost, text in beam]
    return (settled + beam[0][1]).strip()


def _likeliest(grown: dict[str, float], same: int, lexicon: Lexicon, last: bool) -> list[tuple[float, str]]:
    """The (cost, text) that are likeliest, first the best; the ``same`` first characters of all are weighed once."""
    if len(grown) == 1:
        return [(cost, text) for text, cost in grown.items()]
    start = lexicon.begun(next(iter(grown))[:same])
    if last:
        text = max(grown, key=lambda way: grown[way] + lexicon.ends(start, way[same:]))
        return [(grown[text], text)]
    ranked = sorted(grown.items(), key=lambda way: -(way[1] + lexicon.ends(start, way[0][same:], open_end=True)))
    return [(cost, text) for text, cost in ranked[:_BEAM]]


def _settled(texts: Sequence[str]) -> int:
    """How many first characters all texts share beyond the reach of the next piece: whole words, not weighed again."""
    if min(map(len, texts)) < 3 * _REPEATED:
        return 0
    shared = len(os.path.commonprefix(list(texts)))
    last = min(shared, min(map(len, texts)) - 2 * _REPEATED)
    return texts[0].rfind(" ", 0, max(0, last)) + 1


def _ways(left: str, right: str, lexicon: Lexicon) -> list[tuple[float, str]]:
    """(cost, text): the ways to join two pieces; a cost is negative."""
    if not left:
        return [(0.0, right), *([(-4.0, "")] if _noise(right) else [])]
    first, _, rest = right.partition(" ")
    at = left.rfind(" ") + 1
    head, last = left[:at], left[at:]
    ways = [(0.0, f"{left} {right}"), (_glue_cost(last, first, lexicon), left + right)]
    if _noise(right):
        ways.append((-4.0, left))
    ways += [(-1.5 if k < 3 else 0.0, left + right[k:]) for k in _overlaps(left, right)]
    if last in _STROKES and head:
        ways.append((-3.0, f"{head}{right}"))
    if last.isalpha() and first.isalpha() and len(first) > 2:
        ways.append((-3.0, left + right[1:]))
    if last.isalpha() and first.isalpha():
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


def _noise(piece: str) -> bool:
    return len(piece) <= 4 and sum(c.isalpha() for c in piece) <= 1


def _overlaps(left: str, right: str) -> list[int]:
    """How many first characters of ``right`` repeat the end of ``left``: exact, or long with one letter misread at an edge."""
    left, right = left[-_REPEATED:], right[:_REPEATED]
    a, b = bare(left), bare(right)
    if len(a) != len(left) or len(b) != len(right):
        return []
    found = []
    for k in range(1, min(len(a), len(b)) + 1):
        at = len(a) - k
        if a[at] != b[0] and (k < 4 or a[at + 1] != b[1] and (k < 12 or a[at + 2] != b[2])):
            continue
        if a.endswith(b[:k]) or k >= 4 and _alike(a[at:], b[:k], 2 if k >= 12 else 1):
            found.append(k)
    return found


def _alike(one: str, other: str, most: int) -> bool:
    """Whether two strings of one length differ in ``most`` letters or fewer; asked of many that differ at once."""
    for x, y in zip(one, other, strict=True):
        if x != y:
            most -= 1
            if most < 0:
                return False
    return True


def woven(left: str, right: str, lexicon: Lexicon, cut: int = LEFT) -> str:
    """The text of two cells between which the lines of a paragraph were cut: first line of the left, first of the right, second …

    ``cut`` is how many characters of a line stand before the cut, about.

    >>> lex = Lexicon(["situazione delle posizioni organizzative nel comitato", "analisi dell'attuale"])
    >>> woven("Analisi dell'attuale situazion nel comitato", "ne delle posizioni organizzative", lex)
    "Analisi dell'attuale situazione delle posizioni organizzative nel comitato"
    """
    if not left or not right or _noise(right) or _noise(left):
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
        lines.append(lexicon.line(a, b))
        so_far = lexicon.begun(lines[-1], so_far)
        if so_far[0] <= least:
            return "", so_far[0]
    return " ".join(lines), lexicon.ends(so_far, "")


def usual_cut(rows: Iterable[tuple[str, str]]) -> int:
    """Where the lines of a table's paragraphs are cut: the usual length of the left piece of the paragraphs of one line."""
    lengths = sorted(len(a) for a, b in rows if a and b and not _noise(b) and len(a) + len(b) <= _LINE and 15 <= len(a) <= 48)
    return lengths[len(lengths) // 2] if lengths else LEFT


def doubtful(text: str, lexicon: Lexicon) -> bool:
    """Whether more than a third of the words of a text are words that the document uses nowhere else."""
    words = [word for word in _WORD.findall(fold(text)) if len(word) > 1 and word.isalpha()]
    return sum(word not in lexicon.words for word in words) * 3 > len(words)


def _cuts(text: str, lexicon: Lexicon, width: int) -> list[tuple[str, ...]]:
    """The text cut in 1 to 4 lines no longer than ``width``, at spaces, or inside a word that the document does not know."""
    if len(text) > width * _MAX_LINES:
        return []
    spaces = [m.start() for m in re.finditer(" ", text)]
    inner = [m.start() + i for m in re.finditer(r"[^\W\d_]{8,}", text) for i in range(3, len(m[0]) - 3)
             if not lexicon.known(m[0]) and lexicon.known(m[0][i:])]  # fmt: skip
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
    fulls = [(size, size + 1 + len(after.split(" ")[0])) for size, after in zip(sizes, lefts[1:], strict=False)]

    def strain(rights: Sequence[int]) -> float:
        if not fulls and sizes[0] + (rights[0] if rights else 0) <= _LINE + 4:
            return 0.0
        strain = 12.0 if fulls and total + sum(rights) <= _LINE - 4 else 0.0
        strain += uneven
        for (size, full), right in zip(fulls, rights, strict=False):
            strain += 0.3 * max(0, _LINE - 10 - full - right) + 0.5 * max(0, size + right - _LINE - 6)
        return strain

    return strain


def _uneven(lefts: Sequence[str], cut: int) -> float:
    uneven = sum(0.15 * (len(line) - cut) ** 2 * (2 if len(line) > cut else 1) for line in lefts[:-1])
    return uneven + 0.5 * max(0, len(lefts[-1]) - cut - 4)
