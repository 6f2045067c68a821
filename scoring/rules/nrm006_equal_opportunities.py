"""NRM006: no objective on equal opportunities and gender balance."""

from __future__ import annotations

from scoring.plan import theme_rule
from scoring.rule import Level
from scoring.rules._sources import PIAO, PIAO_CONTENT

RULE = theme_rule(
    "NRM006",
    "Pari opportunità",
    what="le pari opportunità e l'equilibrio di genere",
    words=r"\bpari\s+opportunit|\bdi\s+genere\b|\bparit[aà]\b|\bazioni\s+positive|\bconciliazione|\bcug\b|\bviolenza\b.*\bdonne\b|\bdonne\b",
    level=Level.WARNING,
    since="2022-09-22",
    why="Il piano indica almeno gli obiettivi per favorire le pari opportunità e l'equilibrio di genere.",
    fix="Aggiungi o segnala l'obiettivo sulle pari opportunità, anche dal piano di azioni positive assorbito nel PIAO.",
    basis=(
        PIAO_CONTENT,
        PIAO,
    ),
)
