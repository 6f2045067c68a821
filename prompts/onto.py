"""What a model wrote, put onto a draft that a person went on editing meanwhile: only into texts that are still as they were."""

from __future__ import annotations

import re
from typing import Any

from cards.errors import Conflict
from cards.marks import text_at
from cards.model import Card

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def onto(fresh: Card, before: Card, after: Card) -> Card:
    """``fresh`` with the texts that differ between ``before`` and ``after``; ``Conflict`` where a person changed one of them too.

    >>> onto(Card(title="Nuovo"), Card(title="a"), Card(title="a")).title
    'Nuovo'
    """
    changed = [
        path for path, origin in after.provenance.items()
        if origin != before.provenance.get(path) or text_at(after, path) != text_at(before, path)
    ]  # fmt: skip
    if any(text_at(fresh, path) != text_at(before, path) for path in changed):
        raise Conflict("Mentre il modello scriveva hai cambiato gli stessi testi: restano i tuoi. La risposta è nel registro.")
    data: dict[str, Any] = fresh.model_dump(by_alias=True)
    for path in changed:
        _put(data, path, text_at(after, path))
    return Card.model_validate({**data, "provenance": {**fresh.provenance, **{p: after.provenance[p] for p in changed}}})


def _put(data: Any, path: str, text: str) -> None:
    steps = [int(index) if index else name for name, index in _STEP.findall(path)]
    for step in steps[:-1]:
        data = data[step]
    data[steps[-1]] = text
