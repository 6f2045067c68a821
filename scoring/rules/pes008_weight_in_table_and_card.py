"""PES008: the weight of an objective in the unit's table differs from the weight on its card."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Item
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._codes import card_codes, loose, own_numbering, split_codes
from scoring.rules._sources import CONSISTENT, SMVP
from scoring.values import plain, tidy, weight


def check(facts: Facts) -> Iterator[Hit]:
    """The table of the card's own unit decides; else, for a shared objective has a weight in each unit, any that lists it."""
    rows: dict[str, list[tuple[Card, Item]]] = {}
    for table in facts.of_kind("unit_summary"):
        for item in table.items:
            for code in split_codes(item.code):
                rows.setdefault(loose(code), []).append((table, item))
    for card in facts.of_kind("objective"):
        own = weight(card.weight)
        listed = [(pair, value) for pair in _rows_of(card, rows) if (value := weight(pair[1].weight)) is not None]
        if own is not None and listed and own not in {value for _, value in listed}:
            table, item = listed[0][0]
            yield hit(
                "weight",
                card=card,
                found=card.weight,
                expected=item.weight,
                code=card.code or card.title,
                own=card.weight,
                listed=" o ".join(sorted({f"{tidy(value)}%" for _, value in listed})),
                unit=table.unit or "",
            )


def _rows_of(card: Card, rows: dict[str, list[tuple[Card, Item]]]) -> list[tuple[Card, Item]]:
    """The rows of the tables with a code of the card, those of its own unit where there are any; a bare number only there."""
    found = [(code, pair) for code in card_codes(card) for pair in rows.get(loose(code), [])]
    own = [pair for _, pair in found if plain(pair[0].unit) == plain(card.unit)]
    return own or [pair for code, pair in found if not (own_numbering(code) and card.unit and pair[0].unit)]


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
