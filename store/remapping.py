"""What a correction of a layout's columns changes, document by document, for a person to see before confirming it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, Text, cast, select

from cards.model import Card, Reading
from store import schema as t
from store.documents import COLUMNS
from store.records import StoredDocument

_UNTOLD = ("id", "source", "provenance", "entity", "document_type")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value of a card that changes: ``field`` its path ("indicators[0].targets.2026"), "" for nothing there."""

    card: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Remapped:
    """A document read with a correction: cards and warnings as they are and as they would be, and what changes."""

    document_id: str
    name: str
    cards_before: int
    cards_after: int
    warnings_before: int
    warnings_after: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[FieldChange, ...]

    @property
    def same(self) -> bool:
        """Whether nothing of its cards changes."""
        return not (self.added or self.removed or self.changed)

    def to_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def with_layout(connection: Connection, fingerprint: str) -> list[StoredDocument]:
    """The documents that have a table of this layout, by name."""
    marked = cast(t.documents.c.reading, Text).like(f'%"{fingerprint}"%')
    rows = connection.execute(select(*COLUMNS).where(marked).order_by(t.documents.c.name, t.documents.c.id))
    return [StoredDocument(*row) for row in rows]


def compared(document: StoredDocument, before: Reading, after: Reading) -> Remapped:
    """What changes from one reading of a document to another."""
    pairs, added, removed = _paired(before.cards, after.cards)
    changed = tuple(change for one, other in pairs for change in _changes(one, other))
    return Remapped(document.id, document.name, len(before.cards), len(after.cards), len(before.warnings), len(after.warnings),
                    tuple(map(_name, added)), tuple(map(_name, removed)), changed)  # fmt: skip


def _paired(before: Sequence[Card], after: Sequence[Card]) -> tuple[list[tuple[Card, Card]], list[Card], list[Card]]:
    """Cards that are the same one in both readings: by id, then by title, in order."""
    left, pairs = list(after), []
    removed = list(before)
    for key in (lambda card: card.id or "", lambda card: _name(card).casefold()):
        for one in list(removed):
            other = next((card for card in left if key(card) and key(card) == key(one)), None)
            if other is not None:
                pairs.append((one, other))
                left.remove(other)
                removed.remove(one)
    return pairs, left, removed


def _changes(one: Card, other: Card) -> Iterator[FieldChange]:
    before, after = dict(_leaves(one.to_json())), dict(_leaves(other.to_json()))
    for path in dict.fromkeys((*before, *after)):
        old, new = before.get(path, ""), after.get(path, "")
        if old != new:
            yield FieldChange(_name(other), path, old, new)


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if path or key not in _UNTOLD:
                yield from _leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from _leaves(inner, f"{path}[{i}]")
    elif value not in (None, ""):
        yield path, str(value)


def _name(card: Card) -> str:
    named = card.title or card.unit or (card.indicators[0].name if card.indicators else None)
    return " ".join((named or card.code or "senza titolo").split())
