"""A note that opens with an indicator's code ("Indicatore 00036: …") is shown with the card of that indicator."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import select

from store import schema as t
from store.search_values import Hit, SearchResult

if TYPE_CHECKING:
    from store.archive import Archive

_NOTE = re.compile(r"\W*indicator[ei]\s+(?:n\.\s*)?(\d{3,7})\b", re.I)


def with_noted(archive: Archive, result: SearchResult) -> SearchResult:
    """The result with its notes tied to the cards they speak of, by code and in the same document."""
    codes = {hit.rank: match[1] for hit in result.hits if not hit.card_id and (match := _NOTE.match(hit.found))}
    if not codes:
        return result
    documents = {hit.document_id for hit in result.hits if hit.rank in codes}
    c = t.cards.c
    wanted = select(c.document_id, c.code, c.id).where(c.document_id.in_(documents), c.kind == "indicator", c.code.is_not(None))
    with archive.connection() as connection:
        rows = connection.execute(wanted).all()
    known = {(row.document_id, int(row.code)): row.id for row in rows if row.code.isdigit()}

    def tied(hit: Hit) -> Hit:
        card = known.get((hit.document_id, int(codes[hit.rank]))) if hit.rank in codes else None
        return replace(hit, card_id=card) if card else hit

    return replace(result, hits=tuple(map(tied, result.hits)))
