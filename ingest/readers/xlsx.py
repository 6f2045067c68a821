"""Excel (.xlsx, .xlsm): values as they are shown, merged cells, struck text, hidden rows and sheets named in the report."""

from __future__ import annotations

import posixpath
import re
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from cards.errors import LimitExceeded, UnreadableFile
from ingest.blocks import Block, Blocks, Place, Row
from ingest.limits import Limits
from ingest.readers.safezip import BROKEN_ZIP, check_archive
from ingest.readers.sheets import column_letters, failed_formula, is_error, sheet_blocks, sheet_heading, written
from ingest.readers.tables import text_block
from ingest.readers.words import clean

MAX_COLUMNS = 1000
_NO_VALUE = re.compile(rb'<c\s[^>]*?r="([A-Z]{1,3}\d+)"[^>]*><f\b[^>]*?(?:/>|>[^<]*</f>)(?:<v\s*/>|<v>\s*</v>)?</c>')
_MERGE = re.compile(rb'<mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d+):([A-Z]{1,3})(\d+)"')
_DRAWING, _BOX = re.compile(r"xl/drawings/drawing\d+\.xml"), re.compile(rb"<(?:\w+:)?txBody\b.*?<a:t[ >]", re.S)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_Notes = list[tuple[str, Place]]


def read_xlsx(path: Path, limits: Limits, name: str) -> Blocks:
    """The blocks of a workbook: ``Place.page`` is the sheet's number, ``line`` the row, ``sheet`` its name."""
    check_archive(path, limits, name)
    notes: _Notes = []
    try:
        _count_cells(path, limits, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of features it drops (validation, drawings): not text
            with path.open("rb") as file:
                book = load_workbook(file, data_only=True, keep_links=False, rich_text=True)
        blocks = tuple(_sheets(book, notes, name))
        metadata = {"title": book.properties.title or "", "author": book.properties.creator or ""}
        _formulas_without_value(path, book.sheetnames, notes)
        _words_outside_cells(path, notes)
    except (InvalidFileException, etree.LxmlError, SyntaxError, LookupError, TypeError, AttributeError, *BROKEN_ZIP) as error:
        raise UnreadableFile(f"{name}: il file Excel è danneggiato. Aprilo con Excel, salvalo di nuovo e riprova.") from error
    if not any(block.kind != "heading" or block.place.line for block in blocks):
        raise UnreadableFile(f"{name}: la cartella Excel non contiene dati.")
    return Blocks(name, "xlsx", blocks, len(book.sheetnames), {k: v for k, v in metadata.items() if v}, tuple(notes))


def _count_cells(path: Path, limits: Limits, name: str) -> None:
    """Refuse too many cells before they are built in memory."""
    cells = 0
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.startswith("xl/worksheets/") and member.endswith(".xml"):
                sheet = archive.read(member)
                cells += len(re.findall(rb"<(?:\w+:)?c[ >/]", sheet)) + sum(_area(*ref) for ref in _MERGE.findall(sheet))
                if cells > limits.max_cells:
                    raise LimitExceeded(f"{name}: più di {limits.max_cells} celle (PIAO_MAX_CELLS). Dividi il file.")


def _area(left: bytes, top: bytes, right: bytes, bottom: bytes) -> int:
    """The cells of a merged area: each is built in memory."""
    first, last = column_index_from_string(left.decode()), column_index_from_string(right.decode())
    return (last - first + 1) * (int(bottom) - int(top) + 1)


def _sheets(book: Any, notes: _Notes, name: str) -> Iterator[Block]:
    for number, sheet in enumerate(book.worksheets, 1):
        if sheet.sheet_state != "visible":
            notes.append((f"foglio «{sheet.title}» nascosto: non è stato letto", Place(number, sheet=sheet.title)))
            continue
        struck: list[Block] = []
        rows = list(_rows(sheet, number, notes, struck))
        if any(any(row.cells) for row in rows):
            yield sheet_heading(sheet.title, number)
            yield from sheet_blocks(rows)
        yield from struck


def _rows(sheet: Any, page: int, notes: _Notes, leftovers: list[Block]) -> Iterator[Row]:
    """The rows in use; struck words of cells that also hold live text go to ``leftovers``."""
    by_row: dict[int, dict[int, Any]] = {}
    beyond = 0
    commented: list[str] = []
    for (r, c), cell in sheet._cells.items():
        if cell.comment is not None:
            commented.append(cell.coordinate)
        if cell.value is None:
            continue
        if c > MAX_COLUMNS:
            beyond += 1
            continue
        by_row.setdefault(r, {})[c] = cell
    if beyond:
        notes.append((f"foglio «{sheet.title}»: {beyond} celle oltre la colonna {column_letters(MAX_COLUMNS - 1)} non lette",
                      Place(page, sheet=sheet.title)))  # fmt: skip
    merged, above = _merged(sheet, by_row)
    hidden = [r for r in sorted(by_row) if sheet.row_dimensions[r].hidden]
    if hidden:
        notes.append((f"foglio «{sheet.title}»: lette anche le righe nascoste {', '.join(map(str, hidden[:12]))}",
                      Place(page, hidden[0], sheet.title)))  # fmt: skip
    columns = _hidden_columns(sheet, {c for cells in by_row.values() for c in cells})
    if columns:
        shown = ", ".join(column_letters(c - 1) for c in columns[:12])
        notes.append((f"foglio «{sheet.title}»: lette anche le colonne nascoste {shown}", Place(page, sheet=sheet.title)))
    if commented:
        shown = ", ".join(commented[:8]) + (" …" if len(commented) > 8 else "")
        notes.append((f"foglio «{sheet.title}»: commenti alle celle non letti ({shown})", Place(page, sheet=sheet.title)))
    for r in sorted(by_row):
        cells = by_row[r]
        width = max(max(cells), max(merged.get(r, {0})) + 1)
        words = {c: _words(cell, page, sheet.title, notes) for c, cell in sorted(cells.items())}
        texts = tuple(words[c][0] or words[c][1] if c in words else "" for c in range(1, width + 1))
        struck = frozenset(c - 1 for c, (live, old) in words.items() if old and not live)
        leftovers += [text_block(old, Place(page, r, sheet.title), struck=True) for live, old in words.values() if live and old]
        yield Row(texts, Place(page, r, sheet.title), struck, frozenset(merged.get(r, ())), frozenset(above.get(r, ())))


def _words(cell: Any, page: int, title: str, notes: _Notes) -> tuple[str, str]:
    """The words of a cell: those that hold and those struck through, by the cell's font or within its text."""
    if cell.data_type == "e" or isinstance(cell.value, str) and is_error(cell.value):
        notes.append((failed_formula(title, cell.coordinate, str(cell.value)), Place(page, cell.row, title)))
        return "", ""
    gone = bool(cell.font is not None and cell.font.strike)
    if not isinstance(cell.value, CellRichText):
        text = clean(written(cell.value, cell.number_format or "General"))
        return ("", text) if gone else (text, "")
    parts: tuple[list[str], list[str]] = ([], [])
    for part in cell.value:
        struck = bool(part.font is not None and part.font.strike) if isinstance(part, TextBlock) else gone
        parts[struck].append(part.text if isinstance(part, TextBlock) else part)
    return clean("".join(parts[0])), clean("".join(parts[1]))


def _hidden_columns(sheet: Any, used: set[int]) -> list[int]:
    """The hidden columns, 1-based, that hold something."""
    spans = [(d.min or 0, d.max or 0) for d in sheet.column_dimensions.values() if d.hidden]
    return [c for c in sorted(used) if any(first <= c <= last for first, last in spans)]


def _merged(sheet: Any, rows: dict[int, dict[int, Any]]) -> tuple[dict[int, set[int]], dict[int, set[int]]]:
    """For each row in use the 0-based columns that continue a merged cell, and those that continue the cell above."""
    merged: dict[int, set[int]] = {}
    above: dict[int, set[int]] = {}
    for area in sheet.merged_cells.ranges:
        last = min(area.max_col, MAX_COLUMNS)
        for r in (r for r in rows if area.min_row <= r <= area.max_row):
            for c in range(area.min_col, last + 1):
                if (r, c) != (area.min_row, area.min_col):
                    merged.setdefault(r, set()).add(c - 1)
                    if r > area.min_row:
                        above.setdefault(r, set()).add(c - 1)
    return merged, above


def _formulas_without_value(path: Path, titles: list[str], notes: _Notes) -> None:
    """Formulas saved without their result (by a program, not by Excel) would look like empty cells: say so."""
    with zipfile.ZipFile(path) as archive:
        members = _members(archive)
        for number, title in enumerate(titles, 1):
            found = _NO_VALUE.findall(archive.read(members[title])) if members.get(title) in archive.namelist() else []
            if found:
                which = ", ".join(cell.decode() for cell in found[:8]) + (" …" if len(found) > 8 else "")
                note = f"foglio «{title}»: formule senza valore calcolato ({which}). Apri e salva la cartella con Excel"
                notes.append((note, Place(number, sheet=title)))


def _members(archive: zipfile.ZipFile) -> dict[str, str]:
    """The file of each sheet, by its title: their numbers need not follow the order of the sheets."""
    links = etree.fromstring(archive.read("xl/_rels/workbook.xml.rels"), _PARSER)
    targets = {link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target") or ""))[1:] for link in links}
    book = etree.fromstring(archive.read("xl/workbook.xml"), _PARSER)
    sheets = (sheet for sheet in book.iter() if isinstance(sheet.tag, str) and sheet.tag.endswith("}sheet"))
    found = ((s.get("name"), next((targets.get(v) for k, v in s.attrib.items() if k.endswith("}id")), None)) for s in sheets)
    return {title: target for title, target in found if title and target}


def _words_outside_cells(path: Path, notes: _Notes) -> None:
    """Text boxes float over the cells and belong to none: said, for nobody would know where to read them."""
    with zipfile.ZipFile(path) as archive:
        drawn = [m for m in archive.namelist() if _DRAWING.fullmatch(m)]
        boxes = sum(len(_BOX.findall(archive.read(member))) for member in drawn)
    if boxes:
        notes.append((f"caselle di testo sopra le celle non lette: {boxes}. Scrivine il contenuto nelle celle", Place()))
