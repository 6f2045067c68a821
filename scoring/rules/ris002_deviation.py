"""RIS002: the declared deviation differs from actual minus target (the other sign where lower is better)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cards.model import Card
from cards.quantities import Target
from scoring.achievement import comparable
from scoring.facts import Facts, live_indicators
from scoring.polarity import way_of
from scoring.rule import Hit, LegalBasis, Level, Rule, hit
from scoring.rules._sources import REPORT, SUMS
from scoring.values import number, own_actual, own_target, short, tidy, typed


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The plain difference, its opposite where lower may be better, or the difference in per cent of the target."""
    for i, indicator in live_indicators(card):
        declared = number(indicator.deviation)
        target, actual = own_target(card, indicator)[1], own_actual(card, indicator)[1]
        if declared is None or target is None or actual is None:
            continue
        pair = _pair(typed(target), typed(actual))
        if pair is None:
            continue
        gap = pair[1] - pair[0]
        allowed = {gap}
        if way_of(indicator, facts.profile, target) != "higher" or typed(target).comparator is None:
            allowed.add(-gap)
        if declared not in allowed and not _in_percent(declared, gap, pair[0]):
            yield hit(
                f"indicators[{i}].deviation",
                found=indicator.deviation,
                expected=tidy(gap),
                name=short(indicator.name),
                declared=indicator.deviation,
                gap=tidy(gap),
                target=target,
                actual=actual,
            )


def _pair(wanted: Target, got: Target) -> tuple[Decimal, Decimal] | None:
    if wanted.type == "compound" or got.type == "compound" or got.comparator is not None:
        return None
    t, r = comparable(wanted, got)
    return (t, r) if t is not None and r is not None and wanted.type != "duration" else None


def _in_percent(declared: Decimal, gap: Decimal, target: Decimal) -> bool:
    """A deviation in per cent of the target, at the decimals printed; never the reading of a deviation of zero."""
    if target == 0 or gap == 0:
        return False
    exponent = declared.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return abs(abs(gap / target * 100) - abs(declared)) <= Decimal(1).scaleb(-places) / 2


RULE = Rule(
    code="RIS002",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Scostamento che non torna",
    message="«{name}»: scostamento dichiarato {declared}, ma {actual} meno {target} fa {gap}.",
    why="Lo scostamento è la differenza tra consuntivo e valore atteso: la relazione deve rilevarlo giusto.",
    fix="Correggi lo scostamento o il dato sbagliato tra atteso e consuntivo.",
    basis=(REPORT, LegalBasis("Linee guida DFP n. 2/2017", "scostamento = consuntivo meno programmato", "method"), SUMS),
)
