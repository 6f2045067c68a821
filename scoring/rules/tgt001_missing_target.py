"""TGT001: an objective without indicators, or an indicator without a target."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import GONE, Card
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CYCLE, SHEET
from scoring.values import own_target, short, unset, year_of


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Weighted or dated phases are a measure of their own; "0" is a target, " " and "==" are not.

    In a report a sheet may leave its detail to another unit's sheet: there only empty targets are told."""
    if card.kind == "objective" and not card.indicators and not _measured_by_phases(card):
        if not facts.is_report and card.status not in GONE and not card.items:
            yield hit(
                "indicators", variant="none", found="nessun indicatore", expected="almeno un indicatore con il suo valore atteso"
            )
        return
    for i, indicator in live_indicators(card):
        key, target = own_target(card, indicator)
        if (target is None or unset(target)) and not _set_later(card, indicator.targets):
            at = f"indicators[{i}].targets" + (f".{key}" if key else "")
            yield hit(at, found=target or "vuoto", expected="un valore atteso", name=short(indicator.name or indicator.code))


def _measured_by_phases(card: Card) -> bool:
    return any((phase.weight or phase.end or phase.schedule or phase.due) for phase in card.phases)


def _set_later(card: Card, targets: dict[str, str]) -> bool:
    """A target set for another year, when the card's own is deliberately left open ("==")."""
    filled = [key for key, value in targets.items() if not unset(value)]
    return any(card.year is None or (year_of(key) or 0) >= card.year for key in filled)


RULE = Rule(
    code="TGT001",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service", "indicator"),
    title="Indicatore senza valore atteso",
    message="L'indicatore «{name}» non ha un valore atteso.",
    variants={"none": "L'obiettivo non ha indicatori, né fasi con peso o date: non c'è nulla con cui misurarlo."},
    why="Obiettivo, indicatore e valore atteso sono il minimo chiesto dal ciclo della performance: senza, il risultato "
    "non si misura.",
    fix="Indica il valore atteso e la data entro cui raggiungerlo; se è un dato di contesto, toglilo dagli indicatori.",
    basis=(CYCLE, SHEET),
)
