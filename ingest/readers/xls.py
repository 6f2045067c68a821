"""Old Excel (.xls, .xlsb) through python-calamine: values and merged cells; the old formats' number formats are not kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.sheets import sheet_blocks, sheet_heading, written
from ingest.readers.words import clean


def read_xls(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of an old workbook; ``Place`` as for .xlsx."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        names = list(book.sheet_names)
        blocks = tuple(block for i, title in enumerate(names, 1) for block in _sheet(book, title, i, limits, name))
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise UnreadableFile(f"{name}: il file è protetto da password. Togli la password e caricalo di nuovo.") from error
        raise UnreadableFile(f"{name}: il file Excel è danneggiato. Salvalo di nuovo in formato .xlsx.") from error
    if not blocks:
        raise UnreadableFile(f"{name}: la cartella Excel non contiene dati.")
    return Blocks(name, "xls", blocks, len(names))


def _sheet(book: Any, title: str, page: int, limits: Limits, name: str) -> Iterator[Block]:
    sheet = book.get_sheet_by_name(title)
    if sheet.total_height * sheet.total_width > limits.max_cells:
        raise LimitExceeded(f"{name}: più di {limits.max_cells} celle (PIAO_MAX_CELLS). Dividi la cartella Excel.")
    rows = [
        Row(tuple(_text(value) for value in values), Place(page, i, title))
        for i, values in enumerate(sheet.to_python(skip_empty_area=False), 1)
    ]
    rows = [row for row in rows if any(row.cells)]
    if rows:
        yield sheet_heading(title, page)
        yield from sheet_blocks(rows)


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return written(int(value))
    return clean(written(value))
