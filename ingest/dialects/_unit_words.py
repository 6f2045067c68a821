"""Putting words back together that a PDF conversion split across cells: "Tit | tolo", "nuov | a struttura".

The document is its own dictionary: of the ways to join two pieces (with a space, without, dropping what both repeat, mending
the one letter that the cut went through) the one wins whose words the rest of the document uses. Nothing is added that no
piece holds, save that one letter.
"""

from __future__ import annotations

import math
import os
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

import Stemmer

from ingest.dialects._unit_stream import Entry

_WORD = re.compile(r"[^\W\d_]+|\d+")
_BEAM = 8
_LONGEST = 4000  # characters: pieces of a longer text are only set side by side
_STROKES = frozenset("ilIı1")  # what half a letter at the cut is often read as
LEFT, _LINE = 27, 62  # characters of a line up to the cut (when a table does not tell), and in all
_MAX_LINES, _LEFTS, _TRIED, _REPEATED = 4, 16, 60, 48
_FEW, _BETTER = 8, 25.0  # ways always weighed; how much likelier than all of them another could be
_PREPOSITIONS = frozenset(("di", "da", "con", "per", "tra", "fra")) | frozenset(
    start + end for start in ("de", "a", "da", "ne", "su") for end in ("l", "llo", "lla", "ll", "i", "gli", "lle")
)
_NEVER_AFTER = _PREPOSITIONS | frozenset(("e", "ed", "o"))
_LEANING = _PREPOSITIONS | frozenset(("il", "lo", "la", "i", "gli", "le", "un", "una", "e", "ed"))


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """Small letters without accents; a Cyrillic or Greek look-alike of a Latin letter becomes that letter."""
    if text.isascii():
        return text.lower()
    folded = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return folded.translate(_LOOKALIKE)


_LOOKALIKE = str.maketrans("авеікмнорстхуıγ", "abeikmhopctxyiy")


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("italian")


def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


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

    @lru_cache(maxsize=100_000)  # noqa: B019 - lives as long as one document is read
    def word(self, word: str) -> float:
        """Log-likelihood of one folded word; an unknown one is the less likely the longer it is."""
        count = self.words.get(word, 0)
        if count:
            return math.log(count / self.total)
        if len(word) > 4 and _stem(word) in self.stems:
            return -11.0 - 0.2 * len(word)
        return -11.0 if word.isdigit() else -13.0 - 0.8 * len(word) - 1.5 * max(0, len(word) - 15)

    def known(self, word: str) -> bool:
        """Whether the document uses the word."""
        return self.words.get(fold(word), 0) > 0

    @lru_cache(maxsize=50_000)  # noqa: B019 - lives as long as one document is read
    def text(self, text: str, open_end: bool = False) -> float:
        """Log-likelihood of a text; with ``open_end`` its last word may still go on."""
        words = _WORD.findall(fold(text))
        score, before, pairs = 0.0, "", self.pairs
        for word in words:
            score += self.word(word)
            if (before, word) in pairs:
                score += 2.0
            if before in _PREPOSITIONS and word in _NEVER_AFTER:
                score -= 4.0
            before = word
        score -= 4.0 if not open_end and words and words[-1] in _LEANING else 0.0
        if open_end and words and text[-1:].isalpha() and words[-1] not in self.words and self._begins(words[-1]):
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
        ranked = sorted(grown.items(), key=lambda way: -(way[1] + lexicon.text(way[0], open_end=not last)))
        beam = [(cost, text) for text, cost in ranked[:_BEAM]]
        start = _settled([text for _, text in beam])
        settled, beam = settled + beam[0][1][:start], [(cost, text[start:]) for cost, text in beam]
    return (settled + beam[0][1]).strip()


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
    first, rest = (right.split(" ", 1) + [""])[:2]
    head, last = left[: len(left) - len(left.split(" ")[-1])], left.split(" ")[-1]
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
    a, b = fold(left), fold(right)
    if len(a) != len(left) or len(b) != len(right):
        return []
    found = []
    for k in range(1, min(len(a), len(b)) + 1):
        tail, head = a[-k:], b[:k]
        if tail == head:
            found.append(k)
            continue
        if k < 4 or (tail[0] != head[0] and tail[1] != head[1] and (k < 12 or tail[2] != head[2])):
            continue
        if _alike(tail, head, 2 if k >= 12 else 1):
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
    tries = [
        (_strain(lefts, rights, uneven), lefts, rights)
        for uneven, lefts in evenest[:_LEFTS]
        for rights in lower
        if len(rights) in (len(lefts), len(lefts) - 1)
    ]
    best, best_score, likeliest = "", -math.inf, -math.inf
    for n, (strain, lefts, rights) in enumerate(sorted(tries, key=lambda way: way[0])[:_TRIED]):
        if n >= _FEW and best_score >= likeliest + _BETTER - strain:
            break
        lines = [lexicon.line(a, b) for a, b in zip(lefts, [*rights, ""], strict=False)]
        text = " ".join(lines)
        likely = lexicon.text(text)
        likeliest, score = max(likeliest, likely), likely - strain
        if score > best_score:
            best, best_score = text, score
    return best or rejoined((left, right), lexicon)


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


def _strain(lefts: Sequence[str], rights: Sequence[str], uneven: float) -> float:
    """How far the lines are from lines of even width: the left ones as wide as the cut (``uneven``), each full up to the next
    word."""
    if len(lefts) == 1 and len(lefts[0]) + len(rights[0] if rights else "") <= _LINE + 4:
        return 0.0
    strain = 12.0 if len(lefts) > 1 and sum(map(len, (*lefts, *rights))) <= _LINE - 4 else 0.0
    strain += uneven
    for i, line in enumerate(rights[: len(lefts) - 1]):
        full = len(lefts[i]) + len(line) + 1 + len(lefts[i + 1].split(" ")[0])
        strain += 0.3 * max(0, _LINE - 10 - full) + 0.5 * max(0, len(lefts[i]) + len(line) - _LINE - 6)
    return strain


def _uneven(lefts: Sequence[str], cut: int) -> float:
    uneven = sum(0.15 * (len(line) - cut) ** 2 * (2 if len(line) > cut else 1) for line in lefts[:-1])
    return uneven + 0.5 * max(0, len(lefts[-1]) - cut - 4)
