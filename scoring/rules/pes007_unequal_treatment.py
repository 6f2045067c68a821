"""PES007: an indicator with a weight scored 0, while a like case in the same document was neutralised."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, VALIDATION
from scoring.values import number, own_actual, short, typed, unset, weight


def check(facts: Facts) -> Iterator[Hit]:
    """Both are results of zero against a target above it; one lost its weight with a note, the other kept it without one."""
    kept, neutralised = [], []
    for card in facts.of_kind("objective", "service"):
        for i, indicator in live_indicators(card):
            if not _scored_zero(card, indicator):
                continue
            points = weight(indicator.weight)
            if points == 0 and not unset(indicator.note or ""):
                neutralised.append(indicator)
            elif points is not None and points > 0 and unset(indicator.note or ""):
                kept.append((card, i, indicator))
    for card, i, indicator in kept if neutralised else ():
        yield hit(
            f"indicators[{i}].weight",
            card=card,
            found=f"peso {indicator.weight}, risultato 0, nessuna nota",
            expected="lo stesso trattamento degli indicatori neutralizzati",
            name=short(indicator.name),
            weight=indicator.weight,
            twin=short(neutralised[0].name),
        )


def _scored_zero(card: Card, indicator: Indicator) -> bool:
    actual = typed(own_actual(card, indicator)[1])
    return number(indicator.achievement) == 0 and actual.number == 0


RULE = Rule(
    code="PES007",
    level=Level.ERROR,
    document=check,
    title="Due casi uguali trattati in modo diverso",
    message="«{name}» vale 0 con peso {weight} e senza nota, mentre «{twin}», anch'esso non realizzato, è stato "
    "neutralizzato (peso 0).",
    why="Togliere dal calcolo un indicatore e non un altro nello stesso caso cambia i risultati di chi ne risponde.",
    fix="Tratta i due casi allo stesso modo: neutralizza con fatto, atto e assenso dell'OIV, oppure lascia il peso a entrambi.",
    basis=(CHANGES, VALIDATION),
)
