"""A document as one stream of lines (paragraphs and table rows) and the trace of what was made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cards.model import Notice, Origin, Source
from ingest.blocks import Blocks, Place
from ingest.dialects._memo import once
from ingest.dialects._sheet_text import flat, letters
from ingest.dialects.part import Spot, spot

WIDEST = 100  # filled cells of a row that are looked at as labels
_LABEL = 200  # characters of a cell that are looked at as a label


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph (one cell) or a table row, cells on one line each; ``table`` numbers the table it belongs to.

    ``filled`` are the cells that hold something, with their column.
    """

    cells: tuple[str, ...]
    place: Place
    struck: frozenset[int] = frozenset()
    table: int | None = None
    raw: str = ""

    filled: list[tuple[int, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "filled", [(i, cell) for i, cell in enumerate(self.cells) if cell])

    @property
    def keys(self) -> list[str]:
        """The filled cells as labels (their first words: no label is longer; no sheet is wider than ``WIDEST``)."""
        return [letters(cell[:_LABEL]) for _, cell in self.filled[:WIDEST]]

    @property
    def first(self) -> str:
        """The first filled cell, "" for none."""
        return next((cell for cell in self.cells if cell), "")

    def at(self, column: int) -> str:
        """The cell of a column, "" where the row has none."""
        return self.cells[column] if 0 <= column < len(self.cells) else ""


@once
def lines_of(blocks: Blocks) -> list[Line]:
    """Every paragraph and table row of a document, in reading order."""
    return list(_lines(blocks))


def _lines(blocks: Blocks) -> Iterator[Line]:
    for number, block in enumerate(blocks.blocks):
        if block.kind != "table":
            if block.text.strip():
                struck = frozenset({0}) if block.struck else frozenset()
                yield Line((flat(block.text),), block.place, struck, raw=block.text)
            continue
        for row in block.rows:
            cells = tuple(cell and flat(cell) for cell in row.cells)
            if any(cells):
                yield Line(cells, row.place, row.struck, number)


@dataclass(slots=True)
class Trace:
    """What was used of a document and where each field of a card stands."""

    document: str
    used: set[Spot] = field(default_factory=set)
    warnings: list[Notice] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    provenance: dict[str, Origin] = field(default_factory=dict)

    def use(self, *lines: Line) -> None:
        """Count lines as read into the current card."""
        for line in lines:
            self.used.add(spot(line.place))
            self.places.append(line.place)

    def mark(self, path: str, place: Place) -> None:
        """Say where a field of the current card stands; the first place said is kept."""
        origin = Origin(from_="document", document=self.document, page=place.page, line=place.line)
        self.provenance.setdefault(path, origin)

    def warn(self, message: str, place: Place) -> None:
        """Put a line into the reading report."""
        self.warnings.append(Notice(message=message, page=place.page, line=place.line))

    def card(self) -> Trace:
        """A trace for a new card that shares used lines and warnings."""
        return Trace(self.document, self.used, self.warnings)

    def source(self) -> Source:
        """The pages and the first and last line of the current card."""
        return source_of(self.document, self.places)


def source_of(document: str, places: Iterable[Place]) -> Source:
    """A card's ``Source`` from the places it was read at."""
    places = list(places)
    numbers = [p.line for p in places if p.line is not None]
    pages = sorted({p.page for p in places if p.page is not None})
    return Source(document=document, pages=tuple(pages), lines=(min(numbers), max(numbers)) if numbers else ())
