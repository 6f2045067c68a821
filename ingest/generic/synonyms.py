"""How a column header or a label is matched with the fields of a card.

A header is read whole, never by a word inside it: "Settore" is a field, "Settore Personale" is a value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.generic.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class Column:
    """What a header means: a field of the card ("title") or of its lists ("indicator.target"), with the year and half-year it
    names. ``half`` is "mid" (30 June), "end" (31 December, second half) or None."""

    field: str
    year: str | None = None
    half: str | None = None
    header: str = ""


_PATTERNS = tuple((name, re.compile("|".join(patterns))) for name, patterns in VOCABULARY)
FIELDS = frozenset(name for name, _ in VOCABULARY)

_YEAR = re.compile(r"(?<!\d)(20[1-4]\d)(?!\d)")
_MID = re.compile(
    r"\b(?:(?:i|1|primo|1o|1a) sem(?:estre)?|(?:al )?30 (?:0?6|giu(?:gno)?)|(?:al )?31 (?:0?7|lug(?:lio)?)"
    r"|sem(?:estre)? (?:i|1)|giugno|meta anno)\b"
)
_END = re.compile(
    r"\b(?:(?:ii|2|secondo|2o|2a) sem(?:estre)?|(?:al )?31 (?:12|dic(?:embre)?)|sem(?:estre)? (?:ii|2)|dicembre|fine anno)\b"
)
_ARTICLES = frozenset("di del della dello dell dei degli delle d il lo la l i gli le un una per in e o da s".split())  # noqa: SIM905


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
    (Column(field='indicator.target', year='2026', half=None, header='Target 2026'), None)
    """
    text = plain(header)
    if not text or len(text) > 90:
        return None
    years = _YEAR.findall(text)
    half = "mid" if _MID.search(text) else "end" if _END.search(text) else None
    bare = _END.sub(" ", _MID.sub(" ", text)) if half else text
    bare = _YEAR.sub(" ", bare)
    core = _field(bare)
    if core is None and (years or half) and not bare.replace("anno", "").split():
        return Column("value", years[0] if years else None, half, header)
    if core is None:
        return None
    if len(years) > 1 and len(set(years)) > 1:
        years = []
    return Column(core, years[0] if years else None, half, header)


def _field(text: str) -> str | None:
    """The field of a header freed of years: whole, then without what stands in brackets or after a slash."""
    words = text.split()
    for candidate in (" ".join(words), " ".join(w for w in words if w not in _ARTICLES)):
        for name, pattern in _PATTERNS:
            if candidate and pattern.fullmatch(candidate):
                return name
    return None


def column_of(header: str, overrides: Mapping[str, str] | None = None) -> Column | None:
    """What a header means; a person's correction (plain header -> field, "" for none) comes first."""
    if overrides is not None and plain(header) in overrides:
        field = overrides[plain(header)]
        if not field:
            return None
        read = read_header(header)
        years = _YEAR.findall(plain(header))
        return replace(read, field=field) if read else Column(field, years[0] if len(set(years)) == 1 else None, header=header)
    found = read_header(header)
    if found is None:
        for shorter in _shorter(header):
            found = read_header(shorter)
            if found is not None:
                return replace(found, header=header)
    return found


def _shorter(header: str) -> list[str]:
    """A header without its brackets, its first line, the part before a slash or a dash."""
    text = " ".join(header.split())
    found = [re.sub(r"\([^)]*\)", " ", text)]
    found += [part for part in re.split(r"\s*[/–]\s*|\s-\s", found[0])[:1] if len(part) > 2]
    return [part for part in found if part.strip() and part != text]
