"""STR001: nobody responsible, or several people."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import ONE_RESPONSIBLE, PEG
from scoring.values import unset

_HEAD = ("unit", "section", "start", "end", "weight", "priority", "mission", "horizon", "strategic_line")
_SEVERAL = re.compile(r"\s*[;\n]\s*|\s+/\s+")


def check(facts: Facts) -> Iterator[Hit]:
    """Where the layout has a place for it. A card without its head (unit, dates, weight) lost it in a conversion: no fault."""
    cards = [card for card in facts.of_kind("objective", "service") if card.status not in GONE]
    if not any(_named(card) for card in cards):
        return
    usual = [name for name in _HEAD if sum(1 for card in cards if getattr(card, name)) * 4 > len(cards) * 3]
    for card in cards:
        if not _named(card):
            if not _headless(card, usual) and (card.indicators or card.phases):
                yield hit("responsible", card=card, found="nessuno", expected="un responsabile")
        elif _is_several(card.responsible):
            yield hit(
                "responsible",
                card=card,
                level=Level.WARNING,
                variant="several",
                found=card.responsible,
                expected="un solo responsabile",
                names=card.responsible,
            )


def _headless(card: Card, usual: list[str]) -> bool:
    """True for a card that lacks half of what heads the other cards."""
    missing = [name for name in usual if not getattr(card, name)]
    return len(usual) > 0 and len(missing) * 2 >= len(usual)


def _named(card: Card) -> bool:
    names = [card.responsible, card.manager, *[phase.assigned_to for phase in card.phases]]
    return any(name and not unset(name) for name in names)


def _is_several(text: str | None) -> bool:
    if not text or "interim" in text.casefold():
        return False
    parts = [part for part in _SEVERAL.split(text) if len(part.split()) > 1]
    return len(parts) > 1 and not re.search(r"fino al|dal \d|in sostituzione", text, re.IGNORECASE)


RULE = Rule(
    code="STR001",
    level=Level.ERROR,
    document=check,
    title="Responsabile mancante o non unico",
    message="Nessuno è indicato come responsabile dell'obiettivo.",
    variants={"several": "I responsabili sono più d'uno: {names}."},
    why="Ogni obiettivo fa capo a un solo responsabile, che ha le risorse e risponde del risultato; gli altri collaborano.",
    fix="Indica un ruolo responsabile (dirigente o incaricato di EQ) e metti gli altri tra chi collabora.",
    basis=(PEG, ONE_RESPONSIBLE),
)
