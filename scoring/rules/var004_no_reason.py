"""VAR004: a request without *motivazione*, or with one that only repeats the request."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, VALIDATION
from scoring.rules._text import alike
from scoring.values import plain, short, unset

_SHORTEST = 2


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """One hit for each request of the card."""
    for i, variation in enumerate(card.variations):
        reason = variation.reason or ""
        what = short(variation.old or variation.new or variation.name or variation.object, 80)
        if unset(reason) or len(plain(reason).split()) < _SHORTEST:
            yield hit(f"variations[{i}].reason", found=reason or "vuota", expected="una motivazione", what=what)
        elif any(text and alike(reason, text) for text in (variation.old, variation.new)):
            yield hit(
                f"variations[{i}].reason",
                variant="repeats",
                found=short(reason),
                expected="un fatto, una data, un atto",
                what=what,
            )


RULE = Rule(
    code="VAR004",
    level=Level.ERROR,
    card=check,
    title="Variazione senza motivazione",
    message="La richiesta su «{what}» non ha una motivazione.",
    variants={"repeats": "La motivazione della richiesta su «{what}» ripete la richiesta."},
    why="Le variazioni dell'anno entrano nella relazione e l'OIV le valuta: serve il fatto che le rende necessarie.",
    fix="Scrivi che cosa è successo, quando, con quale atto, e perché l'obiettivo non si può lasciare com'era.",
    basis=(CHANGES, VALIDATION),
)
