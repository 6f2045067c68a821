"""NRM003: no objective on simplification."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, Level, Period, Rule, hit
from scoring.rules._plan import speaks_of, whole_plan
from scoring.rules._sources import PIAO, PIAO_CONTENT

_THEME = re.compile(
    r"\bsemplific|\breingegnerizz|\bsnelli|\briduzione\s+de[il]\w*\s+(?:tempi|adempimenti|oneri)|\btempi\s+(?:di|dei)\s+(?:conclusione|procediment)",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for a whole plan in which no card speaks of it."""
    whole_plan(facts)
    if not speaks_of(facts, _THEME):
        yield hit(
            found="nessun obiettivo", expected="la semplificazione delle procedure", what="la semplificazione delle procedure"
        )


RULE = Rule(
    code="NRM003",
    level=Level.WARNING,
    document=check,
    valid=Period("2022-09-22", None),
    title="Semplificazione",
    message="Nessun obiettivo del piano riguarda {what}.",
    why="Il piano indica almeno gli obiettivi di semplificazione e le procedure da semplificare ogni anno.",
    fix="Aggiungi o segnala l'obiettivo che semplifica procedure, con i tempi prima e dopo.",
    basis=(
        PIAO_CONTENT,
        PIAO,
    ),
)
