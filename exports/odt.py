"""OpenDocument text: headings, lines, page numbers and tables whose header rows repeat. Written as ODF XML, values escaped."""

from __future__ import annotations

import io
from xml.sax.saxutils import escape, quoteattr

from odfdo import Document, Element, Header, Paragraph, Style

from cards.model import Card
from exports.layouts import lay_out
from exports.sheet import Cell, Grid, Heading, Line, Sheet, shares

MIME = "application/vnd.oasis.opendocument.text"
PAGE = (21.0, 29.7)
MARGIN = 1.7
POINTS = 28.35  # in a centimetre
FOOTER = ('<style:footer><text:p>Pagina <text:page-number text:select-page="current">1</text:page-number> di '
          "<text:page-count>1</text:page-count></text:p></style:footer>")


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
    room = (PAGE[1] if sheet.landscape else PAGE[0]) - 2 * MARGIN
    for number, item in enumerate(sheet.items):
        if isinstance(item, Heading):
            document.body.append(Header(item.level, item.text))
        elif isinstance(item, Line):
            cells = [Cell(item.label + " ", bold=True)] if item.label else []
            document.body.append(
                Element.from_tag(f"<text:p>{''.join(_span(c) for c in [*cells, Cell(item.text)])}</text:p>")
            )
        elif item.columns:
            _column_styles(document, item, number, room)
            document.body.append(Element.from_tag(_table(item, number)))
            document.body.append(Paragraph(""))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _styles(document: Document) -> None:
    document.insert_style(Style("text", name="Forte", bold=True), automatic=True)
    struck = Style("text", name="Barrato")
    struck.set_properties({"style:text-line-through-style": "solid"}, area="text")
    document.insert_style(struck, automatic=True)
    document.insert_style(Style("text", name="Nuovo", color="#0b5c2b", bold=True), automatic=True)
    box = Style("table-cell", name="Riquadro")
    box.set_properties({"fo:border": "0.5pt solid #b0bac5", "fo:padding": "0.06cm"}, area="table-cell")
    document.insert_style(box, automatic=True)
    for name, size in (("Cella", "8.5pt"), ("CellaFitta", "6.5pt")):
        style = Style("paragraph", name=name)
        style.set_properties({"fo:font-size": size}, area="text")
        style.set_properties({"fo:margin-bottom": "0cm", "fo:margin-top": "0cm"}, area="paragraph")
        document.insert_style(style, automatic=True)


def _page(document: Document, landscape: bool) -> None:
    for level in document.styles.get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")
        level.set_attribute("style:num-suffix", "")
    width, height = (PAGE[1], PAGE[0]) if landscape else PAGE
    for layout in document.styles.get_elements("//style:page-layout-properties"):
        layout.set_attribute("fo:page-width", f"{width}cm")
        layout.set_attribute("fo:page-height", f"{height}cm")
        layout.set_attribute("style:print-orientation", "landscape" if landscape else "portrait")
        for side in ("left", "right", "top", "bottom"):
            layout.set_attribute(f"fo:margin-{side}", f"{MARGIN}cm")
    for master in document.styles.get_elements("//style:master-page"):
        master.append(Element.from_tag(FOOTER))


def _column_styles(document: Document, grid: Grid, number: int, room: float) -> None:
    size = 6.5 if grid.columns > 12 else 8.5
    for n, share in enumerate(shares(grid, room * POINTS, size)):
        style = Style("table-column", name=f"T{number}C{n}")
        style.set_properties({"style:column-width": f"{room * share:.2f}cm"}, area="table-column")
        document.insert_style(style, automatic=True)


def _table(grid: Grid, number: int) -> str:
    columns = "".join(f'<table:table-column table:style-name="T{number}C{n}"/>' for n in range(grid.columns))
    paragraph = "CellaFitta" if grid.columns > 12 else "Cella"
    rows = [_row(cells, grid.columns, paragraph) for cells in grid.rows]
    head = f"<table:table-header-rows>{''.join(rows[: grid.header])}</table:table-header-rows>" if grid.header else ""
    return f'<table:table table:name="Tabella{number}">{columns}{head}{"".join(rows[grid.header :])}</table:table>'


def _row(cells: tuple[Cell, ...], columns: int, paragraph: str) -> str:
    found = []
    for cell in cells:
        lines = cell.text.split("\n")
        inner = "".join(
            f'<text:p text:style-name="{paragraph}">{_span(Cell(t, cell.bold, cell.struck, cell.new))}</text:p>'
            for t in lines
        )
        span = f" table:number-columns-spanned={quoteattr(str(cell.span))}" if cell.span > 1 else ""
        found.append(f'<table:table-cell table:style-name="Riquadro"{span}>{inner}</table:table-cell>')
        found += ["<table:covered-table-cell/>"] * (cell.span - 1)
    found += ['<table:table-cell table:style-name="Riquadro"/>'] * (columns - sum(c.span for c in cells))
    return f"<table:table-row>{''.join(found)}</table:table-row>"


def _span(cell: Cell) -> str:
    style = "Barrato" if cell.struck else "Nuovo" if cell.new else "Forte" if cell.bold else ""
    text = escape(cell.text).replace("\t", "<text:tab/>").replace("\n", "<text:line-break/>")
    return f'<text:span text:style-name="{style}">{text}</text:span>' if style else text
