"""Marks on a draft: what nothing backs yet, where it stands, and a person's word on each. Pure.

A mark lives with the origin of its field. It stands as long as its words are still in the field, however the rest is edited.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cards.errors import PiaoError
from cards.model import Card, Mark, Origin

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PERIOD = re.compile(r"(.*\.(?:history|targets|actuals|interim|schedule|due))\.(.+)")
LEAST = 3


def marks_of(card: Card) -> list[tuple[str, Mark]]:
    """(path of the field, mark) of every mark whose words are still there, in the card's order of fields."""
    return [(path, mark) for path, origin in card.provenance.items() for mark in origin.unsupported if _stands(card, path, mark)]


def open_marks(card: Card) -> list[tuple[str, Mark]]:
    """The marks that nobody confirmed: with one of these a card is not ready to be approved."""
    return [(path, mark) for path, mark in marks_of(card) if not mark.confirmed_by]


def confirmed(card: Card, path: str, span: str, who: str, why: str, when: str) -> Card:
    """The card with one mark confirmed by a person, with her reason. ``when`` is UTC, ISO 8601.

    No name, no reason of at least three letters, or a mark that is not there are a ``PiaoError``.
    """
    if not who.strip() or len(why.strip()) < LEAST:
        raise PiaoError("Per confermare un dato senza riscontro servono il nome di chi lo conferma e il motivo.")
    origin = card.provenance.get(path)
    if origin is None or all(mark.span != span for mark in origin.unsupported):
        raise PiaoError(f"Il dato «{span}» non è più tra quelli da confermare: ricarica la scheda.")
    done = {"confirmed_by": who.strip(), "reason": " ".join(why.split()), "confirmed_at": when}
    marks = tuple(mark.replace(**done) if mark.span == span else mark for mark in origin.unsupported)
    return card.replace(provenance={**card.provenance, path: origin.replace(unsupported=marks)})


def kept(old: Mapping[str, Origin], path: str, new: Origin) -> Origin:
    """A new origin for a field with the marks of its old one: who edits a text does not by that confirm what it says."""
    before = old.get(path)
    return new.replace(unsupported=before.unsupported) if before and before.unsupported and not new.unsupported else new


def text_at(card: Card, path: str) -> str:
    """The text of a field by its path ("phases[0].text", "indicators[1].targets.2027"); "" where there is none.

    >>> text_at(Card(title="Meno attese"), "title"), text_at(Card(), "phases[3].text")
    ('Meno attese', '')
    """
    by_period = _PERIOD.fullmatch(path)
    node: Any = card
    for name, index in _STEP.findall(by_period[1] if by_period else path):
        try:
            node = node[int(index)] if index else getattr(node, name)
        except (AttributeError, IndexError, TypeError):
            return ""
    node = node.get(by_period[2]) if by_period and isinstance(node, Mapping) else node
    return node if isinstance(node, str) else ""


def _stands(card: Card, path: str, mark: Mark) -> bool:
    return _plain(mark.span) in _plain(text_at(card, path))


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
