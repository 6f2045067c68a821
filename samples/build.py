"""Builds the sample documents of fictitious bodies from the texts in ``samples/texts``: each layout in another file type.

``python -m samples.build FOLDER`` writes them; the same texts always give the same words (file bytes may differ in dates).
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.styles import Font
from reportlab.lib import colors
from reportlab.lib.pagesizes import A3, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

TEXTS = Path(__file__).parent / "texts"
FONT = Path(__file__).parent.parent / "exports" / "fonts" / "DejaVuSansCondensed.ttf"
FORMATS = {
    "montelario_relazione-performance_2025": "pdf",
    "montelario_piao-variazioni_2025": "docx",
    "valle-chiara_relazione-piano-performance_2024": "docx",
    "valle-chiara_relazione-gestione_2024": "txt",
    "pieve-alta_relazione-performance_2024": "pdf",
}
DRAFT_TABLE = (
    ("Settore", "Obiettivo", "Indicatore", "Formula", "Valore di partenza", "Valore atteso 2027", "Peso"),
    ("Servizi Finanziari", "Riduzione dei tempi di pagamento", "Tempo medio di pagamento (giorni)",
     "somma dei giorni / n. fatture", "28", "≤ 25", "60"),
    ("Servizi Finanziari", "Riduzione dei tempi di pagamento", "Fatture pagate entro la scadenza (%)",
     "fatture nei termini / fatture pagate * 100", "95%", "≥ 97%", "50"),
    ("Servizi Demografici", "Sportello senza attese", "Tempo medio di attesa allo sportello (minuti)",
     "somma dei minuti / n. utenti", "14", "", "50"),
    ("Servizi Demografici", "Sportello senza attese", "Migliorare la qualità del servizio", "", "", "Come da piano", "50"),
)


def build(folder: Path) -> list[Path]:
    """Write every sample that is not in ``folder`` yet; returns all paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, kind in FORMATS.items():
        path = folder / f"{name}.{kind}"
        if not path.exists():
            WRITERS[kind](TEXTS / f"{name}.txt", path)
        paths.append(path)
    table = folder / "tabella-obiettivi-da-verificare.xlsx"
    if not table.exists():
        write_draft_table(table)
    return [*paths, table]


def parts(text: str) -> Iterator[str | list[list[str]]]:
    """The paragraphs (strings) and tables (rows of cells) of a sample text, in order."""
    rows: list[list[str]] = []
    for line in [*text.splitlines(), ""]:
        if "\t" in line:
            rows.append(line.split("\t"))
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.strip()


def is_heading(line: str) -> bool:
    """Short lines that stand alone and do not end like a sentence."""
    return len(line) < 90 and not line.endswith((".", "/", "%", ":", ";"))


def write_txt(source: Path, path: Path) -> None:
    """The text as it is."""
    path.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")


def write_docx(source: Path, path: Path) -> None:
    """Word: headings, paragraphs, ruled tables, landscape."""
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    document.styles["Normal"].font.size = Pt(9)
    for part in parts(source.read_text(encoding="utf-8")):
        if isinstance(part, str):
            document.add_paragraph(part, style="Heading 2" if is_heading(part) else None)
        else:
            fill_docx_table(document, part)
    document.save(str(path))


def fill_docx_table(document: WordDocument, rows: list[list[str]]) -> None:
    """One ruled table."""
    width = max(map(len, rows))
    table = document.add_table(rows=len(rows), cols=width, style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, value in zip(row.cells, [*cells, *[""] * (width - len(cells))], strict=True):
            cell.text = value


def write_pdf(source: Path, path: Path) -> None:
    """PDF on A3 landscape, ruled tables, a font with accents and ≤ ≥."""
    font = body_font()
    body = ParagraphStyle("body", fontName=font, fontSize=9, leading=12, spaceAfter=4)
    head = ParagraphStyle("head", parent=body, fontSize=12, leading=16, spaceBefore=8)
    cell = ParagraphStyle("cell", parent=body, fontSize=7, leading=8.5, spaceAfter=0)
    page = landscape(A3)
    flow: list[object] = []
    for part in parts(source.read_text(encoding="utf-8")):
        if isinstance(part, str):
            flow.append(Paragraph(escape(part), head if is_heading(part) else body))
        else:
            flow += [pdf_table(part, cell, page[0] - 60), Spacer(1, 8)]
    SimpleDocTemplate(str(path), pagesize=page, leftMargin=30, rightMargin=30, topMargin=30, bottomMargin=30,
                      title=path.stem, invariant=1).build(flow)


def pdf_table(rows: list[list[str]], style: ParagraphStyle, width: float) -> Table:
    """A ruled table whose columns are as wide as their words ask."""
    count = max(map(len, rows))
    padded = [[*row, *[""] * (count - len(row))] for row in rows]
    needs = [column_need([row[c] for row in padded]) for c in range(count)]
    cells = [[Paragraph(escape(text), style) for text in row] for row in padded]
    table = Table(cells, colWidths=[need * width / sum(needs) for need in needs])
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
    return table


def column_need(texts: list[str]) -> float:
    """How wide a column asks to be: its longest word whole, its longest text in a few lines."""
    longest_word = max((len(word) for text in texts for word in text.split()), default=0)
    return max(24.0, min(160.0, 1.6 * max(map(len, texts))), 6.0 * longest_word)


def escape(text: str) -> str:
    """Text for reportlab's paragraph markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def body_font() -> str:
    """DejaVu, shipped with the product: it has accents and the signs ≤ ≥ € that PDF's own fonts lack."""
    pdfmetrics.registerFont(TTFont("Testo", str(FONT)))
    return "Testo"


def write_draft_table(path: Path) -> None:
    """The table of new objectives that *Verifica* finds mistakes in."""
    book = Workbook()
    sheet = book.create_sheet("Obiettivi 2027", 0)
    del book["Sheet"]
    for row in DRAFT_TABLE:
        sheet.append(row)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for column, width in zip("ABCDEFG", (24, 34, 44, 40, 18, 18, 8), strict=True):
        sheet.column_dimensions[column].width = width
    book.save(path)


WRITERS = {"txt": write_txt, "docx": write_docx, "pdf": write_pdf}

if __name__ == "__main__":
    for built in build(Path(sys.argv[1])):
        print(built)  # noqa: T201
