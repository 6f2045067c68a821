"""PDF: an embedded font that has accents and ≥ ≤, header rows that repeat, page numbers, title and language set."""

from __future__ import annotations

import io
from functools import lru_cache
from importlib import resources
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate, Spacer, TableStyle

from cards.model import Card
from exports.layouts import lay_out
from exports.sheet import Cell, Grid, Heading, Line, Sheet, shares

MIME = "application/pdf"
MARGIN = 1.5 * cm
CELL_CHARS = 1_500
FONT, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"


def card_pdf(card: Card, layout: str = "neutro") -> bytes:
    """One card as .pdf in a layout."""
    return sheet_pdf(lay_out([card], layout))


def sheet_pdf(sheet: Sheet) -> bytes:
    """A sheet as .pdf."""
    _fonts()
    out = io.BytesIO()
    size = landscape(A4) if sheet.landscape else A4
    document = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN + 12,
        title=sheet.title[:250],
        author="",
        lang="it-IT",
    )
    story: list[Any] = []
    for item in sheet.items:
        if isinstance(item, Heading):
            story.append(Paragraph(_escaped(item.text), _heading(item.level)))
        elif isinstance(item, Line):
            label = f'<font name="{BOLD}">{_escaped(item.label)}</font> ' if item.label else ""
            story.append(Paragraph(label + _escaped(item.text) or "&nbsp;", _body(9)))
        elif item.columns:
            story += [_table(item, size[0] - 2 * MARGIN), Spacer(1, 8)]
    document.build(story or [Spacer(1, 1)], onFirstPage=_number, onLaterPages=_number)
    return out.getvalue()


@lru_cache(maxsize=1)
def _fonts() -> None:
    folder = resources.files("exports") / "fonts"
    for name in (FONT, BOLD):
        with resources.as_file(folder / f"{name}.ttf") as path:
            pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(FONT, normal=FONT, bold=BOLD, italic=FONT, boldItalic=BOLD)


def _body(size: float) -> ParagraphStyle:
    return ParagraphStyle("corpo", fontName=FONT, fontSize=size, leading=size * 1.25, splitLongWords=1)


def _heading(level: int) -> ParagraphStyle:
    size = max(9, 15 - 2 * level + 1)
    return ParagraphStyle(
        f"titolo{level}",
        fontName=BOLD,
        fontSize=size,
        leading=size * 1.3,
        spaceBefore=8,
        spaceAfter=4,
        textColor=colors.HexColor("#17324d"),
    )


def _table(grid: Grid, room: float) -> LongTable:
    columns = grid.columns
    size = 7.5 if columns <= 8 else 6 if columns <= 14 else 4.8
    rows: list[list[Any]] = []
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.HexColor("#b0bac5")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 2),
        ("RIGHTPADDING", (0, 0), (-1, -1), 2),
    ]
    for cells in grid.rows:
        for part in _split(cells):
            row: list[Any] = []
            for cell in part:
                if cell.span > 1:
                    style.append(("SPAN", (len(row), len(rows)), (len(row) + cell.span - 1, len(rows))))
                row += [Paragraph(_marked(cell), _body(size)), *[""] * (cell.span - 1)]
            rows.append(row + [""] * (columns - len(row)))
    if grid.header:
        style.append(("BACKGROUND", (0, 0), (-1, grid.header - 1), colors.HexColor("#e6ecf2")))
    widths = [room * share for share in shares(grid, room, size)]
    return LongTable(
        rows, colWidths=widths, repeatRows=grid.header if len(rows) > grid.header else 0, style=TableStyle(style)
    )


def _split(cells: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """A row whose cells are too long for a page, cut into rows that fit."""
    pieces = [_chunks(cell.text) for cell in cells]
    count = max((len(p) for p in pieces), default=1)
    return [
        tuple(
            Cell(p[n] if n < len(p) else "", c.bold, c.struck, c.new, c.span)
            for p, c in zip(pieces, cells, strict=True)
        )
        for n in range(count)
    ]


def _chunks(text: str) -> list[str]:
    found = []
    while len(text) > CELL_CHARS:
        cut = text.rfind(" ", 0, CELL_CHARS)
        cut = cut if cut > 0 else CELL_CHARS
        found.append(text[:cut])
        text = text[cut:].lstrip()
    return [*found, text]


def _marked(cell: Cell) -> str:
    text = _escaped(cell.text).replace("\n", "<br/>")
    if cell.struck:
        text = f"<strike>{text}</strike>"
    if cell.new:
        text = f'<font color="#0b5c2b"><u>{text}</u></font>'
    return f'<font name="{BOLD}">{text}</font>' if cell.bold else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _number(canvas: Any, document: Any) -> None:
    canvas.saveState()
    canvas.setFont(FONT, 7)
    canvas.drawCentredString(document.pagesize[0] / 2, MARGIN / 2 + 4, f"Pagina {canvas.getPageNumber()}")
    canvas.restoreState()
