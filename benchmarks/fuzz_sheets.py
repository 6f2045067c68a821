"""Workbooks and Word tables made for ``benchmarks.fuzz``: the cells of a text shuffled, merged, blanked, swollen, turned into
formulas, errors and figures. A maker takes the text of a document and gives the bytes of a file.
"""

from __future__ import annotations

import random
import re
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import docx
import openpyxl

from benchmarks.fuzz_forms import form_of, odt_of

WORDS = re.compile(r"[^\W_]+")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_ODD: tuple[Any, ...] = (
    None, "", "#RIF!", "#DIV/0!", "#N/D", "=1/0", "=A1", "=SUM(A:A)", "=A1&B1", '=INDIRECT("A1")', 0, -1, 1e308, 10**15,
    0.1 + 0.2, True, date(2026, 2, 28), datetime(1900, 1, 1), "31/02/26", "\u200b", "  ", "\n\n", "=", "'", "<b>", "x" * 32_000,
    "=" + "A" * 300, "Obiettivo", "Totale", "Indicatore", "Target 2026", "Peso",
)  # fmt: skip
_TYPES = ("string", "float", "percentage", "date", "boolean", "nulla")
_SPACE = "urn:oasis:names:tc:opendocument:xmlns"
_MOST = 120  # rows


def _grid(data: bytes, chance: random.Random) -> list[list[Any]]:
    """Some rows of a text, their cells disordered."""
    lines = [line for line in _ILLEGAL.sub(" ", data.decode("utf-8", "replace")).split("\n") if line.strip()]
    begin = chance.randrange(max(1, len(lines) - 20))
    rows: list[list[Any]] = [list(line.split("\t")[:40]) for line in lines[begin : begin + chance.randint(5, _MOST)]]
    for _ in range(chance.randint(0, len(rows))):
        row = chance.choice(rows)
        change = chance.choice((chance.shuffle, _pushed, list.reverse, _doubled))
        change(row)
        at = chance.randrange(len(row))
        row[at] = chance.choice((row[at], chance.choice(_ODD), chance.choice(_ODD)))
    if chance.random() < 0.3:
        chance.shuffle(rows)
    return rows


def _pushed(row: list[Any]) -> None:
    row.insert(0, "")


def _doubled(row: list[Any]) -> None:
    row.extend(row[:3])


def noise_grid(data: bytes, chance: random.Random) -> list[list[Any]]:
    """The words of a document in disorder: no heading, no label, no card."""
    words = [w for w in WORDS.findall(_ILLEGAL.sub(" ", data.decode("utf-8", "replace").lower())) if len(w) > 3]

    def cell() -> str | float:
        figure = chance.random() < 0.3
        return round(chance.uniform(-9, 999), 2) if figure else " ".join(chance.choices(words, k=chance.randint(4, 9)))

    return [[cell() for _ in range(chance.randint(1, 9))] for _ in range(chance.randint(5, 80))]


def _areas(rows: list[list[Any]], chance: random.Random) -> list[tuple[int, int, int, int]]:
    """Random areas to merge, also over one another's edges, never overlapping."""
    taken: set[tuple[int, int]] = set()
    areas = []
    width = max(map(len, rows))
    for _ in range(chance.choice((0, 0, 3, 12))):
        top, left = chance.randrange(len(rows)), chance.randrange(width)
        bottom, right = min(len(rows) - 1, top + chance.randrange(4)), min(width - 1, left + chance.randrange(5))
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if len(cells) > 1 and not cells & taken:
            taken |= cells
            areas.append((top, left, bottom, right))
    return areas


