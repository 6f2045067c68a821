"""What the archive gives back: plain frozen values, no database rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from cards.model import Card, Notice

Progress = Callable[[str, str, int, int, float | None], None]
"""Hears how far a long work is: stage, document ("" for none), done, in all, seconds left where they are known."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What became of one file: one entry of ``piao ingest --json``. ``seconds`` is the time it took, ``path`` as given."""

    path: str
    sha256: str | None
    status: Literal["new", "unchanged", "replaced", "failed"]
    entity: str | None = None
    year: int | None = None
    cards: int = 0
    passages: int = 0
    seconds: float = 0.0
    warnings: tuple[Notice, ...] = ()
    error: str | None = None
    document_id: str | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        """The entry by the contract's keys."""
        data = asdict(self)
        del data["document_id"]
        return {**data, "seconds": round(self.seconds, 3), "warnings": [w.to_json() for w in self.warnings]}


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the archive. ``id`` outlives replacements, ``version`` counts them from 1; ``ingested_at`` is UTC.

    Without ``confirmed_at`` entity, year and type are still a guess."""

    id: str
    name: str
    sha256: str
    size: int
    format: str | None
    entity: str | None
    year: int | None
    document_type: str | None
    title: str | None
    pages: int | None
    cards: int
    passages: int
    version: int
    ingested_at: str
    confirmed_at: str | None = None
    confirmed_by: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentVersion:
    """An earlier self of a document."""

    version: int
    name: str
    sha256: str
    ingested_at: str
    replaced_at: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage with its place and what it can be filtered by: its card's entity, year, unit, mission, else its document's."""

    id: str
    document_id: str
    document: str
    position: int
    card_id: str | None
    kind: str
    text: str
    context: str
    page: int | None
    lines: tuple[int, ...]
    entity: str | None
    year: int | None
    unit: str | None
    mission: str | None


@dataclass(frozen=True, slots=True)
class SeriesPoint:
    """An indicator in one period: values as written. ``period`` is "2023" or "a.s. 2021/2022", ``year`` its first year."""

    entity: str | None
    year: int | None
    indicator: str
    target: str | None
    actual: str | None
    card_id: str
    document: str
    page: int | None
    period: str
    unit: str | None = None
    document_id: str | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain data, the keys as the names here."""
        return asdict(self)


DraftState = Literal["draft", "review", "approved", "varied", "closed"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as last saved. Hand ``version`` back with the next save: if somebody saved in between, it is a ``Conflict``."""

    id: str
    card: Card
    state: DraftState
    version: int
    created_at: str
    updated_at: str
    author: str | None = None
    can_undo: bool = False
    can_redo: bool = False


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One save of a draft."""

    version: int
    card: Card
    state: DraftState
    at: str
    author: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said about a version of a draft; open while ``closed_at`` is None."""

    number: int
    draft_id: str
    version: int
    at: str
    author: str | None
    text: str
    closed_at: str | None = None
    closed_by: str | None = None
