"""Dialects: layouts of cards, recognised by their headings and columns, never by the body's name.

Each module offers ``NAME: str``, ``matches(blocks: Blocks) -> float`` (0 = not here, 1 = surely here, for the document or a part
of it) and ``read(blocks: Blocks, document: Document) -> Part``. A module put in this folder is found by itself.
"""

from __future__ import annotations

import pkgutil
from functools import lru_cache
from importlib import import_module
from typing import Protocol

from cards.model import Document
from ingest.blocks import Blocks
from ingest.dialects.part import Part


class Dialect(Protocol):
    """What a dialect module offers."""

    NAME: str

    def matches(self, blocks: Blocks) -> float:
        """How surely the layout stands somewhere in the document, 0..1."""

    def read(self, blocks: Blocks, document: Document) -> Part:
        """The cards of this layout, and the lines it used."""


@lru_cache(maxsize=1)
def dialects() -> tuple[Dialect, ...]:
    """Every dialect of this folder, by module name: the modules that have ``NAME``, ``matches`` and ``read``."""
    modules = (import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__))
    return tuple(m for m in modules if all(hasattr(m, part) for part in ("NAME", "matches", "read")))


def ranked(blocks: Blocks) -> list[tuple[float, Dialect]]:
    """The dialects present in a document, surest first."""
    scored = [(dialect.matches(blocks), dialect) for dialect in dialects()]
    return sorted(((score, d) for score, d in scored if score > 0), key=lambda pair: -pair[0])
