"""NRM007: no objective linked to section 2.3 (corruption risks and transparency)."""

from __future__ import annotations

from scoring.plan import theme_rule
from scoring.rule import LegalBasis, Level

RULE = theme_rule(
    "NRM007",
    "Collegamento con la 2.3",
    what="la prevenzione della corruzione e la trasparenza",
    words=r"\banti\s?corruzione|\bcorruzion|\bcorruttiv|\btrasparen[tz]|\bptpct?\b|\blegalit",
    level=Level.WARNING,
    since="2016-06-23",
    why="Gli obiettivi strategici in materia di anticorruzione e trasparenza sono contenuto necessario dei documenti "
    "di programmazione.",
    fix="Collega almeno un obiettivo della 2.2 alle misure della sezione 2.3.",
    basis=(
        LegalBasis("L. 190/2012", "art. 1, c. 8", "law", "M"),
        LegalBasis("D.Lgs. 33/2013", "art. 10, c. 3", "law", "S2"),
    ),
)
