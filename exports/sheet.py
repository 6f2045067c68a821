"""What is printed, before any file format: headings, lines and tables. Layouts make a ``Sheet``, writers turn it into bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_WORD = re.compile(r"[^\s/-]+[/-]?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell; ``span`` counts the columns it takes, ``struck`` marks text that a variation removed."""

    text: str = ""
    bold: bool = False
    struck: bool = False
    new: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1..4."""

    text: str
    level: int = 2

    def __post_init__(self) -> None:
        _clean_fields(self, "text")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph; ``label`` is printed bold before the text."""

    text: str
    label: str = ""
    italic: bool = False

    def __post_init__(self) -> None:
        _clean_fields(self, "text", "label")


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean that a spreadsheet works out under a table: the column of figures, that of their weights if they count, and the
    mean as we publish it: where the cells do not give that very figure there is no formula."""

    values: int
    weights: int | None
    shown: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the first ``header`` rows repeat on each page; ``widths`` are relative. ``total`` names the column of weights
    whose sum a spreadsheet shows, ``mean`` the figures whose mean it shows."""

    rows: tuple[tuple[Cell, ...], ...]
    header: int = 1
    widths: tuple[float, ...] = ()
    total: int | None = None
    mean: Mean | None = None

    @property
    def columns(self) -> int:
        """Width of the widest row, spans counted."""
        return max((sum(cell.span for cell in row) for row in self.rows), default=0)


Item = Heading | Line | Grid
_GLYPH = 0.6  # width of a character, in its size: a little more than the average, for capitals and bold
_LONGEST = 22  # characters of a word that a column makes room for
_PADDING = 12.0  # points that a cell keeps free on its two sides


def shares(grid: Grid, room: float, size: float) -> list[float]:
    """How wide each column is (parts of one) in ``room`` points at a font size: as the layout says, but never so narrow that a
    word breaks, where there is room for all of them."""
    columns = grid.columns
    wanted = [*grid.widths[:columns], *[1.0] * (columns - len(grid.widths))]
    capacity, padding = room / (size * _GLYPH), _PADDING / (size * _GLYPH)
    needs = [padding + 1] * columns
    for row in grid.rows:
        at = 0
        for cell in row:
            if cell.span == 1 and at < columns:
                longest = max((len(word) for word in _WORD.findall(cell.text)), default=0)
                needs[at] = max(needs[at], min(longest, _LONGEST) * (1.08 if cell.bold else 1.0) + padding)
            at += cell.span
    if sum(needs) >= capacity:
        return [need / sum(needs) for need in needs]
    fixed: set[int] = set()
    while True:
        left = capacity - sum(needs[i] for i in fixed)
        total = sum(wanted[i] for i in range(columns) if i not in fixed) or 1.0
        narrow = {i for i in range(columns) if i not in fixed and left * wanted[i] / total < needs[i]}
        if not narrow:
            return [(needs[i] if i in fixed else left * wanted[i] / total) / capacity for i in range(columns)]
        fixed |= narrow


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to print: its title, what stands in it, and the page's direction."""

    title: str
    items: tuple[Item, ...] = field(default_factory=tuple)
    landscape: bool = False


def _clean_fields(item: object, *names: str) -> None:
    """Whatever is printed is printable, also what a layout forgot to clean."""
    for name in names:
        object.__setattr__(item, name, clean(getattr(item, name)))


def clean(text: object) -> str:
    """A value as printable text: None is empty, characters that no office format accepts are dropped."""
    return "" if text is None else _FORBIDDEN.sub("", str(text))


def cells(values: Iterable[object], bold: bool = False, struck: bool = False, new: bool = False) -> tuple[Cell, ...]:
    """One row of cells from plain values."""
    return tuple(v if isinstance(v, Cell) else Cell(clean(v), bold, struck, new) for v in values)


def table(
    header: Sequence[object], rows: Iterable[Sequence[object]], widths: Sequence[float] = (), total: int | None = None,
    mean: Mean | None = None,
) -> Grid:
    """A table with one bold header row."""
    return Grid((cells(header, bold=True), *(cells(row) for row in rows)), 1, tuple(widths), total, mean)


def pairs(rows: Iterable[tuple[str, object]], widths: Sequence[float] = (1, 3)) -> Grid:
    """A two-column table of label and value, without header row."""
    return Grid(tuple((Cell(clean(label), bold=True), Cell(clean(value))) for label, value in rows), 0, tuple(widths))
