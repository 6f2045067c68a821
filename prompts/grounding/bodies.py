"""Whose fact is it? The person's own body, the bodies of the precedents, and the words that say "ours"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from prompts.grounding.model import GroundingItem
from prompts.grounding.names import Name
from prompts.grounding.source import read_document_name
from prompts.grounding.words import fold, words

_OURS = re.compile(
    r"\b(?:nostr[oaie]|abbiamo|siamo|avevamo|eravamo|noi|questo (?:ente|comune)|questa (?:amministrazione|"
    r"unione|provincia)|il presente ente|"
    r"l'ente scrivente|lo scrivente|ns\.|da noi|(?!richiamo|chiamo|reclamo)[a-z]{3,}(?:iamo|[aei]vamo))(?!\w)"
)
_ENTITY = re.compile(
    r"(?:ente\s*:\s*)?((?:comune|unione|provincia|citta|comunita|consorzio)\b(?:\s+(?:metropolitana|montana|"
    r"dei comuni))?"
    r"(?:\s+(?:di|del|della|dei|delle|d'|dell'))?\s*)([^.;:,\n]{2,60})"
)


@dataclass(frozen=True, slots=True)
class Bodies:
    """``places``: the words that name the body of each precedent; ``ours``: the words of the person's own body."""

    places: dict[str, frozenset[str]]
    own: frozenset[str]
    ours: tuple[str, ...]

    def is_own(self, key: str) -> bool:
        """True when the precedent is of the body that the input speaks of."""
        return key in self.own

    def mentioned(self, key: str, sentence: str) -> bool:
        """True when the sentence names the precedent's body, or points at it ("quel Comune", "altrove")."""
        low = fold(sentence)
        return bool(self.places.get(key, frozenset()) & set(words(sentence))) or bool(
            re.search(
                (
                    r"\bquell?['o]?\s?(?:ente|comune|unione|amministrazione|caso)|\baltrove\b|\baltr[oi] (?:ente|"
                    r"enti|comun[ei])|\bcome (?:in|nel) "
                ),
                low,
            )
        )

    def own_name(self, name: Name) -> bool:
        """True when a name is made of words of the person's own body."""
        return bool(self.ours) and all(word in self.ours for word in name.words)


def read_bodies(item: GroundingItem) -> Bodies:
    """The bodies of an item: from the file names of the precedents and from the input."""
    places = {one.key: read_document_name(one.document)[1] for one in item.precedents}
    given = set(words(item.input))
    ours = _own_words(item.input)
    return Bodies(places, frozenset(key for key, named in places.items() if _same_body(named, given, ours)), ours)


def _own_words(given: str) -> tuple[str, ...]:
    """The words of the person's own body: a name in capitals ("l'Unione per i servizi informativi" names none)."""
    capitals = {fold(word) for word in re.findall(r"[^\W\d_]+", given) if word[0].isupper()}
    for match in _ENTITY.finditer(fold(given)):
        named = tuple(word for word in words(match[2])[:5] if len(word) > 2)
        if named and named[0] in capitals:
            return named
    return ()


def _same_body(named: frozenset[str], given: set[str], ours: tuple[str, ...]) -> bool:
    """All the words of the document's body are in the input; some are enough when the input names no other body."""
    proper = {word for word in ours if len(word) > 3}
    return bool(named) and (named <= given or (bool(named & given) and (not proper or proper <= named)))


def speaks_of_us(sentence: str, bodies: Bodies) -> str | None:
    """The words with which a sentence speaks of the person's own body, if it does."""
    low = fold(sentence)
    if match := _OURS.search(low):
        return match[0]
    said = set(words(sentence))
    proper = [word for word in bodies.ours if len(word) > 3]
    if proper and all(word in said for word in proper[:2]):
        return " ".join(bodies.ours)
    return None
