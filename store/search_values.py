"""What search takes and gives: frozen values, no database and no index in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from cards.model import Card


@dataclass(frozen=True, slots=True)
class Filters:
    """What to look through. None looks everywhere; ``apart`` is a body left out ("come fanno gli altri?"); ``understood``
    False leaves the question's own words alone, ``aside`` the fields whose understood limits a person took away."""

    entity: str | None = None
    year: int | None = None
    unit: str | None = None
    kind: str | None = None
    mission: str | None = None
    document: str | None = None
    apart: str | None = None
    understood: bool = True
    aside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """A limit read in the question ("a Cremona", "nel 2022"), shown as a filter that can be taken away.

    ``strict`` ones leave everything else out; the others only bring what fits forward. ``apart`` leaves that body out.
    """

    field: Literal["entity", "year", "apart"]
    value: str | int
    words: str
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Hit:
    """A result: the passage found, with what stands around it in its card, all the document's own words.

    ``text`` begins with the passage found; every line of it stands on ``page`` (1-based, None without pages) and between
    ``lines`` (first and last, 1-based) of ``document``. ``passages`` are the ids of what is shown.
    """

    rank: int
    score: float
    text: str
    card_id: str | None
    title: str | None
    entity: str | None
    year: int | None
    document: str
    page: int | None
    lines: tuple[int, ...]
    kind: str = "narrative"
    unit: str | None = None
    document_id: str | None = None
    context: str = ""
    found: str = ""
    passages: tuple[str, ...] = ()
    also_in: tuple[str, ...] = ()
    card: Card | None = None

    def to_json(self) -> dict[str, Any]:
        """One entry of ``results`` in the contract of ``piao ask``."""
        return {
            "rank": self.rank, "score": round(self.score, 4), "text": self.text, "card_id": self.card_id,
            "title": self.title, "entity": self.entity, "year": self.year,
            "source": {"document": self.document, "page": self.page, "lines": list(self.lines)},
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer of a search. When ``abstained``, ``hits`` is empty and ``nearest`` holds what came closest.

    ``constraints`` were read in the question; ``searched`` and ``documents`` say how many passages and documents were
    looked through; ``unknown`` are the question's words that the archive never uses; ``dense`` whether vectors took part;
    ``worth`` how rare each concept of the question is in the archive, by its terms.
    """

    query: str
    hits: tuple[Hit, ...] = ()
    abstained: bool = False
    nearest: tuple[Hit, ...] = ()
    constraints: tuple[Constraint, ...] = ()
    filters: Filters = Filters()
    searched: int = 0
    documents: int = 0
    unknown: tuple[str, ...] = ()
    confidence: float = 0.0
    dense: bool = True
    worth: Mapping[tuple[str, ...], float] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The contract of ``piao ask --json``; ``answer`` is added by who writes it. ``nearest`` are never ``results``."""
        return {
            "query": self.query, "answer": None, "abstained": self.abstained,
            "results": [hit.to_json() for hit in self.hits],
        }

    def with_cards(self, cards: dict[str, Card]) -> SearchResult:
        """The result with the cards of its hits; a hit is called by its card's title."""
        def laid(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
            return tuple(_with_card(h, cards[h.card_id]) if h.card_id in cards else h for h in hits)

        return replace(self, hits=laid(self.hits), nearest=laid(self.nearest))


def _with_card(hit: Hit, card: Card) -> Hit:
    name = card.title or (card.indicators[0].name if card.indicators else None) or card.unit
    return replace(hit, card=card, title=name or hit.title)
