"""The user's own workbook with the findings written in its cells: a comment and a colour on each, and a list of all.

Nothing in it runs: formulas become the value that was last shown, one saved without a value becomes its own text. Other
sources (.csv, .docx, .pdf, .xls, .ods) get a copy of their tables, annotated in the same way.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cards.model import Card
from exports.findings_marks import Mark, SourceRow, marks, placed
from exports.report import HEADER, row
from exports.sheet import clean
from exports.xlsx import DANGEROUS, font, print_setup, put, row_heights
from scoring.findings import CheckReport, Finding
from scoring.registry import rule

FILLS = {"error": "F4B6B3", "warning": "FFE08A", "advice": "BFE3CC"}
WORDS = {"error": "Errore", "warning": "Attenzione", "advice": "Consiglio"}
LIST = "Segnalazioni"
AUTHOR = "PIAO"
WIDTHS = (12, 10, 32, 22, 48, 22, 22, 34, 40)


def annotated_xlsx(report: CheckReport, cards: Sequence[Card], source: bytes) -> bytes:
    """The source workbook (.xlsx or .xlsm; macros are left out) with each finding on its cell, and the list of findings."""
    book = _inert(source)
    names = book.sheetnames
    at: dict[str, str] = {}
    for mark in sorted(marks(report, cards), key=lambda mark: mark.finding.level.rank):
        name = mark.sheet or (names[(mark.finding.where.page or 1) - 1] if names else None)
        if name in names:
            cell = _mark(book[name], mark)
            at.setdefault(mark.finding.fingerprint, f"'{name}'!{cell}")
    for finding in report.findings:
        line, page = finding.where.line, finding.where.page
        if finding.fingerprint not in at and finding.where.cell is None and line and page and page <= len(names):
            cell = _mark(book[names[page - 1]], Mark(None, line, None, finding))
            at[finding.fingerprint] = f"'{names[page - 1]}'!{cell}"
    _list(book, report, at)
    return _bytes(book)


def copied_xlsx(report: CheckReport, cards: Sequence[Card], rows: Sequence[SourceRow]) -> bytes:
    """The tables of a source that is no .xlsx, row by row, with each finding on its cell, and the list of findings.

    Rows of a sheet or of a text keep their number; rows of a document say their page and line in the first column.
    """
    book = Workbook()
    active = book.active
    assert active is not None
    book.remove(active)
    spots: list[tuple[Worksheet, int, int]] = []
    for one in rows:
        spots.append(copy_row(book, one))
    at: dict[str, str] = {}
    for n, column, mark in sorted(placed(report, cards, rows), key=lambda item: item[2].finding.level.rank):
        page, line, shift = spots[n]
        cell = _mark(page, Mark(page.title, line, None if column is None else column + 1 + shift, mark.finding, mark.first))
        at.setdefault(mark.finding.fingerprint, f"'{page.title}'!{cell}")
    _list(book, report, at)
    return _bytes(book)


def copy_row(book: Workbook, one: SourceRow) -> tuple[Worksheet, int, int]:
    """One row; returns sheet, row number and how many columns stand before the table's own."""
    paged = one.sheet is None and one.page is not None
    title = _title(one.sheet) if one.sheet else "Tabelle lette"
    page = book[title] if title in book.sheetnames else book.create_sheet(title)
    line = page.max_row + 1 if paged or one.line is None else one.line
    if paged:
        put(page, line, 1, f"p. {one.page}, r. {one.line}", typed=False)
    for n, text in enumerate(one.cells, 1 + paged):
        put(page, line, n, text)
        letter = get_column_letter(n)
        page.column_dimensions[letter].width = max(page.column_dimensions[letter].width, min(44, 4 + len(text)))
    return page, line, int(paged)


def _title(name: str) -> str:
    return "".join(" " if char in "[]:*?/\\" else char for char in clean(name))[:31].strip() or "Tabella"


