"""What the rules on the duties of the plan share: is this a whole plan of a body that owes it, and does a theme appear in it."""

from __future__ import annotations

import re

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import NotRun

_FEWEST = 10
_SMALL_BODY = 50


def whole_plan(facts: Facts) -> None:
    """Raises ``NotRun`` unless the reading is a whole plan of a body with more than fifty employees, or of unknown size."""
    kind = facts.reading.document.document_type
    cards = [card for card in facts.of_kind("objective", "service", "indicator")]
    if facts.is_report or (kind is not None and kind not in ("piao", "piano_performance", "pdo", "peg")):
        raise NotRun("riguarda il piano, non una relazione.")
    if len(cards) < _FEWEST or any(card.variations for card in cards):
        raise NotRun(f"serve il piano intero: qui ci sono {len(cards)} schede.")
    if facts.evidence.staff is not None and facts.evidence.staff < _SMALL_BODY:
        raise NotRun("non applicabile: sotto i 50 dipendenti la sottosezione 2.2 non è dovuta (D.M. 132/2022, art. 6).")
    if facts.evidence.staff == _SMALL_BODY:
        raise NotRun("con 50 dipendenti esatti le norme non concordano: decide l'ente se la 2.2 è dovuta.")


def words_of(card: Card) -> str:
    """All that a card says, for looking a theme up."""
    parts = [card.title, card.purpose, card.description, card.operational_objective, card.strategic_objective, *card.activities]
    parts += [indicator.name for indicator in card.indicators] + [phase.text for phase in card.phases]
    return " ".join(part for part in parts if part)


def speaks_of(facts: Facts, pattern: re.Pattern[str]) -> bool:
    """True when a card of the plan has the theme."""
    return any(pattern.search(words_of(card)) for card in facts.cards)
