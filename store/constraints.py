"""Limits read in a question: a body of the archive named in it, a year. Shown to the person, who can take them away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

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
_LEADING = frozenset(("della", "dello", "dell", "degli", "d", "la", "il", "lo", "le", "i", "gli"))
_WORD = re.compile(r"[a-z0-9]+")
_YEAR = re.compile(r"(?<![\d./\-])((?:19|20)\d\d)(?![\d/\-]|\.\d)")
_LAW = re.compile(r"(?:\bn\.?\s*\d+\s*/\s*|\d/|d\.?\s?lgs\D{0,6}|legge\D{0,12}|dpr\D{0,6}|\bdl\D{0,6})$")


_NAME = r"[A-ZÀ-Ý][a-zà-ÿ'’]{2,}"
_PLACE = re.compile(rf"(?<!\w)(?:[Aa]d?\s+(?P<upper>{_NAME}(?:\s+(?:d[ei]l?\s+|della\s+|sul\s+|in\s+)?{_NAME})*)"
                    r"|(?:[Cc]omune|[Uu]nione|[Cc]ittà|[Pp]rovincia)\s+di\s+(?P<any>[A-Za-zÀ-ÿ'’]{4,}))")
_OTHERS = re.compile(r"\b(?:gli|negli|degli|agli|con gli|dagli)\s+altri\b(?!\s+(?:anni|uffici|settori|servizi|obiettivi|due|tre))"
                     r"|\baltr[ie]\s+(?:comuni|enti|unioni|citta|amministrazioni|province)\b|\bchi altro\b|\baltrove\b")


def asks_others(question: str) -> str:
    """The words by which a question asks how other bodies do, "" if it does not."""
    match = _OTHERS.search(fold(question))
    return match[0] if match else ""


_WHY = re.compile(r"\b(?:perche|xche|xke|come mai|per quale (?:ragione|motivo)|motiv\w+|spiega\w*|ragion[ei]|cosa blocca"
                  r"|da cosa dipende|a causa|per colpa|dovut\w+|quali regole)\b")


def asks_why(question: str) -> bool:
    """Whether a question asks for reasons."""
    return _WHY.search(fold(question)) is not None


def without_others(question: str) -> str:
    """The question without the words that ask how other bodies do; what is left is its subject."""
    form = rf"(?:\bcome\s+(?:fanno|va|vanno|si fa)\s+)?(?:{_OTHERS.pattern})(?:\s+enti rispetto a)?"
    plain = fold(question)
    left = re.sub(form, " ", question if len(plain) == len(question) else plain, flags=re.I)
    return left if any(c.isalnum() for c in left) else question


def strangers(question: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The places that a question names and no document does ("a Pieve Alta"): ``known`` says whether a word is ever used.

    Only what is written like a name, after "a" or "comune di": elsewhere a capital letter is no place.
    """
    found = [match["upper"] or match["any"] for match in _PLACE.finditer(question)] if question != question.upper() else []
    return tuple(name for name in found if any(not known(word) for word in name.split() if len(word) > 3))


def understand(
    question: str, entities: Iterable[str], years: Iterable[int], own: str | None = None,
) -> tuple[Constraint, ...]:
    """The bodies and years of the archive that a question names.

    One body named is strict; two or more ask for a comparison and only lead. A year leads: documents speak of more years.
    "Come fanno gli altri" leaves out the body named, else ``own``.
    """
    plain = fold(question)
    entities = tuple(entities)
    named = [(entity, words) for entity in entities if (words := _named(entity, plain))]
    others = asks_others(question)
    apart = [entity for entity, _ in named] or [entity for entity in entities if own and fold(own) in fold(entity)]
    if others and len(set(apart)) == 1:
        return (Constraint("apart", apart[0], others), *_years(plain, years))
    strict = len({entity for entity, _ in named}) == 1
    found = [Constraint("entity", entity, words, strict) for entity, words in named]
    return tuple(dict.fromkeys([*found, *_years(plain, years)]))


def _years(plain: str, years: Iterable[int]) -> Iterator[Constraint]:
    known = set(years)
    for match in _YEAR.finditer(plain):
        year = int(match[1])
        if year in known and not _LAW.search(plain[: match.start()]):
            yield Constraint("year", year, match[1], strict=False)


def _named(entity: str, question: str) -> str:
    """The words by which the question names the body, "" if it does not: its whole name or one that is only its own."""
    own = _WORD.findall(fold(entity))
    said = " ".join(own)
    spoken = " ".join(_WORD.findall(question))
    if len(own) > 1 and re.search(rf"\b{re.escape(said)}\b", spoken):
        return said
    core = [w for w in own if w not in _GENERIC and len(w) > 3]
    rest = [w for w in own if w not in _FORM]
    while rest and rest[0] in _LEADING:
        rest.pop(0)
    phrase = " ".join(rest)
    if len(rest) > 1 and re.search(rf"\b{re.escape(phrase)}\b", spoken):
        return phrase
    if len(rest) > len(core):  # "Terre d'Argine": "argine" alone is a common word
        return ""
    return next((w for w in core if re.search(rf"\b{w}\b", spoken)), "")
