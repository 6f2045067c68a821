"""Where a draft stands in the plans of its own body: budget codes, and the strategic links that only our own cards can lend."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.model import Card
from prompts.builder import CardBuilder, from_card, template
from prompts.choose import same_entity
from prompts.library import Pattern

OWN_LINKS = ("strategic_line", "strategic_objective", "operational_objective", "project")
BUDGET = ("mission", "mission_name", "programme", "programme_name")
_CODE = re.compile(r"(?:\D{0,12}\b)?\d{1,4}\b.*")


def put_links(b: CardBuilder, entity: str | None, theme: Pattern | None, cards: Sequence[Card]) -> None:
    """Budget: our own card's, else the theme's, else a precedent's in the national classification. Strategy: ours only."""
    own = [c for c in cards if entity and same_entity(c.entity, entity)]
    _budget(b, own, theme, cards)
    ours = next((c for c in own if any(getattr(c, n) for n in OWN_LINKS)), None)
    for name in OWN_LINKS:
        if ours is not None:
            b.put(name, getattr(ours, name), from_card(ours, name))


def _budget(b: CardBuilder, own: Sequence[Card], theme: Pattern | None, cards: Sequence[Card]) -> None:
    ours = next((c for c in own if c.mission and c.programme), None)
    national = next((c for c in cards if _CODE.fullmatch(c.mission or "") and _CODE.fullmatch(c.programme or "")), None)
    for name in BUDGET:
        if ours is not None:
            b.put(name, getattr(ours, name), from_card(ours, name))
        elif theme and theme.budget:
            note = "missione e programma usuali del tema (D.Lgs. 118/2011): da confermare"
            b.put(name, getattr(theme.budget, name), template(theme.key, note))
        elif national is not None:
            b.put(name, getattr(national, name), from_card(national, name, "classificazione del D.Lgs. 118/2011: da confermare"))
