"""The corrected copy of a table: the cells that had to change and no other, the original untouched, formulas left alone."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from docx import Document

from exports.findings_fix import Fixed, fixed_csv, fixed_rows, fixed_workbook
from exports.findings_marks import SourceRow
from ingest.reading import read
from ingest.source_tables import source_rows
from scoring.check import check
from scoring.profiles import load_profile
from scoring.remedies import Edit, remedies
from tests.exports.test_findings import HEADER, ROWS, SHEET, workbook

NEUTRAL = load_profile("neutro")


def fixed(path: Path, **more: Any) -> Fixed:
    reading = read(path)
    edits = [one.edits for one in remedies(check(reading, NEUTRAL), reading.cards, NEUTRAL)]
    assert edits
    if path.suffix == ".xlsx":
        return fixed_workbook(path.read_bytes(), reading.cards, edits)
    rows = [SourceRow(*one) for one in source_rows(path)]
    if path.suffix == ".csv":
        return fixed_csv(path.read_text(encoding="utf-8"), ";", rows, reading.cards, edits)
    return fixed_rows(rows, reading.cards, edits)


def again(made: Fixed, tmp_path: Path) -> set[str]:
    path = tmp_path / f"copia{made.suffix}"
    path.write_bytes(made.content)
    return {finding.code for finding in check(read(path), NEUTRAL).findings}


def test_only_the_weights_change_and_the_copy_checks_clean(tmp_path: Path):
    path = workbook(tmp_path / "t.xlsx")
    before = path.read_bytes()
    made = fixed(path)
    assert path.read_bytes() == before
    page = openpyxl.load_workbook(io.BytesIO(made.content))[SHEET]
    assert [page["G2"].value, page["G3"].value] == [55, 45]
    assert "60" in page["G2"].comment.text
    original = openpyxl.load_workbook(path)[SHEET]
    for row in original.iter_rows():
        for cell in row:
            if cell.coordinate not in ("G2", "G3"):
                assert page[cell.coordinate].value == cell.value
                assert page[cell.coordinate].comment is None
    assert "PES001" not in again(made, tmp_path)


def test_percentages_stay_percentages(tmp_path: Path):
    def change(book: Any) -> None:
        for name, value in (("G2", 0.6), ("G3", 0.5)):
            book[SHEET][name].value, book[SHEET][name].number_format = value, "0%"

    made = fixed(workbook(tmp_path / "t.xlsx", change=change))
    page = openpyxl.load_workbook(io.BytesIO(made.content))[SHEET]
    assert [page["G2"].value, page["G3"].value] == [0.55, 0.45]
    assert page["G2"].number_format == "0%"


def test_a_formula_is_left_alone_and_so_is_the_rest_of_its_remedy(tmp_path: Path):
    path = workbook(tmp_path / "t.xlsx", change=lambda book: book[SHEET].__setitem__("G2", "=30+30"))
    card = read(workbook(tmp_path / "u.xlsx")).cards[0]
    both = (Edit(card.id or "", "indicators[0].weight", "60", "55"), Edit(card.id or "", "indicators[1].weight", "50", "45"))
    made = fixed_workbook(path.read_bytes(), [card], [both])
    assert (made.done, made.left) == ((), both)
    page = openpyxl.load_workbook(io.BytesIO(made.content))[SHEET]
    assert (page["G2"].value, page["G3"].value) == ("=30+30", 50)


def test_a_csv_stays_a_csv_line_by_line(tmp_path: Path):
    path = tmp_path / "t.csv"
    rows = [[str(value) for value in row] for row in ROWS]
    rows[0][2] = '"Tempo; medio\n(giorni)"'
    path.write_text("\n".join(";".join(row) for row in [HEADER, *rows]) + "\nFine;;;;;;\n", encoding="utf-8")
    made = fixed(path)
    lines = made.content.decode("utf-8-sig").splitlines()
    assert lines[0] == ";".join(HEADER)
    assert lines[1:3] == ['Finanze;Pagamenti;"Tempo; medio', "(giorni)\";giorni / fatture;28;≤ 25;55"]
    assert lines[3].endswith(";45")
    assert lines[4] == "Fine;;;;;;"
    assert "PES001" not in again(made, tmp_path)


@pytest.mark.parametrize("suffix", ["docx", "txt"])
def test_a_document_becomes_a_workbook_of_its_tables(tmp_path: Path, suffix: str):
    path = tmp_path / f"t.{suffix}"
    rows = [HEADER, *[[str(value) for value in row] for row in ROWS]]
    if suffix == "docx":
        document = Document()
        table = document.add_table(rows=0, cols=len(HEADER))
        for row in rows:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
        document.save(path)
    else:
        path.write_text("\n".join("\t".join(row) for row in rows), encoding="utf-8")
    made = fixed(path)
    assert made.suffix == ".xlsx"
    assert not made.left
    assert "PES001" not in again(made, tmp_path)
