"""What several dialects build from the same blocks is built once: the last answers, by the identity of the blocks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from ingest.blocks import Block, Blocks

T = TypeVar("T")
_KEPT = 2  # a document is asked about whole by every dialect, then without the rows that one of them used


def once(build: Callable[[Blocks], T]) -> Callable[[Blocks], T]:
    """Remember what a function built from a document's blocks. The same value is handed to everybody: nobody changes it."""
    kept: list[tuple[tuple[Block, ...], T]] = []

    @wraps(build)
    def remembered(blocks: Blocks) -> T:
        for known, built in kept:
            if known is blocks.blocks:
                return built
        built = build(blocks)
        kept.insert(0, (blocks.blocks, built))
        del kept[_KEPT:]
        return built

    return remembered
