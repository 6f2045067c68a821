"""TMP004: a phase without a timetable row while the others have one, a row without a phase, two phases under one number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cards.model import GONE, Card, Phase
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import IN_TIME
from scoring.values import short, weight


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """A phase with the number of another is told once; its missing row is then the same fault."""
    if card.status in GONE:
        return
    active = [(i, phase) for i, phase in enumerate(card.phases) if phase.status not in GONE]
    counted = Counter(phase.number for _, phase in active if phase.number)
    for number, times in sorted(counted.items()):
        if times > 1:
            same = [(i, phase) for i, phase in active if phase.number == number]
            yield hit(
                f"phases[{same[1][0]}].number",
                found=f"{times} fasi con il numero {number}",
                expected="un numero per fase",
                number=number,
                times=times,
                one=short(same[0][1].text, 50),
                two=short(same[1][1].text, 50),
            )
    for i, phase in active:
        if not (phase.text or "").strip() and any(weight(share) for share in phase.schedule.values()):
            yield hit(
                f"phases[{i}].text",
                variant="orphan",
                found="una riga di cronoprogramma senza fase",
                expected="la fase a cui si riferisce",
                number=phase.number or str(i + 1),
            )
    if sum(1 for _, phase in active if _timed(phase)) < 2:
        return
    for i, phase in active:
        if not _timed(phase) and phase.number != "0" and not (phase.number and counted[phase.number] > 1) and phase.text:
            yield hit(
                f"phases[{i}].schedule",
                level=Level.WARNING,
                variant="row",
                found="nessuna riga",
                expected="una riga di cronoprogramma",
                number=phase.number or str(i + 1),
                one=short(phase.text, 60),
            )


def _timed(phase: Phase) -> bool:
    return bool(phase.schedule or phase.due or phase.start or phase.end)


RULE = Rule(
    code="TMP004",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="Fasi e cronoprogramma non corrispondono",
    message="{times} fasi attive hanno il numero {number} («{one}» e «{two}»).",
    variants={
        "row": "La fase {number} («{one}») non ha una riga di cronoprogramma, le altre sì.",
        "orphan": "La riga {number} del cronoprogramma non corrisponde a nessuna fase.",
    },
    why="Il cronoprogramma rimanda alle fasi con il numero: se il numero è doppio o manca la riga, non si sa che cosa "
    "è in ritardo.",
    fix="Dai a ogni fase attiva un numero proprio e una riga di cronoprogramma; togli la fase sostituita.",
    basis=(IN_TIME,),
)
