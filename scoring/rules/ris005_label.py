"""RIS005: the outcome label or the ticked box contradicts the percentage."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cards.model import Card, Outcome
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, SMVP
from scoring.values import number, plain

HUNDRED = Decimal(100)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """By the profile's bands; without them only what no scale allows: 100 % called less than reached, 0 % called reached."""
    for at, outcome in _outcomes(card):
        percent, label = number(outcome.percent), plain(outcome.label)
        if percent is None or not label or label in {plain(word) for word in facts.profile.weights.excluded_outcomes}:
            continue
        expected = _expected(percent, label, facts)
        if expected:
            yield hit(
                at,
                found=f"{outcome.label}, {outcome.percent}",
                expected=expected,
                label=outcome.label,
                percent=outcome.percent,
                wanted=expected,
            )


def _outcomes(card: Card) -> Iterable[tuple[str, Outcome]]:
    yield from ((f"outcomes[{i}]", outcome) for i, outcome in enumerate(card.outcomes))
    for i, item in enumerate(card.items):
        yield from ((f"items[{i}].outcomes[{k}]", outcome) for k, outcome in enumerate(item.outcomes))


def _expected(percent: Decimal, label: str, facts: Facts) -> str | None:
    bands = facts.profile.bands
    own = next((band for band in bands if label in {plain(word) for word in band.labels}), None)
    if own is not None:
        right = next((band for band in bands if band.holds(percent)), None)
        return None if own.holds(percent) or right is None else right.labels[0]
    partly = "parzial" in label or "in parte" in label
    missed = label.startswith(("non raggiunto", "non in linea", "non conseguito"))
    reached = label.startswith(("raggiunto", "conseguito", "in linea")) and not partly
    if percent >= HUNDRED and (partly or label.startswith(("non raggiunto", "non conseguito"))):
        return "Raggiunto"
    if percent == 0 and (reached or partly):
        return "Non raggiunto"
    return "Parzialmente raggiunto" if missed and label.startswith("non raggiunto") and percent > 50 else None


RULE = Rule(
    code="RIS005",
    level=Level.ERROR,
    card=check,
    title="L'esito non corrisponde alla percentuale",
    message="L'esito «{label}» non va con {percent}: sarebbe «{wanted}».",
    why="L'esito e la percentuale dicono la stessa cosa due volte: se si contraddicono, uno dei due è sbagliato.",
    fix="Correggi l'esito o la percentuale; le fasce dello SMVP si scrivono nel profilo.",
    basis=(SMVP, CONSISTENT),
)
