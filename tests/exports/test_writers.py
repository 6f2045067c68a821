"""Each format opens with the library of its readers, has its structure, and carries nothing that would run."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pypdf import PdfReader

from cards.errors import PiaoError
from cards.model import Card, Indicator, Phase, Source
from exports import FORMATS, export, export_cards
from exports.docx import findings_docx
from exports.layouts import LAYOUTS
from scoring.check import check
from scoring.findings import CheckReport
from scoring.profiles import load_profile

HOSTILE = ["=1+1", "+39 059", "-2+3", "@SUM(A1)", "\t=cmd", "\r=cmd", '=HYPERLINK("http://x.example","x")']


def report(card: Card) -> CheckReport:
    from cards.model import Document as Read
    from cards.model import Reading

    card = card.replace(
        source=Source(document="piano.docx", pages=(3,)), indicators=(Indicator(name="=senza valore", weight="30%"),)
    )
    return check(Reading(document=Read(name="piano.docx", year=2026), cards=(card,)), load_profile("neutro"))


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_docx_has_styles_repeated_headers_and_page_numbers(layout: str, full_card: Card) -> None:
    content, name, mime = export(full_card, "docx", layout)
    document = Document(io.BytesIO(content))
    assert name == "attivita-piu-vicine-perche-si-2026.docx"
    assert mime.endswith("wordprocessingml.document")
    assert any((p.style.name or "").startswith("Heading") for p in document.paragraphs if p.style)
    assert document.element.body.findall(f".//{qn('w:tblHeader')}")
    footer = document.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    wide = document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert wide is (layout != "bellusco")


def test_struck_text_is_struck(full_card: Card) -> None:
    document = Document(io.BytesIO(export(full_card, "docx", "segrate")[0]))
    runs = [r for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs for r in p.runs]
    assert any(r.font.strike and r.text == "Analisi" for r in runs)


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_xlsx_never_holds_a_formula_of_the_card(layout: str) -> None:
    card = Card(entity=HOSTILE[0], title=HOSTILE[1], year=2026, unit=HOSTILE[2], description=HOSTILE[3], purpose=HOSTILE[6],
                phases=(Phase(number="1", text=HOSTILE[4], weight="100%"),),
                indicators=tuple(Indicator(name=text, targets={"2026": text}, weight="14%") for text in HOSTILE))  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(export(card, "xlsx", layout)[0]))
    cells = [c for page in book for row in page.iter_rows() for c in row if c.value is not None]
    assert all(str(c.value).startswith("=SUM(") for c in cells if c.data_type == "f")
    quoted = [c for c in cells if c.data_type == "s" and str(c.value)[0] in "=+-@\t\r"]
    assert len(quoted) >= len(HOSTILE)
    assert all(c.quotePrefix for c in quoted)


def test_xlsx_cells_are_typed(full_card: Card) -> None:
    book = openpyxl.load_workbook(io.BytesIO(export(full_card, "xlsx")[0]))
    cells = {str(c.value): c for row in book["Scheda"].iter_rows() for c in row if c.value is not None}
    assert cells["0.6"].number_format == "0%"
    assert cells["22.5"].number_format == "0.0"
    assert cells["2026-01-01 00:00:00"].number_format == "dd/mm/yyyy"
    assert cells["12000"].number_format == '#,##0.00 "€"' or cells["12000.0"].number_format == '#,##0.00 "€"'
    assert cells["04"].data_type == "s"


def test_pdf_has_its_text_its_title_and_its_language(full_card: Card) -> None:
    reader = PdfReader(io.BytesIO(export(full_card, "pdf", "segrate")[0]))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Attività più vicine: perché sì" in text
    assert "≤ 23" in text
    assert "Pagina 1" in text
    assert reader.metadata is not None
    assert reader.metadata.title == full_card.title
    fonts = {name for page in reader.pages for name in (page["/Resources"].get("/Font") or {})}  # type: ignore[union-attr]
    assert fonts


def test_a_cell_longer_than_a_page_prints(full_card: Card) -> None:
    card = full_card.replace(description="parola " * 4_000)
    for layout in LAYOUTS:
        assert export(card, "pdf", layout)[0].startswith(b"%PDF")


def test_odt_is_a_text_document(full_card: Card) -> None:
    with zipfile.ZipFile(io.BytesIO(export(full_card, "odt", "terre-argine")[0])) as archive:
        assert archive.read("mimetype") == b"application/vnd.oasis.opendocument.text"
        content = archive.read("content.xml").decode()
        styles = archive.read("styles.xml").decode()
    assert "Attività più vicine" in content
    assert "table:table-header-rows" in content
    assert "text:page-number" in styles
    assert 'style:print-orientation="landscape"' in styles


def test_json_is_the_contract_and_csv_cannot_run(full_card: Card) -> None:
    assert json.loads(export(full_card, "json")[0]) == full_card.to_json()
    assert len(json.loads(export_cards([full_card, full_card], "json")[0])) == 2
    card = Card(title=HOSTILE[0], year=2026, indicators=tuple(Indicator(name=t, targets={"2026": t}) for t in HOSTILE))
    rows = list(csv.reader(io.StringIO(export(card, "csv")[0].decode("utf-8-sig")), delimiter=";"))
    assert len(rows) == len(HOSTILE) + 2
    assert not [v for row in rows for v in row if v.startswith(("=", "+", "-", "@", "\t", "\r"))]


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_card_and_odd_characters_print(format: str) -> None:
    for card in (
        Card(),
        Card(title="a\x00b\x0b<c>&\ud800", year=2026, phases=(Phase(text="<b>fase</b>"),)),
        Card(kind="service", title="x"),
    ):
        for layout in LAYOUTS:
            assert export(card, format, layout)[0]


def test_unknown_formats_and_layouts_are_one_line(full_card: Card) -> None:
    for wrong in (("doc", "neutro"), ("docx", "milano")):
        with pytest.raises(PiaoError, match="non esiste"):
            export(full_card, *wrong)
    with pytest.raises(PiaoError, match="nessuna scheda"):
        export_cards([], "docx")


def test_findings_as_word(full_card: Card) -> None:
    found = report(full_card)
    assert found.findings
    document = Document(io.BytesIO(findings_docx(found)))
    words = "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)
    assert all(f.message in words and f.fix in words for f in found.findings)
