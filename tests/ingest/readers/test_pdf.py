"""PDFs made here, one feature each: ruled and unruled tables, page breaks, rotation, heads, hyphens, columns, strikes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

from ingest.blocks import Blocks
from ingest.readers import read_blocks

Draw = Callable[[Canvas], None]
STYLE = getSampleStyleSheet()["Normal"]
GRID = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)


@pytest.fixture
def drawn(tmp_path: Path) -> Callable[..., Blocks]:
    def make(*pages: Draw) -> Blocks:
        path = tmp_path / "prova.pdf"
        canvas = Canvas(str(path), pagesize=A4)
        for draw in pages:
            canvas.setFont("Helvetica", 10)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return read_blocks(path)

    return make


def lines(*texts: str, x: float = 60, top: float = 780, step: float = 13) -> Draw:
    def draw(canvas: Canvas) -> None:
        for i, text in enumerate(texts):
            canvas.drawString(x, top - i * step, text)

    return draw


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def built(path: Path, *flow: object) -> Blocks:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(flow))
    return read_blocks(path)


def texts(blocks: Blocks) -> list[str]:
    return [b.text for b in blocks.blocks if b.kind != "table"]


def tables(blocks: Blocks) -> list[list[tuple[str, ...]]]:
    return [[row.cells for row in b.rows] for b in blocks.blocks if b.kind == "table"]


def test_ruled_table_with_wrapped_and_merged_cells(tmp_path: Path) -> None:
    long = "Riduzione dei tempi medi di pagamento delle fatture dei fornitori"
    data = [["Obiettivo", "Target", ""], ["", "2026", "2027"], [Paragraph(long, STYLE), "30", "28"]]
    table = Table(data, [120, 60, 60], style=TableStyle([GRID, ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]))
    blocks = built(tmp_path / "t.pdf", Paragraph("Prima della tabella", STYLE), table, Paragraph("Dopo", STYLE))
    assert [b.kind for b in blocks.blocks] == ["paragraph", "table", "paragraph"]
    rows = blocks.blocks[1].rows
    assert [row.cells for row in rows] == [("Obiettivo", "Target", ""), ("", "2026", "2027"), (long, "30", "28")]
    assert (rows[0].merged, rows[0].above) == ({2}, set())
    assert (rows[1].merged, rows[1].above) == ({0}, {0})
    assert [row.place.line for row in rows] == [2, 3, 4]


def test_table_goes_on_over_pages_and_its_repeated_header_is_dropped(tmp_path: Path) -> None:
    data = [["Obiettivo", "Target"], *([f"Obiettivo numero {i}", str(i)] for i in range(1, 91))]
    blocks = built(tmp_path / "t.pdf", Table(data, [200, 100], style=TableStyle([GRID]), repeatRows=1))
    assert blocks.pages == 3
    assert len(tables(blocks)) == 1
    assert tables(blocks)[0] == [tuple(row) for row in data]
    assert [row.place.page for row in blocks.blocks[0].rows][::45] == [1, 2, 3]


def test_two_tables_of_one_shape_stay_two(tmp_path: Path) -> None:
    table = [["A", "B"], ["1", "2"]]
    blocks = built(tmp_path / "t.pdf", *(Table(table, [100, 100], style=TableStyle([GRID], spaceAfter=20)) for _ in range(2)))
    assert len(tables(blocks)) == 2


def test_paragraphs_are_joined_and_kept_apart(tmp_path: Path) -> None:
    first = "Il presente documento descrive gli obiettivi assegnati ai settori e i risultati conseguiti nel corso dell'anno, " * 3
    second = "Seconda parte, breve."
    assert texts(built(tmp_path / "t.pdf", Paragraph(first, STYLE), Paragraph(second, STYLE))) == [first.strip(), second]


def test_hyphenated_word(drawn: Callable[..., Blocks]) -> None:
    page = lines("La relazione espone in modo chiaro e completo tutte le ammini-", "strazioni coinvolte nel progetto comune.",
                 "Le amministrazioni rispondono.")  # fmt: skip
    assert "tutte le amministrazioni coinvolte" in texts(drawn(page))[0]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_rotated_page(tmp_path: Path, turn: int) -> None:
    """A page that is turned to be read gives the same table as an upright one."""
    table = Table([["Obiettivo", "Target"], ["Uno", "1"]], [100, 60], style=TableStyle([GRID]))
    upright = built(tmp_path / "su.pdf", Paragraph("Titolo della pagina", STYLE), table)
    writer = PdfWriter()
    page = writer.add_page(PdfReader(tmp_path / "su.pdf").pages[0])
    page.rotate(turn)
    page.transfer_rotation_to_content()
    page.rotate(-turn)
    with (tmp_path / "giro.pdf").open("wb") as file:
        writer.write(file)
    turned = read_blocks(tmp_path / "giro.pdf")
    assert texts(turned) == texts(upright)
    assert tables(turned) == tables(upright) == [[("Obiettivo", "Target"), ("Uno", "1")]]


def test_sideways_header_in_a_cell(drawn: Callable[..., Blocks]) -> None:
    def draw(canvas: Canvas) -> None:
        for x in (60, 100, 300):
            canvas.line(x, 700, x, 500)
        for y in (700, 600, 500):
            canvas.line(60, y, 300, y)
        canvas.saveState()
        canvas.translate(85, 610)
        canvas.rotate(90)
        canvas.drawString(0, 0, "Peso medio")
        canvas.restoreState()
        for text, x, y in (("Obiettivo da raggiungere", 110, 680), ("30", 70, 580), ("Manutenzione delle strade", 110, 580)):
            canvas.drawString(x, y, text)

    assert tables(drawn(draw)) == [[("Peso medio", "Obiettivo da raggiungere"), ("30", "Manutenzione delle strade")]]


def test_page_heads_and_feet_are_kept_once(drawn: Callable[..., Blocks]) -> None:
    pages = [both(lines("Comune di Prova", top=820), lines(f"Testo proprio, numero {i}."), lines(f"pag. {i} di 4", top=20))
             for i in range(1, 5)]  # fmt: skip
    found = texts(drawn(*pages))
    assert found.count("Comune di Prova") == 1
    assert sum("pag." in text for text in found) == 1
    assert [f"Testo proprio, numero {i}." in found for i in range(1, 5)] == [True] * 4


def test_two_columns_of_prose_are_read_one_after_the_other(drawn: Callable[..., Blocks]) -> None:
    left = [f"Colonna di sinistra con la riga {i:02d} del testo" for i in range(8)]
    right = [f"Colonna di destra con la riga {i:02d} del testo." for i in range(8)]
    whole = " ".join(texts(drawn(both(lines(*left), lines(*right, x=330)))))
    assert whole.index(left[-1]) < whole.index(right[0])


def test_aligned_texts_without_rules_are_a_table(drawn: Callable[..., Blocks]) -> None:
    names, targets, weights = ("Obiettivo", "Verde", "Scuole"), ("Target", "10", "25"), ("Peso", "40%", "60%")
    blocks = drawn(both(lines(*names), lines(*targets, x=250), lines(*weights, x=350)))
    assert tables(blocks) == [[("Obiettivo", "Target", "Peso"), ("Verde", "10", "40%"), ("Scuole", "25", "60%")]]


def test_a_list_with_hanging_numbers_is_no_table(drawn: Callable[..., Blocks]) -> None:
    blocks = drawn(both(lines("1)", "2)", "3)"), lines("prima voce.", "seconda voce.", "terza voce.", x=90)))
    assert tables(blocks) == []


def test_struck_words_are_marked(drawn: Callable[..., Blocks]) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 780, "Testo in vigore.")
        canvas.drawString(60, 740, "Testo soppresso.")
        canvas.line(60, 743, 60 + canvas.stringWidth("Testo soppresso.", "Helvetica", 10), 743)
        canvas.drawString(60, 700, "Testo sottolineato.")
        canvas.line(60, 698, 60 + canvas.stringWidth("Testo sottolineato.", "Helvetica", 10), 698)

    assert [(b.text, b.struck) for b in drawn(draw).blocks] == [
        ("Testo in vigore.", False), ("Testo soppresso.", True), ("Testo sottolineato.", False)]  # fmt: skip


def test_letters_printed_twice_are_read_once(drawn: Callable[..., Blocks]) -> None:
    """Some programs print a letter twice, a hair apart, to make it look bold."""

    def draw(canvas: Canvas) -> None:
        for x in (60, 60.3):
            canvas.drawString(x, 780, "Grassetto finto")

    assert texts(drawn(draw)) == ["Grassetto finto"]


def test_big_lines_are_headings(drawn: Callable[..., Blocks]) -> None:
    def title(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(60, 800, "Relazione sulla performance")
        canvas.setFont("Helvetica", 10)

    found = drawn(both(title, lines(*(f"Riga di testo comune numero {i}." for i in range(10)), top=700))).blocks
    assert (found[0].kind, found[0].text, found[0].level) == ("heading", "Relazione sulla performance", 1)
    assert all(block.kind == "paragraph" for block in found[1:])


def test_letters_drawn_as_one_sign_are_all_read(tmp_path: Path) -> None:
    """A ligature is one sign for two letters in one place: the second is no fake bold."""
    font = Path(__file__).parents[3] / "exports" / "fonts" / "DejaVuSansCondensed.ttf"
    pdfmetrics.registerFont(TTFont("segni", str(font)))
    canvas = Canvas(str(tmp_path / "p.pdf"), pagesize=A4)
    canvas.setFont("segni", 11)
    canvas.drawString(60, 780, "Presidi e\ufb00ettuati in u\ufb03cio")
    canvas.save()
    assert [block.text for block in read_blocks(tmp_path / "p.pdf").blocks] == ["Presidi effettuati in ufficio"]
