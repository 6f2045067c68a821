"""Limits read in a question: a body of the archive named in it, a year. Shown to the person, who can take them away."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.lexical_tokens import fold
from store.search_values import Constraint

_GENERIC = frozenset((
    "comune", "comuni", "citta", "provincia", "regione", "unione", "unioni", "lombarda", "metropolitana", "ente", "enti",
    "consorzio", "azienda", "comunita", "montana", "terre", "valle", "val", "san", "santa", "di", "dei", "de", "del", "della",
    "delle", "dell", "d", "e", "ed", "la", "le", "il", "lo", "i", "gli", "sul", "sulla", "in",
))
_FORM = frozenset((
    "comune", "comuni", "unione", "unioni", "lombarda", "provincia", "citta", "di", "dei", "del", "delle", "e", "ed",
))
_WORD = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(?<![\d./\-])((?:19|20)\d\d)(?![\d/\-]|\.\d)")
_LAW = re.compile(r"(?:\bn\.?\s*\d+\s*/\s*|\d/|d\.?\s?lgs\D{0,6}|legge\D{0,12}|dpr\D{0,6}|\bdl\D{0,6})$")


def understand(question: str, entities: Iterable[str], years: Iterable[int]) -> tuple[Constraint, ...]:
    """The bodies and years of the archive that a question names.

    One body named is strict; two or more ask for a comparison and only lead. A year leads: documents speak of more years.
    """
    plain = fold(question)
    named = [(entity, words) for entity in entities if (words := _named(entity, plain))]
    strict = len({entity for entity, _ in named}) == 1
    found = [Constraint("entity", entity, words, strict) for entity, words in named]
    known = set(years)
    for match in _YEAR.finditer(plain):
        year = int(match[1])
        if year in known and not _LAW.search(plain[: match.start()]):
            found.append(Constraint("year", year, match[1], strict=False))
    return tuple(dict.fromkeys(found))


def _named(entity: str, question: str) -> str:
    """The words by which the question names the body, "" if it does not: its whole name or one that is only its own."""
    own = _WORD.findall(fold(entity))
    said = " ".join(own)
    spoken = " ".join(_WORD.findall(question))
    if len(own) > 1 and re.search(rf"\b{re.escape(said)}\b", spoken):
        return said
    core = [w for w in own if w not in _GENERIC and len(w) > 3]
    rest = [w for w in own if w not in _FORM]
    phrase = " ".join(rest)
    if len(rest) > 1 and re.search(rf"\b{re.escape(phrase)}\b", spoken):
        return phrase
    if len(rest) > len(core):  # "Terre d'Argine": "argine" alone is a common word
        return ""
    return next((w for w in core if re.search(rf"\b{w}\b", spoken)), "")
