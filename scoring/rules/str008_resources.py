"""STR008: the total of the resources differs from its lines; a cost indicator with no cost in the resources."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cards.model import Card, DeclaredTotal
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SUMS, WITH_RESOURCES
from scoring.values import number, plain, short, tidy, unset


def check(facts: Facts) -> Iterator[Hit]:
    """Totals that name a card or a resource table, or that stand inside its lines."""
    for declared in facts.declared:
        if declared.kind != "resources" or declared.measure != "amount":
            continue
        stated = number(declared.value)
        computed = [(card, total) for card in facts.cards if (total := _sum(card, declared)) is not None]
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


def _sum(card: Card, declared: DeclaredTotal) -> Decimal | None:
    """The sum of the lines that a total covers: the whole card, or the lines that begin with the total's own number."""
    lines = [(resource.description or "", number(resource.cost)) for resource in card.resources if not unset(resource.cost or "")]
    if not lines or any(cost is None for _, cost in lines):
        return None
    if card.kind == "resource_table":
        return _part_of_table(card, declared, [(text, cost) for text, cost in lines if cost is not None])
    if plain(declared.name) != plain(card.title):
        return None
    return sum((cost for _, cost in lines if cost is not None), Decimal(0))


def _part_of_table(card: Card, declared: DeclaredTotal, lines: list[tuple[str, Decimal]]) -> Decimal | None:
    year = re.search(r"\b((?:19|20)\d{2})\b", declared.name)
    first, last = (card.source.lines[0], card.source.lines[-1]) if card.source.lines else (None, None)
    inside = first is None or last is None or declared.line is None or first <= declared.line <= last
    if not inside or (year and card.year is not None and int(year[1]) != card.year):
        return None
    if plain(declared.name).startswith("totale"):
        return sum((cost for _, cost in lines), Decimal(0))
    head = re.match(r"\s*(\d{1,2})\b", declared.name)
    own = [cost for text, cost in lines if head and re.match(rf"\s*{head[1]}\s*[.\-–)]", text)]
    return sum(own, Decimal(0)) if own else None


RULE = Rule(
    code="STR008",
    level=Level.ERROR,
    document=check,
    title="Il totale delle risorse non torna",
    message="{name}: totale dichiarato {stated}, le righe sommano a {total}.",
    why="Gli obiettivi sono correlati alla quantità delle risorse: il totale deve essere la somma delle sue righe.",
    fix="Correggi il totale o la riga sbagliata.",
    basis=(WITH_RESOURCES, SUMS),
)
