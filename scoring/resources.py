"""Totals of resources: which lines a declared total covers, and their exact sum."""

from __future__ import annotations

import re
from decimal import Decimal

from cards.model import Card, DeclaredTotal
from scoring.values import number, plain, unset


def resources_sum(card: Card, declared: DeclaredTotal) -> Decimal | None:
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
