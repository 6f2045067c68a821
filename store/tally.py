"""Every card of the archive in a line: what counts and lists over the whole archive are made of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, select

from cards.quantities import read_percent
from store import schema as t

TOLD = ("purpose", "description", "operational_objective", "strategic_objective", "strategic_line", "section")


@dataclass(frozen=True, slots=True)
class CardLine:
    """A card as a count sees it; ``about`` are its words, ``label`` and ``percent`` its last declared result."""

    id: str
    kind: str
    entity: str | None
    year: int | None
    unit: str | None
    title: str
    document: str
    page: int | None
    line: int | None
    status: str | None
    about: str
    label: str | None = None
    percent: Decimal | None = None
    achieved: tuple[tuple[str, Decimal], ...] = ()  # indicators with their declared degree of achievement, in percent


def card_lines(
    connection: Connection, entity: str | None = None, year: int | None = None, unit: str | None = None,
) -> list[CardLine]:
    """The cards of a body, a year, a unit (a part of its name is enough), of all without; copies of a document count once."""
    c, d = t.cards.c, t.documents.c
    parts = [c.card[name].label(name) for name in (*TOLD, "status", "outcomes", "indicators", "source", "code")]
    wanted = select(c.id, c.kind, c.entity, c.year, c.unit, c.title, d.name.label("document"), *parts).join(
        t.documents, d.id == c.document_id).order_by(c.entity, c.year, d.name, c.position)
    for column, value in ((c.entity, entity), (c.unit, unit)):
        if value is not None:
            wanted = wanted.where(column.icontains(value, autoescape=True))
    if year is not None:
        wanted = wanted.where(c.year == year)
    seen: dict[Any, CardLine] = {}
    for row in connection.execute(wanted):
        seen.setdefault((row.entity, row.year, row.kind, row.code, row.title), _line(row))
    return list(seen.values())


def _line(row: Any) -> CardLine:
    outcomes, indicators, source = row.outcomes or [], row.indicators or [], row.source or {}
    last = outcomes[-1] if outcomes else {}
    names = [i.get("name") or "" for i in indicators]
    told = [str(getattr(row, name) or "") for name in TOLD]
    percents = [p for o in outcomes[-1:] if (p := read_percent(o.get("percent") or "")) is not None]
    return CardLine(
        row.id, row.kind, row.entity, row.year, row.unit, row.title or next((n for n in names if n), "") or row.code or "",
        row.document, next(iter(source.get("pages") or ()), None), next(iter(source.get("lines") or ()), None), row.status,
        " ".join([row.title or "", *told, *names]), last.get("label"), percents[0] if percents else None,
        tuple((i.get("name") or "", p) for i in indicators if (p := read_percent(i.get("achievement") or "")) is not None))
