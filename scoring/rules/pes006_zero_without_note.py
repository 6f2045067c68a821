"""PES006: a weight of 0 without a note that says why."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, SMVP
from scoring.values import short, unset, weight


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Indicators taken out of the calculation in silence."""
    for i, indicator in live_indicators(card):
        if weight(indicator.weight) == 0 and unset(indicator.note or ""):
            yield hit(
                f"indicators[{i}].weight", found=indicator.weight, expected="una nota con il motivo", name=short(indicator.name)
            )


RULE = Rule(
    code="PES006",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service"),
    title="Peso zero senza nota",
    message="L'indicatore «{name}» ha peso 0 e nessuna nota dice perché.",
    why="Un indicatore a peso 0 è tolto dal calcolo: chi legge deve sapere per quale fatto, con quale atto e con quale assenso.",
    fix="Scrivi in nota il fatto, la data e l'atto che giustificano la neutralizzazione, oppure ridai un peso all'indicatore.",
    basis=(SMVP, CHANGES),
)
