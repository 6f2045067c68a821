"""TGT014: a three-year target that never moves, or that moves against the declared purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.polarity import Way, way_of
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import IMPROVEMENT
from scoring.values import plain, short, typed, unset, year_of

_LESS = re.compile(r"\b(?:ridur|riduz|diminu|limitar|conten|evitar|domicili|prevenir|contrast|alternativ)")
_UNWANTED = re.compile(
    r"\b(?:residenzial|istituzionalizz|ricover|inseriment[io] in struttur|allontanament|fuori famiglia|sfratt|abbandon)"
)
_KEPT = re.compile(r"\bmanten|\bconferm|\bgarant|\bassicur|\bconsolid|\bcostant", re.IGNORECASE)
_YEARS = 3


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Three years or more of plain numbers. A series against its purpose is told alone; flat ones once for the card."""
    flat, moving = [], 0
    for i, indicator in live_indicators(card):
        values = _series(card, indicator)
        if len(values) < _YEARS:
            continue
        numbers = [value for _, value in values]
        text = " - ".join(indicator.targets[key] for key, _ in values)
        way = way_of(indicator, facts.profile, indicator.targets[values[0][0]], strict=True)
        if _moves_against(card, indicator, numbers, way):
            yield hit(
                f"indicators[{i}].targets",
                variant="against",
                found=text,
                expected="valori che vanno nel verso dello scopo",
                name=short(indicator.name),
                values=text,
            )
        elif len(set(numbers)) == 1 and _could_move(card, indicator, numbers[0], indicator.targets[values[0][0]]):
            flat.append((i, text))
        else:
            moving += 1
    if flat and len(flat) > moving:
        i, text = flat[0]
        yield hit(
            f"indicators[{i}].targets",
            level=Level.ADVICE,
            variant="one" if len(flat) == 1 else None,
            found=text,
            expected="valori che migliorano, o il motivo",
            count=len(flat),
            name=short(card.indicators[i].name),
            values=text,
        )


def _series(card: Card, indicator: Indicator) -> list[tuple[str, Decimal]]:
    dated = sorted((year_of(key) or 0, key) for key, value in indicator.targets.items() if not unset(value))
    readings = [(key, typed(indicator.targets[key]).number) for year, key in dated if year]
    return (
        [(key, value) for key, value in readings if value is not None] if all(value is not None for _, value in readings) else []
    )


def _moves_against(card: Card, indicator: Indicator, numbers: list[Decimal], way: Way | None) -> bool:
    rising = all(a <= b for a, b in zip(numbers, numbers[1:], strict=False)) and numbers[0] < numbers[-1]
    falling = all(a >= b for a, b in zip(numbers, numbers[1:], strict=False)) and numbers[0] > numbers[-1]
    if (rising and way == "lower") or (falling and way == "higher"):
        return True
    purpose = plain(
        " ".join(text for text in (card.purpose, card.operational_objective, card.strategic_objective, indicator.purpose) if text)
    )
    return rising and bool(_UNWANTED.search(plain(indicator.name))) and bool(_LESS.search(purpose))


def _could_move(card: Card, indicator: Indicator, value: Decimal, text: str) -> bool:
    if value == 0 or (typed(text).type == "percent" and value >= 100):
        return False
    words = (indicator.name, indicator.note, indicator.purpose, card.title, card.purpose, card.operational_objective)
    return not any(word and _KEPT.search(word) for word in words)


RULE = Rule(
    code="TGT014",
    level=Level.WARNING,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Valori attesi del triennio fermi o contrari allo scopo",
    message="Valori attesi fermi per tutto il triennio: {count} indicatori, a cominciare da «{name}» ({values}).",
    variants={
        "one": "«{name}»: il valore atteso resta fermo per tutto il triennio ({values}).",
        "against": "«{name}»: i valori attesi ({values}) vanno nel verso opposto a quello dello scopo.",
    },
    why="La programmazione è triennale e chiede un miglioramento: una serie ferma o contraria va spiegata.",
    fix="Gradua i valori attesi nei tre anni o spiega perché devono restare uguali.",
    basis=(IMPROVEMENT,),
)
