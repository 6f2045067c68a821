"""RIS009: a target missed and nothing explains it."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.achievement import achieve, achieved
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, REPORT
from scoring.values import own_actual, own_target, short, typed, unset, weight


def check(facts: Facts) -> Iterator[Hit]:
    """Only where the layout has notes on indicators: elsewhere the explanation stands in the text of the card."""
    noted = {card.kind for card in facts.cards for indicator in card.indicators if not unset(indicator.note or "")}
    for card in facts.cards:
        for i, indicator in live_indicators(card) if card.kind in noted else ():
            if not unset(indicator.note or "") or weight(indicator.weight) == 0 or not _missed(card, indicator, facts):
                continue
            target, actual = own_target(card, indicator)[1], own_actual(card, indicator)[1]
            yield hit(
                f"indicators[{i}].note",
                card=card,
                found=f"{actual} contro {target}, nota vuota",
                expected="una spiegazione",
                name=short(indicator.name),
                target=target,
                actual=actual,
            )


def _missed(card: Card, indicator: Indicator, facts: Facts) -> bool:
    """Unknown polarity: a count below its target counts as missed, as the reader of the report will take it."""
    result = achieved(card, indicator, facts.profile)
    if result.met is not None:
        return not result.met
    target, actual = own_target(card, indicator)[1], own_actual(card, indicator)[1]
    return typed(target).type == "number" and achieve(target, actual, facts.profile, "higher").met is False


RULE = Rule(
    code="RIS009",
    level=Level.WARNING,
    document=check,
    title="Valore atteso mancato senza spiegazione",
    message="«{name}»: {actual} contro {target}, e nessuna nota lo spiega.",
    why="La relazione rileva gli scostamenti: chi valuta deve poter distinguere le cause esterne da quelle interne.",
    fix="Scrivi in nota la causa dello scostamento e, se c'è, l'azione correttiva.",
    basis=(REPORT, CHANGES),
)
