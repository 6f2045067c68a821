"""Draft tables in a workbook: every field with its cell, weights on the right owner, nothing dropped in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cards.model import Document, Reading
from ingest.blocks import Block, Blocks, Place, Row
from ingest.generic import read_tables
from ingest.reading import read

HEADER = ["Obiettivo", "Indicatore", "Formula", "Target 2026", "Peso", "Fase", "Scadenza", "Responsabile", "Colore"]


@pytest.fixture
def draft(tmp_path: Path) -> Reading:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Foglio1"
    for row in (
        ["Comune di Prova"], ["Bozza obiettivi 2026"], [], HEADER,
        ["Ridurre i tempi", "Tempo medio", "giorni/fatture", 28, 0.5, "Analisi", "31/03/2026", "Rossi", "blu"],
        [None, "Fatture in ritardo", None, "< 3%", 0.5, "Attuazione", "31/12/2026", None, None],
        ["Formare", "Ore", "ore/teste", None, 1, "Corsi", "31/10/2026", "Verdi", None],
    ):  # fmt: skip
        sheet.append(row)
    for row in (5, 6, 7):
        sheet.cell(row, 5).number_format = "0%"
    book.save(tmp_path / "bozza.xlsx")
    return read(tmp_path / "bozza.xlsx")


def test_cards_of_a_draft(draft: Reading) -> None:
    first, second = draft.cards
    assert [i.name for i in first.indicators] == ["Tempo medio", "Fatture in ritardo"]
    assert [i.weight for i in first.indicators] == ["50%", "50%"]
    assert [(p.text, p.end) for p in first.phases] == [("Analisi", "31/03/2026"), ("Attuazione", "31/12/2026")]
    assert (second.title, second.responsible, second.entity, second.year) == ("Formare", "Verdi", "Comune di Prova", 2026)


def test_each_field_has_its_cell(draft: Reading) -> None:
    first, second = draft.cards
    assert first.place("title").cell == "Foglio1!A5"
    assert first.place("indicators[1].targets.2026").cell == "Foglio1!D6"
    assert first.place("phases[1].end").cell == "Foglio1!G6"
    assert second.place("indicators[0].targets").cell == "Foglio1!D7", "a missing target points at its empty cell"


def test_an_unknown_column_is_named(draft: Reading) -> None:
    assert [w.message for w in draft.warnings] == ["colonna «Colore» non riconosciuta: 1 cella non letta"]
    assert "«Target 2026» → indicator.target 2026" in draft.mapping[0]


def table(*rows: list[str]) -> Blocks:
    found = tuple(Row(tuple(cells), Place(line=i)) for i, cells in enumerate(rows, 1))
    return Blocks("t.txt", "text", (Block("table", found[0].place, rows=found),))


@pytest.mark.parametrize(
    ("weights", "of_card"),
    [(["60", "40"], True), (["100", "100"], False), (["0,6", "0,4"], True), (["60", "45"], True)],
)
def test_whose_weight(weights: list[str], of_card: bool) -> None:
    """One weight an objective weighs the objectives, even when they do not add up; 100 each weighs the only indicator."""
    blocks = table(["Obiettivo", "Indicatore", "Target", "Peso"], ["Uno", "a", "1", weights[0]], ["Due", "b", "2", weights[1]])
    cards = read_tables(blocks, Document(name="t.txt", year=2026)).cards
    assert [c.weight for c in cards] == (weights if of_card else [None, None])
    assert [c.indicators[0].weight for c in cards] == ([None, None] if of_card else weights)


def test_a_correction_is_followed() -> None:
    """What a person said of a column of this layout comes before the synonyms."""
    blocks = table(["Obiettivo", "Indicatore", "Asticella", "Note"], ["Uno", "a", "10", "x"], ["Due", "b", "20", "y"])
    document = Document(name="t.txt", year=2026)
    overrides = {"asticella": "indicator.target", "note": ""}
    cards: tuple[Any, ...] = read_tables(blocks, document, overrides).cards
    assert [c.indicators[0].targets for c in cards] == [{"2026": "10"}, {"2026": "20"}]
    assert cards[0].indicators[0].note is None


def test_a_row_without_place_is_told() -> None:
    blocks = table(["Obiettivo", "Indicatore", "Target"], ["", "", "7"], ["Uno", "a", "1"])
    part = read_tables(blocks, Document(name="t.txt", year=2026))
    assert [c.title for c in part.cards] == ["Uno"]
    assert [(w.message, w.line) for w in part.warnings] == [("riga non collocata: «7»", 2)]


def test_text_in_a_year_column_does_not_make_a_card() -> None:
    blocks = table(["Settore", "2024", "2025"], ["Tributi", "10", "12"])
    assert read_tables(blocks, Document(name="t.txt", year=2025)).cards == ()


def test_a_unit_that_stands_once_holds_for_the_objectives_below() -> None:
    """On the left of the title a blank goes on with the cell above, until another one; on the right it stays blank."""
    rows = [["Settore", "Obiettivo", "Responsabile", "Indicatore", "Target"], ["Tecnico", "Uno", "Rossi", "a", "1"],
            ["", "Due", "", "b", "2"], ["Sociale", "Tre", "", "c", "3"]]
    cards = read_tables(table(*rows), Document(name="t.txt", year=2026)).cards
    assert [(c.unit, c.responsible) for c in cards] == [("Tecnico", "Rossi"), ("Tecnico", None), ("Sociale", None)]
