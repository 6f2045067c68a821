"""VAR008: a variation that only lowers the bar during the year."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.polarity import way_of
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import demand
from scoring.rules._sources import CHANGES, IMPROVEMENT
from scoring.rules._variations import indicators_like, named_target
from scoring.values import short, typed


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Old and new target of one request, in the indicator's own direction."""
    for i, variation in enumerate(card.variations):
        pair = named_target(variation)
        if pair is None:
            continue
        places = indicators_like(card, variation.name or "")
        indicator = card.indicators[places[0]] if places else None
        way = way_of(indicator, facts.profile, pair[1], strict=True) if indicator else None
        if demand(typed(pair[1]), typed(pair[0]), way) == -1:
            yield hit(
                f"variations[{i}].new",
                found=f"{pair[0]} -> {pair[1]}",
                expected="un fatto imprevedibile che lo renda necessario",
                name=short(variation.name or (indicator.name if indicator else "")),
                old=pair[0],
                new=pair[1],
            )


RULE = Rule(
    code="VAR008",
    level=Level.WARNING,
    card=check,
    title="Variazione che abbassa soltanto il valore atteso",
    message="«{name}»: il valore atteso passa da {old} a {new}, meno impegnativo.",
    why="In corso d'anno gli obiettivi si cambiano per eventi imprevedibili che alterano risorse e organizzazione, non "
    "per renderli facili.",
    fix="Indica il fatto imprevedibile, la data e l'atto; senza, lascia il valore atteso e spiega lo scostamento a consuntivo.",
    basis=(CHANGES, IMPROVEMENT),
)
