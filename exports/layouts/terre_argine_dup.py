"""Coded indicators of the operational section of a DUP: the strategic path, then one row for each plan of each indicator."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cards.model import Card, Indicator
from exports.layouts.common import masthead, year_of
from exports.layouts.neutro import card_items
from exports.sheet import Grid, Heading, Item, Line, Sheet, cells, clean

KINDS = frozenset({"indicator", "objective"})
HEAD = (
    "codice indicatore",
    "indicatore",
    "Assessore di riferimento",
    "Dirigente di riferimento",
    "valore di riferimento",
    "Anno DUP/SEO",
    "Stato av infrannuale",
    "Cons",
)
PATH = "Indirizzo Strategico / Obiettivo Strategico / Missione / Programma / Obiettivo Operativo"


def sheet(cards: Sequence[Card]) -> Sheet:
    """Indicators under their path; an objective that carries several also has its whole sheet, so that nothing is lost."""
    year = year_of(cards)
    items: list[Item] = list(
        masthead(cards, f"DUP, sezione operativa {year}-{year + 2}: indicatori" if year else "DUP: indicatori")
    )
    number = 0
    for _, group in groupby(cards, key=_path):
        same = list(group)
        items += [Line(PATH), *(Line(step) for step in _path(same[0]))]
        rows = []
        for card in same:
            for indicator in card.indicators:
                number += 1
                rows.append((card, indicator.code or card.code or f"N{number:02}", indicator))
        items.append(_table(rows))
        items += [Line(f"Indicatore {code}: {clean(i.note)}") for _, code, i in rows if i.note]
    for card in cards:
        if card.kind != "indicator":
            items += [Heading(clean(card.title), 3), *card_items(card)]
    return Sheet(clean(cards[0].title or "DUP"), tuple(items), landscape=True)


def _path(card: Card) -> tuple[str, ...]:
    mission = " - ".join(clean(v) for v in (card.mission, card.mission_name) if v)
    programme = " - ".join(clean(v) for v in (card.programme, card.programme_name) if v)
    steps = (
        clean(card.strategic_line),
        clean(card.strategic_objective),
        mission,
        programme,
        clean(card.operational_objective),
    )
    return tuple(f"{step}/" for step in steps if step)


def _table(rows: Sequence[tuple[Card, str, Indicator]]) -> Grid:
    plans = [(card, code, i, i.targets_by_plan or {str(card.year): i.targets}) for card, code, i in rows]
    years = sorted({y for *_, by_plan in plans for targets in by_plan.values() for y in targets})
    grid = [cells((*HEAD, *(f"Target {y}" for y in years)), bold=True)]
    for card, code, i, by_plan in plans:
        for n, (plan, targets) in enumerate(by_plan.items()):
            own = (code, i.name, card.politician, card.manager, i.baseline) if n == 0 else ("", "", "", "", "")
            grid.append(
                cells(
                    (
                        *own,
                        plan,
                        i.interim.get(plan, "=="),
                        i.actuals.get(plan, "=="),
                        *(targets.get(y, "==") for y in years),
                    )
                )
            )
    return Grid(tuple(grid), 1, (1, 3, 1.3, 1.3, 1.3, 0.8, 1.2, 1.2, *[1.1] * len(years)))
