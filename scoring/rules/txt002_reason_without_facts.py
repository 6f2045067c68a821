"""TXT002: a *motivazione* without a fact, an act or a date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, PLAIN_WORDS
from scoring.values import plain, short, unset

_FACT = re.compile(
    r"\d|\b(?:delibera|determina|decreto|legge|nota|comunicazione|protocollo|guasto|dimission|pension|trasferiment|assenza|gara|ricorso|emergenza)",
    re.IGNORECASE,
)
_FEWEST = 6


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Short reasons that name nothing: no figure, no act, no event."""
    for i, variation in enumerate(card.variations):
        reason = variation.reason or ""
        if not unset(reason) and len(plain(reason).split()) < _FEWEST and not _FACT.search(reason):
            yield hit(f"variations[{i}].reason", found=reason, expected="un fatto, una data o un atto", reason=short(reason))


RULE = Rule(
    code="TXT002",
    level=Level.ADVICE,
    card=check,
    title="Motivazione senza fatti",
    message="La motivazione «{reason}» non dice un fatto, una data o un atto.",
    why="Chi valuta la variazione deve poter controllare che cosa è successo.",
    fix="Aggiungi il fatto, quando è avvenuto e l'atto o il dato che lo prova.",
    basis=(CHANGES, PLAIN_WORDS),
)
