"""Rows whose cells slid sideways in conversion, laid under the right columns again.

A row keeps its order; what changes is how far each cell slid. The cheapest monotone laying wins: cells that suit their column,
few changes of slide, small slides, no column passed over that a row always has (a dynamic programme over cells and columns, as
in sequence alignment).
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.dialects._sheet_text import is_number
from ingest.dialects._wide_columns import VALUES, Columns, fits

_FAR = 4  # columns a cell may have slid
_CHANGE, _SLIDE = 1.5, 0.5
_NEVER = float("-inf")


def aligned(cells: Sequence[str], columns: Columns) -> tuple[dict[str, str], list[str]]:
    """Field -> cell, and the cells that no laying could place."""
    filled = [(i, cell) for i, cell in enumerate(cells) if cell]
    straight = {columns.fields[i]: cell for i, cell in filled if i < len(columns.fields)}
    if len(straight) == len(filled) and "" not in straight and not _has_values(filled, straight):
        return straight, []  # texts alone: the rest of a row cut by the end of a page
    whole = len(straight) == len(filled) and "name" in straight
    if whole and all(fits(field, cell) > 0 for field, cell in straight.items()):
        return straight, []
    width = len(columns.fields)
    if len(filled) > width:
        return {f: c for f, c in straight.items() if f}, [c for i, c in filled if i >= width]
    placed = dict(_best(filled, columns))
    left = [cell for n, (_, cell) in enumerate(filled) if n not in placed]
    return {columns.fields[placed[n]]: cell for n, (_, cell) in enumerate(filled) if n in placed}, left


def _has_values(filled: Sequence[tuple[int, str]], straight: dict[str, str]) -> bool:
    return any(straight.get(field) for field in VALUES) or any(is_number(cell) for _, cell in filled)


def _best(filled: Sequence[tuple[int, str]], columns: Columns) -> list[tuple[int, int]]:
    """(cell number, column) of the best laying; cells for which every column is wrong are left out at a price."""
    width, skip = len(columns.fields), -5.0
    gaps = [[_passed(columns, last, column) for column in range(width)] for last in range(-1, width)]
    suits = [[fits(field, cell) for field in columns.fields] for _, cell in filled]
    # state: (last column used, slide of the last placed cell) -> (score, laying)
    states: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {(-1, 0): (0.0, [])}
    for number, (position, _) in enumerate(filled):
        following: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]] = {}
        for (last, slide), (score, laying) in states.items():
            _keep(following, (last, slide), score + skip, laying)
            for column in range(max(last + 1, position - _FAR), min(width, position + _FAR + 1)):
                moved = column - position
                cost = 0.0 if moved == slide else (_CHANGE if laying else _SLIDE * abs(moved))
                worth = score + suits[number][column] - cost - gaps[last + 1][column]
                _keep(following, (column, moved), worth, [*laying, (number, column)])
        states = following
    return max(states.values(), key=lambda state: state[0], default=(_NEVER, []))[1]


_ALWAYS = {"name": 5.0, "formula": 1.0, "purpose": 1.0, "target": 1.0, "actual": 1.0, "weight": 1.0}


def _passed(columns: Columns, last: int, column: int) -> float:
    """What it costs to go from one filled column to another past columns that such a row would have filled."""
    between = columns.fields[last + 1 : column]
    cost = sum(_ALWAYS.get(field, 0.0) for field in between)
    opened = last >= 0 and columns.fields[last] == "title"
    if (opened and "description" in between) or (columns.fields[column] == "description" and not opened):
        cost += 1.5
    if columns.fields[column] == "unit" and "responsible" in between:
        cost += 1.5
    return cost


def _keep(
    states: dict[tuple[int, int], tuple[float, list[tuple[int, int]]]],
    key: tuple[int, int],
    score: float,
    laying: list[tuple[int, int]],
) -> None:
    if key not in states or states[key][0] < score:
        states[key] = (score, laying)
