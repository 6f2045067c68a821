"""What OpenDocument text holds beside its text (ODF 1.3, part 3): hidden words, comments, tracked deletions. None of it is read
as if it were in force; what is left out is counted in the report."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from cards.errors import LimitExceeded
from ingest.blocks import Blocks
from ingest.readers import read_blocks

NS = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing"))
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
COMMENT = "<office:annotation><dc:creator>A. B.</dc:creator><text:p>da rivedere</text:p></office:annotation>"
STYLES = """<office:automatic-styles>
<style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="P1" style:family="paragraph"><style:text-properties text:display="none"/></style:style>
</office:automatic-styles>"""


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Blocks]:
    def make(body: str, header: str = "") -> Blocks:
        content = f"<office:document-content {NS}>{STYLES}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
        styles = f"<office:document-styles {NS}><office:master-styles><style:master-page><style:header>{header}</style:header></style:master-page></office:master-styles></office:document-styles>"
        with zipfile.ZipFile(tmp_path / "prova.odt", "w") as archive:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
            archive.writestr("content.xml", content)
            archive.writestr("styles.xml", styles)
        return read_blocks(tmp_path / "prova.odt")

    return make


def texts(blocks: Blocks) -> list[tuple[str, bool]]:
    return [(block.text, block.struck) for block in blocks.blocks if block.kind != "table"]


def said(blocks: Blocks) -> list[str]:
    return [message for message, _ in blocks.warnings]


HIDDEN = {
    "hidden text": '<text:p>Vedi<text:hidden-text text:condition="ooow:1" text:string-value="segreto" text:is-hidden="true"/></text:p>',
    "hidden paragraph": '<text:p>Vedi</text:p><text:p><text:hidden-paragraph text:condition="ooow:1" text:is-hidden="true"/>segreto</text:p>',
    "hidden section": '<text:p>Vedi</text:p><text:section text:name="s" text:display="none"><text:p>segreto</text:p></text:section>',
    "section under a condition": '<text:p>Vedi</text:p><text:section text:name="s" text:display="condition" text:condition="ooow:1" '
    'text:is-hidden="true"><text:p>segreto</text:p></text:section>',
    "style of words": '<text:p>Vedi<text:span text:style-name="T1">segreto</text:span></text:p>',
    "style of a paragraph": '<text:p>Vedi</text:p><text:p text:style-name="P1">segreto</text:p>',
}


@pytest.mark.parametrize("sort", HIDDEN)
def test_hidden_words_are_not_read_and_are_told(written: Callable[..., Blocks], sort: str) -> None:
    blocks = written(HIDDEN[sort])
    assert texts(blocks) == [("Vedi", False)]
    assert said(blocks) == ["testo nascosto non letto (1): «segreto»"]


@pytest.mark.parametrize("sort", ["hidden text", "hidden paragraph", "section under a condition"])
def test_what_may_be_hidden_and_is_shown_is_read(written: Callable[..., Blocks], sort: str) -> None:
    shown = HIDDEN[sort].replace('text:is-hidden="true"/>', 'text:is-hidden="false">segreto</text:hidden-text>' if sort == "hidden text"
                                 else "/>").replace('text:is-hidden="true"', 'text:is-hidden="false"')  # fmt: skip
    blocks = written(shown)
    assert "segreto" in "".join(text for text, _ in texts(blocks))
    assert said(blocks) == []


def test_comments_are_counted_and_are_no_text(written: Callable[..., Blocks]) -> None:
    note = f'<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Nota{COMMENT}</text:p></text:note-body></text:note>'
    cell = f"<table:table><table:table-row><table:table-cell><text:p>Uno{COMMENT}</text:p></table:table-cell></table:table-row></table:table>"
    blocks = written(f"<text:p>Prima{COMMENT} dopo{note}</text:p>{cell}", f"<text:p>Comune di Prova{COMMENT}</text:p>")
    assert "rivedere" not in str(blocks.blocks)
    assert ("Prima dopo", False) in texts(blocks)
    assert ("Nota", False) in texts(blocks)
    assert said(blocks) == ["commenti a margine non letti: 3"]


CHANGES = """<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info><dc:creator>A</dc:creator>
<text:p>parere</text:p></office:change-info><text:p>entro giugno<office:annotation><text:p>da rivedere</text:p></office:annotation></text:p>
</text:deletion></text:changed-region></text:tracked-changes>"""


def test_deleted_words_are_struck_where_they_stood(written: Callable[..., Blocks]) -> None:
    blocks = written(f'{CHANGES}<text:p>Finire <text:change text:change-id="c1"/>entro luglio</text:p>')
    assert texts(blocks) == [("Finire entro luglio", False), ("entro giugno", True)]


def test_deleted_paragraphs_are_struck_where_they_stood(written: Callable[..., Blocks]) -> None:
    blocks = written(f'{CHANGES}<text:p>Prima</text:p><text:change text:change-id="c1"/><text:p>Dopo</text:p>')
    assert texts(blocks) == [("Prima", False), ("entro giugno", True), ("Dopo", False)]


def test_a_deleted_paragraph_of_a_cell_is_struck(written: Callable[..., Blocks]) -> None:
    row = '<table:table><table:table-row><table:table-cell><text:p>Fase</text:p></table:table-cell><table:table-cell>' + (
        '<text:change text:change-id="c1"/></table:table-cell></table:table-row></table:table>')
    (table,) = [block for block in written(CHANGES + row).blocks if block.kind == "table"]
    assert (table.rows[0].cells, table.rows[0].struck) == (("Fase", "entro giugno"), {1})


def test_words_deleted_from_a_page_header_are_not_read(written: Callable[..., Blocks]) -> None:
    blocks = written("<text:p>Testo</text:p>", f"{CHANGES}<text:p>Comune di Prova</text:p>")
    assert texts(blocks) == [("Comune di Prova", False), ("Testo", False)]


def test_a_long_text_repeated_over_many_cells_is_refused(written: Callable[..., Blocks]) -> None:
    """A few bytes that would be hundreds of megabytes of words."""
    row = f'<table:table-row><table:table-cell table:number-columns-repeated="1024"><text:p>{"x" * 32_000}</text:p></table:table-cell></table:table-row>'
    with pytest.raises(LimitExceeded, match="celle"):
        written(f"<table:table>{row * 8}</table:table>")


BOX = ("<draw:frame><draw:text-box><text:p>nota</text:p><table:table><table:table-row><table:table-cell><text:p>Obiettivo</text:p></table:table-cell>"
       "<table:table-cell><text:p>Peso</text:p></table:table-cell></table:table-row></table:table></draw:text-box></draw:frame>")  # fmt: skip


@pytest.mark.parametrize("where", [f"<text:p>Vedi{BOX}</text:p>", f"<text:p>{BOX}</text:p>", BOX, f"<draw:g>{BOX}</draw:g>",
                                   "<table:table><table:table-row><table:table-cell><text:p>Cella</text:p></table:table-cell><table:table-cell>"
                                   f"<text:p>Altra{BOX}</text:p></table:table-cell></table:table-row></table:table>"])  # fmt: skip
def test_tables_in_text_boxes_are_read_once(written: Callable[..., Blocks], where: str) -> None:
    found = written(where)
    assert [row.cells for block in found.blocks for row in block.rows if "Peso" in row.cells] == [("Obiettivo", "Peso")]
    words = " ".join([*(block.text for block in found.blocks), *(cell for block in found.blocks for row in block.rows for cell in row.cells)])
    assert words.split().count("nota") == 1


def test_a_table_in_a_box_of_the_page_header_stays_there(written: Callable[..., Blocks]) -> None:
    found = written("<text:p>Vedi</text:p>", header=f"<text:p>Comune{BOX}</text:p>")
    assert [block.kind for block in found.blocks].count("table") == 0, "its words are with the header's, once a line"
    assert {block.text for block in found.blocks} >= {"Obiettivo", "Peso", "Vedi"}


def test_items_of_a_list_keep_a_mark_and_headings_none(written: Callable[..., Blocks]) -> None:
    def item(text: str, tag: str = "p") -> str:
        return f"<text:list-item><text:{tag}>{text}</text:{tag}></text:list-item>"

    nested = f"<text:list-item><text:p>terzo</text:p><text:list>{item('dentro')}</text:list><text:p>seguito</text:p></text:list-item>"
    blocks = written(f"<text:p>Fasi:</text:p><text:list>{item('primo')}{nested}</text:list><text:list>{item('Capo primo', 'h')}</text:list>")
    assert [text for text, _ in texts(blocks)] == ["Fasi:", "- primo", "- terzo", "- dentro", "seguito", "Capo primo"]
