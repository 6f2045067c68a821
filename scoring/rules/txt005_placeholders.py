"""TXT005: a placeholder such as [VERIFICARE] left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import PLAIN_WORDS, SPECIFIC

_PLACEHOLDER = re.compile(
    r"\[\s*(?:verificare|da verificare|completare|da completare|inserire|da inserire|compilare|todo|xxx+|\.{3,}|…)[^\]]*\]"
    r"|\bXXXX+\b|\bTODO\b|<inserire[^>]*>|\?\?\?+",
    re.IGNORECASE,
)

_MARKS = re.compile(r"[\[<?X]|TODO", re.IGNORECASE)

_CARD = (
    "title",
    "purpose",
    "description",
    "responsible",
    "manager",
    "unit",
    "horizon",
    "start",
    "end",
    "mission",
    "programme",
    "strategic_objective",
    "operational_objective",
    "weight",
)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Every text of the card, by its path; most cards have no mark anywhere, and are seen at once."""
    if not _MARKS.search(_all(card)):
        return
    for at, text in _texts(card):
        match = _PLACEHOLDER.search(text) if text and _MARKS.search(text) else None
        if match:
            yield hit(at, found=match[0], expected="il testo definitivo", text=match[0])


def _all(card: Card) -> str:
    """The same texts in one."""
    found: list[str | None] = [getattr(card, name) for name in _CARD]
    for phase in card.phases:
        found += (phase.text, phase.weight, phase.start, phase.end, phase.assigned_to)
    for one in card.indicators:
        found += (one.name, one.formula, one.unit, one.baseline, one.weight, one.note, one.purpose)
        found += (*one.targets.values(), *one.actuals.values(), *one.history.values())
    for variation in card.variations:
        found += (variation.old, variation.new, variation.reason)
    return "\n".join(filter(None, found))


def _texts(card: Card) -> Iterator[tuple[str, str | None]]:
    for name in _CARD:
        yield name, getattr(card, name)
    for i, phase in enumerate(card.phases):
        for name in ("text", "weight", "start", "end", "assigned_to"):
            yield f"phases[{i}].{name}", getattr(phase, name)
    for i, indicator in enumerate(card.indicators):
        for name in ("name", "formula", "unit", "baseline", "weight", "note", "purpose"):
            yield f"indicators[{i}].{name}", getattr(indicator, name)
        for kind in ("targets", "actuals", "history"):
            yield from ((f"indicators[{i}].{kind}.{key}", value) for key, value in getattr(indicator, kind).items())
    for i, variation in enumerate(card.variations):
        for name in ("old", "new", "reason"):
            yield f"variations[{i}].{name}", getattr(variation, name)


RULE = Rule(
    code="TXT005",
    level=Level.ERROR,
    card=check,
    title="Parte ancora da scrivere",
    message="C'è ancora una parte da scrivere: {text}.",
    why="Un segno come questo dice che un dato manca o non è stato verificato: in un atto approvato è un vuoto.",
    fix="Scrivi il dato definitivo al posto del segno, o togli la frase.",
    basis=(SPECIFIC, PLAIN_WORDS),
)
