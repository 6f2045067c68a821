"""Excel workbooks: typed cells, header rows frozen and repeated in print, nothing that a spreadsheet would run as a formula."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from cards.model import Card
from cards.quantities import read_number
from exports.cell_rules import add_rules
from exports.layouts import lay_out
from exports.sheet import Cell, Grid, Heading, Line, Sheet, clean
from ingest.readers.sheets import written

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CELL_LIMIT = 32_000
FACE, SIZE = "Calibri", 11
LONG = 80  # letters from which a line by itself is a paragraph, folded within the width of the tables
LINE, TALLEST = 15.0, 405.0  # points: a line of text, and what a spreadsheet allows a row
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")

_DATE = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_CODE = re.compile(r"0\d+")
_FILL = PatternFill("solid", fgColor="E6ECF2")
_THIN = Side(style="thin", color="B0BAC5")
_LINE = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


class Formula(NamedTuple):
    """A formula of ours under a column (from 1), and how its figure is shown."""

    column: int
    text: str
    shape: str


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
    print_setup(page, sheet.landscape)
    headed = [item for item in sheet.items if isinstance(item, Grid) and item.header]
    wide = max((item.columns for item in sheet.items if isinstance(item, Grid)), default=1)
    at = 1
    for item in sheet.items:
        if isinstance(item, Heading | Line):
            text = item.text if isinstance(item, Heading) else f"{item.label} {item.text}".strip()
            target = put(page, at, 1, text, typed=False)
            target.font = font(bold=isinstance(item, Heading), size=13 if isinstance(item, Heading) else SIZE)
            target.border = Border()
            if len(text) > LONG:
                page.merge_cells(start_row=at, start_column=1, end_row=at, end_column=wide)
            else:  # a title runs on over the columns beside it
                target.alignment = Alignment(vertical="top")
            at += 1
        else:
            if headed == [item]:  # a page has one header to repeat: with several tables it would stand over the wrong ones
                page.print_title_rows = f"{at}:{at + item.header - 1}"
            at = _grid(page, at, item) + 1
    row_heights(page)
    return _bytes(book)


def font(size: int = SIZE, **style: Any) -> Font:
    """A font with its name: without one every program takes its own, and measures the rows with another."""
    return Font(name=FACE, size=size, **style)


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
            target.font = font(bold=cell.bold, strike=cell.struck, color="0B5C2B" if cell.new else None)
            if n < grid.header:
                target.fill = _FILL
            if cell.span > 1:
                page.merge_cells(
                    start_row=at + n, start_column=column, end_row=at + n, end_column=column + cell.span - 1
                )
            column += cell.span
    _column_widths(page, grid)
    add_rules(page, at, grid)
    end = at + len(grid.rows)
    formulas = [found for found in (_sum(page, at, end, grid), _mean(page, at, end, grid)) if found]
    return _total(page, end, formulas) if formulas else end


def _sum(page: Worksheet, at: int, end: int, grid: Grid) -> Formula | None:
    """The sum of the weights; only where every one of them is a number."""
    if grid.total is None:
        return None
    first, column = at + grid.header, grid.total + 1
    if not all(isinstance(page.cell(row, column).value, int | float) for row in range(first, end)):
        return None
    return Formula(column, f"=SUM({_column(grid.total, first, end)})", page.cell(end - 1, column).number_format)


def _mean(page: Worksheet, at: int, end: int, grid: Grid) -> Formula | None:
    """The mean of the figures, with their weights; only where it gives the figure that we publish. Words count for nothing."""
    published = _number(grid.mean.shown) if grid.mean else None
    if grid.mean is None or published is None:
        return None
    rows = range(at + grid.header, end)
    figures = [page.cell(row, grid.mean.values + 1).value for row in rows]
    weights = [1 if grid.mean.weights is None else page.cell(row, grid.mean.weights + 1).value for row in rows]
    pairs = [(f, w) for f, w in zip(figures, weights, strict=True) if isinstance(f, int | float) and isinstance(w, int | float)]
    base = sum(w for w in weights if isinstance(w, int | float)) if grid.mean.weights is not None else len(pairs)
    if not base or written(sum(f * w for f, w in pairs) / base, published[1]) != written(*published):
        return None
    values = _column(grid.mean.values, rows.start, end)
    formula = f"=AVERAGE({values})"
    if grid.mean.weights is not None:
        points = _column(grid.mean.weights, rows.start, end)
        formula = f"=SUMPRODUCT({points},{values})/SUM({points})"
    return Formula(grid.mean.values + 1, formula, published[1])


def _column(number: int, first: int, end: int) -> str:
    letter = get_column_letter(number + 1)
    return f"{letter}{first}:{letter}{end - 1}"


def _total(page: Worksheet, end: int, formulas: Sequence[Formula]) -> int:
    """A row under a table that follows the edits."""
    if min(one.column for one in formulas) > 1:
        put(page, end, 1, "Totale", typed=False).font = font(bold=True)
    for one in formulas:
        target = page.cell(end, one.column, one.text)
        target.number_format, target.font, target.border = one.shape, font(bold=True), _LINE
    return end + 1


def _column_widths(page: Worksheet, grid: Grid) -> None:
    for n in range(grid.columns):
        share = grid.widths[n] if n < len(grid.widths) else 1.0
        letter = get_column_letter(n + 1)
        page.column_dimensions[letter].width = max(page.column_dimensions[letter].width or 0, min(60.0, 6 + share * 8))


def row_heights(page: Worksheet) -> None:
    """Rows of several lines as tall as their words: not every program measures them on opening, and lines would hide."""
    spans = {(span.min_row, span.min_col): range(span.min_col, span.max_col + 1) for span in page.merged_cells.ranges}
    for number, row in enumerate(page.iter_rows(), 1):
        lines = 1
        for column, cell in enumerate(row, 1):
            if cell.data_type == "s" and cell.alignment.wrap_text:
                wide = sum(page.column_dimensions[get_column_letter(n)].width for n in spans.get((number, column), [column]))
                lines = max(lines, sum(math.ceil(len(line) / wide) or 1 for line in str(cell.value).split("\n")))
        if lines > 1:
            page.row_dimensions[number].height = min(LINE * lines, TALLEST)


def print_setup(page: Worksheet, landscape: bool) -> None:
    """A4, as wide as one page, numbered."""
    page.page_setup.orientation = "landscape" if landscape else "portrait"
    page.page_setup.paperSize = 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    page.oddFooter.center.text = "Pagina &P di &N"  # type: ignore[union-attr]


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


__all__ = ["MIME", "Cell", "card_xlsx", "sheet_xlsx"]
