"""RIS003: a declared total (objective, unit, strategic line, body) differs from the recomputed one."""

from __future__ import annotations

from collections.abc import Iterator

from cards.quantities import italian
from scoring.facts import Facts
from scoring.groups import groups
from scoring.nearest import same
from scoring.objectives import objective_method
from scoring.rollup import declared_percent, objective_total
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SMVP, SUMS
from scoring.values import number, weight


def check(facts: Facts) -> Iterator[Hit]:
    """Totals of groups, then of objectives whose indicators carry weights."""
    rounding = facts.profile.rounding
    for group in groups(facts, declared=True):
        declared, total = number(group.declared), group.total.value
        if (
            group.kind == "resources"
            or declared is None
            or total is None
            or same(declared, total, rounding.total, rounding.tolerance)
        ):
            continue
        if any(not part.counts and part.value is None and group.kind == "strategic_line" for part in group.total.parts):
            continue
        at = None if group.card is None else "totals.interim" if group.measure == "interim" else "totals.final"
        yield hit(
            at,
            card=group.card,
            found=group.declared,
            expected=italian(total, rounding.total),
            name=group.name,
            declared=group.declared,
            computed=italian(total, rounding.total),
            note=f" {group.note}" if group.note else "",
            page=group.page,
            line=group.line,
            key=f"{group.kind}|{group.name}|{group.measure}",
        )
    yield from _objectives(facts)


def _objectives(facts: Facts) -> Iterator[Hit]:
    profile = facts.profile
    if profile.rollup.objective != "weighted_mean":
        return
    for card in facts.of_kind("objective"):
        declared = declared_percent(card)
        if declared is None or not any(weight(indicator.weight) for indicator in card.indicators):
            continue
        total = objective_total(card, profile).value
        if total is None or same(declared, total, profile.rounding.total, profile.rounding.tolerance):
            continue
        method = objective_method(declared, card, profile)
        yield hit(
            "outcomes",
            card=card,
            found=italian(declared),
            expected=italian(total, profile.rounding.total),
            name=card.title or card.code,
            declared=italian(declared),
            computed=italian(total, profile.rounding.total),
            note=f" Il dichiarato {method}." if method else "",
        )


RULE = Rule(
    code="RIS003",
    level=Level.ERROR,
    document=check,
    title="Totale dichiarato diverso da quello ricalcolato",
    message="«{name}»: totale dichiarato {declared}, ricalcolato {computed}.{note}",
    why="Il totale è la cifra che si pubblica e su cui si paga: deve uscire dalle righe che lo compongono.",
    fix="Ricontrolla righe, pesi ed esclusioni e correggi il totale; se il metodo è un altro, scrivilo nel profilo.",
    basis=(SMVP, SUMS),
)
