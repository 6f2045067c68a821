"""Terms for lexical search: Italian stems without accents; codes, laws, dates and numbers in every form they are typed in.

"S1.00001" is found inside "05.02.01.S1.00001", "D.Lgs. 150/2009" by "dlgs 150 2009", "29.03.2020" by "29/03/2020" and
"29 marzo 2020", "1.190" by "1190".
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path

import Stemmer

_MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)
_MONTH = {name: number for number, name in enumerate(_MONTHS, 1)}
_STOP = frozenset(Path(__file__).with_name("stop_words_it.txt").read_text(encoding="utf-8").split())
_DOTTED = re.compile(r"\b(?:[a-z]\.\s?){1,4}[a-z]{1,4}\b\.?")
_DATE = re.compile(r"\b(\d{1,2})\s?[./\-]\s?(\d{1,2})\s?[./\-]\s?((?:19|20)\d\d)\b")
_LONG_DATE = re.compile(rf"\b(\d{{1,2}})[°º]?\s({'|'.join(_MONTHS)})\s((?:19|20)\d\d)\b")
_CODE = re.compile(r"\b([a-z]{1,2}\d?)\.(\d{4,6})\b")
_TOKEN = re.compile(r"[a-z]+(?:\d+[a-z]*)?|\d+(?:[.,:]\d+)*(?:[/\-]\d+)*[a-z]{0,4}")
_ACCENTED_ENDING = re.compile(r"(?:[vlrnb]|ers|nt|[aio]c)ita$")
_stem = Stemmer.Stemmer("italian", 0)


def fold(text: str) -> str:
    """Lower case without accents, with plain apostrophes."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‘", "'").lower())
    return "".join(c for c in plain if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Italian stem of a folded word; "qualita" and "qualità" meet."""
    return fold(_stem.stemWord(word[:-1] + "à" if len(word) > 5 and _ACCENTED_ENDING.search(word) else word))


def terms(text: str) -> list[str]:
    """The terms of a text in order, without stop words; compound forms are followed by their parts."""
    return [term for word in words(text) for term in _terms_of(word)]


def spelled_terms(text: str) -> list[tuple[str, str]]:
    """The terms of a text, each with the word it comes from as it was written (folded)."""
    return [(term, word) for word in words(text) for term in _terms_of(word)]


def words(text: str) -> list[str]:
    """Folded words, numbers and codes in order, stop words dropped, dates and dotted acronyms made one form."""
    plain = _LONG_DATE.sub(lambda m: f" {m[1]}/{_MONTH[m[2]]:02d}/{m[3]} ", fold(text))
    plain = _DATE.sub(lambda m: f" {int(m[1]):02d}/{int(m[2]):02d}/{m[3]} ", plain)
    plain = _CODE.sub(lambda m: f" {m[1]}x{m[2]} {m[2]} ", plain)
    plain = _DOTTED.sub(lambda m: " " + m[0].replace(".", "").replace(" ", "") + " ", plain)
    return [w for w in _TOKEN.findall(plain.replace("d. lgs", "dlgs")) if w not in _STOP and (len(w) > 1 or w.isdigit())]


@lru_cache(maxsize=200_000)
def _terms_of(word: str) -> tuple[str, ...]:
    if word.isalpha():
        return (stem(word),)
    if word[0].isalpha():
        return (word,)
    digits = word.replace(".", "").replace(":", "") if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", word) else word
    parts = re.findall(r"\d+|[a-z]+", digits) if re.search(r"[/\-]", digits) else []
    return (digits, *(p for p in parts if p != digits))
