"""A workbook with a list of the objectives and a sheet for each: one card an objective, with the parts of its own sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from cards.model import Card
from ingest.reading import read

LIST = [["Elenco degli obiettivi 2026"], [], ["Codice", "Denominazione", "Peso"]]
TITLES = {"A-1": ("Rifare i ponti", "60%"), "A-2": ("Aprire il canile", "40%")}


def sheet(code: str) -> list[list[object]]:
    title, weight = TITLES[code]
    return [
        ["COMUNE DI VALNERA"], ["SCHEDA OBIETTIVO"], [],
        ["Settore:", "Settore Tecnico"], ["Codice obiettivo:", code], ["Denominazione obiettivo:", title], ["Peso:", weight], [],
        ["PIANO DI LAVORO"], ["N.", "Attività", "Data inizio", "Data fine"],
        [1, f"{title}: progetto", "01/02/2026", "31/03/2026"], [2, f"{title}: lavori", "01/04/2026", "30/11/2026"], [],
        ["INDICATORI"], ["Indicatore", "Metodo di calcolo", "Valore iniziale", "Target 2026"], [f"{title}: fatti", "conteggio", 0, 4], [],
        ["DOTAZIONE"], ["Capitolo", "Oggetto", "Anno", "Stanziamento"], ["U 01", "Lavori", 2026, "12.000,00"],
    ]  # fmt: skip


@pytest.fixture
def cards(tmp_path: Path) -> tuple[Card, ...]:
    book = openpyxl.Workbook()
    sheets = {"Elenco": [*LIST, *([code, *told] for code, told in TITLES.items())], **{code: sheet(code) for code in TITLES}}
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.remove(book.worksheets[0])
    book.save(tmp_path / "peg.xlsx")
    return read(tmp_path / "peg.xlsx").cards


def test_a_sheet_in_parts_with_titles_of_their_own_is_one_card(cards: tuple[Card, ...]) -> None:
    card = next(one for one in cards if one.code == "A-1" and one.phases)
    assert [(phase.text, phase.end) for phase in card.phases] == [
        ("Rifare i ponti: progetto", "31/03/2026"), ("Rifare i ponti: lavori", "30/11/2026"),
    ]  # fmt: skip
    assert [(i.name, i.targets) for i in card.indicators] == [("Rifare i ponti: fatti", {"2026": "4"})]
    assert card.unit == "Settore Tecnico"


def test_a_row_of_the_list_is_not_a_second_card(cards: tuple[Card, ...]) -> None:
    assert [(card.code, card.weight) for card in cards] == [("A-1", "60%"), ("A-2", "40%")]


def test_a_row_that_says_otherwise_stays_for_the_checker_to_see(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [*LIST, ["A-1", "Rifare i ponti", "50%"]]:
        book.worksheets[0].append(row)
    page = book.create_sheet("A-1")
    for row in sheet("A-1"):
        page.append(row)
    book.save(tmp_path / "peg.xlsx")
    assert sorted(card.weight or "" for card in read(tmp_path / "peg.xlsx").cards) == ["50%", "60%"]
