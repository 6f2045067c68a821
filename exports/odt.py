"""OpenDocument text: headings, lines and tables whose header rows repeat."""

from __future__ import annotations

import io

from odfdo import Cell as OdfCell
from odfdo import Document, Element, Header, Paragraph, Row, Span, Style, Table

from cards.model import Card
from exports.layouts import lay_out
from exports.sheet import Cell, Grid, Heading, Line, Sheet

MIME = "application/vnd.oasis.opendocument.text"


def card_odt(card: Card, layout: str = "neutro") -> bytes:
    """One card as .odt in a layout."""
    return sheet_odt(lay_out([card], layout))


def sheet_odt(sheet: Sheet) -> bytes:
    """A sheet as .odt."""
    document = Document("text")
    document.body.clear()
    document.meta.title = sheet.title[:250]
    document.language = "it-IT"
    _styles(document)
    _page(document, sheet.landscape)
    for n, item in enumerate(sheet.items):
        if isinstance(item, Heading):
            document.body.append(Header(item.level, item.text))
        elif isinstance(item, Line):
            document.body.append(
                _paragraph([Cell(item.label + " ", bold=True), Cell(item.text)] if item.label else [Cell(item.text)])
            )
        else:
            document.body.append(_table(item, n))
            document.body.append(Paragraph(""))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Document) -> None:
    document.insert_style(Style("text", name="Forte", bold=True), automatic=True)
    struck = Style("text", name="Barrato")
    struck.set_properties({"style:text-line-through-style": "solid"}, area="text")
    document.insert_style(struck, automatic=True)
    new = Style("text", name="Nuovo", color="#0b5c2b", bold=True)
    document.insert_style(new, automatic=True)
    box = Style("table-cell", name="Riquadro")
    box.set_properties({"fo:border": "0.5pt solid #b0bac5", "fo:padding": "0.08cm"}, area="table-cell")
    document.insert_style(box, automatic=True)


def _page(document: Document, landscape: bool) -> None:
    size = ("29.7cm", "21cm") if landscape else ("21cm", "29.7cm")
    for layout in document.styles.get_elements("//style:page-layout-properties"):
        layout.set_attribute("fo:page-width", size[0])
        layout.set_attribute("fo:page-height", size[1])
        layout.set_attribute("style:print-orientation", "landscape" if landscape else "portrait")


def _paragraph(cells: list[Cell]) -> Paragraph:
    paragraph = Paragraph("")
    for cell in cells:
        style = "Barrato" if cell.struck else "Nuovo" if cell.new else "Forte" if cell.bold else None
        paragraph.append(Span(cell.text, style=style) if style else Span(cell.text))
    return paragraph


def _table(grid: Grid, number: int) -> Table:
    table = Table(f"Tabella{number}")
    for column in table.columns:
        table.delete_element(column) if hasattr(table, "delete_element") else None
    header = Element.from_tag("table:table-header-rows")
    for n, cells in enumerate(grid.rows):
        row = Row()
        for cell in cells:
            target = OdfCell(style="Riquadro")
            for part in cell.text.split("\n"):
                target.append(_paragraph([Cell(part, cell.bold, cell.struck, cell.new)]))
            if cell.span > 1:
                target.set_attribute("table:number-columns-spanned", str(cell.span))
            row.append(target)
            for _ in range(cell.span - 1):
                row.append(Element.from_tag("table:covered-table-cell"))
        (header if n < grid.header else table).append(row)
    if grid.header and header.children:
        table.insert(header, position=0)
    columns = Element.from_tag("table:table-column")
    columns.set_attribute("table:number-columns-repeated", str(max(grid.columns, 1)))
    table.insert(columns, position=0)
    return table
