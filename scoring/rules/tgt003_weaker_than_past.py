"""TGT003: the target is weaker than the last actual value, or than the reference value, and the direction is known."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.polarity import way_of
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._demand import demand, first_target, last_known
from scoring.rules._sources import COMPARABLE, CYCLE, IMPROVEMENT
from scoring.values import plain, short, typed, unset


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The last year's value first; the reference value where the last year does not object."""
    for i, indicator in live_indicators(card):
        key, target = first_target(card, indicator)
        if key is None or target is None:
            continue
        way = way_of(indicator, facts.profile, target, strict=True)
        for label, value in _past(indicator, key, facts):
            if value is not None and demand(typed(target), typed(value), way) == -1:
                yield hit(
                    f"indicators[{i}].targets.{key}",
                    found=target,
                    expected=f"non peggio di {value} ({label})",
                    name=short(indicator.name),
                    target=target,
                    past=value,
                    label=label,
                )
                break


def _past(indicator: Indicator, key: str, facts: Facts) -> Iterator[tuple[str, str | None]]:
    when, value = last_known(indicator, key)
    yield f"risultato {when}", value
    series = facts.evidence.series.get(plain(indicator.name))
    if value is None and series:
        known = last_known(indicator.replace(history=dict(series)), key)
        yield f"risultato {known[0]} in archivio", known[1]
    if indicator.baseline is not None and not unset(indicator.baseline):
        yield "valore di riferimento", indicator.baseline


RULE = Rule(
    code="TGT003",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Valore atteso più debole di quanto già ottenuto",
    message="«{name}»: il valore atteso {target} è meno impegnativo di {past} ({label}).",
    why="Gli obiettivi tengono conto dei risultati dell'anno precedente e devono portare un miglioramento significativo.",
    fix="Alza il valore atteso, oppure scrivi il motivo per cui quest'anno si chiede meno (fatto, data, atto).",
    basis=(IMPROVEMENT, CYCLE, COMPARABLE),
)
