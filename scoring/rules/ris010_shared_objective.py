"""RIS010: the same shared objective has different results in different units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cards.model import Card, Item
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, VALIDATION
from scoring.values import number, short, tidy


def check(facts: Facts) -> Iterator[Hit]:
    """Rows of the units' tables with one code: those whose final result is not the commonest one."""
    rows: dict[str, list[tuple[Card, int, Item]]] = {}
    for card in facts.of_kind("unit_summary"):
        for i, item in enumerate(card.items):
            if item.code and item.outcomes and number(item.outcomes[-1].percent) is not None:
                rows.setdefault(item.code.strip().upper(), []).append((card, i, item))
    for code, found in sorted(rows.items()):
        values = Counter(number(item.outcomes[-1].percent) for _, _, item in found)
        if len(values) < 2:
            continue
        common = max(values, key=lambda value: (values[value], value or 0))
        for card, i, item in found:
            value = number(item.outcomes[-1].percent)
            if value is not None and common is not None and value != common:
                others = ", ".join(
                    sorted({short(other.unit, 40) for other, _, it in found if number(it.outcomes[-1].percent) == common})
                )
                yield hit(
                    f"items[{i}].outcomes",
                    card=card,
                    found=f"{tidy(value)}%",
                    expected=f"{tidy(common)}%",
                    code=code,
                    value=tidy(value),
                    unit=card.unit or "",
                    common=tidy(common),
                    others=short(others, 120),
                )


RULE = Rule(
    code="RIS010",
    level=Level.ERROR,
    document=check,
    title="Obiettivo condiviso con risultati diversi",
    message="{code}: {value}% per {unit}, {common}% per {others}.",
    why="Un obiettivo condiviso è uno solo: lo stesso risultato deve valere per tutte le unità, salvo che la scheda "
    "dica la parte di ciascuna.",
    fix="Usa lo stesso risultato, o scrivi nella scheda quale parte risponde a ciascuna unità.",
    basis=(VALIDATION, CONSISTENT),
)
