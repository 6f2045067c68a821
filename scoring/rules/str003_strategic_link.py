"""STR003: no link to a strategic or operational objective while the other cards have one, or a link that no list has."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import PEG, PIAO_CONTENT, SPECIFIC
from scoring.rules._text import alike
from scoring.values import plain, short

_MOST = 0.8
_FIELDS = ("operational_objective", "strategic_objective", "strategic_line")


def check(facts: Facts) -> Iterator[Hit]:
    """Links by words, whatever their number; lists count where they name that level."""
    cards = [card for card in facts.of_kind("objective", "indicator") if card.status not in GONE]
    linked = [card for card in cards if any(getattr(card, name) for name in _FIELDS)]
    if len(cards) > 2 and not facts.is_report and len(linked) >= _MOST * len(cards):
        for card in cards:
            if card not in linked:
                yield hit(
                    "operational_objective",
                    card=card,
                    found="nessun collegamento",
                    expected="un obiettivo strategico o operativo",
                )
    listed = {plain(row.title) for row in facts.listed if row.level == "operational_objective" and row.title}
    if len(listed) < 2:
        return
    told: set[str] = set()
    for card in linked:
        name = card.operational_objective
        if name and plain(name) not in told and not any(_same(name, title) for title in listed):
            told.add(plain(name))
            yield hit(
                "operational_objective",
                card=card,
                variant="unlisted",
                found=name,
                expected="un obiettivo operativo dell'elenco",
                name=short(name, 120),
            )


def _same(name: str, title: str) -> bool:
    words = plain(name).lstrip("0123456789 ")
    return words in title or title in words or alike(words, title, 0.75)


RULE = Rule(
    code="STR003",
    level=Level.WARNING,
    document=check,
    title="Collegamento strategico assente o non in elenco",
    message="L'obiettivo non è collegato a un obiettivo strategico o operativo, mentre gli altri lo sono.",
    variants={"unlisted": "L'obiettivo operativo «{name}» non compare nell'elenco del documento."},
    why="Gli obiettivi discendono dal DUP e dal valore pubblico: uno senza collegamento non dice a quale priorità serve.",
    fix="Indica l'obiettivo operativo del DUP con le sue parole, oppure aggiungilo all'elenco.",
    basis=(SPECIFIC, PEG, PIAO_CONTENT),
)
