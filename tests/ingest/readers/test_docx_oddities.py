"""What office people do in Word beyond plain text: each is read as it is seen, or the reading report says that it was not."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from ingest.blocks import Blocks
from ingest.readers import read_blocks

NS = nsdecls("w") + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
KEEP = "xml:space='preserve'"


@pytest.fixture
def word() -> Document:
    return docx.Document()


def put(document: Document, xml: str) -> None:
    """Add an element at the end of the body, before the section's properties."""
    element = parse_xml(
        xml.replace(">", f" {NS}>", 1) if not xml.split(">")[0].endswith("/") else xml.replace("/>", f" {NS}/>", 1)
    )
    document.element.body.insert(len(document.element.body) - 1, element)


def run(text: str, look: str = "", kind: str = "t") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:{kind} {KEEP}>{text}</w:{kind}></w:r>"


def saved(document: Document, tmp_path: Path) -> Blocks:
    document.save(str(tmp_path / "prova.docx"))
    return read_blocks(tmp_path / "prova.docx")


def texts(blocks: Blocks) -> list[tuple[str, bool]]:
    return [(b.text, b.struck) for b in blocks.blocks]


def said(blocks: Blocks) -> str:
    return "\n".join(message for message, _ in blocks.warnings)


def test_moved_text_is_live_where_it_went_and_struck_where_it_was(word: Document, tmp_path: Path) -> None:
    put(word, f'<w:p><w:moveFrom w:id="1" w:author="a">{run("Fase 1")}</w:moveFrom></w:p>')
    put(word, "<w:p>" + run("Fase 2") + "</w:p>")
    put(word, f'<w:p><w:moveTo w:id="2" w:author="a">{run("Fase 1")}</w:moveTo></w:p>')
    assert texts(saved(word, tmp_path)) == [("Fase 1", True), ("Fase 2", False), ("Fase 1", False)]


def test_words_struck_by_a_named_style(word: Document, tmp_path: Path) -> None:
    style = word.styles.add_style("Soppresso", 2)
    style.font.strike = True
    paragraph = word.add_paragraph("entro il ")
    paragraph.add_run("30 giugno", style="Soppresso")
    paragraph.add_run(" 31 dicembre")
    again = word.add_paragraph().add_run("non barrato", style="Soppresso")
    again.font.strike = False
    assert texts(saved(word, tmp_path)) == [("entro il 31 dicembre", False), ("30 giugno", True), ("non barrato", False)]


def test_deleted_rows_and_cells_are_struck(word: Document, tmp_path: Path) -> None:
    table = word.add_table(2, 2)
    for cell, text in zip(table._cells, ("Fase", "Peso", "Analisi", "40%"), strict=True):
        cell.text = text
    table.cell(1, 1)._tc.get_or_add_tcPr().append(parse_xml(f'<w:cellDel {NS} w:id="1" w:author="a"/>'))
    rows = saved(word, tmp_path).blocks[0].rows
    assert [(r.cells, set(r.struck)) for r in rows] == [(("Fase", "Peso"), set()), (("Analisi", "40%"), {1})]


def test_hidden_text_is_not_read_and_is_said(word: Document, tmp_path: Path) -> None:
    style = word.styles.add_style("Nascosto", 2)
    style.font.hidden = True
    paragraph = word.add_paragraph("Visibile ")
    paragraph.add_run("riservato agli uffici").font.hidden = True
    paragraph.add_run("anche questo", style="Nascosto")
    blocks = saved(word, tmp_path)
    assert texts(blocks) == [("Visibile", False)]
    assert blocks.warnings[0][0] == "testo nascosto non letto (2): «riservato agli uffici»"
    assert blocks.warnings[0][1].line == 1


