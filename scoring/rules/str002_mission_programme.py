"""STR002: the mission/programme pair does not exist; an unknown pair in a known mission is a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from scoring.facts import Facts
from scoring.missions import mission_names, missions
from scoring.rule import Hit, Level, Period, Rule, hit
from scoring.rules._sources import BUDGET, PEG


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Codes only: names are written in many ways."""
    mission, programme = _code(card.mission), _code(card.programme)
    if mission is None:
        return
    known = missions().get(mission)
    if known is None:
        yield hit("mission", found=card.mission, expected="una missione da 01 a 20, 50, 60 o 99", mission=card.mission)
    elif programme is not None and programme not in known:
        yield hit(
            "programme",
            level=Level.WARNING,
            variant="pair",
            found=f"{mission}.{programme}",
            expected=", ".join(sorted(known)),
            mission=mission,
            name=mission_names()[mission],
            programme=programme,
        )


def _code(text: str | None) -> str | None:
    match = re.fullmatch(r"\s*(\d{1,2})\s*", text or "")
    return match[1].zfill(2) if match else None


RULE = Rule(
    code="STR002",
    level=Level.ERROR,
    card=check,
    valid=Period("2015-01-01", None),
    title="Missione o programma inesistente",
    message="La missione {mission} non esiste.",
    variants={"pair": "Nella missione {mission} ({name}) il programma {programme} non risulta nell'elenco."},
    why="Gli obiettivi si collegano alle risorse con la missione e il programma del bilancio.",
    fix="Controlla i codici sull'allegato 14 al D.Lgs. 118/2011 in vigore per l'anno.",
    basis=(BUDGET, PEG),
)
