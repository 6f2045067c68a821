"""PES008: the weight of an objective in the unit's table differs from the weight on its card."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card, Item
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, SMVP
from scoring.values import tidy, weight


def check(facts: Facts) -> Iterator[Hit]:
    """A shared objective has a weight in each unit: the card's must be one of them."""
    rows: dict[str, list[tuple[Card, Item]]] = {}
    for table in facts.of_kind("unit_summary"):
        for item in table.items:
            for code in codes(item.code):
                rows.setdefault(code, []).append((table, item))
    for card in facts.of_kind("objective"):
        own = weight(card.weight)
        found = [pair for code in codes(card.code) for pair in rows.get(code, [])]
        stated = {value for _, item in found if (value := weight(item.weight)) is not None}
        if own is not None and stated and own not in stated:
            table, item = found[0]
            yield hit(
                "weight",
                card=card,
                found=card.weight,
                expected=item.weight,
                code=card.code or card.title,
                own=card.weight,
                listed=" o ".join(sorted(f"{tidy(value)}%" for value in stated)),
                unit=table.unit or "",
            )


def codes(text: str | None) -> list[str]:
    """The codes of a shared objective: "DG.00004 / S4.00002" has two; zeros inside are not compared."""
    return [re.sub(r"(?<=\D)0+", "", part.strip().upper()) for part in (text or "").split("/") if part.strip()]


RULE = Rule(
    code="PES008",
    level=Level.ERROR,
    document=check,
    title="Peso diverso tra tabella e scheda",
    message="{code}: la scheda dice {own}, la tabella dell'unità {unit} dice {listed}.",
    why="Il totale dell'unità si calcola con i pesi della tabella, il responsabile legge quelli della scheda: devono coincidere.",
    fix="Verifica quale peso è stato approvato e correggi l'altro.",
    basis=(SMVP, CONSISTENT),
)
