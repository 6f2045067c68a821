"""Draft tables as the offices have them: what is wrong is told with its cell, and nothing is guessed or dropped in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from cards.errors import PiaoError
from cards.model import Reading
from ingest.doubts import serial_date
from ingest.reading import read

HEADER = ["Settore", "Obiettivo", "Indicatore", "Valore atteso 2027", "Scadenza", "Peso"]
ROWS: list[list[Any]] = [["Finanze", "Pagamenti", "Tempo medio (giorni)", "≤ 30", "31/12/2027", 60],
                         ["Finanze", "Pagamenti", "Fatture nei termini", "95%", "31/12/2027", 40]]


def table(path: Path, rows: Sequence[Sequence[Any]], change: Callable[[Any], None] | None = None) -> Reading:
    book = Workbook()
    page = book.active
    page.title = "Foglio1"
    for row in rows:
        page.append(list(row))
    if change:
        change(page)
    book.save(path / "t.xlsx")
    return read(path / "t.xlsx")


def told(reading: Reading, *words: str) -> str:
    found = [notice.message for notice in reading.warnings if all(word in notice.message for word in words)]
    assert found, [notice.message for notice in reading.warnings]
    return found[0]


def test_the_good_table_has_nothing_to_say(tmp_path: Path):
    reading = table(tmp_path, [HEADER, *ROWS])
    assert reading.warnings == ()
    assert [indicator.weight for indicator in reading.cards[0].indicators] == ["60", "40"]


@pytest.mark.parametrize("order", [(5, 3, 2, 1, 0, 4), (2, 1, 4, 0, 5, 3), (1, 0, 2, 5, 4, 3)])
def test_the_columns_may_stand_in_any_order(tmp_path: Path, order: tuple[int, ...]):
    reading = table(tmp_path, [[row[n] for n in order] for row in [HEADER, *ROWS]])
    (card,) = reading.cards
    assert (card.title, card.unit, card.end) == ("Pagamenti", "Finanze", "31/12/2027")
    assert [(one.name, one.targets["2027"], one.weight) for one in card.indicators] == [
        ("Tempo medio (giorni)", "≤ 30", "60"), ("Fatture nei termini", "95%", "40")]
    assert reading.warnings == ()
    assert any("«Peso» → indicator.weight" in line for line in reading.mapping)


def test_no_column_that_we_know(tmp_path: Path):
    reading = table(tmp_path, [["Alfa", "Beta", "Gamma"], ["uno", "due", "tre"], ["x", "y", "z"]])
    assert reading.cards == ()
    assert "Foglio1" in told(reading, "«Alfa», «Beta», «Gamma»", "non riconosco nessuna intestazione", "valore atteso")


def test_rows_without_a_header_are_not_taken_for_one(tmp_path: Path):
    reading = table(tmp_path, ROWS)
    assert reading.cards == ()
    told(reading, "nessuna scheda in questa tabella", "riga 1")


def test_a_header_without_rows(tmp_path: Path):
    told(table(tmp_path, [HEADER]), "le colonne si riconoscono", "nessuna riga con un obiettivo")


def test_a_date_left_as_a_number_is_not_read_as_a_date(tmp_path: Path):
    rows = [[*ROWS[0][:4], 46752, 60], [*ROWS[1][:4], 46752, 40]]
    reading = table(tmp_path, [HEADER, *rows])
    assert "31/12/2027" in told(reading, "Foglio1!E2", "«46752»", "formato Data")
    assert reading.cards[0].end == "46752", "come sta nel documento"


def test_serial_numbers_and_other_numbers():
    assert serial_date("45292") is not None
    assert [serial_date(text) for text in ("2027", "99999", "46752,5", "", None, "٤٦٧٥٢", "abcde")] == [None] * 7


def test_a_formula_error_is_told_with_its_cell(tmp_path: Path):
    def change(page: Any) -> None:
        page["F3"].value, page["F3"].data_type = "#DIV/0!", "e"

    reading = table(tmp_path, [HEADER, *ROWS], change)
    told(reading, "Foglio1!F3", "#DIV/0!", "non letta")
    assert [one.weight for one in reading.cards[0].indicators] == ["60", None]


def test_a_formula_never_computed_is_told(tmp_path: Path):
    told(table(tmp_path, [HEADER, *ROWS], lambda page: page.__setitem__("F2", "=100-F3")), "F2", "Apri e salva")


def test_numbers_written_as_text_are_numbers(tmp_path: Path):
    reading = table(tmp_path, [HEADER, [*ROWS[0][:5], "60 "], [*ROWS[1][:5], " 40"]])
    assert [one.weight for one in reading.cards[0].indicators] == ["60", "40"]
    assert reading.warnings == ()


def test_merged_headers_give_each_column_its_year(tmp_path: Path):
    rows = [["Settore", "Obiettivo", "Indicatore", "Valori attesi", None, "Peso"], [None, None, None, 2027, 2028, None],
            ["Finanze", "Pagamenti", "Tempo medio", "≤ 30", "≤ 28", 100]]
    reading = table(tmp_path, rows, lambda page: page.merge_cells("D1:E1"))
    assert reading.cards[0].indicators[0].targets == {"2027": "≤ 30", "2028": "≤ 28"}


def test_two_columns_for_the_same_thing_are_told_not_chosen_in_silence(tmp_path: Path):
    rows = [["Obiettivo", "Indicatore", "Target 2027", "Target 2027", "Peso"], ["A", "x", "10", "20", 50], ["A", "y", "10", "20", 50]]
    message = told(table(tmp_path, rows), "due colonne per la stessa cosa")
    assert "Foglio1!D2" in message
    same = [["Obiettivo", "Indicatore", "Target 2027", "Target 2027", "Peso"], ["A", "x", "10", "10", 50], ["A", "y", "10", "10", 50]]
    assert table(tmp_path, same).warnings == ()


def test_every_sheet_is_read_and_says_its_columns(tmp_path: Path):
    def change(page: Any) -> None:
        other = page.parent.create_sheet("Tecnico")
        for row in (["Peso", "Target 2027", "Indicatore", "Obiettivo"], [100, "12 mesi", "Durata dei lavori", "Opera"]):
            other.append(row)

    reading = table(tmp_path, [HEADER, *ROWS], change)
    assert [card.title for card in reading.cards] == ["Pagamenti", "Opera"]
    assert any(line.startswith("Tecnico: ") for line in reading.mapping)


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_text_pasted_from_excel_keeps_its_cells(tmp_path: Path, separator: str):
    rows = [separator.join(["Obiettivo", "Indicatore", "Target 2027", "Peso"]),
            separator.join(["Pagamenti", '"Tempo medio\n(giorni)"', "≤ 30", "60"]), separator.join(["Pagamenti", "Fatture", "95%", "40"])]
    (tmp_path / "incollato.csv").write_text("\n".join(rows), encoding="utf-8")
    (card,) = read(tmp_path / "incollato.csv").cards
    assert [one.weight for one in card.indicators] == ["60", "40"]
    assert card.indicators[0].name.split() == ["Tempo", "medio", "(giorni)"]


def test_the_command_does_not_call_clean_what_it_could_not_read(home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    import cli

    table(tmp_path, [["Alfa", "Beta", "Gamma"], ["uno", "due", "tre"]])
    assert cli.run(["check", str(tmp_path / "t.xlsx")]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "nessuna scheda riconosciuta" in err
    assert "«Alfa»" in err
    assert len(err.strip().splitlines()) == 1
    with pytest.raises(PiaoError):
        read(tmp_path / "manca.xlsx")
