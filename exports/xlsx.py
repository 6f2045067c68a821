"""Excel workbooks: typed cells, header rows frozen and repeated in print, nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cards.model import Card
from cards.quantities import read_number
from exports.layouts import lay_out
from exports.report import HEADER, LEVELS, row
from exports.sheet import Cell, Grid, Heading, Line, Sheet, clean
from ingest.readers.sheets import written
from scoring.findings import CheckReport

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_000
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_CODE = re.compile(r"0\d+")
_FILL = PatternFill("solid", fgColor="E6ECF2")
_LEVEL_FILL = {"error": "F9D6D5", "warning": "FFF3CD", "advice": "E2F0E6"}
_THIN = Side(style="thin", color="B0BAC5")
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def card_xlsx(card: Card, layout: str = "neutro") -> bytes:
    """One card as .xlsx in a layout."""
    return sheet_xlsx(lay_out([card], layout))


def sheet_xlsx(sheet: Sheet) -> bytes:
    """A sheet as one worksheet, its tables one under the other."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Scheda"
    book.properties.title, book.properties.creator = sheet.title[:250], ""
    _print_setup(page, sheet.landscape)
    at = 1
    for item in sheet.items:
        if isinstance(item, Heading | Line):
            text = item.text if isinstance(item, Heading) else f"{item.label} {item.text}".strip()
            target = put(page, at, 1, text, typed=False)
            target.font = Font(bold=isinstance(item, Heading), size=13 if isinstance(item, Heading) else 11)
            at += 1
        else:
            at = _grid(page, at, item) + 1
    return _bytes(book)


def findings_xlsx(report: CheckReport, source_rows: Mapping[str, Sequence[Sequence[str]]] | None = None) -> bytes:
    """The findings as a filterable table, the checks not run, the checked tables as read (``source_rows``: name -> rows)."""
    book = Workbook()
    page = book.active
    assert isinstance(page, Worksheet)
    page.title = "Segnalazioni"
    words = {"error": "Errore", "warning": "Avvertenza", "advice": "Consiglio"}
    _header(page, ("Livello", *HEADER), (12, 10, 32, 18, 48, 22, 22, 34, 40))
    for n, finding in enumerate(report.findings, 2):
        level = finding.level.value
        for k, value in enumerate((words[level], *row(finding)), 1):
            target = put(page, n, k, value, typed=False)
            if k == 1:
                target.fill = PatternFill("solid", fgColor=_LEVEL_FILL[level])
    page.auto_filter.ref = f"A1:{get_column_letter(len(HEADER) + 1)}{max(len(report.findings) + 1, 1)}"
    _summary(book, report)
    for name, rows in (source_rows or {}).items():
        source = book.create_sheet(_sheet_name(name, book.sheetnames))
        for n, values in enumerate(rows, 1):
            for k, value in enumerate(values, 1):
                put(source, n, k, value)
    return _bytes(book)


def put(page: Worksheet, row_: int, column: int, value: object, typed: bool = True) -> Any:
    """One cell: numbers, percentages, sums and dates typed where the writing is plain; the rest as text, never as a formula."""
    target = page.cell(row_, column)
    text = clean(value)[:CELL_LIMIT]
    number = _number(text) if typed else None
    if number is not None and _shown_as(number, text):
        target.value, target.number_format = number
    elif text:
        target.value = text
        target.data_type = "s"
        target.quotePrefix = text.startswith(DANGEROUS)
    target.alignment = Alignment(wrap_text=True, vertical="top")
    target.border = _LINE
    return target


def _number(text: str) -> tuple[Any, str] | None:
    """(value, number format) of a plain number, percentage, sum of money or date; codes with a leading zero stay text."""
    if date := _DATE.fullmatch(text):
        try:
            return datetime(int(date[3]), int(date[2]), int(date[1])), "dd/mm/yyyy"
        except ValueError:
            return None
    value = None if _CODE.fullmatch(text) or len(text) > 20 or text.startswith("+") else read_number(text)
    if value is None:
        return None
    exponent = value.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    shape = "0" if not decimals else "0." + "0" * decimals
    if text.rstrip().endswith("%"):
        return float(value / Decimal(100)), shape + "%"
    grouped = ("#,##" if "." in text.split(",")[0] or "€" in text else "") + shape
    return (int(value) if not decimals else float(value)), grouped + (' "€"' if "€" in text else "")


