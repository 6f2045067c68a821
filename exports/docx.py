"""Word documents: real heading styles, header rows that repeat, page numbers, landscape where the layout is wide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell

from cards.model import Card
from exports.layouts import lay_out
from exports.picture import Picture
from exports.report import findings_sheet
from exports.sheet import Cell, Grid, Heading, Line, Sheet, clean, shares
from scoring.findings import CheckReport

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NEW_TEXT = RGBColor(0x0B, 0x5C, 0x2B)
SHADE = "E6ECF2"
ABOVE, LAST = Cm(4.4), Cm(0.8)  # what a picture leaves of its page: to a heading and a small table, to the line it stands on
READABLE = Cm(15)  # width under which a picture goes on a page of its own


def card_docx(card: Card, layout: str = "neutro") -> bytes:
    """One card as .docx in a layout."""
    return sheet_docx(lay_out([card], layout))


def findings_docx(report: CheckReport) -> bytes:
    """The findings of a check as .docx, for the Giunta or the OIV."""
    return sheet_docx(findings_sheet(report))


def sheet_docx(sheet: Sheet) -> bytes:
    """A sheet as .docx."""
    document = Document()
    document.core_properties.title = sheet.title[:250]
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.language = "it-IT"
    _page(document, sheet.landscape)
    _styles(document)
    for item in sheet.items:
        if isinstance(item, Heading):
            document.add_heading(item.text, level=min(max(item.level, 1), 4))
        elif isinstance(item, Picture):
            _picture(document, item)
        elif isinstance(item, Line):
            _line(document, item)
        else:
            _grid(document, item)
            document.add_paragraph().paragraph_format.space_after = Pt(2)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Any, landscape: bool) -> None:
    section = document.sections[0]
    short, long = Cm(21), Cm(29.7)
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if landscape else (short, long)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(1.7))
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("Pagina ")
    _page_field(footer, "PAGE")
    footer.add_run(" di ")
    _page_field(footer, "NUMPAGES")


def _page_field(paragraph: Any, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _styles(document: Any) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9.5)
    properties = normal.element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "it-IT")
    properties.append(language)
    for default in [*document.styles.element.iter(qn("w:lang")), *document.settings.element.iter(qn("w:themeFontLang"))]:
        default.set(qn("w:val"), "it-IT")
    for level in range(1, 5):
        style = document.styles[f"Heading {level}"]
        style.font.size, style.font.color.rgb = Pt(16 - 2 * level + 1), RGBColor(0x17, 0x32, 0x4D)


def _line(document: Any, item: Line) -> None:
    paragraph = document.add_paragraph()
    if item.label:
        paragraph.add_run(item.label + " ").bold = True
    paragraph.add_run(item.text).italic = item.italic


def _picture(document: Any, item: Picture) -> None:
    """The drawing with its text alternative, on the page of what introduces it if that leaves it large enough to read."""
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    drawing = document.add_picture(io.BytesIO(item.png), width=min(Cm(item.width), room))
    height = section.page_height - section.top_margin - section.bottom_margin
    fits = [part for part in (height - ABOVE, height - LAST) if drawing.width * part >= READABLE * drawing.height]
    share = min(1.0, (fits[0] if fits else height - LAST) / drawing.height)
    drawing.width, drawing.height = int(drawing.width * share), int(drawing.height * share)
    drawing._inline.docPr.set("descr", clean(item.text))
    document.paragraphs[-1].paragraph_format.space_after = Pt(4)


def _grid(document: Any, grid: Grid) -> None:
    columns = grid.columns
    if not columns:
        return
    table = document.add_table(rows=len(grid.rows), cols=columns)
    table.style = "Table Grid"
    table.autofit = False
    size = 5.5 if columns > 16 else 6.5 if columns > 12 else 8.5
    widths = _widths(document, grid, size)
    for n, (row, texts) in enumerate(zip(table.rows, grid.rows, strict=True)):
        _no_split(row)
        if n < grid.header:
            _repeat(row)
        _row(row.cells, texts, size, shaded=n < grid.header)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _row(found: Sequence[_Cell], texts: Sequence[Cell], size: float, shaded: bool) -> None:
    place = 0
    for cell in texts:
        target = found[place]
        if cell.span > 1:
            target = target.merge(found[min(place + cell.span, len(found)) - 1])
        _write(target, cell, size)
        if shaded or cell.bold:
            _shade(target)
        place += cell.span


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _write(target: _Cell, cell: Cell, size: float) -> None:
    for n, part in enumerate(cell.text.split("\n")):
        paragraph = target.paragraphs[0] if n == 0 else target.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(part)
        run.font.size = Pt(size)
        run.bold, run.font.strike = cell.bold or None, cell.struck or None
        if cell.new:
            run.font.color.rgb, run.underline = NEW_TEXT, True


def _widths(document: Any, grid: Grid, size: float) -> list[int]:
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    return [int(room * share) for share in shares(grid, room / Pt(1), size)]


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _no_split(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
