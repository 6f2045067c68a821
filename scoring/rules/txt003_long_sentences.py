"""TXT003: a sentence longer than a reader can hold."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import PLAIN_WORDS, VALIDATION
from scoring.rules._text import sentences
from scoring.values import short

_MOST = 80


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Purpose and description: the longest sentence of each, lists left out."""
    for at in ("purpose", "description"):
        parts = [
            part
            for part in sentences(getattr(card, at))
            if part.count("\n") < 2 and part.count(" - ") < 3 and part.count(";") < 3
        ]
        longest = max(parts, key=lambda part: len(part.split()), default="")
        words = len(longest.split())
        if words > _MOST:
            yield hit(at, found=f"{words} parole", expected=f"non più di {_MOST}", words=words, text=short(longest, 70))


RULE = Rule(
    code="TXT003",
    level=Level.ADVICE,
    card=check,
    kinds=("objective", "service"),
    title="Frase troppo lunga",
    message="Una frase di {words} parole: «{text}».",
    why="Piano e relazione devono essere sintetici, chiari e di immediata comprensione ai cittadini.",
    fix="Spezza la frase: una frase, un'informazione.",
    basis=(VALIDATION, PLAIN_WORDS),
)
