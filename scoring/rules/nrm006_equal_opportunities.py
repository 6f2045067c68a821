"""NRM006: no objective on equal opportunities and gender balance."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scoring.facts import Facts
from scoring.rule import Hit, Level, Period, Rule, hit
from scoring.rules._plan import speaks_of, whole_plan
from scoring.rules._sources import PIAO, PIAO_CONTENT

_THEME = re.compile(
    r"\bpari\s+opportunit|\bdi\s+genere\b|\bparit[aà]\b|\bazioni\s+positive|\bconciliazione|\bcug\b|\bviolenza\b.*\bdonne\b|\bdonne\b",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Hit]:
    """One hit for a whole plan in which no card speaks of it."""
    whole_plan(facts)
    if not speaks_of(facts, _THEME):
        yield hit(
            found="nessun obiettivo",
            expected="le pari opportunità e l'equilibrio di genere",
            what="le pari opportunità e l'equilibrio di genere",
        )


RULE = Rule(
    code="NRM006",
    level=Level.WARNING,
    document=check,
    valid=Period("2022-09-22", None),
    title="Pari opportunità",
    message="Nessun obiettivo del piano riguarda {what}.",
    why="Il piano indica almeno gli obiettivi per favorire le pari opportunità e l'equilibrio di genere.",
    fix="Aggiungi o segnala l'obiettivo sulle pari opportunità, anche dal piano di azioni positive assorbito nel PIAO.",
    basis=(
        PIAO_CONTENT,
        PIAO,
    ),
)
