"""NRM003: no objective on simplification."""

from __future__ import annotations

from scoring.plan import theme_rule
from scoring.rule import Level
from scoring.rules._sources import PIAO, PIAO_CONTENT

RULE = theme_rule(
    "NRM003",
    "Semplificazione",
    what="la semplificazione delle procedure",
    words=r"\bsemplific|\breingegnerizz|\bsnelli|\briduzione\s+de[il]\w*\s+(?:tempi|adempimenti|oneri)|\btempi\s+(?:di|dei)\s+(?:conclusione|procediment)",
    level=Level.WARNING,
    since="2022-09-22",
    why="Il piano indica almeno gli obiettivi di semplificazione e le procedure da semplificare ogni anno.",
    fix="Aggiungi o segnala l'obiettivo che semplifica procedure, con i tempi prima e dopo.",
    basis=(
        PIAO_CONTENT,
        PIAO,
    ),
)
