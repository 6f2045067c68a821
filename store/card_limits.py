"""How much a draft may hold: what a person writes fits with room to spare, what would fill the archive does not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from cards.errors import ArchiveError
from cards.model import Card

MOST_TEXT, MOST_TITLE = 50_000, 5_000  # characters
MOST_ROWS = 1_000  # phases, indicators, activities … each
MOST_BYTES = 2_000_000  # of the whole card, origins of the data included


def must_fit(card: Card) -> None:
    """``ArchiveError`` naming what is too long, for a card over a limit."""
    if len(card.title or "") > MOST_TITLE:
        raise ArchiveError(f"Il titolo supera {MOST_TITLE} caratteri: accorcialo.")
    data = card.to_json()
    if any(len(text) > MOST_TEXT for text in _texts(data)):
        raise ArchiveError(f"Un testo della scheda supera {MOST_TEXT} caratteri: accorcialo, o mettilo in un documento a parte.")
    if any(len(rows) > MOST_ROWS for rows in data.values() if isinstance(rows, list)):
        raise ArchiveError(f"La scheda ha più di {MOST_ROWS} righe in una sua tabella: dividila in più schede.")
    if len(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")) > MOST_BYTES:
        raise ArchiveError(f"La scheda supera {MOST_BYTES // 1_000_000} MB di testo: dividila in più schede.")


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain data, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
