"""Word documents made here: order, merged cells, nested tables, lists, tracked changes, strikes, boxes, notes."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.blocks import Blocks
from ingest.readers import read_blocks


@pytest.fixture
def word() -> Document:
    return docx.Document()


def saved(document: Document, tmp_path: Path) -> Blocks:
    document.save(str(tmp_path / "prova.docx"))
    return read_blocks(tmp_path / "prova.docx")


def run(xml: str) -> str:
    return f"<w:r>{xml}</w:r>"


def paragraph(document: Document, xml: str) -> None:
    document.element.body.insert(0, parse_xml(f"<w:p {nsdecls('w', 'w14')}>{xml}</w:p>".replace("w14:w14", "w14")))


def test_order_of_paragraphs_headings_and_tables(word: Document, tmp_path: Path) -> None:
    word.add_heading("Piano 2026", 1)
    word.add_paragraph("Premessa")
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("Obiettivo", "Target", "Uno", "1"), strict=True):
        cell.text = text
    word.add_paragraph("Chiusura")
    blocks = saved(word, tmp_path).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("heading", "Piano 2026"), ("paragraph", "Premessa"), ("table", ""), ("paragraph", "Chiusura")]  # fmt: skip
    assert [b.place.line for b in blocks] == [1, 2, 3, 5]
    assert [row.place.line for row in blocks[2].rows] == [3, 4]


def test_merged_cells(word: Document, tmp_path: Path) -> None:
    table = word.add_table(3, 3)
    for i, row in enumerate(table.rows):
        for j, cell in enumerate(row.cells):
            cell.text = f"{i}{j}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "Target"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Obiettivo"
    first, second, third = saved(word, tmp_path).blocks[0].rows
    assert first.cells == ("Obiettivo", "Target", "")
    assert (first.merged, first.above) == ({2}, set())
    assert second.cells == ("", "11", "12")
    assert (second.merged, second.above) == ({0}, {0})
    assert third.cells == ("20", "21", "22")


def test_nested_table_follows_its_table(word: Document, tmp_path: Path) -> None:
    outer = word.add_table(1, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Fasi", "vedi"
    inner = outer.cell(0, 1).add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "1", "Analisi"
    assert [b.rows[0].cells for b in saved(word, tmp_path).blocks] == [("Fasi", "vedi"), ("1", "Analisi")]


def test_a_frame_of_one_column_is_text(word: Document, tmp_path: Path) -> None:
    word.add_table(1, 1).cell(0, 0).text = "Testo in un riquadro"
    assert [(b.kind, b.text) for b in saved(word, tmp_path).blocks] == [("paragraph", "Testo in un riquadro")]


def test_tracked_changes_and_strikes(word: Document, tmp_path: Path) -> None:
    text = run("<w:t xml:space='preserve'>entro il </w:t>")
    deleted = '<w:del w:id="1" w:author="a">' + run("<w:delText>30 giugno</w:delText>") + "</w:del>"
    inserted = '<w:ins w:id="2" w:author="a">' + run("<w:t>31 dicembre</w:t>") + "</w:ins>"
    paragraph(word, text + deleted + inserted)
    struck = word.add_paragraph().add_run("Fase soppressa")
    struck.font.strike = True
    found = [(b.text, b.struck) for b in saved(word, tmp_path).blocks]
    assert found == [("entro il 31 dicembre", False), ("30 giugno", True), ("Fase soppressa", True)]


def test_struck_cells(word: Document, tmp_path: Path) -> None:
    table = word.add_table(1, 2)
    table.cell(0, 0).paragraphs[0].add_run("vecchio").font.strike = True
    table.cell(0, 1).paragraphs[0].add_run("95 ").font.strike = True
    table.cell(0, 1).paragraphs[0].add_run("97")
    blocks = saved(word, tmp_path).blocks
    assert (blocks[0].rows[0].cells, blocks[0].rows[0].struck) == (("vecchio", "97"), {0})
    assert (blocks[1].text, blocks[1].struck) == ("95", True)


def test_lists_keep_the_numbers_that_word_writes(word: Document, tmp_path: Path) -> None:
    for text in ("Analisi", "Gara"):
        paragraph = word.add_paragraph(text)
        number = parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>')
        paragraph._p.get_or_add_pPr().append(number)
    abstract = (
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>'
    )
    root = word.part.numbering_part.element
    root.insert(0, parse_xml(abstract))
    for old in [n for n in root if n.tag.endswith("}num") and n.get(n.tag.replace("}num", "}numId")) == "7"]:
        root.remove(old)
    root.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="7"><w:abstractNumId w:val="77"/></w:num>'))
    assert [b.text for b in saved(word, tmp_path).blocks] == ["I) Analisi", "II) Gara"]


def test_tick_boxes(word: Document, tmp_path: Path) -> None:
    box = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    words = run("<w:t xml:space='preserve'> raggiunto </w:t>")
    paragraph(word, run(box) + words + run(box.replace("F0FE", "F0A8")) + run("<w:t> no</w:t>"))
    assert saved(word, tmp_path).blocks[0].text == "☒ raggiunto ☐ no"


def test_page_header_names_the_body(word: Document, tmp_path: Path) -> None:
    word.sections[0].header.paragraphs[0].text = "Comune di Prova"
    word.add_paragraph("Testo")
    assert [b.text for b in saved(word, tmp_path).blocks] == ["Comune di Prova", "Testo"]


def test_metadata(word: Document, tmp_path: Path) -> None:
    word.core_properties.title = "Piano 2026"
    word.add_paragraph("Testo")
    assert saved(word, tmp_path).metadata["title"] == "Piano 2026"
