"""TMP003: a timetable row does not sum to 100 %, or its % at a checkpoint is not what its months give."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cards.model import GONE, Card, Phase
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import IN_TIME, SUMS
from scoring.values import tidy, weight

HUNDRED = Decimal(100)
_HALF = Decimal(1)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """All months and later years of a row make 100; up to a checkpoint, what it declares (to the unit, as it is printed)."""
    if card.status in GONE:
        return
    for i, phase in enumerate(card.phases):
        if not phase.schedule or phase.status in GONE:
            continue
        shares = {key: weight(value) for key, value in phase.schedule.items()}
        if any(share is None for share in shares.values()):
            continue
        total = sum((share for share in shares.values() if share), Decimal(0))
        number = phase.number or str(i + 1)
        if abs(total - HUNDRED) > facts.profile.weights.tolerance:
            yield hit(f"phases[{i}].schedule", found=tidy(total), expected="100", number=number, total=tidy(total))
        else:
            yield from _checkpoints(i, phase, number, shares)


def _checkpoints(i: int, phase: Phase, number: str, shares: dict[str, Decimal | None]) -> Iterator[Hit]:
    for day, declared in sorted(phase.due.items()):
        stated = weight(declared)
        reached = sum((share for key, share in shares.items() if share and key <= day[: len(key)]), Decimal(0))
        if stated is not None and abs(stated - reached) > _HALF:
            yield hit(
                f"phases[{i}].due.{day}",
                variant="due",
                found=declared,
                expected=tidy(reached),
                number=number,
                day=f"{day[8:]}/{day[5:7]}/{day[:4]}",
                stated=declared,
                reached=tidy(reached),
            )


RULE = Rule(
    code="TMP003",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="Cronoprogramma che non torna",
    message="Fase {number}: le percentuali del cronoprogramma sommano a {total}, non a 100.",
    variants={"due": "Fase {number}: al {day} è dichiarato {stated}, ma i mesi danno {reached}."},
    why="Lo stato di avanzamento alle date di verifica si legge dal cronoprogramma.",
    fix="Correggi le percentuali dei mesi o quella della data di verifica.",
    basis=(IN_TIME, SUMS),
)
