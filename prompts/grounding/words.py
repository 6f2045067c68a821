"""Words folded for comparison: accents and case dropped, endings cut, function words set aside."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-", "\u00a0": " "}
)
_PLAIN = _QUOTES | str.maketrans("àáâèéêìíîòóôùúûäëïöüçñÀÁÈÉÌÍÒÓÙÚ", "aaaeeeiiiooouuuaeioucnaaeeiioouu")
WORD = re.compile(r"[^\W_]+(?:\.[^\W\d_]\b)*", re.UNICODE)


def word_set(text: str) -> frozenset[str]:
    """The words of a text, as a set."""
    return frozenset(text.split())


STOP = word_set(
    "il lo la i gli le l un uno una di a da in con su per tra fra del dello della dei degli delle dell al "
    "allo alla ai agli alle all dal dallo dalla dai dagli dalle dall nel nello nella nei negli nelle nell "
    "sul sullo sulla sui sugli sulle sull col coi e ed o od ma anche che chi cui non ne si ci vi se come "
    "quale quali quanto piu meno molto poco e' era erano sono stato stata stati state essere ha hanno "
    "aveva avevano avere viene vengono venne fu questo questa questi queste quello quella quelli quelle "
    "tale tali suo sua suoi loro proprio ogni tutto tutta tutti tutte altro altra altri altre gia ancora "
    "solo poi quindi cosi mentre dopo prima dove quando sia dunque inoltre infine circa presso verso "
    "oltre entro ente comune stesso stessa stessi stesse caso anno anni quell d c n nostro nostra nostri "
    "nostre risultat pari"
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, no accents, plain quotes and dashes, single spaces."""
    low = text.translate(_PLAIN).casefold()
    if low.isascii():
        return " ".join(low.split())
    plain = unicodedata.normalize("NFKD", low).casefold()
    return " ".join("".join(sign for sign in plain if not unicodedata.combining(sign)).split())


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A folded word without its ending vowels: "enti" and "ente", "musei" and "museo" meet."""
    low = fold(word)
    if len(low) <= 3 or not low.isalpha():
        return low
    cut = low.rstrip("aeiou")
    cut = cut[:-1] if len(cut) > 4 and cut.endswith("h") else cut
    return cut if len(cut) >= 3 else low[:-1]


_LOWER_CASE = re.compile(r"(?<!\w)[^\W\d_A-Z]{4,}")


@lru_cache(maxsize=64)
def common_stems(text: str) -> frozenset[str]:
    """The stems of the words that a text writes with no capital."""
    return frozenset(map(stem, _LOWER_CASE.findall(text)))


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return WORD.findall(fold(text))


def content_stems(text: str) -> set[str]:
    """Stems of the words that carry meaning: no function words, no digits."""
    return {stem(word)[:7] for word in words(text) if word not in STOP and len(word) > 3 and word.isalpha()}
