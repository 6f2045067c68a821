"""TGT004: the target equals the last value or the baseline, and nothing says that keeping it is the aim."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import demand, first_target, last_known
from scoring.rules._sources import COMPARABLE, IMPROVEMENT
from scoring.values import short, typed, unset

_KEPT = re.compile(r"\bmanten|\bconferma|\bconsolida|\bstabil|\bgarant", re.IGNORECASE)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Numbers only; a full 100 %, a zero and a yes leave no room above them."""
    for i, indicator in live_indicators(card):
        key, target = first_target(card, indicator)
        if key is None or target is None or _meant_to_keep(card, indicator):
            continue
        wanted = typed(target)
        if (
            wanted.number is None
            or wanted.comparator is not None
            or wanted.number == 0
            or (wanted.unit == "%" and wanted.number == 100)
        ):
            continue
        when, value = last_known(indicator, key)
        label = f"risultato {when}"
        if value is None and indicator.baseline and not unset(indicator.baseline):
            value, label = indicator.baseline, "valore di partenza"
        if value is not None and demand(wanted, typed(value), None) == 0:
            yield hit(
                f"indicators[{i}].targets.{key}",
                found=target,
                expected="un miglioramento, o il motivo del mantenimento",
                name=short(indicator.name),
                target=target,
                label=label,
                past=value,
            )


def _meant_to_keep(card: Card, indicator: Indicator) -> bool:
    texts = (indicator.name, indicator.note, indicator.purpose, card.title, card.purpose, card.operational_objective)
    return any(text and _KEPT.search(text) for text in texts)


RULE = Rule(
    code="TGT004",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Valore atteso già raggiunto",
    message="«{name}»: il valore atteso {target} è uguale al {label} ({past}).",
    why="Un valore che c'è già non porta un miglioramento: se lo scopo è mantenerlo, va detto e motivato.",
    fix="Proponi un valore migliore, oppure scrivi che l'obiettivo è il mantenimento e perché.",
    basis=(IMPROVEMENT, COMPARABLE),
)
