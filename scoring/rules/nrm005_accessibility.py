"""NRM005: no objective on physical and digital accessibility."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, LegalBasis, Level, Period, Rule, hit
from scoring.rules._plan import speaks_of, whole_plan
from scoring.rules._sources import PIAO, PIAO_CONTENT

_THEME = re.compile(r"\baccessibil|\bbarriere\b|\bdisabil|\binclusion|\bpeba\b|\bultrasessantacinquenn", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for a whole plan in which no card speaks of it."""
    whole_plan(facts)
    if not speaks_of(facts, _THEME):
        yield hit(
            found="nessun obiettivo",
            expected="la piena accessibilità fisica e digitale",
            what="la piena accessibilità fisica e digitale",
        )


RULE = Rule(
    code="NRM005",
    level=Level.WARNING,
    document=check,
    valid=Period("2022-09-22", None),
    title="Accessibilità",
    message="Nessun obiettivo del piano riguarda {what}.",
    why="Il piano indica obiettivi e strumenti per la piena accessibilità, fisica e digitale, anche per le persone con "
    "disabilità.",
    fix="Aggiungi o segnala l'obiettivo sull'accessibilità e sull'inclusione.",
    basis=(
        PIAO_CONTENT,
        PIAO,
        LegalBasis("D.Lgs. 222/2023", "art. 4", "law", "S2"),
    ),
)