def xlsx_of(rows: list[list[Any]], chance: random.Random) -> bytes:
    """A workbook with the rows on a sheet or two, some rows hidden."""
    book = openpyxl.Workbook()
    for part in (rows, rows[: len(rows) // 2] if chance.random() < 0.3 else []):
        if not part:
            continue
        sheet = book.create_sheet(chance.choice(["Foglio", "Obiettivi 2026", "a" * 31]))
        for r, row in enumerate(part, 1):
            for c, value in enumerate(row, 1):
                sheet.cell(r, c).value = value if not isinstance(value, str) else value[:32_000]
        for top, left, bottom, right in _areas(part, chance):
            sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
        for _ in range(chance.choice((0, 0, 4))):
            sheet.row_dimensions[chance.randint(1, len(part))].hidden = True
    if chance.random() < 0.1:
        book.worksheets[-1].cell(1_048_576, 16_384).value = "lontano"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def ods_of(rows: list[list[Any]], chance: random.Random) -> bytes:
    """An OpenDocument sheet written by hand: spans, repeated rows and cells also beyond reason, values that deny their type."""
    lines = []
    for row in rows:
        cells = []
        for value in row:
            kind = chance.choice(_TYPES) if chance.random() < 0.1 else "string"
            spans = f' table:number-columns-spanned="{chance.choice((2, 3, 99, -1))}"' if chance.random() < 0.05 else ""
            again = f' table:number-columns-repeated="{chance.choice((2, 5, 16384, 10**9))}"' if chance.random() < 0.01 else ""
            text = escape(_ILLEGAL.sub(" ", str(value or "")))
            typed = f"office:value-type={quoteattr(kind)}"
            cells.append(f"<table:table-cell {typed}{spans}{again}><text:p>{text}</text:p></table:table-cell>")
        rep = f' table:number-rows-repeated="{chance.choice((2, 1_048_576))}"' if chance.random() < 0.01 else ""
        lines.append(f"<table:table-row{rep}>{''.join(cells)}</table:table-row>")
    names = " ".join(f'xmlns:{short}="{_SPACE}:{short}:1.0"' for short in ("office", "table", "text"))
    content = (f'<office:document-content {names} office:version="1.2"><office:body><office:spreadsheet>'
               f'<table:table table:name="Foglio">{"".join(lines)}</table:table></office:spreadsheet></office:body>'
               "</office:document-content>")  # fmt: skip
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{_SPACE}:manifest:1.0"/>')
    return out.getvalue()


def docx_of(rows: list[list[Any]], chance: random.Random) -> bytes:
    """A Word document with the rows in one table or two, cells merged, a table inside a cell, headings between."""
    document = docx.Document()
    rows = rows[:60]
    cut = chance.randint(1, len(rows))
    for part in (rows[:cut], rows[cut:]):
        if not part:
            continue
        document.add_heading(_ILLEGAL.sub(" ", str(chance.choice(part)[0] or "x"))[:200], chance.randint(1, 6))
        width = min(12, max(map(len, part)))
        table = document.add_table(rows=len(part), cols=width)
        grid = [list(row.cells) for row in table.rows]
        for r, row in enumerate(part):
            for c, value in enumerate(row[:width]):
                grid[r][c].text = _ILLEGAL.sub(" ", str("" if value is None else value))[:5000]
        for top, left, bottom, right in _areas([row[:width] for row in part], chance):
            if right < width:
                grid[top][left].merge(grid[bottom][right])
        if chance.random() < 0.2:
            grid[0][0].add_table(2, 2).cell(0, 0).text = "Obiettivo"
    out = BytesIO()
    document.save(out)
    return out.getvalue()


WRITERS = {".xlsx": xlsx_of, ".ods": ods_of, ".docx": docx_of, ".odt": odt_of, ".pdf": form_of}


def made(data: bytes, chance: random.Random) -> tuple[bytes, str, str]:
    """A file made of a text: its bytes, its suffix, and "celle" or "rumore"."""
    suffix = chance.choice(tuple(WRITERS))
    how = chance.choice(("celle", "celle", "celle", "rumore"))
    rows = noise_grid(data, chance) if how == "rumore" else _grid(data, chance)
    return WRITERS[suffix](rows, chance), suffix, how
