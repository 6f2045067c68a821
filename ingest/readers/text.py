"""Plain text and markdown: lines with tabs are table rows, ``#`` lines are headings, the rest are paragraphs.

UTF-8 (with or without mark), UTF-16 with its mark, else Windows-1252; a file that mixes encodings is read line by line
and says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.tables import table_blocks, text_block
from ingest.readers.words import clean, is_bold, is_struck

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_PIPES = re.compile(r"\s*\|.*\|\s*$")


def read_text(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of a text file; ``Place.line`` is the file's line. Raises ``UnreadableFile`` for what is not text."""
    text, mixed = decode(path.read_bytes(), name)
    warnings = tuple((f"codifica mista: riga {line} letta come Windows-1252", Place(line=line)) for line in mixed[:20])
    blocks = tuple(blocks_of(text, name, limits))
    return Blocks(name, "text", blocks, warnings=warnings)


def decode(data: bytes, name: str) -> tuple[str, list[int]]:
    """The text and the lines (1-based) that were Windows-1252 inside a UTF-8 file."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16"), []
        except UnicodeDecodeError as error:
            raise UnreadableFile(f"{name}: il testo UTF-16 è danneggiato. Salva di nuovo il file come UTF-8.") from error
    if b"\x00" in data:
        raise UnreadableFile(f"{name}: contiene caratteri nulli, non è un file di testo. Salvalo come testo UTF-8.")
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        return _decode_by_line(data)


def _decode_by_line(data: bytes) -> tuple[str, list[int]]:
    lines, western, utf8 = [], [], 0
    for number, raw in enumerate(data.split(b"\n"), 1):
        try:
            lines.append(raw.decode("utf-8"))
            utf8 += not raw.isascii()
        except UnicodeDecodeError:
            lines.append(raw.decode("cp1252", errors="replace"))
            western.append(number)
    return "\n".join(lines), western if utf8 else []


def blocks_of(text: str, name: str, limits: Limits) -> Iterator[Block]:
    """Blocks of a text: consecutive lines with tabs (or markdown pipes) are one table, a blank line ends it."""
    rows: list[Row] = []
    cells = 0
    for number, line in enumerate(text.split("\n"), 1):
        if "\t" in line and "\t" in line.strip("\r\n ") or "|" in line and _PIPES.match(line):
            row = _row(line, number)
            cells += len(row.cells)
            if cells > limits.max_cells:
                raise LimitExceeded(f"{name}: più di {limits.max_cells} celle. Dividi il file e riprova.")
            rows.append(row)
            continue
        if rows:
            yield from table_blocks(rows)
            rows = []
        if line.strip():
            yield from _line(line, number)
    if rows:
        yield from table_blocks(rows)


def _row(line: str, number: int) -> Row:
    raw = line.rstrip("\r\n")
    parts = raw.split("\t") if "\t" in raw else raw.strip()[1:-1].split("|")
    struck = frozenset(i for i, part in enumerate(parts) if is_struck(part)) if "~" in raw or "<" in raw else frozenset()
    return Row(tuple([part and clean(part, markdown=True) for part in parts]), Place(line=number), struck)


def _line(line: str, number: int) -> Iterator[Block]:
    place = Place(line=number)
    marked = _HEADING.match(line.strip())
    text = clean(marked[2] if marked else line, markdown=True)
    if not text:
        return
    level = len(marked[1]) if marked else 0
    yield text_block(text, place, level=level, bold=is_bold(line), struck=is_struck(line))
