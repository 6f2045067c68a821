"""Ruled tables: the grid that horizontal and vertical rules draw on a page, with merged cells.

The idea is pdfplumber's and camelot's lattice: rules snapped and joined, crossings found, cells told by the rules around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ingest.readers.pdf_page import Canvas, Rule

SNAP = 2.5  # points between rules that are one
GAP = 3.5  # points a rule may be interrupted


@dataclass(slots=True)
class Grid:
    """A table on a page: ``xs`` and ``ys`` are its rules; ``home[i][j]`` is the top left (row, column) of the cell at i, j."""

    xs: list[float]
    ys: list[float]
    home: list[list[tuple[int, int]]] = field(default_factory=list)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """x0, top, x1, bottom."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell (row, column of its top left corner) that holds a point."""
        if not (self.xs[0] - 1 <= x <= self.xs[-1] + 1 and self.ys[0] - 1 <= y <= self.ys[-1] + 1):
            return None
        j = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        i = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self.home[i][j]

    def right_of(self, i: int, j: int) -> float:
        """The x of the right rule of the cell whose top left is i, j."""
        last = j
        while last + 1 < len(self.xs) - 1 and self.home[i][last + 1] == (i, j):
            last += 1
        return self.xs[last + 1]


def grids(canvas: Canvas) -> list[Grid]:
    """The grids of a page, from the top down; a frame with a single column is not a table."""
    horizontal, vertical = _joined(canvas.horizontal), _joined(canvas.vertical)
    found = []
    for rows, columns in _groups(horizontal, vertical):
        xs, ys = _snapped([r.at for r in columns]), _snapped([r.at for r in rows])
        if len(xs) < 3 or len(ys) < 2:
            continue
        grid = Grid(xs, ys)
        grid.home = _cells(xs, ys, rows, columns)
        _drop_ghosts(grid)
        if len(grid.xs) >= 3:
            found.append(grid)
    return sorted(_outermost(found), key=lambda grid: grid.box[1])


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Rules at the same place made one, interruptions closed."""
    joined: list[Rule] = []
    for group in _clusters(sorted(rules)):
        at = sum(rule.at for rule in group) / len(group)
        start = end = None
        for rule in sorted(group, key=lambda r: r.start):
            if start is None or end is None:
                start, end = rule.start, rule.end
            elif rule.start <= end + GAP:
                end = max(end, rule.end)
            else:
                joined.append(Rule(at, start, end))
                start, end = rule.start, rule.end
        if start is not None and end is not None:
            joined.append(Rule(at, start, end))
    return joined


def _clusters(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    group: list[Rule] = []
    for rule in rules:
        if group and rule.at - group[0].at > SNAP:
            yield group
            group = []
        group.append(rule)
    if group:
        yield group


def _snapped(values: Sequence[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SNAP:
            out.append(value)
    return out


def _groups(horizontal: list[Rule], vertical: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules that cross each other, directly or through others, belong to one table."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(horizontal):
        for j, v in enumerate(vertical, len(horizontal)):
            if h.start - GAP <= v.at <= h.end + GAP and v.start - GAP <= h.at <= v.end + GAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(horizontal):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(vertical, len(horizontal)):
        groups.setdefault(root(j), ([], []))[1].append(v)
    yield from (pair for pair in groups.values() if len(pair[0]) >= 2 and len(pair[1]) >= 2)


def _cells(xs: list[float], ys: list[float], rows: list[Rule], columns: list[Rule]) -> list[list[tuple[int, int]]]:
    """For each elementary cell the top left of the merged cell it belongs to."""
    wall = [[_covers(columns, x, (a + b) / 2) for x in xs] for a, b in pairwise(ys)]
    floor = [[_covers(rows, y, (a + b) / 2) for a, b in pairwise(xs)] for y in ys]
    home: list[list[tuple[int, int]]] = [[(i, j) for j in range(len(xs) - 1)] for i in range(len(ys) - 1)]
    for i in range(len(ys) - 1):
        for j in range(len(xs) - 1):
            if home[i][j] != (i, j):
                continue
            right = j + 1
            while right < len(xs) - 1 and not wall[i][right] and home[i][right] == (i, right):
                right += 1
            down = i + 1
            while down < len(ys) - 1 and _open(floor, wall, down, j, right):
                down += 1
            for k in range(i, down):
                for m in range(j, right):
                    home[k][m] = (i, j)
    return home


def _open(floor: list[list[bool]], wall: list[list[bool]], row: int, first: int, last: int) -> bool:
    """Whether the cell above goes on into ``row`` for the columns first..last: no rule above it, none inside."""
    return not any(floor[row][m] for m in range(first, last)) and not any(wall[row][m] for m in range(first + 1, last))


def _covers(rules: list[Rule], at: float, point: float) -> bool:
    return any(abs(rule.at - at) <= SNAP and rule.start - GAP <= point <= rule.end + GAP for rule in rules)


def _drop_ghosts(grid: Grid) -> None:
    """Remove columns and rows in which no cell begins: rules that do not reach their neighbours leave them behind."""
    columns = [j for j in range(len(grid.xs) - 1) if any(row[j][1] == j for row in grid.home)]
    rows = [i for i in range(len(grid.ys) - 1) if any(cell[0] == i for cell in grid.home[i])]
    if len(columns) == len(grid.xs) - 1 and len(rows) == len(grid.ys) - 1:
        return
    new_row, new_column = {old: new for new, old in enumerate(rows)}, {old: new for new, old in enumerate(columns)}
    grid.home = [[(new_row[grid.home[i][j][0]], new_column[grid.home[i][j][1]]) for j in columns] for i in rows]
    grid.xs = [*(grid.xs[j] for j in columns), grid.xs[-1]]
    grid.ys = [*(grid.ys[i] for i in rows), grid.ys[-1]]


def _outermost(found: list[Grid]) -> Iterator[Grid]:
    """Grids that do not lie inside a bigger one."""
    for grid in found:
        x0, top, x1, bottom = grid.box
        inside = (o.box for o in found if o is not grid)
        if not any(a - 1 <= x0 and b - 1 <= top and x1 <= c + 1 and bottom <= d + 1 for a, b, c, d in inside):
            yield grid
