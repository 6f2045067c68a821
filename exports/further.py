"""The "dati integrativi" of a card: what another layout does not let one read back, printed below it in the neutral form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cards import labels
from cards.model import Card
from exports.layouts.neutro import card_items
from exports.proof import differing_fields, differing_lists, plain
from exports.sheet import Item

JOINED = {"phases": "text", "indicators": "name"}
"""Lists whose rows can be completed column by column, with the field that tells a row."""


def further(card: Card, found: Card) -> list[Item]:
    """The tables that make ``found`` (the card as read from the layout) whole again; nothing where it is whole already."""
    fields = differing_fields(card, found)
    lists = differing_lists(card, found)
    if not fields and not lists:
        return []
    joined = {name: key for name, key in JOINED.items() if name in lists}
    columns = {name: _missing_columns(getattr(card, name), getattr(found, name), key) for name, key in joined.items()}
    stated = [name for name in fields if getattr(card, name) not in (None, "")]
    vacant = [labels.FIELDS.get(name, labels.TITLE) for name in fields if name not in stated]
    vacant += [labels.LISTS[name] for name in lists if not plain(getattr(card, name))]
    whole = [labels.LISTS[name] for name in lists if plain(getattr(card, name)) and columns.get(name) is None]
    notes = [(label, ", ".join(names)) for label, names in ((labels.VACANT, vacant), (labels.WHOLE, whole)) if names]
    return list(card_items(card, frozenset(stated), frozenset(lists), columns, labels.SUPPLEMENT, notes))


def _missing_columns(mine: Sequence[Any], other: Sequence[Any], key: str) -> frozenset[str] | None:
    """The fields to print beside the key so that the rows join; None where the rows have to be printed whole."""
    if [plain(getattr(row, key)) for row in mine] != [plain(getattr(row, key)) for row in other]:
        return None
    names = set()
    for a, b in zip(mine, other, strict=True):
        for name in type(a).model_fields:
            left, right = plain(getattr(a, name)), plain(getattr(b, name))
            if left != right:
                if left in ("", {}, []):
                    return None
                names.add(name)
    return frozenset(names | {key})
