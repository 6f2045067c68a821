"""STR008: the total of the resources differs from its lines; a cost indicator with no cost in the resources."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts, live_indicators
from scoring.resources import resources_sum
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SUMS, WITH_RESOURCES
from scoring.values import number, own_target, short, tidy, typed

_COST = re.compile(r"\s*(?:cost[oi]|spes[ae])\b", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Hit]:
    """Totals that name a card or a resource table, or that stand inside its lines; then the indicators of cost."""
    yield from _totals(facts)
    yield from _costs(facts)


def _totals(facts: Facts) -> Iterator[Hit]:
    for declared in facts.declared:
        if declared.kind != "resources" or declared.measure != "amount":
            continue
        stated = number(declared.value)
        computed = [(card, total) for card in facts.cards if (total := resources_sum(card, declared)) is not None]
        if stated is not None and len(computed) == 1 and computed[0][1] != stated:
            card, total = computed[0]
            yield hit(
                "resources",
                card=card,
                found=declared.value,
                expected=tidy(total),
                name=short(declared.name),
                stated=declared.value,
                total=tidy(total),
                page=declared.page,
                line=declared.line,
                key=f"{declared.name}",
            )


def _costs(facts: Facts) -> Iterator[Hit]:
    """An indicator of cost on a card whose resources carry no cost, where cards of its kind have them."""
    cards = [card for card in facts.of_kind("objective", "service") if card.status not in GONE]
    kinds = {card.kind for card in cards if _has_cost(card)}
    for card in cards:
        if card.kind not in kinds or _has_cost(card):
            continue
        for i, indicator in live_indicators(card):
            target = typed(own_target(card, indicator)[1])
            if indicator.kind == "costo" or (target.type == "money" and _COST.match(indicator.name or "")):
                yield hit(
                    f"indicators[{i}].name",
                    card=card,
                    level=None if card.resources else Level.WARNING,
                    variant="cost",
                    found="nessun costo nelle risorse",
                    expected="il costo nelle risorse della scheda",
                    name=short(indicator.name),
                )
                break


def _has_cost(card: Card) -> bool:
    return any(number(resource.cost) is not None for resource in card.resources)


RULE = Rule(
    code="STR008",
    level=Level.ERROR,
    document=check,
    title="Il totale delle risorse non torna",
    message="{name}: totale dichiarato {stated}, le righe sommano a {total}.",
    variants={"cost": "«{name}» misura un costo, ma le risorse della scheda non ne indicano nessuno."},
    why="Gli obiettivi sono correlati alla quantità delle risorse: il totale deve essere la somma delle sue righe.",
    fix="Correggi il totale o la riga sbagliata; scrivi tra le risorse il costo che l'indicatore misura.",
    basis=(WITH_RESOURCES, SUMS),
)
