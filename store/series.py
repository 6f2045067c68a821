"""An indicator through the years: every value of every indicator in a table, found by the words of its name.

A name answers a request when it holds (nearly) all of its words, by Italian stem; the nearer in length, the surer. Points
come by body, indicator and period; the same values read from two copies of a document count once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select

from cards.model import Card, Indicator
from store import schema as t
from store.lexical_tokens import terms
from store.records import SeriesPoint

ENOUGH = 0.75  # share of the request's words that a name must hold
YEAR = re.compile(r"(?:19|20)\d\d")


def indicator_rows(card: Card) -> Iterator[dict[str, Any]]:
    """The rows of a card's indicators, one a period."""
    for position, indicator in enumerate(card.indicators):
        page = card.place(f"indicators[{position}]").page
        for period, target, actual in periods(indicator):
            year = YEAR.search(period)
            yield {
                "card_id": card.id, "position": position, "period": period[:64], "name": indicator.name or card.title or "",
                "folded": " ".join(terms(indicator.name or card.title or "")), "entity": card.entity,
                "year": int(year[0]) if year else card.year, "unit": indicator.unit, "target": target,
                "actual": actual, "page": page,
            }


def periods(indicator: Indicator) -> Iterator[tuple[str, str | None, str | None]]:
    """(period, target, actual) of each period that has any; a year's past value is its actual."""
    actuals = {**indicator.history, **indicator.actuals}
    for period in sorted({*indicator.targets, *actuals}):
        yield period, indicator.targets.get(period), actuals.get(period)


def series(connection: Connection, name: str) -> list[SeriesPoint]:
    """The points of the indicators that answer to a name, surest indicators first, each in the order of its periods."""
    asked = set(terms(name))
    if not asked:
        return []
    known = connection.execute(select(t.indicator_values.c.folded).distinct()).scalars()
    scores = {folded: score for folded in known if (score := likeness(asked, set(folded.split()))) > 0}
    if not scores:
        return []
    best = sorted(scores, key=lambda folded: -scores[folded])[:200]
    points = dict.fromkeys(_points(connection, best))  # keeps the first of equal ones
    order = {folded: number for number, folded in enumerate(best)}
    ranked = sorted(points, key=lambda pair: (order[pair[0]], pair[1].entity or "", pair[1].indicator, pair[1].period))
    return once([point for _, point in ranked])


def likeness(asked: set[str], name: set[str]) -> float:
    """How well a name answers a request, 0 (not at all) to 1 (the same words)."""
    if not name or len(asked & name) < ENOUGH * len(asked):
        return 0.0
    return len(asked & name) / len(asked | name)


def _points(connection: Connection, folded: list[str]) -> Iterator[tuple[str, SeriesPoint]]:
    v, d = t.indicator_values.c, t.documents.c
    wanted = select(t.indicator_values, d.name.label("document")).join(t.documents, d.id == v.document_id)
    for row in connection.execute(wanted.where(v.folded.in_(folded))):
        yield row.folded, SeriesPoint(
            entity=row.entity, year=row.year, indicator=row.name, target=row.target, actual=row.actual,
            card_id=row.card_id, document=row.document, page=row.page, period=row.period, unit=row.unit,
            document_id=row.document_id)


def once(points: list[SeriesPoint]) -> list[SeriesPoint]:
    """The points without those that repeat the same values of the same body, indicator and period."""
    seen: dict[tuple[Any, ...], SeriesPoint] = {}
    for p in points:
        seen.setdefault((p.entity, p.indicator.casefold(), p.period, p.target, p.actual), p)
    return list(seen.values())
