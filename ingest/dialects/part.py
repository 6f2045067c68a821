"""What a dialect gives back: the cards it read and the lines it used."""

from __future__ import annotations

from dataclasses import dataclass

from cards.model import Card, DeclaredTotal, Listed, Notice
from ingest.blocks import Place

Spot = tuple[int | None, int | None]
"""A used line: (page, line)."""


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a document that one dialect recognised.

    ``used`` holds (page, line) of every block and table row that ended up in a card, a total or a list; ``mapping`` says in
    Italian which columns were read as which fields; ``warnings`` what was recognised only in part.
    """

    cards: tuple[Card, ...] = ()
    declared: tuple[DeclaredTotal, ...] = ()
    listed: tuple[Listed, ...] = ()
    used: frozenset[Spot] = frozenset()
    warnings: tuple[Notice, ...] = ()
    mapping: tuple[str, ...] = ()


def spot(place: Place) -> Spot:
    """The (page, line) of a place, as kept in ``Part.used``."""
    return (place.page, place.line)
