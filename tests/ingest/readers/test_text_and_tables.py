"""Text, CSV, HTML and workbooks: what the same table looks like from each."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.blocks import Blocks
from ingest.limits import Limits
from ingest.readers import read_blocks
from ingest.readers.sheets import written
from ingest.readers.text import blocks_of
from ingest.readers.words import clean

from ...bad.makers import ods


def of_text(text: str) -> list[tuple[str, object]]:
    found = blocks_of(text, "t.txt", Limits())
    return [(b.kind, [row.cells for row in b.rows] if b.kind == "table" else b.text) for b in found]


def test_text_with_tabs_is_a_table_until_a_blank_line() -> None:
    text = "# Piano\nPremessa\nA\tB\n1\t2\n\nC\tD\n"
    tables = [("table", [("A", "B"), ("1", "2")]), ("table", [("C", "D")])]
    assert of_text(text) == [("heading", "Piano"), ("paragraph", "Premessa"), *tables]
    assert [b.place.line for b in blocks_of(text, "t", Limits())] == [1, 2, 3, 6]


def test_rows_of_one_table_are_equally_wide_and_rules_are_dropped() -> None:
    assert of_text("A\tB\tC\n---\t---\n1\n\t2\n") == [("table", [("A", "B", "C")]), ("paragraph", "1"), ("table", [("", "2")])]
    assert of_text("A\tB\tC\n:--\t--:\n\t2\n") == [("table", [("A", "B", "C"), ("", "2", "")])]


def test_markup_is_no_text() -> None:
    assert of_text("Richiesta: **ELIMINARE**\n<u>Nota</u> su *tutto*\n[vai](#)\nformula (a/b)*100 e 3*4*5")[:4] == [
        ("paragraph", "Richiesta: ELIMINARE"), ("paragraph", "Nota su tutto"), ("paragraph", "vai"),
        ("paragraph", "formula (a/b)*100 e 3*4*5")]  # fmt: skip
    assert clean("tempo < 8' e > 3, ____ %") == "tempo < 8' e > 3, ____ %"
    assert clean('<input type="checkbox"/> no <input checked="" type="checkbox"/> sì') == "☐ no ☒ sì"


def test_struck_markup() -> None:
    blocks = list(blocks_of("~~vecchio~~\nnuovo\n~~a~~\tb", "t", Limits()))
    assert [b.struck for b in blocks[:2]] == [True, False]
    assert blocks[2].rows[0].struck == {0}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "t.txt").write_bytes("Attività già avviate: 5 €".encode(encoding))
    assert read_blocks(tmp_path / "t.txt").blocks[0].text == "Attività già avviate: 5 €"


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_keeps_its_words(text: str) -> None:
    """Whatever the characters: no crash, and no letter or digit lost outside markup."""
    plain = text.replace("<", "").replace("&", "").replace("[", "").replace("\\", "")
    found = "".join(b.text + "".join(c for r in b.rows for c in r.cells) for b in blocks_of(plain, "t", Limits()))
    want = [c for c in clean(plain) if c.isalnum() and c.isascii()]
    assert [c for c in found if c.isalnum() and c.isascii()] == want


ROWS = [("Obiettivo", "Peso"), ("Uno; due", "0,25"), ("Tre, quattro", "0,75")]


@pytest.mark.parametrize(("separator", "encoding"), [(";", "utf-8-sig"), (",", "utf-8"), ("\t", "cp1252"), ("|", "cp1252")])
def test_csv(tmp_path: Path, separator: str, encoding: str) -> None:
    text = "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in [*ROWS, ("Città", "1")])
    (tmp_path / "t.csv").write_bytes(text.encode(encoding))
    assert [row.cells for row in read_blocks(tmp_path / "t.csv").blocks[0].rows] == [*ROWS, ("Città", "1")]


def test_csv_with_line_breaks_in_cells(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text('Obiettivo;Peso\n"Uno\ndue";3\nTre;4\n')
    rows = read_blocks(tmp_path / "t.csv").blocks[0].rows
    assert [(r.cells, r.place.line) for r in rows] == [(("Obiettivo", "Peso"), 1), (("Uno\ndue", "3"), 2), (("Tre", "4"), 4)]


def test_html(tmp_path: Path) -> None:
    page = (
        "<html><head><title>T</title><style>x</style></head><body><h2>Piano</h2>Testo <b>sciolto</b><p>Uno<br>due</p>"
        "<ul><li>voce</ul><table><tr><th rowspan=2>Obiettivo<th colspan=2>Target<tr><td>2026<td>2027"
        "<tr><td><s>vecchio</s><td>1<td><input type=checkbox checked>sì</table><script>no()</script></body></html>"
    )
    (tmp_path / "t.html").write_text(page)
    blocks = read_blocks(tmp_path / "t.html")
    assert [(b.kind, b.text) for b in blocks.blocks[:-1]] == [
        ("heading", "Piano"), ("paragraph", "Testo sciolto"), ("paragraph", "Uno\ndue"), ("paragraph", "- voce")]  # fmt: skip
    rows = blocks.blocks[-1].rows
    assert [r.cells for r in rows] == [("Obiettivo", "Target", ""), ("", "2026", "2027"), ("vecchio", "1", "☒ sì")]
    assert (rows[0].merged, rows[1].above, rows[2].struck) == ({2}, {0}, {0})


def test_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Schede"
    table = ["Obiettivo", "Target", None], [None, 2026, 2027], ["Uno", 0.25, dt.date(2027, 12, 31)], ["Due", 1, 2]
    for row in (["Piano 2026"], [], *table):
        sheet.append(row)
    sheet.merge_cells("B3:C3")
    sheet.merge_cells("A3:A4")
    sheet["B5"].number_format = "0%"
    sheet["A6"].font = openpyxl.styles.Font(strike=True)
    sheet.row_dimensions[6].hidden = True
    hidden = book.create_sheet("Elenchi")
    hidden.append(["x"])
    hidden.sheet_state = "hidden"
    book.create_sheet("Note").append(["Una nota"])
    book.save(tmp_path / "t.xlsx")
    blocks = read_blocks(tmp_path / "t.xlsx")
    assert [(b.kind, b.text, b.place.sheet) for b in blocks.blocks] == [
        ("heading", "Schede", "Schede"), ("paragraph", "Piano 2026", "Schede"), ("table", "", "Schede"),
        ("heading", "Note", "Note"), ("paragraph", "Una nota", "Note")]  # fmt: skip
    rows = blocks.blocks[2].rows
    assert [r.cells for r in rows] == [
        ("Obiettivo", "Target", ""), ("", "2026", "2027"), ("Uno", "25%", "31/12/2027"), ("Due", "1", "2")]  # fmt: skip
    assert (rows[0].merged, rows[0].above, rows[1].above, rows[3].struck) == ({2}, set(), {0}, {0})
    assert [r.place.line for r in rows] == [3, 4, 5, 6]
    notes = [message for message, _ in blocks.warnings]
    assert any("righe nascoste 6" in note for note in notes)
    assert any("«Elenchi» nascosto" in note for note in notes)


def test_formulas(tmp_path: Path) -> None:
    """A formula without its result and a failed one are told, not read as empty."""
    book = openpyxl.Workbook()
    book.active.title = "F"
    for row in (["Obiettivo", "Target"], ["Uno", "=1+1"], ["Due", "#REF!"]):
        book.active.append(row)
    book.active["B3"].data_type = "e"
    book.save(tmp_path / "t.xlsx")
    notes = [message for message, _ in read_blocks(tmp_path / "t.xlsx").warnings]
    assert any("senza valore calcolato (B2)" in note for note in notes)
    assert any(note.startswith("F!B3: errore di formula #REF!") for note in notes)


def test_opendocument_sheet(tmp_path: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    empty = '<table:table-cell table:number-columns-repeated="1000"/>'
    rows = (
        cell("Obiettivo", 'table:number-rows-spanned="2"') + cell("Target", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>" + empty,
        "<table:covered-table-cell/>" + cell("2026") + cell("2027"),
        cell("Uno") + cell("25%") + cell("31/12/2027"),
    )  # fmt: skip
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    blank = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    (tmp_path / "t.ods").write_bytes(ods(f'<table:table table:name="Schede">{body}{blank}</table:table>'))
    found = read_blocks(tmp_path / "t.ods").blocks[1].rows
    assert [r.cells for r in found] == [("Obiettivo", "Target", ""), ("", "2026", "2027"), ("Uno", "25%", "31/12/2027")]
    assert (found[0].merged, found[0].above, found[1].merged, found[1].above) == ({2}, set(), {0}, {0})


def test_a_row_filled_down_to_the_end_of_a_sheet_is_read_once_and_said(tmp_path: Path) -> None:
    def row(text: str, times: int = 1) -> str:
        return f'<table:table-row table:number-rows-repeated="{times}"><table:table-cell><text:p>{text}</text:p></table:table-cell>' \
               "</table:table-row>"  # fmt: skip

    (tmp_path / "t.ods").write_bytes(ods(f'<table:table table:name="Schede">{row("due", 2)}{row("0", 1_048_570)}</table:table>'))
    read = read_blocks(tmp_path / "t.ods")
    assert [block.text for block in read.blocks] == ["Schede", "due", "due", "0"]
    assert read.warnings[0][0] == "foglio «Schede»: le righe da 3 a 1048572 sono uguali, letta solo la prima"


@pytest.mark.parametrize(
    ("value", "shape", "text"),
    [
        (1234.5, "General", "1234,5"), (1234567, "#,##0", "1.234.567"), (12000, '#,##0.00 "€"', "12.000,00 €"),
        (0.985, "0.0%", "98,5%"), (1, "0%", "100%"), (0.1 + 0.2, "General", "0,3"),
        (dt.datetime(2026, 6, 30), "dd/mm/yyyy", "30/06/2026"),
        (dt.datetime(2026, 6, 30, 14, 5), "General", "30/06/2026 14:05"), (dt.date(2026, 6, 1), "mmm-yy", "06/2026"),
        (True, "General", "VERO"),
        (None, "General", ""), (1e21, "General", "1" + "0" * 21), (-0.5, "0.00", "-0,50"),
        (dt.timedelta(hours=36, minutes=30), "[h]:mm", "36:30"), (float("nan"), "General", ""),
    ],
)  # fmt: skip
def test_values_as_an_italian_reader_sees_them(value: object, shape: str, text: str) -> None:
    assert written(value, shape) == text


def test_corpus_reads_the_same_from_every_format(shared: Path) -> None:
    """The three forms of each real document give the same tables and nearly the same words."""

    def rows(blocks: Blocks) -> list[str]:
        return ["|".join(row.cells).rstrip("|") for b in blocks.blocks if b.kind == "table" for row in b.rows]

    for text in sorted((shared / "corpus").glob("*.txt")):
        want = rows(read_blocks(text))
        for other in (".docx", ".pdf"):
            got = set(rows(read_blocks(text.with_suffix(other))))
            kept = sum(row in got for row in want) / len(want)
            assert kept >= 0.97, (text.name, other, kept)


def test_zip_members_are_counted(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "t.docx", "w") as file:
        file.writestr("word/document.xml", "<x/>")
    with pytest.raises(Exception, match="danneggiato"):
        read_blocks(tmp_path / "t.docx")


def test_a_list_of_terms_is_a_table_of_labels(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<html><body><dl><dt>Servizio</dt><dd>Anagrafe</dd><dt>Sedi</dt><dd>Nord</dd><dd>Sud</dd></dl>"
                                     "</body></html>", encoding="utf-8")
    (table,) = read_blocks(tmp_path / "p.html").blocks
    assert [row.cells for row in table.rows] == [("Servizio", "Anagrafe"), ("Sedi", "Nord\nSud")]
