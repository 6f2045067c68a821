"""NRM002: no training objective, or one below 40 hours a head from 2025 ("24 ore" is obsolete)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from scoring.facts import Facts, live_indicators
from scoring.parameters import amount
from scoring.plan import speaks_of, whole_plan
from scoring.rule import Hit, LegalBasis, Level, NotRun, Period, Rule, hit
from scoring.values import own_target, short, typed

_TRAINING = re.compile(r"\bformazion|\bformativ|\baggiornamento\s+professionale", re.IGNORECASE)
_HOURS = re.compile(
    r"\bore\b.*\b(?:pro\s?-?capite|per\s+(?:ogni\s+)?dipendente|a\s+testa|procapite)|\bore\s+(?:medie\s+)?di\s+formazione\s+(?:pro\s?-?capite|per\s+dipendente)",
    re.IGNORECASE,
)


def check(facts: Facts) -> Iterator[Hit]:
    """Targets in hours a head on any card; the absence of the theme in a whole plan only."""
    wanted = amount("training_hours", facts.document_year, 40)
    for card in facts.cards:
        for i, indicator in live_indicators(card) if not facts.is_report else ():
            key, target = own_target(card, indicator)
            hours = typed(target).number
            if (
                hours is not None
                and _TRAINING.search(indicator.name or "")
                and _HOURS.search(indicator.name or "")
                and hours < Decimal(wanted)
            ):
                yield hit(
                    f"indicators[{i}].targets.{key}",
                    card=card,
                    variant="few",
                    found=target,
                    expected=f"≥ {wanted} ore",
                    wanted=wanted,
                    since=facts.document_year or "oggi",
                    name=short(indicator.name),
                    target=target,
                )
    try:
        whole_plan(facts)
    except NotRun:
        return
    if not speaks_of(facts, _TRAINING):
        yield hit(found="nessun obiettivo", expected=f"la formazione di almeno {wanted} ore a testa")


RULE = Rule(
    code="NRM002",
    level=Level.WARNING,
    document=check,
    valid=Period("2025-01-14", None),
    title="Formazione di almeno 40 ore",
    message="Nessun obiettivo del piano riguarda la formazione del personale.",
    variants={"few": "«{name}»: {target} è meno delle {wanted} ore annue a testa chieste per il {since}."},
    why="La direttiva chiede dal 2025 non meno di 40 ore annue a testa e ne fa un obiettivo di ciascun dirigente o responsabile.",
    fix="Aggiungi l'obiettivo di formazione a ogni dirigente o responsabile, con almeno 40 ore a testa.",
    basis=(LegalBasis("Direttiva Min. PA 14 gennaio 2025", "", "directive", "S2"),),
)
