"""NRM005: no objective on physical and digital accessibility."""

from __future__ import annotations

from scoring.plan import theme_rule
from scoring.rule import LegalBasis, Level
from scoring.rules._sources import PIAO, PIAO_CONTENT

RULE = theme_rule(
    "NRM005",
    "Accessibilità",
    what="la piena accessibilità fisica e digitale",
    words=r"\baccessibil|\bbarriere\b|\bdisabil|\binclusion|\bpeba\b|\bultrasessantacinquenn",
    level=Level.WARNING,
    since="2022-09-22",
    why="Il piano indica obiettivi e strumenti per la piena accessibilità, fisica e digitale, anche per le persone con "
    "disabilità.",
    fix="Aggiungi o segnala l'obiettivo sull'accessibilità e sull'inclusione.",
    basis=(
        PIAO_CONTENT,
        PIAO,
        LegalBasis("D.Lgs. 222/2023", "art. 4", "law", "S2"),
    ),
)
