"""How a column header or a label is matched with the fields of a card.

A header is read whole, never by a word inside it: "Settore" is a field, "Settore Personale" is a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from dataclasses import field as data_field
from functools import lru_cache

from ingest.generic.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Column:
    """What a header means: a field of the card ("title") or of its lists ("indicator.target"), with the year and part of the year
    it names. ``half`` is "mid" (30 June), "end" (31 December, second half), "q1" (31 March), "q3" (30 September) or None;
    ``month`` 1..12 a month of a calendar; ``group`` the number of an indicator with columns of its own ("Target 2"); ``inferred``
    that nobody said it: it was understood from the values and from the other headers."""

    field: str
    year: str | None = None
    half: str | None = None
    header: str = ""
    month: int | None = None
    group: int = 0
    inferred: bool = data_field(default=False, repr=False)


class Understood(dict[str, str]):
    """What the headers of a table mean that the vocabulary does not tell: plain header -> field. ``inferred`` are those among
    them that the reader understood by itself; the others a person said."""

    def __init__(self, inferred: Mapping[str, str], given: Mapping[str, str] | None) -> None:
        super().__init__({**inferred, **(given or {})})
        self.inferred = frozenset(inferred) - frozenset(given or ())


_PATTERNS = tuple((name, re.compile("|".join(patterns))) for name, patterns in VOCABULARY)
_BROKEN = tuple((name, re.compile("|".join(patterns).replace(" ", " ?"))) for name, patterns in VOCABULARY)
FIELDS = frozenset(name for name, _ in VOCABULARY)

YEAR = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)")
_FIRST = re.compile(r"\b(?:(?:i|1|primo|1o) trim(?:estre)?|trim(?:estre)? (?:i|1)|(?:al )?31 (?:0?3|mar(?:zo)?))\b")
_THIRD = re.compile(r"\b(?:(?:iii|3|terzo|3o) trim(?:estre)?|trim(?:estre)? (?:iii|3)|(?:al )?30 (?:0?9|set(?:tembre)?))\b")
_MID = re.compile(
    r"\b(?:(?:i|1|primo|1o|1a) sem(?:estre)?|(?:al )?30 (?:0?6|giu(?:gno)?)|(?:al )?31 (?:0?7|lug(?:lio)?)"
    r"|sem(?:estre)? (?:i|1)|(?:ii|2|secondo|2o) trim(?:estre)?|trim(?:estre)? (?:ii|2)|giugno|meta anno)\b"
)
_END = re.compile(
    r"\b(?:(?:ii|2|secondo|2o|2a) sem(?:estre)?|(?:al )?31 (?:12|dic(?:embre)?)|sem(?:estre)? (?:ii|2)"
    r"|(?:iv|4|quarto|4o) trim(?:estre)?|trim(?:estre)? (?:iv|4)|dicembre|fine anno)\b"
)
ARTICLES = frozenset(
    "di del della dello dell dei degli delle d il lo la l i gli le un una per in e o da s al alla allo all con su a".split()  # noqa: SIM905
)
_ABBREVIATED = {
    "val": "valore", "ris": "risultato", "ob": "obiettivo", "obb": "obiettivi", "obiett": "obiettivo", "ind": "indicatore",
    "indic": "indicatore", "resp": "responsabile", "descr": "descrizione", "desc": "descrizione", "scad": "scadenza",
    "perc": "%", "ragg": "raggiungimento", "raggiung": "raggiungimento", "uff": "ufficio", "serv": "servizio", "sett": "settore",
    "dir": "dirigente", "denom": "denominazione", "cons": "consuntivo", "dip": "dipendente", "ass": "assessore", "tit": "titolo",
    "nr": "n", "num": "n", "numero": "n", "prog": "progressivo", "min": "minimo", "max": "massimo", "pond": "ponderazione",
}  # fmt: skip
_PARTS = (("q1", _FIRST), ("q3", _THIRD), ("mid", _MID), ("end", _END))
_INITIALS = re.compile(r"\b(e|p) (q|o)\b")  # E.Q., P.O.
_MARKS = re.compile(r"[*†‡]+|\((?:\*+|\d{1,2})\)")
_DATED = frozenset({"", "anno", "valore", "dato", "al", "valore al", "dato al", "valori"})
MONTHS = ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre",
          "dicembre")  # fmt: skip


def plain(text: str) -> str:
    """Lower case, no accents, no punctuation but %.

    >>> plain("Unità di misura (U.M.)")
    'unita di misura u m'
    """
    text = text.replace("°", " ").replace("º", " ")
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", bare).split())


@lru_cache(maxsize=4096)
def read_header(header: str) -> Column | None:
    """What a header means, or None.

    >>> read_header("Target 2026"), read_header("Settore Personale")
    (Column(field='indicator.target', year='2026', half=None, header='Target 2026', month=None, group=0), None)
    """
    text = _INITIALS.sub(r"\1\2", plain(_MARKS.sub(" ", header)))
    if not text or len(text) > 90:
        return None
    years = YEAR.findall(text)
    bare, year, half = dated(text)
    core = _field(bare)
    if core is None and (years or half) and bare in _DATED:
        return Column("value", years[0] if years else None, half, header)
    return Column(core, year, half, header) if core is not None else None


def dated(text: str) -> tuple[str, str | None, str | None]:
    """A plain header without its year and part of the year, and these; of several years, none.

    >>> dated("atteso 30 06 2026"), dated("target 2026 2028")
    (('atteso', '2026', 'mid'), ('target', None, None))
    """
    years = YEAR.findall(text)
    half = next((name for name, pattern in _PARTS if pattern.search(text)), None)
    for _, pattern in _PARTS if half else ():
        text = pattern.sub(" ", text)
    return " ".join(YEAR.sub(" ", text).split()), years[0] if len(set(years)) == 1 else None, half


def _field(text: str) -> str | None:
    """The field of a header freed of years: whole, then without what stands in brackets or after a slash."""
    words = text.split()
    long = [_ABBREVIATED.get(word, word) for word in words]
    candidates = [" ".join(some) for form in (words, long) for some in (form, [w for w in form if w not in ARTICLES])]
    candidates += [" ".join(reversed(words))] if len(words) == 2 else []  # "indicatore_peso"
    for candidate in dict.fromkeys(candidates):
        for name, pattern in _PATTERNS:
            if candidate and pattern.fullmatch(candidate):
                return name
    return None


@lru_cache(maxsize=4096)
def _mended(header: str) -> Column | None:
    """What a header cut inside its words by a narrow column means ("Descr izion e fase"): read without its spaces."""
    words = plain(header).split()
    joined = "".join(words)
    if len(words) < 3 or not 9 <= len(joined) <= 60 or max(map(len, words)) > 7:
        return None
    return next((Column(name, header=header) for name, pattern in _BROKEN if pattern.fullmatch(joined)), None)


def month_of(header: str) -> int | None:
    """The month that a header names, whole or by its first three letters, also when a narrow cell broke the word.

    >>> month_of("Gen."), month_of("Sette mbre"), month_of("2 mesi")
    (1, 9, None)
    """
    text = YEAR.sub("", plain(header)).replace(" ", "")
    return next((n for n, name in enumerate(MONTHS, 1) if text in (name, name[:3], name[:4])), None)


def column_of(header: str, overrides: Mapping[str, str] | None = None) -> Column | None:
    """What a header means; a person's correction (plain header -> field, "" for none) comes first."""
    if overrides is not None and plain(header) in overrides:
        field = overrides[plain(header)]
        if not field:
            return None
        read = read_header(header)
        _, year, half = dated(plain(header))
        said = replace(read, field=field) if read else Column(field, year, half, header)
        return replace(said, inferred=True) if plain(header) in getattr(overrides, "inferred", ()) else said
    found = read_header(header)
    if found is None:
        for shorter in _shorter(header):
            found = read_header(shorter)
            if found is not None:
                return replace(found, header=header)
    return found or _mended(header)


def _shorter(header: str) -> list[str]:
    """A header without its brackets, its first line, the part before a slash or a dash."""
    text = " ".join(header.split())
    found = [re.sub(r"\([^)]*\)", " ", text)]
    found += [part for part in re.split(r"\s*[/–]\s*|\s-\s", found[0])[:1] if len(part) > 2]
    first, joined, second = found[0].partition(" e ")
    if joined and read_header(first) and read_header(second):
        found.append(first)  # "Motivazione e finalità": two names for one column
    return [part for part in found if part.strip() and part != text]
