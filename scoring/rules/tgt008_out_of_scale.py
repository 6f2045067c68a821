"""TGT008: a share outside 0-100, a negative duration, a part larger than its whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CONSISTENT, SHEET
from scoring.values import plain, short, typed, unset

_SHARE = re.compile(r"^\s*(?:%|percentuale|quota|grado|tasso|incidenza)\b|^\s*%", re.IGNORECASE)
_GROWTH = re.compile(
    r"increment|ampliament|svilupp|espansion|variazion|aument|crescit|scostament|rispetto a|raggiungiment|"
    r"realizzat.*su.*programmat|recuper|copertur",
    re.IGNORECASE,
)
_RATIO_BY_100 = re.compile(r"/.*(?:\*|x)\s*100|\bsul?\s+total", re.IGNORECASE | re.DOTALL)

_HUNDRED = Decimal(100)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Targets, results, history. Growth and coverage may pass 100; a bare number counts as a share only under a *100 formula."""
    for i, indicator in live_indicators(card):
        for kind in ("targets", "actuals", "history"):
            for key, value in getattr(indicator, kind).items():
                wrong = None if unset(value) else _wrong(indicator, value)
                if wrong:
                    yield hit(
                        f"indicators[{i}].{kind}.{key}",
                        found=value,
                        expected=wrong[1],
                        name=short(indicator.name),
                        value=value,
                        why=wrong[0],
                    )


def _wrong(indicator: Indicator, text: str) -> tuple[str, str] | None:
    reading = typed(text)
    value = reading.number
    if reading.type == "duration" and value is not None and value < 0 and "pagament" not in plain(indicator.name):
        return "una durata non può essere negativa", "0 o più"
    if value is not None and not 0 <= value <= _HUNDRED and _is_share(indicator, reading.type):
        return "una quota sta tra 0 e 100", "da 0 a 100"
    pair = reading.ratio if reading.type == "ratio" else None
    if pair and re.search(r"\bsu\b", text, re.IGNORECASE) and pair[0] > pair[1]:
        return "la parte è più grande del tutto", f"al massimo {pair[1]}"
    return None


def _is_share(indicator: Indicator, kind: str) -> bool:
    if kind not in ("percent", "number"):
        return False
    formula = indicator.formula or ""
    by_formula = ("100" in formula or "total" in formula) and bool(_RATIO_BY_100.search(formula))
    if not by_formula and not (kind == "percent" and _SHARE.match(indicator.name or "")):
        return False
    return not _GROWTH.search(f"{indicator.name or ''} {formula}")


RULE = Rule(
    code="TGT008",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Valore fuori scala",
    message="«{name}»: {value} non è possibile, {why}.",
    why="Un valore fuori dalla sua scala mostra che il rapporto è capovolto, incompleto o calcolato su un'altra base.",
    fix="Controlla numeratore e denominatore; se l'indicatore è una variazione o un confronto, dillo nel nome.",
    basis=(SHEET, CONSISTENT),
)
