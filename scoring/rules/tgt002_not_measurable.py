"""TGT002: the target cannot be measured: free text, "Si/no", "Come da piano"; yes/no for an indicator that counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cards.model import Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SHEET, SPECIFIC
from scoring.values import own_target, short, typed, unset

_COUNTS = re.compile(
    r"\s*(?:n\.|nr\.?|n°|num\.|numero|quantità|%|percentuale|tasso|ore|giorni|importo|tempo\s+medio|costo)\s+(?:di\s+)?\w",
    re.IGNORECASE,
)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The target of the card's year only: a later year may still be rough."""
    for i, indicator in live_indicators(card):
        key, target = own_target(card, indicator)
        if target is None or unset(target):
            continue
        reading = typed(target)
        at = f"indicators[{i}].targets.{key}"
        values: dict[str, Any] = {"name": short(indicator.name), "text": short(target, 60)}
        if reading.type == "text" or (reading.type == "ambiguous" and not any(char.isdigit() for char in target)):
            yield hit(at, found=target, expected="un numero, una data, oppure un sì o un no", **values)
        elif reading.type == "boolean" and _COUNTS.match(indicator.name or ""):
            yield hit(at, found=target, expected="un numero", variant="count", **values)


RULE = Rule(
    code="TGT002",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Valore atteso non misurabile",
    message="Il valore atteso «{text}» dell'indicatore «{name}» non si può misurare.",
    variants={"count": "L'indicatore «{name}» conta qualcosa, ma il valore atteso è «{text}»: ci vuole un numero."},
    why="Gli obiettivi devono essere misurabili in termini concreti e chiari: contro un testo libero nessun risultato "
    "è vero o falso.",
    fix="Scrivi un numero con la sua unità o una data; se il risultato è un fatto, scrivi «Sì» e la data entro cui "
    "deve avvenire.",
    basis=(SPECIFIC, SHEET),
)
