"""Objective sheets, whole and broken by a conversion."""

from __future__ import annotations

import pytest

from ingest.dialects._unit_sheet_outcome import read_choice
from ingest.dialects.objective_sheet import matches, read
from tests.ingest.dialects.terre_texts import DOCUMENT, SHEET, blocks, table


def test_the_header_is_read_through_split_labels_and_doubled_letters() -> None:
    (card,) = read(blocks(SHEET), DOCUMENT).cards
    assert (card.code, card.title) == ("A1.00001", "Piste ciclabili del fondovalle")
    assert card.purpose == "Dare ai paesi del fondovalle una rete ciclabile sicura e continua"
    assert (card.start, card.end) == ("01/02/2024", "30/11/2025")
    assert (card.priority, card.weight) == ("ALTA", "60%")
    assert (card.responsible, card.politician) == ("Ada Fontana", "Pia Sala")


def test_phase_lines_cut_between_two_cells_are_woven_back() -> None:
    phases = read(blocks(SHEET), DOCUMENT).cards[0].phases
    assert [p.number for p in phases] == ["0", "1", "2", "2-bis"]
    assert phases[1].text == "Rilievo della rete ciclabile esistente dai quattro paesi al fondovalle"
    assert [p.weight for p in phases] == ["==", "30%", "70%*", "=="]


def test_phase_dates_take_their_year_from_the_column_and_the_changed_one_wins() -> None:
    card = read(blocks(SHEET), DOCUMENT).cards[0]
    assert [(p.start, p.end) for p in card.phases] == [
        (None, None), ("1/02/2024", "30/04/2024"), ("maggio 2024", "novembre 2025"), ("ottobre 2025", "novembre 2025"),
    ]  # fmt: skip
    assert card.provenance["phases[1]"].note == "date come stampate: 1/02 – 31/03 30/04"


def test_outcomes_follow_the_ticked_box_and_the_date_above() -> None:
    outcomes = read(blocks(SHEET), DOCUMENT).cards[0].outcomes
    assert [(o.at, o.label, o.percent) for o in outcomes] == [
        ("2024-06-30", "Parzialmente raggiunto", "40%"), ("2024-12-31", "Raggiunto", "100%"),
    ]  # fmt: skip


def test_every_field_points_to_its_line() -> None:
    card = read(blocks(SHEET), DOCUMENT).cards[0]
    lines = SHEET.split("\n")
    for path, word in (("title", "Piste ciclabili del fondovalle"), ("weight", "60%"), ("phases[2]", "Gara"), ("start", "Durata"),
                       ("outcomes[1]", "tutto fatto"), ("description", "Dettaglio")):  # fmt: skip
        line = card.place(path).line
        assert line is not None, path
        assert word in lines[line - 1], path


@pytest.mark.parametrize(
    ("text", "label", "percent"),
    [
        ("RAGGIUNTO 100% X NON RAGGIUNTO 0% PARZIALMENTE RAGGIUNTO (XX%)", "Raggiunto", "100%"),
        ("RAGGIUNTO 100% NON RAGGIUNTO 0% X PARZIALMENTE RAGGIUNTO (XX%)", "Non raggiunto", "0%"),
        ("RAGGIUNTO 100% PARZIALMENTE RAGGIUNTO (60 %) X", "Parzialmente raggiunto", "60%"),
        ("100 X RAGGIUNTO (XX%)", "Raggiunto", "100%"),
    ],
)
def test_the_tick_box_row(text: str, label: str, percent: str) -> None:
    outcome = read_choice(text)
    assert outcome is not None
    assert (outcome.label, outcome.percent) == (label, percent)


def test_nothing_ticked_is_no_outcome() -> None:
    assert read_choice("RAGGIUNTO 100% NON RAGGIUNTO 0% PARZIALMENTE RAGGIUNTO (XX%)") is None


def test_a_purpose_with_holes_is_left_out_and_named() -> None:
    broken = SHEET.replace(
        "Dare ai paesi del fondovalle una rete ciclabile sicura e continua\t\t\t", "plificare le im\t\t\tdelle risorse u\tmane"
    )
    assert broken != SHEET
    part = read(blocks(broken), DOCUMENT)
    assert part.cards[0].purpose is None
    assert any("finalità" in w.message and w.line for w in part.warnings)


def test_a_sheet_without_header_page_begins_with_its_next_table() -> None:
    second = SHEET[SHEET.index("OBIETTIVO 03.01.02") :].replace("A1.00001", "A1.00009").replace("Piste", "Strade")
    cards = read(blocks(SHEET + "\n" + second), DOCUMENT).cards
    assert [card.code for card in cards] == ["A1.00001", "A1.00009"]
    assert cards[1].title == "Strade ciclabili del fondovalle"
    assert cards[1].start is None


def test_shifted_cells_give_the_weight_and_no_invented_date() -> None:
    shifted = table("3 |  | parte del testo rimasta sola | spostata di una cella | 10% | maggio | giugno |  | ")
    text = SHEET.replace("2-bis\tCollaudo", shifted.strip("\n") + "\n2-bis\tCollaudo")
    phase = next(p for p in read(blocks(text), DOCUMENT).cards[0].phases if p.number == "3")
    assert (phase.weight, phase.start, phase.end) == ("10%", "maggio 2024", "giugno 2024")


def test_other_documents_are_not_sheets() -> None:
    assert matches(blocks("Relazione\n\n" + table("a | b", "c | d"))) == 0.0
