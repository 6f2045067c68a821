"""NRM007: no objective linked to section 2.3 (corruption risks and transparency)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, LegalBasis, Level, Period, Rule, hit
from scoring.rules._plan import speaks_of, whole_plan

_THEME = re.compile(r"\banti\s?corruzione|\bcorruzion|\bcorruttiv|\btrasparenza|\bptpct?\b|\blegalit", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for a whole plan in which no card speaks of it."""
    whole_plan(facts)
    if not speaks_of(facts, _THEME):
        yield hit(
            found="nessun obiettivo",
            expected="la prevenzione della corruzione e la trasparenza",
            what="la prevenzione della corruzione e la trasparenza",
        )


RULE = Rule(
    code="NRM007",
    level=Level.WARNING,
    document=check,
    valid=Period("2016-06-23", None),
    title="Collegamento con la 2.3",
    message="Nessun obiettivo del piano riguarda {what}.",
    why="Gli obiettivi strategici in materia di anticorruzione e trasparenza sono contenuto necessario dei documenti "
    "di programmazione.",
    fix="Collega almeno un obiettivo della 2.2 alle misure della sezione 2.3.",
    basis=(
        LegalBasis("L. 190/2012", "art. 1, c. 8", "law", "M"),
        LegalBasis("D.Lgs. 33/2013", "art. 10, c. 3", "law", "S2"),
    ),
)
