"""NRM004: no objective on digitalisation."""

from __future__ import annotations

from scoring.plan import theme_rule
from scoring.rule import Level
from scoring.rules._sources import PIAO, PIAO_CONTENT

RULE = theme_rule(
    "NRM004",
    "Digitalizzazione",
    what="la digitalizzazione dei servizi",
    words=r"\bdigital|\bon\s?-?line\b|\bspid\b|\bpagopa\b|\bapp\s+io\b|\binformatizz|\btelematic|\bdematerializz|\bcloud\b|\binteroperab",
    level=Level.WARNING,
    since="2022-09-22",
    why="Il piano indica almeno gli obiettivi di digitalizzazione dell'amministrazione.",
    fix="Aggiungi o segnala l'obiettivo sui servizi digitali, coerente con il piano triennale per l'informatica.",
    basis=(
        PIAO_CONTENT,
        PIAO,
    ),
)