def _shown_as(typed: tuple[Any, str], text: str) -> bool:
    """Whether a typed cell shows the very text it stands for, spaces apart: what is exported is read back."""
    return written(*typed).replace(" ", "") == "".join(text.split())


def _grid(page: Worksheet, at: int, grid: Grid) -> int:
    for n, cells in enumerate(grid.rows):
        column = 1
        for cell in cells:
            target = put(page, at + n, column, cell.text, typed=n >= grid.header and not cell.bold)
            target.font = Font(bold=cell.bold, strike=cell.struck, color="0B5C2B" if cell.new else None)
            if n < grid.header:
                target.fill = _FILL
            if cell.span > 1:
                page.merge_cells(
                    start_row=at + n, start_column=column, end_row=at + n, end_column=column + cell.span - 1
                )
            column += cell.span
    _column_widths(page, grid)
    end = at + len(grid.rows)
    return _total(page, at, end, grid) if grid.total is not None else end


def _total(page: Worksheet, at: int, end: int, grid: Grid) -> int:
    """A sum under a column of weights, as a formula that follows the edits; only where every weight is a number."""
    assert grid.total is not None
    numeric = all(isinstance(page.cell(r, grid.total + 1).value, int | float) for r in range(at + grid.header, end))
    if not numeric:
        return end
    letter = get_column_letter(grid.total + 1)
    label = put(page, end, 1, "Totale", typed=False) if grid.total > 0 else None
    if label is not None:
        label.font = Font(bold=True)
    target = page.cell(end, grid.total + 1, f"=SUM({letter}{at + grid.header}:{letter}{end - 1})")
    target.number_format, target.font = page.cell(end - 1, grid.total + 1).number_format, Font(bold=True)
    return end + 1


def _column_widths(page: Worksheet, grid: Grid) -> None:
    for n in range(grid.columns):
        share = grid.widths[n] if n < len(grid.widths) else 1.0
        letter = get_column_letter(n + 1)
        page.column_dimensions[letter].width = max(page.column_dimensions[letter].width or 0, min(60.0, 6 + share * 8))


def _header(page: Worksheet, names: Sequence[str], widths: Sequence[float]) -> None:
    for n, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        target = put(page, 1, n, name, typed=False)
        target.font, target.fill = Font(bold=True), _FILL
        page.column_dimensions[get_column_letter(n)].width = width
    page.freeze_panes = "A2"
    page.print_title_rows = "1:1"
    _print_setup(page, True)


def _summary(book: Workbook, report: CheckReport) -> None:
    page = book.create_sheet("Riepilogo")
    rows: list[tuple[str, object]] = [("Documento", report.file or "bozza"), ("Profilo", report.profile)]
    rows += [(label, report.summary.get(level, 0)) for level, label in LEVELS]
    rows += [("Controlli non eseguiti", len(report.not_run)), *((s.code, s.why) for s in report.not_run)]
    for n, (label, value) in enumerate(rows, 1):
        put(page, n, 1, label, typed=False).font = Font(bold=True)
        put(page, n, 2, value)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 26, 90


def _print_setup(page: Worksheet, landscape: bool) -> None:
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    page.oddFooter.center.text = "Pagina &P di &N"  # type: ignore[union-attr]


def _sheet_name(name: str, taken: Sequence[str]) -> str:
    base = re.sub(r"[\[\]:*?/\\]", " ", clean(name)).strip()[:28] or "Tabella"
    found, n = base, 2
    while found in taken:
        found, n = f"{base} {n}", n + 1
    return found


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


__all__ = ["MIME", "Cell", "card_xlsx", "findings_xlsx", "sheet_xlsx"]
