"""Cards by what people ask for: an entity or unit by a part of its name, a year, a document, a kind."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Connection, select

from cards.model import Card
from store import schema as t
from store.lexical_tokens import fold


def find_cards(connection: Connection, **asked: Any) -> list[Card]:
    """Cards by document and position; a filter that is None asks nothing."""
    c = t.cards.c
    order = (t.documents.c.entity, t.documents.c.year, t.documents.c.name, t.documents.c.id, c.position)
    wanted = select(c.card).join(t.documents).order_by(*order)
    for name in ("year", "kind", "mission"):
        if asked.get(name) is not None:
            wanted = wanted.where(c[name] == asked[name])
    for name in ("entity", "unit"):
        if asked.get(name) is not None:
            wanted = wanted.where(c[name].in_(matching(connection, c[name], asked[name])))
    if document := asked.get("document"):
        wanted = wanted.where((t.documents.c.id == document) | (t.documents.c.name == document))
    return [Card.model_validate(card) for card in connection.execute(wanted).scalars()]


def matching(connection: Connection, column: Column[Any], text: str) -> list[str]:
    """The values of a column that are a text, whatever its case and accents; if none is, those that hold it."""
    values = [value for value in connection.execute(select(column).distinct()).scalars() if value]
    same = [value for value in values if fold(value) == fold(text)]
    return same or [value for value in values if fold(text) in fold(value)]
