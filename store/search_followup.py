"""A question that leans on the one before: "e l'anno prima?", "e a Segrate?", "e gli altri?", "perché?".

The subject is kept, what the new words name takes the place of what the old ones named; nothing is guessed by a model, and
what was understood is shown in words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from store.constraints import asks_others, understand
from store.lexical_tokens import fold, terms
from store.search_values import Constraint
from store.vocabulary import load

_LEANS = re.compile(r"^\W*(?:e|ed|ma|invece|anche|allora|oppure|solo)\b(?!\s+(?:che|come mai)\b)"
                    r"|^\W*(?:perche|come mai|quanti|quanto|quando|chi)\W*$")
_BEFORE = re.compile(r"\b(?:l'|all'|nell'|dell'|un )?anno\s+(?:prima|precedente|scorso|passato)\b|\bprima\s*\??$")
_AFTER = re.compile(r"\b(?:l'|all'|nell'|dell'|un )?anno\s+(?:dopo|successivo|seguente|prossimo)\b|\bdopo\s*\??$")
_WHERE = re.compile(r"\s+(?:a|ad|in|nel|nella|nelle|negli|del|della|delle|dei|dell'|di|presso|per il|per l')\s*$", re.I)
_ELSEWHERE = re.compile(r"^\W*(?:e|ed|ma|invece|anche|allora|oppure|solo)\s+"
                        r"(?P<at>(?:nel|al|per il) comune di|ad|a|in|nel|presso)\s+"
                        r"(?P<name>[^\W\d][\w'’]*(?:\s+[\w'’]+){0,4}?)\W*$", re.I)
_PLACE = re.compile(r"\s+ad?\s+[A-ZÀ-Ý][\w'’]+(?:\s+(?:d[ei]l?\s+|della\s+|sul\s+|in\s+)?[A-ZÀ-Ý][\w'’]+)*$")
_THAT = re.compile(r"^\W*(?:e|ed|invece|anche)\s+quell[oaie]\s+"
                   r"(?P<of>dell'|(?:dello|della|delle|degli|del|dei|di|per)\b)\s*(?P<what>.+?)\W*$", re.I)
_SMALL = re.compile(r"(?:\s+(?:ad?|al|allo|alla|all'|ai|agli|alle|di|del|dello|della|dei|degli|delle|"
                    r"in|nel|nella|per|il|lo|la|i|gli|le))+$", re.I)
_ENDED = re.compile(r"\b(?:(?:non|mai)\s+(?:sono\s+|ancora\s+|del tutto\s+|stat[aoie]\s+)*|parzialmente\s+|in parte\s+)?"
                    r"(?:raggiunt|conclus|complet|eliminat|terminat)[aoie]\b|\bparzialmente\b|\bin parte\b", re.I)
_ENDING = re.compile(r",?\s*gli altri enti(?: rispetto a)?(?P<rest>.*)$")


@dataclass(frozen=True, slots=True)
class Followed:
    """A question made whole: ``query`` stands alone, ``told`` says what was understood ("" when nothing was added)."""

    query: str
    told: str = ""


def followed(
    before: str | None, question: str, entities: Iterable[str], years: Iterable[int], year: int | None = None,
) -> Followed:
    """``question`` as it stands after ``before`` (itself whole); ``year`` is the year of the answer before, if it named none."""
    entities, years = tuple(entities), tuple(years)
    if not before or not any(c.isalnum() for c in question) or not leans(question, entities, years):
        return Followed(question)
    old, new = understand(before, entities, years), understand(question, entities, years)
    reference = next((int(c.value) for c in old if c.field == "year"), year)
    if (moved := _moved(question, reference)) is not None:
        new = (*(c for c in new if c.field != "year"), Constraint("year", moved, str(moved), strict=False))
    others = asks_others(question)
    bare = _PLACE.sub("", _bare(before, old))
    if not new and (elsewhere := _ELSEWHERE.search(question)):
        return _elsewhere(elsewhere, bare, old)
    subject = _changed(question, bare) or _own_subject(question, new) or bare
    kept = {field: [c for c in new if c.field == field] or [c for c in old if c.field == field] for field in ("entity", "year")}
    places = [str(c.value) for c in kept["entity"]] if not others else []
    times = [str(c.value) for c in kept["year"]]
    away = [str(c.value) for c in old if c.field in ("entity", "apart")]
    ending = f", gli altri enti rispetto a {away[0]}" if others and len(away) == 1 else ", gli altri enti" if others else ""
    query = " ".join([_asking(question), subject, *places, *times]).strip() + ending
    return Followed(query, ", ".join(x for x in (subject, *places, *times) if x) + ending)


def _elsewhere(asked: re.Match[str], subject: str, old: Iterable[Constraint]) -> Followed:
    """The subject at a place that is no body of the archive; written like a name, so that search can say it knows none."""
    name = asked["name"]
    known = name[:1].isupper() or "comune" in asked["at"].lower()
    kept = [str(c.value) for c in old if c.field == "year" or not known and c.field == "entity"]
    at = "a" if "comune" in asked["at"].lower() else asked["at"].lower()
    spelled = name if at not in ("a", "ad") or name[:1].isupper() else name.title()
    return Followed(" ".join([subject, at, spelled, *kept]), ", ".join([f"{subject} {at} {name}", *kept]))


def _changed(question: str, subject: str) -> str:
    """The subject with what a follow-up changes of it: "e quello della TARI?", "e parzialmente?"; "" when it is another one."""
    if that := _THAT.search(question):
        head = _SMALL.sub("", subject.rsplit(" ", 1)[0]) if " " in subject else subject
        return f"{head} {that['of']} {that['what']}".replace("' ", "'")
    said, before = _ENDED.search(question), _ENDED.search(subject)
    rest = re.sub(r"^\W*(?:e|ed|ma|invece|anche|solo)\s+(?:quelli|quelle)?", "", question, flags=re.I)
    if said and before and not terms(_ENDED.sub(" ", rest)):
        full = f"{said[0]} raggiunti" if said[0].lower() in ("parzialmente", "in parte") else said[0]
        return subject[: before.start()] + full + subject[before.end() :]
    return ""


def leans(question: str, entities: Iterable[str] = (), years: Iterable[int] = ()) -> bool:
    """Whether a question cannot stand alone: it begins like a continuation, or names only a body, a year, the others."""
    plain = fold(question)
    if _LEANS.search(plain):
        return True
    if _BEFORE.search(plain) or _AFTER.search(plain) or asks_others(question):
        return not _own_subject(question, understand(question, entities, years))
    found = understand(question, entities, years)
    return bool(found) and not terms(_bare(question, found))


def _moved(question: str, year: int | None) -> int | None:
    """The year before or after, where the question asks for it."""
    plain = fold(question)
    step = -1 if _BEFORE.search(plain) else 1 if _AFTER.search(plain) else 0
    return year + step if step and year is not None else None


def _own_subject(question: str, found: Iterable[Constraint]) -> str:
    """What the question itself speaks of, "" when only a body, a year or the way of asking."""
    bare = _bare(question, found)
    bare = re.sub(r"^\W*(?:e|ed|ma|invece|anche|allora|oppure|solo)\s+(?:(?:per|di|su|con|in|a)\s+)?", "", bare, flags=re.I)
    bare = re.sub(asks_others(question) or r"(?!)", " ", bare, flags=re.I)
    concepts = load().concepts(bare)
    return bare.strip(" ?!.,;") if any(c.weight == 1 and c.topic == 1 and c.own not in _WAYS for c in concepts) else ""


_WAYS = frozenset(tuple(terms(word)) for word in (
    "perché", "quanti", "quanto", "quando", "dove", "come", "prima", "dopo", "precedente", "successivo", "scorso", "prossimo",
    "invece", "fanno", "fare", "fa", "va", "vanno", "hanno", "altri", "altro", "altrove", "rispetto", "confronto"))


def _bare(question: str, found: Iterable[Constraint]) -> str:
    """The question without the names of its bodies and years, nor the small words that led to them."""
    text = _ENDING.sub(r"\g<rest>", question.strip(" ?!.,;"))
    for constraint in found:
        form = r"\W+".join(map(re.escape, constraint.words.split()))
        match = re.search(rf"(?<!\w){form}(?!\w)", fold(text)) if len(fold(text)) == len(text) else None
        if match:
            text = f"{_WHERE.sub('', ' ' + text[: match.start()])} {text[match.end():]}".strip(" ?!.,;")
        whole = re.search(re.escape(str(constraint.value)), text, re.I)
        if whole:
            text = f"{_WHERE.sub('', ' ' + text[: whole.start()])} {text[whole.end():]}".strip(" ?!.,;")
    return " ".join(re.sub(r"\b(?:comune|unione)\s+d[ie]\s*$", "", text, flags=re.I).split())


def _asking(question: str) -> str:
    """What the follow-up asks anew of the same subject: why."""
    return "perché" if re.search(r"\b(?:perche|come mai)\b", fold(question)) else ""
