"""A card under construction: every value that goes in says where it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from cards.model import Card, Mark, Origin
from prompts.harmless import harmless

_KEYED = re.compile(r"(.*\.(?:history|targets|actuals|interim|schedule|due))\.(.+)")
ANOTHER = "Il testo viene da un precedente e nomina un altro ente: va adattato al nostro."
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


class CardBuilder:
    """Collects values by path ("indicators[0].targets.2026") with their origin; ``card()`` makes the frozen card."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.provenance: dict[str, Origin] = {}

    def put(self, path: str, value: Any, origin: Origin) -> None:
        """Set one value, its text made harmless; None and blank strings are not set, so they carry no origin."""
        value = harmless(value) if isinstance(value, str) else value
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        steps = _steps(path)
        node: Any = self.data
        for step, following in zip(steps, steps[1:], strict=False):
            empty: Any = [] if isinstance(following, int) else {}
            if isinstance(step, int):
                while len(node) <= step:
                    node.append(empty)
                node = node[step]
            else:
                node = node.setdefault(step, empty)
        last = steps[-1]
        if isinstance(last, int):
            node.append(value)
        else:
            node[last] = value
        self.provenance[path] = origin

    def get(self, key: str) -> Any:
        """A top-level value, None where not set."""
        return self.data.get(key)

    def card(self) -> Card:
        """The card with the provenance of each value put."""
        return Card.model_validate({**self.data, "provenance": self.provenance})


def _steps(path: str) -> list[str | int]:
    """The steps of a path; what follows a part keyed by period ("history.a.s. 2021/2022") is one key, dots and all."""
    keyed = _KEYED.fullmatch(path)
    before, tail = (keyed[1], [keyed[2]]) if keyed else (path, [])
    return [int(index) if index else name for name, index in _STEP.findall(before)] + tail


def user(note: str | None = None) -> Origin:
    """From the person's own input."""
    return Origin(from_="user", note=note)


def computed(note: str) -> Origin:
    """Worked out from other values, with the reasoning."""
    return Origin(from_="computed", note=note)


def template(key: str, note: str) -> Origin:
    """From one of our patterns, with its norm."""
    return Origin(from_="template", note=f"schema «{key}»: {note}")


def from_card(card: Card, path: str, note: str | None = None, bodies: Sequence[str] = ()) -> Origin:
    """From a field of a precedent: its card, document, page and line; each other body that the text names is a mark."""
    place = card.place(path)
    return Origin(
        from_=card.id or "document",
        document=place.document or card.source.document,
        page=place.page,
        line=place.line,
        cell=place.cell,
        note=note,
        unsupported=tuple(Mark(span=body, kind="other_body", why=ANOTHER) for body in bodies),
    )
