"""RIS007: in a report, an objective without any evaluation: nothing ticked, "____ %"."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import REPORT
from scoring.values import unset


def check(facts: Facts) -> Iterator[Hit]:
    """Where the other cards of the report carry an outcome; a bare header that refers to another sheet is left alone."""
    cards = [card for card in facts.of_kind("objective") if card.status not in GONE]
    if not facts.is_report or not any(_evaluated(card) for card in cards):
        return
    for card in cards:
        if (
            not _evaluated(card)
            and (card.indicators or card.phases)
            and not any(indicator.achievement for indicator in card.indicators)
        ):
            yield hit("outcomes", card=card, found="nessuna valutazione", expected="un esito e una percentuale")


def _evaluated(card: Card) -> bool:
    return any(not unset(outcome.percent or "") or not unset(outcome.label or "") for outcome in card.outcomes)


RULE = Rule(
    code="RIS007",
    level=Level.WARNING,
    document=check,
    title="Obiettivo senza valutazione",
    message="La scheda non ha un esito: nessuna casella barrata e nessuna percentuale.",
    why="La relazione deve mostrare i risultati raggiunti rispetto ai singoli obiettivi programmati.",
    fix="Barra l'esito e scrivi la percentuale; se l'obiettivo è sospeso o rinviato, dillo con l'atto che lo ha deciso.",
    basis=(REPORT,),
)