def test_content_controls(word: Document, tmp_path: Path) -> None:
    """A filled control is text, in a line, around a paragraph and around a cell; an invitation to write is not."""
    answer = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('Settore Tecnico')}</w:sdtContent></w:sdt>"
    prompt = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
    put(word, f"<w:p>{run('Unità: ')}{answer}</w:p>")
    put(
        word,
        f"<w:p>{run('Responsabile: ')}<w:sdt>{prompt}<w:sdtContent>{run('Fare clic per scrivere')}</w:sdtContent></w:sdt></w:p>",
    )
    put(word, f"<w:sdt><w:sdtPr/><w:sdtContent><w:p>{run('Tutto il paragrafo')}</w:p></w:sdtContent></w:sdt>")
    table = word.add_table(1, 2)
    table.cell(0, 0).text = "Peso"
    cell = table.cell(0, 1)
    cell.text = "30%"
    cell._tc.getparent().replace(
        cell._tc, parse_xml(f"<w:sdt {NS}><w:sdtPr/><w:sdtContent><w:tc><w:p>{run('30%')}</w:p></w:tc></w:sdtContent></w:sdt>")
    )
    blocks = saved(word, tmp_path)
    assert [t for t, _ in texts(blocks)[:3]] == ["Unità: Settore Tecnico", "Responsabile:", "Tutto il paragrafo"]
    assert blocks.blocks[3].rows[0].cells == ("Peso", "30%")
    assert "invito a scrivere non letto (1): «Fare clic per scrivere»" in said(blocks)


def test_fields_links_and_hyphens(word: Document, tmp_path: Path) -> None:
    code = "<w:r><w:fldChar w:fldCharType='begin'/></w:r>" + run(" PAGEREF x ", kind="instrText")
    field = code + "<w:r><w:fldChar w:fldCharType='separate'/></w:r>" + run("12") + "<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    link = f"<w:hyperlink w:anchor='x'>{run('Piano 2026')}</w:hyperlink>"
    simple = f"<w:fldSimple w:instr='DATE'>{run('31/12/2026')}</w:fldSimple>"
    hyphens = "<w:r><w:t>perfor</w:t><w:softHyphen/><w:t>mance\u00ad 2026</w:t><w:noBreakHyphen/><w:t>2028</w:t></w:r>"
    put(word, f"<w:p>{link}{run(' pagina ')}{field}{run(' al ')}{simple}</w:p>")
    put(word, f"<w:p>{hyphens}</w:p>")
    assert [t for t, _ in texts(saved(word, tmp_path))] == ["Piano 2026 pagina 12 al 31/12/2026", "performance 2026-2028"]


def box(*paragraphs: str) -> str:
    return "<w:txbxContent>" + "".join(f"<w:p>{p}</w:p>" for p in paragraphs) + "</w:txbxContent>"


def test_text_boxes_are_read_once(word: Document, tmp_path: Path) -> None:
    inner = f"<w:r><w:pict>{box(run('Dentro'))}</w:pict></w:r>"
    both = "<mc:AlternateContent><mc:Choice Requires='wps'><w:drawing>{0}</w:drawing></mc:Choice><mc:Fallback><w:pict>{0}</w:pict></mc:Fallback></mc:AlternateContent>"
    old = f"<mc:AlternateContent><mc:Choice Requires='x'/><mc:Fallback><w:pict>{box(run('Solo vecchio'))}</w:pict></mc:Fallback></mc:AlternateContent>"
    put(word, "<w:p>" + run("Testo") + "<w:r>" + both.format(box(run("Riquadro"), inner)) + "</w:r></w:p>")
    put(word, f"<w:p><w:r>{old}</w:r></w:p>")
    assert [t for t, _ in texts(saved(word, tmp_path))] == ["Testo\nRiquadro\nDentro", "Solo vecchio"]


def part(word: Document, name: str, sort: str, xml: str) -> None:
    kind = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{name}+xml"
    made = Part(PackURI(f"/word/{name}.xml"), kind, xml.encode(), word.part.package)
    word.part.relate_to(made, f"{RELATIONSHIP_TYPE.FOOTNOTES.rsplit('/', 1)[0]}/{sort}")


