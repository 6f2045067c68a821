"""TGT009: the target of a year was lowered in a later plan, and is met only thanks to that."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.achievement import achieve
from scoring.facts import Facts, live_indicators
from scoring.polarity import way_of
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import demand
from scoring.rules._sources import CHANGES, IMPROVEMENT
from scoring.values import own_actual, plain, short, typed, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The year's target in each earlier plan, the card's own or the archive's, against the one in force."""
    year = str(card.year or facts.document_year or "")
    for i, indicator in live_indicators(card):
        plans = _plans(indicator, year, facts)
        actual = own_actual(card, indicator)[1]
        if len(plans) < 2 or actual is None or unset(actual):
            continue
        (_, now), way = plans[-1], way_of(indicator, facts.profile, plans[-1][1], strict=True)
        for plan, before in plans[:-1]:
            if demand(typed(now), typed(before), way) != -1:
                continue
            if _meets(now, actual, facts, way) and not _meets(before, actual, facts, way):
                yield hit(
                    f"indicators[{i}].{plans[-1][0]}",
                    found=f"{before} -> {now}; risultato {actual}",
                    expected=before,
                    name=short(indicator.name),
                    before=before,
                    plan=plan.removeprefix("targets_by_plan."),
                    now=now,
                    actual=actual,
                )
                break


def _plans(indicator: Indicator, year: str, facts: Facts) -> list[tuple[str, str]]:
    """(field or plan, target of the year) from the oldest plan; the last is the one in force."""
    earlier = facts.evidence.targets.get(plain(indicator.name), {}) if facts.evidence.targets else {}
    own = {f"targets_by_plan.{plan}": targets for plan, targets in sorted(indicator.targets_by_plan.items())}
    if not any(not unset(targets.get(year, "")) for targets in own.values()):
        own[f"targets.{year}"] = indicator.targets
    known = {plan.rpartition(".")[2] for plan in own}
    plans = [*((plan, targets) for plan, targets in sorted(earlier.items()) if plan not in known), *own.items()]
    return [(plan, targets[year]) for plan, targets in plans if not unset(targets.get(year, ""))]


def _meets(target: str, actual: str, facts: Facts, way: object) -> bool:
    return achieve(target, actual, facts.profile, "lower" if way == "lower" else "higher").met is True


RULE = Rule(
    code="TGT009",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Valore atteso abbassato e raggiunto solo per questo",
    message="«{name}»: nel piano {plan} era {before}, poi {now}; il risultato {actual} basta solo per il secondo.",
    why="Un valore atteso che segue il risultato non misura più nulla: una variazione va motivata con fatti imprevedibili.",
    fix="Spiega la variazione con il fatto, la data e l'atto, oppure misura il risultato sul valore atteso di prima.",
    basis=(CHANGES, IMPROVEMENT),
)
