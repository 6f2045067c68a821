"""The plan at a glance as part of a document: one picture of all the charts, then the words and the table of each."""

from __future__ import annotations

from collections.abc import Iterator

from cards.counted import levels_counted
from exports.picture import drawn
from exports.plan_charts import one_page, panels, percent
from exports.sheet import Heading, Item, Line, Sheet, table
from scoring.overview import Overview

WIDTH = 25.0  # cm


def overview_items(plan: Overview, level: int = 2) -> Iterator[Item]:
    """Figures, the picture, then each chart in words and numbers."""
    yield Heading(f"Il piano {plan.year} in una pagina", level)
    names, values = zip(*figures(plan), strict=True)
    yield table(names, [values], (1, 1, 1, 1.3, 1.5, 2, 2))
    parts = panels(plan)
    yield drawn(one_page(parts), " ".join(f"{panel.title}: {panel.words}" for panel in parts), WIDTH)
    for panel in parts:
        yield Heading(panel.title, level + 1)
        yield Line(panel.words)
        header, rows = panel.table
        yield table(header, rows)


def figures(plan: Overview) -> list[tuple[str, object]]:
    """The numbers of a plan with their names."""
    found = plan.summary
    return [
        ("Schede", plan.cards),
        ("Settori", len(plan.units)),
        ("Indicatori", plan.indicators),
        ("Misurabili", f"{plan.measurable} ({percent(plan.measurable, plan.indicators)})"),
        ("Con un valore passato", f"{plan.with_history} ({percent(plan.with_history, plan.indicators)})"),
        ("Segnalazioni", levels_counted(found)),
        ("Profilo (SMVP)", plan.profile),
    ]


def overview_sheet(plan: Overview, entity: str | None = None) -> Sheet:
    """The plan at a glance as a document of its own."""
    title = f"Quadro del piano {plan.year}" + (f" - {entity}" if entity else "")
    return Sheet(title, tuple(overview_items(plan, 1)), landscape=True)
