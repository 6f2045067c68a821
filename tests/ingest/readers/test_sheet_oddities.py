"""What office people do in workbooks beyond plain cells: each is read as it is seen, or the reading report says that it was not."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from cards.errors import LimitExceeded
from ingest.blocks import Blocks
from ingest.readers import read_blocks

HEAD = ("Obiettivo", "Indicatore", "Target")


def said(blocks: Blocks) -> str:
    return "\n".join(message for message, _ in blocks.warnings)


def rows(blocks: Blocks) -> list[tuple[str, ...]]:
    return [row.cells for block in blocks.blocks for row in block.rows]


@pytest.fixture
def book() -> Any:
    made: Any = openpyxl.Workbook()
    made.active.title = "Schede"
    made.active.append(HEAD)
    return made


def saved(book: Any, tmp_path: Path, change: dict[str, tuple[str, str]] | None = None) -> Blocks:
    """The workbook as read; ``change``: in a member a pattern and what stands in its place, for what openpyxl does not write."""
    path = tmp_path / "prova.xlsx"
    book.save(path)
    if change:
        with zipfile.ZipFile(path) as source:
            parts = {name: source.read(name) for name in source.namelist()}
        for member, (pattern, new) in change.items():
            parts[member] = re.sub(pattern, new, parts.get(member, b"").decode(), count=1).encode()
        with zipfile.ZipFile(path, "w") as target:
            for name, data in parts.items():
                target.writestr(name, data)
    return read_blocks(path)


def test_what_is_hidden_is_said(book: Any, tmp_path: Path) -> None:
    sheet = book.active
    for row in (("Uno", "a", 1), ("Due", "b", 2)):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    for title, state in (("Elenchi", "hidden"), ("Codici", "veryHidden")):
        book.create_sheet(title)["A1"] = "x"
        book[title].sheet_state = state
    blocks = saved(book, tmp_path)
    assert rows(blocks) == [HEAD, ("Uno", "a", "1"), ("Due", "b", "2")]
    for line in ("righe nascoste 3", "colonne nascoste C", "foglio «Elenchi» nascosto", "foglio «Codici» nascosto"):
        assert line in said(blocks)


def test_struck_words_inside_a_cell_stand_apart(book: Any, tmp_path: Path) -> None:
    """A target changed by hand: the old one struck through, the new one beside it, in one cell."""
    changed = CellRichText(TextBlock(InlineFont(strike=True), "90% "), TextBlock(InlineFont(), "95%"))
    book.active.append(("Uno", CellRichText("Tempo ", TextBlock(InlineFont(b=True), "medio")), changed))
    book.active.append(("Due", "b", "3"))
    book.active["C3"].font = Font(strike=True)
    blocks = saved(book, tmp_path)
    table = blocks.blocks[1]
    assert [(r.cells, set(r.struck)) for r in table.rows[1:]] == [
        (("Uno", "Tempo medio", "95%"), set()),
        (("Due", "b", "3"), {2}),
    ]
    assert [(b.text, b.place.line) for b in blocks.blocks if b.struck] == [("90%", 2)]


def test_values_as_their_formats_show_them(book: Any, tmp_path: Path) -> None:
    shown = (
        (46387, "dd/mm/yyyy", "31/12/2026"), (0.985, "0.0%", "98,5%"), (0.25, "0%", "25%"), (30, '0" giorni"', "30 giorni"),
        (7, '"n. "0', "n. 7"), (1234.5, "#,##0.00", "1.234,50"), (dt.time(6, 30), "hh:mm", "06:30"), (True, "General", "VERO"),
    )  # fmt: skip
    for value, shape, _ in shown:
        book.active.append(("Uno", "a", value))
        book.active.cell(book.active.max_row, 3).number_format = shape
    assert [row[2] for row in rows(saved(book, tmp_path))[1:]] == [text for _, _, text in shown]


def test_formulas_with_and_without_value_failed_and_moved_sheets(book: Any, tmp_path: Path) -> None:
    """The formula without a value is named in its own sheet, also when the sheets were put in another order."""
    book.active.append(("Uno", "a", "=1/0"))
    other = book.create_sheet("Primo", 0)
    other.append(HEAD)
    other.append(("Due", "b", "=SUM(1,1)"))
    other.append(("Tre", "#RIF!", "=SUM(2,1)"))
    change = {
        "xl/worksheets/sheet2.xml": (
            r'<c r="C2"([^>]*)><f>1/0</f><v ?/?>(</v>)?</c>',
            r'<c r="C2"\1 t="e"><f>1/0</f><v>#DIV/0!</v></c>',
        ),
        "xl/worksheets/sheet1.xml": (r'(<c r="C3"[^>]*><f>[^<]*</f>)<v ?/?>(</v>)?', r"\1<v>3</v>"),
    }
    blocks = saved(book, tmp_path, change)
    assert rows(blocks) == [HEAD, ("Due", "b", ""), ("Tre", "", "3"), HEAD, ("Uno", "a", "")]
    report = said(blocks)
    assert "Schede!C2: errore di formula #DIV/0!" in report
    assert "Primo!B3: errore di formula #RIF!" in report
    assert "foglio «Primo»: formule senza valore calcolato (C2)" in report


def test_comments_and_text_boxes_are_said(book: Any, tmp_path: Path) -> None:
    book.active.append(("Uno", "a", 1))
    book.active["B2"].comment = Comment("Da verificare", "ufficio")
    box = "<xdr:wsDr xmlns:xdr='x' xmlns:a='y'><xdr:sp><xdr:txBody><a:p><a:r><a:t>Nota</a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:wsDr>"
    blocks = saved(book, tmp_path, {"xl/drawings/drawing1.xml": ("^", box)})
    assert "commenti alle celle non letti (B2)" in said(blocks)
    assert "caselle di testo sopra le celle non lette: 1" in said(blocks)


def test_a_huge_declared_size_costs_nothing(book: Any, tmp_path: Path) -> None:
    book.active.append(("Uno", "a", 1))
    size = {"xl/worksheets/sheet1.xml": (r'<dimension ref="[^"]*"', '<dimension ref="A1:XFD1048576"')}
    assert rows(saved(book, tmp_path, size)) == [HEAD, ("Uno", "a", "1")]


def test_merged_cells_and_their_sides(book: Any, tmp_path: Path) -> None:
    for row in (("Uno", "a", 1), (None, "b", 2), ("Note", None, None)):
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    book.active.merge_cells("A4:C4")
    table = saved(book, tmp_path).blocks[1]
    assert [(set(r.merged), set(r.above)) for r in table.rows] == [(set(), set()), (set(), set()), ({0}, {0}), ({1, 2}, set())]


ODS = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("dc", "x"))
)


def ods(tmp_path: Path, tables: str, styles: str = "") -> Blocks:
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = f"<office:document-content{ODS}><office:automatic-styles>{styles}</office:automatic-styles>{body}</office:document-content>"
    with zipfile.ZipFile(tmp_path / "prova.ods", "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        file.writestr("content.xml", content)
    return read_blocks(tmp_path / "prova.ods")


def cell(inside: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{inside}</table:table-cell>"


def line(*cells: str, more: str = "") -> str:
    return f"<table:table-row {more}>{''.join(cells)}</table:table-row>"


STYLES = (
    '<style:style style:name="via"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>'
)


def test_opendocument_hidden_struck_failed_and_commented(tmp_path: Path) -> None:
    head = line(*(cell(f"<text:p>{name}</text:p>") for name in HEAD))
    mixed = '<text:p><text:span text:style-name="via">90%</text:span> 95%</text:p>'
    note = "<office:annotation><text:p>Da verificare</text:p></office:annotation>"
    one = line(cell("<text:p>Uno<text:line-break/>bis</text:p>"), cell(f"{note}<text:p>a</text:p>"), cell(mixed))
    two = line(cell("<text:p>Due</text:p>"), cell("<text:p>Err:502</text:p>"), cell("<text:p>3</text:p>", 'table:style-name="via"'),
               more='table:visibility="collapse"')  # fmt: skip
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-column/>'
    hidden = f'<table:table table:name="Elenchi" table:style-name="ta2">{head}</table:table>'
    blocks = ods(tmp_path, f'<table:table table:name="Schede">{columns}{head}{one}{two}</table:table>{hidden}', STYLES)
    table = blocks.blocks[1]
    assert [(r.cells, set(r.struck)) for r in table.rows[1:]] == [(("Uno\nbis", "a", "95%"), set()), (("Due", "", "3"), {2})]
    assert [b.text for b in blocks.blocks if b.struck] == ["90%"]
    for expected in ("righe nascoste 3", "colonne nascoste B", "commenti alle celle non letti (1)", "Schede!B3: errore di formula Err:502",
                     "foglio «Elenchi» nascosto"):  # fmt: skip
        assert expected in said(blocks)


def test_opendocument_values_that_a_program_wrote_without_words(tmp_path: Path) -> None:
    values = (
        ('office:value-type="percentage" office:value="0.985"', "98,5%"), ('office:value-type="float" office:value="1234.5"', "1234,5"),
        ('office:value-type="date" office:date-value="2026-12-31"', "31/12/2026"),
        ('office:value-type="boolean" office:boolean-value="true"', "VERO"),
    )  # fmt: skip
    lines = "".join(line(cell("<text:p>Uno</text:p>"), cell("", value)) for value, _ in values)
    assert [r[1] for r in rows(ods(tmp_path, f'<table:table table:name="F">{lines}</table:table>'))] == [
        text for _, text in values
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_of_every_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    """With the line by which Excel declares the separator too, which is no record."""
    table = [HEAD, ("Qualità", "n. 1", "≥ 8" if encoding != "cp1252" else "8 €"), ('Età, media; "x" | y\tz', "b", "2,5")]
    text = "\r\n".join(separator.join('"' + c.replace('"', '""') + '"' for c in row) for row in table)
    for number, head in enumerate(("", f"sep={separator}\r\n")):
        path = tmp_path / f"t{number}.csv"
        path.write_bytes((head + text).encode(encoding))
        found = rows(read_blocks(path))
        assert [tuple(" ".join(c.split()) for c in row) for row in found] == [
            tuple(" ".join(c.split()) for c in row) for row in table
        ]


def test_csv_errors_are_said(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("Obiettivo;Target\nUno;#DIV/0!\nDue;#1\n")
    blocks = read_blocks(tmp_path / "t.csv")
    assert rows(blocks) == [("Obiettivo", "Target"), ("Uno", ""), ("Due", "#1")]
    assert said(blocks) == "csv!B2: errore di formula #DIV/0!, cella non letta"


def test_a_long_text_repeated_over_many_cells_is_refused(tmp_path: Path) -> None:
    """A few bytes that would be hundreds of megabytes of words."""
    spaces = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "table", "text"))
    cell = f'<table:table-cell table:number-columns-repeated="16384"><text:p>{"x" * 32_000}</text:p></table:table-cell>'
    sheet = f'<table:table table:name="F"><table:table-row>{cell}</table:table-row></table:table>'
    with zipfile.ZipFile(tmp_path / "t.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {spaces}><office:body><office:spreadsheet>{sheet}"
                                        "</office:spreadsheet></office:body></office:document-content>")  # fmt: skip
    with pytest.raises(LimitExceeded, match="celle"):
        read_blocks(tmp_path / "t.ods")