def _inert(source: bytes) -> Workbook:
    """The workbook with values in the place of formulas; what a spreadsheet would run is text."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # features that openpyxl drops are not part of the table
        book = load_workbook(io.BytesIO(source), data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(source), keep_links=False) if _has_formulas(source) else None
    for chart in book.chartsheets:
        book.remove(chart)
    for page in book.worksheets:
        for cells in page.iter_rows():
            for cell in cells:
                _quiet(cell, written[page.title][cell.coordinate].value if written is not None else None)
    book.defined_names.clear()
    return book


def _has_formulas(source: bytes) -> bool:
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return any(b"<f" in archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))


def _quiet(cell: Any, formula: Any) -> None:
    if isinstance(cell, MergedCell):
        return
    if cell.value is None and isinstance(formula, str) and formula.startswith("="):
        cell.value, cell.data_type = formula, "s"
    if isinstance(cell.value, str) and cell.value.startswith(DANGEROUS):
        cell.data_type, cell.quotePrefix = "s", True


def _mark(page: Worksheet, mark: Mark) -> str:
    """Colour the cell (or the row's cells) and say why in a comment; the gravest colour stays. Returns the coordinate."""
    used = [c for c in range(1, page.max_column + 1) if page.cell(mark.row, c).value is not None]
    columns = [mark.column] if mark.column else used or [1]
    spots = [whole(page, mark.row, column) for column in columns]
    for cell in spots:
        if cell.fill.fgColor.rgb not in {f"00{colour}" for colour in FILLS.values()}:
            cell.fill = PatternFill("solid", fgColor=FILLS[mark.finding.level.value])
    if mark.first:
        _comment(spots[0], mark.finding)
    return str(spots[0].coordinate)


def whole(page: Worksheet, line: int, column: int) -> Any:
    """The cell, or the first of the merged area that it belongs to."""
    cell = page.cell(line, column)
    if isinstance(cell, MergedCell):
        area = next(area for area in page.merged_cells.ranges if cell.coordinate in area)
        cell = page.cell(area.min_row, area.min_col)
    return cell


def _comment(cell: Any, finding: Finding) -> None:
    text = clean("\n".join(comment_lines(finding)))
    old = cell.comment.text + "\n\n" if cell.comment else ""
    comment = Comment((old + text)[:8000], AUTHOR)
    comment.width, comment.height = 380, min(420, 30 + 17 * (len(comment.text) // 52 + comment.text.count("\n") + 1))
    cell.comment = comment


def comment_lines(finding: Finding) -> Iterable[str]:
    """What a comment says: level and code, what, what was expected, what to do."""
    yield f"{WORDS[finding.level.value].upper()} {finding.code}: {finding.message}"
    if finding.expected:
        yield f"Trovato: {finding.found or 'vuoto'}. Atteso: {finding.expected}."
    yield f"Rimedio: {finding.fix}"


def _list(book: Workbook, report: CheckReport, at: dict[str, str]) -> None:
    """The findings one a row, with a link to the cell, then what was accepted and what did not run."""
    name = next(name for name in (LIST, *(f"{LIST} {n}" for n in range(2, 99))) if name not in book.sheetnames)
    page = book.create_sheet(name, 0)
    for n, (heading, width) in enumerate(zip(("Livello", *HEADER), WIDTHS, strict=True), 1):
        cell = put(page, 1, n, heading, typed=False)
        cell.font, cell.fill = font(bold=True), PatternFill("solid", fgColor="E6ECF2")
        page.column_dimensions[get_column_letter(n)].width = width
    for n, finding in enumerate(report.findings, 2):
        for k, value in enumerate((WORDS[finding.level.value], *row(finding)), 1):
            put(page, n, k, value, typed=False)
        page.cell(n, 1).fill = PatternFill("solid", fgColor=FILLS[finding.level.value])
        if finding.fingerprint in at:
            place = page.cell(n, 4)
            place.hyperlink = f"#{at[finding.fingerprint]}"
            place.font = font(color="0563C1", underline="single")
    page.freeze_panes = "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(WIDTHS))}{len(report.findings) + 1}"
    row_heights(page)
    print_setup(page, landscape=True)
    page.print_title_rows = "1:1"
    _foot(page, report, len(report.findings) + 3)
    book.active = 0


def _foot(page: Worksheet, report: CheckReport, at: int) -> None:
    lines = [f"Documento: {report.file or 'bozza'}", f"Profilo: {report.profile}"]
    lines += [f"Accettata {one.finding.code} ({one.finding.card or ''}): {one.reason}"
              + (f" ({one.author})" if one.author else "") for one in report.waived]  # fmt: skip
    lines += [f"Controllo non eseguito: {rule(one.code).title} ({one.code}): {one.why}" for one in report.not_run]
    for n, line in enumerate(lines, at):
        cell = page.cell(n, 1, clean(line))
        cell.data_type = "s"


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
