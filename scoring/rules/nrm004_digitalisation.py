"""NRM004: no objective on digitalisation."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, Level, Period, Rule, hit
from scoring.rules._plan import speaks_of, whole_plan
from scoring.rules._sources import PIAO, PIAO_CONTENT

_THEME = re.compile(
    r"\bdigital|\bon\s?-?line\b|\bspid\b|\bpagopa\b|\bapp\s+io\b|\binformatizz|\btelematic|\bdematerializz|\bcloud\b|\binteroperab",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for a whole plan in which no card speaks of it."""
    whole_plan(facts)
    if not speaks_of(facts, _THEME):
        yield hit(found="nessun obiettivo", expected="la digitalizzazione dei servizi", what="la digitalizzazione dei servizi")


RULE = Rule(
    code="NRM004",
    level=Level.WARNING,
    document=check,
    valid=Period("2022-09-22", None),
    title="Digitalizzazione",
    message="Nessun obiettivo del piano riguarda {what}.",
    why="Il piano indica almeno gli obiettivi di digitalizzazione dell'amministrazione.",
    fix="Aggiungi o segnala l'obiettivo sui servizi digitali, coerente con il piano triennale per l'informatica.",
    basis=(
        PIAO_CONTENT,
        PIAO,
    ),
)
