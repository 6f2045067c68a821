"""TXT001: a vague verb ("migliorare", "garantire") in the title, and nothing measurable in the card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import PLAIN_WORDS, SPECIFIC
from scoring.values import own_target, short, typed

_VAGUE = re.compile(
    r"^\W*(?:\d+\W+)?(migliorar|garantir|ottimizzar|promuover|favorir|sostener|potenziar|valorizzar|proseguir|assicurar|incentivar|razionalizzar|consolidar)\w*",
    re.IGNORECASE,
)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The card as a whole: one number or date among its targets or phases is enough."""
    match = _VAGUE.match(card.title or "")
    if not match or card.status in GONE:
        return
    measured = any(
        typed(own_target(card, indicator)[1]).type not in ("unset", "text", "ambiguous") for indicator in card.indicators
    )
    if not measured and not any(phase.weight or phase.end or phase.schedule for phase in card.phases):
        yield hit(
            "title",
            found=match[0].strip(),
            expected="un verbo con la sua quantità o la sua data",
            verb=match[0].strip().lower(),
            title=short(card.title),
        )


RULE = Rule(
    code="TXT001",
    level=Level.ADVICE,
    card=check,
    kinds=("objective",),
    title="Verbo vago senza quantità",
    message="«{title}»: «{verb}» non dice quanto né entro quando, e nessun indicatore lo dice per lui.",
    why="Un obiettivo è specifico se alla fine si può dire sì o no: i verbi vaghi lo lasciano sempre a metà.",
    fix="Di' che cosa cambia, di quanto ed entro quando: «ridurre da 30 a 20 giorni entro il 31 dicembre».",
    basis=(SPECIFIC, PLAIN_WORDS),
)