def test_notes_are_read_and_comments_are_said(word: Document, tmp_path: Path) -> None:
    word.add_paragraph("Testo")
    note = "<w:{0}s {1}><w:{0} w:id='2'><w:p>{2}</w:p></w:{0}></w:{0}s>"
    part(word, "footnotes", "footnotes", note.format("footnote", NS, run("Nota a piè di pagina")))
    part(word, "endnotes", "endnotes", note.format("endnote", NS, run("Nota di chiusura")))
    word.add_comment(word.paragraphs[0].runs, text="Da rivedere", author="a", initials="a")
    blocks = saved(word, tmp_path)
    assert [t for t, _ in texts(blocks)] == ["Testo", "Nota a piè di pagina", "Nota di chiusura"]
    assert said(blocks) == "commenti a margine non letti: 1"


def test_headers_and_footers_once_without_page_numbers(word: Document, tmp_path: Path) -> None:
    section = word.sections[0]
    word.settings.odd_and_even_pages_header_footer = True
    section.header.paragraphs[0].text = section.even_page_header.paragraphs[0].text = "Comune di Prova"
    section.footer.paragraphs[0].text = "Approvato con delibera 12"
    section.even_page_footer.paragraphs[0].text = "Pagina 2 di 10"
    word.add_paragraph("Testo")
    assert [t for t, _ in texts(saved(word, tmp_path))] == ["Comune di Prova", "Testo", "Approvato con delibera 12"]


def test_what_is_embedded_is_said(word: Document, tmp_path: Path) -> None:
    word.add_paragraph("Testo")
    put(word, "<w:p><w:r><w:object/></w:r></w:p>")
    chart = "<c:chart xmlns:c='http://schemas.openxmlformats.org/drawingml/2006/chart'/>"
    put(word, f"<w:p><w:r><w:drawing>{chart}</w:drawing></w:r></w:p>")
    put(word, "<w:altChunk/>")
    report = said(saved(word, tmp_path))
    assert all(
        word in report
        for word in ("oggetti incorporati non letti: 1", "grafici o diagrammi non letti: 1", "contenuto incorporato")
    )


def numbering(word: Document) -> None:
    """Two lists of one form: the second goes on with the numbers of the first, the third begins again."""
    root = word.part.numbering_part.element
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="{}"/></w:lvl>'
    abstract = f'<w:abstractNum {NS} w:abstractNumId="90">{level.format(0, "%1.")}{level.format(1, "%1.%2")}</w:abstractNum>'
    root.insert(0, parse_xml(abstract))
    for number, more in (
        ("91", ""),
        ("92", ""),
        ("93", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
    ):
        root.append(parse_xml(f'<w:num {NS} w:numId="{number}"><w:abstractNumId w:val="90"/>{more}</w:num>'))


def item(word: Document, text: str, number: str, level: int = 0) -> None:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    put(word, f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>")


def test_numbers_go_on_and_begin_again_as_word_prints_them(word: Document, tmp_path: Path) -> None:
    numbering(word)
    for text, number, level in (("A", "91", 0), ("a", "91", 1), ("B", "92", 0), ("b", "92", 1), ("C", "93", 0)):
        item(word, text, number, level)
    assert [t for t, _ in texts(saved(word, tmp_path))] == ["1. A", "1.1 a", "2. B", "2.1 b", "1. C"]


def test_a_style_that_numbers_its_paragraphs(word: Document, tmp_path: Path) -> None:
    numbering(word)
    style = word.styles.add_style("Fase", 1)
    style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {NS}><w:numId w:val="91"/></w:numPr>'))
    for text in ("Analisi", "Gara"):
        word.add_paragraph(text, style="Fase")
    assert [t for t, _ in texts(saved(word, tmp_path))] == ["1. Analisi", "2. Gara"]
