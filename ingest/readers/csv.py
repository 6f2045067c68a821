"""CSV: the separator is the one that gives the steadiest columns, the encoding as for text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.sheets import column_letters, failed_formula, is_error, sheet_blocks
from ingest.readers.text import decode
from ingest.readers.words import clean

SEPARATORS = ";\t|,"
MAX_COLUMNS = 10_000
_DECLARED = re.compile(r"sep=([;,\t|])\r?\n", re.I)  # the line that Excel writes and takes before the first record
_Notes = list[tuple[str, Place]]


def read_csv(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of a CSV file; ``Place.line`` is the line on which a record begins."""
    text, mixed = decode(path.read_bytes(), name)
    declared = _DECLARED.match(text)
    separator = declared[1] if declared else find_separator(text)
    notes = [(f"codifica mista: riga {line} letta come Windows-1252", Place(line=line)) for line in mixed[:20]]
    blocks = tuple(sheet_blocks(_rows(text, separator, limits, name, notes, declared is not None), numbered=False))
    if not blocks:
        raise UnreadableFile(f"{name}: il file non contiene dati.")
    return Blocks(name, "csv", blocks, warnings=tuple(notes))


def find_separator(text: str) -> str:
    """The separator of a CSV text.

    >>> find_separator("Obiettivo;Peso\\nA, B;0,25\\nC;0,75")
    ';'
    """
    lines = [line for line in text.splitlines() if line.strip()][:200]
    best, score = ";", 0.0
    for separator in SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=separator) if row)
        except csv.Error:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * min(item[0] - 1, 1), item[0]), default=(1, 0))
        steady = times / max(1, widths.total())
        if width > 1 and steady > score + 0.05:
            best, score = separator, steady
    return best


def _rows(text: str, separator: str, limits: Limits, name: str, notes: _Notes, headed: bool) -> Iterator[Row]:
    """The records; ``headed`` when the first line only declares the separator."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line, cells = 1, 0
    try:
        for record in reader:
            cells += len(record)
            if cells > limits.max_cells or len(record) > MAX_COLUMNS:
                raise LimitExceeded(f"{name}, riga {line}: troppe celle ({len(record)} colonne). Controlla il separatore.")
            if not (headed and line == 1):
                yield Row(tuple(_told(clean(cell), i, line, notes) for i, cell in enumerate(record)), Place(line=line))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFile(f"{name}, riga {line}: CSV non valido ({error}). Salva di nuovo il file come CSV.") from error


def _told(cell: str, column: int, line: int, notes: _Notes) -> str:
    """The cell; one that shows a failed formula is empty and said."""
    if not is_error(cell):
        return cell
    notes.append((failed_formula("csv", f"{column_letters(column)}{line}", cell), Place(line=line)))
    return ""
