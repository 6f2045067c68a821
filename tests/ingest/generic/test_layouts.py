"""Unseen layouts read by the generic reader alone, each at F1 0.9 or better; and nothing read where there are no cards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from ingest.blocks import Block, Blocks, Row
from ingest.generic import read_tables
from ingest.identity import identify
from ingest.limits import Limits
from ingest.readers.text import blocks_of
from ingest.tidy import tidied

from .layouts import LAYOUTS, NOISE
from .layouts_more import MORE_LAYOUTS
from .published import published

ALL = [*LAYOUTS, *MORE_LAYOUTS, *published()]


def blocks_from(text: str) -> Blocks:
    """Blocks of a layout: as the text reader gives them, with "~" and "^" turned into merged cells."""
    blocks = tuple(_merged(block) for block in blocks_of(text, "prova", Limits()))
    return Blocks("prova.txt", "text", blocks)


def _merged(block: Block) -> Block:
    return replace(block, rows=tuple(_merged_row(row) for row in block.rows)) if block.kind == "table" else block


def _merged_row(row: Row) -> Row:
    left = {i for i, cell in enumerate(row.cells) if cell == "~"}
    above = {i for i, cell in enumerate(row.cells) if cell == "^"}
    cells = tuple("" if i in left | above else cell for i, cell in enumerate(row.cells))
    return replace(row, cells=cells, merged=frozenset(left | above), above=frozenset(above))


def leaves(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Every value of a card with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for i, inner in enumerate(value):
            yield from leaves(inner, f"{path}[{i}]")
    elif value not in (None, ""):
        yield path, str(value)


ASKED = {
    "title", "code", "number", "year", "unit", "section", "directorate", "responsible", "manager", "politician", "weight",
    "purpose", "start", "end", "mission", "mission_name", "programme", "programme_name", "strategic_line",
    "strategic_objective", "indicators", "phases", "outcomes", "staff",
}  # fmt: skip


def f1(cards: list[dict[str, Any]], expected: list[dict[str, Any]]) -> tuple[float, list[str]]:
    """F1 over the values; a value in a field that no expected card of the layout has counts against precision too."""
    right = wrong = missed = 0
    complaints = []
    asked = {key for card in expected for key in card} | (ASKED - {"year"})
    for i in range(max(len(cards), len(expected))):
        got = dict(leaves({k: v for k, v in cards[i].items() if k in asked})) if i < len(cards) else {}
        want = dict(leaves(expected[i])) if i < len(expected) else {}
        right += sum(got.get(path) == value for path, value in want.items())
        missed += sum(got.get(path) != value for path, value in want.items())
        wrong += sum(want.get(path) != value for path, value in got.items())
        complaints += [f"{i}{p}: voluto {v!r}, letto {got.get(p)!r}" for p, v in want.items() if got.get(p) != v]
        complaints += [f"{i}{p}: in più {v!r}" for p, v in got.items() if p not in want]
    return 2 * right / max(1, 2 * right + wrong + missed), complaints


@pytest.mark.parametrize(("name", "text", "expected"), ALL, ids=[layout[0] for layout in ALL])
def test_unseen_layout(name: str, text: str, expected: list[dict[str, Any]]) -> None:
    blocks = tidied(blocks_from(text))
    part = read_tables(blocks, identify(blocks))
    score, complaints = f1([card.to_json() for card in part.cards], expected)
    assert score >= 0.9, "\n".join([f"{name}: F1 {score:.3f}", *complaints])
    assert part.mapping


@pytest.mark.parametrize("text", NOISE)
def test_no_card_from_noise(text: str) -> None:
    blocks = blocks_from(text)
    assert read_tables(blocks, identify(blocks)).cards == ()
