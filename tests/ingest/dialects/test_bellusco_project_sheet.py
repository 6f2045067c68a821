"""Project sheets of an invented municipality."""

from __future__ import annotations

import pytest

from ingest.blocks import Block, Blocks, Place, Row
from ingest.dialects._project_outcome import is_outcome, outcome_of
from ingest.dialects.project_sheet import matches, read
from tests.ingest.dialects.terre_texts import DOCUMENT, blocks, table

HEAD = "DEFINIZIONE OBIETTIVO - PONTELUNGO | DESCRIZIONE/FASI | ORIZZONTE TEMPORALE | ASSEGNAZIONE OBIETTIVO"
BOX = '<input type="checkbox"/> non in linea con le attese'
BOXES = f"{BOX}, azioni avviate | {BOX}, necessarie azioni"


def sheet(rows: tuple[str, ...], outcome: str) -> str:
    return "\n".join(
        (
            table(HEAD, *rows), "", "Descrizione: aprire la biblioteca la sera.", "", "Collegamento con il bilancio", "",
            table("MISSIONE | 05 | Tutela dei beni culturali",
                  "PROGRAMMA | 02 | Attività culturali", "PROGRAMMA | 03 | Altro"), "",
            table("INDICATORI | Valore atteso | Raggiunto", "n. serate | >10 | 12", "n. iscritti |  | 300"), "",
            table("n. reclami | 0 | --"), "",
            "Stato di attuazione degli obiettivi", "Aperta ogni giovedì.", "",
            "Valutazione su stato avanzamento", "", outcome, "",
        )
    )  # fmt: skip


ONE = sheet(
    ("3. Biblioteca serale | Turni | 2024/25 | Cultura", " | Arredi |  | "),
    table(f"<i>X in linea con le attese</i> | {BOXES} | 95 % raggiungimento"),
)
TWO = sheet(
    ("4. Archivio | Riordino | 2024 | ", "5. Mostre | <p>Allestimento</p> | 2025 | Tutti"),
    table(f"☐ in linea con le attese | {BOXES} | ____ % raggiungimento"),
)
THREE = sheet(("Sito nuovo | Gara | 2024 | Tutti",), table("OBIETTIVO NON VALUTABILE |  |  | "))
TEXT = "\n".join(("OBIETTIVI TRASVERSALI", "", ONE, "SETTORE 2 – CULTURA", "", TWO, THREE))


def test_one_card_a_sheet_with_unit_mission_and_horizon() -> None:
    first, second, third = read(blocks(TEXT), DOCUMENT).cards
    assert (first.number, first.title, first.unit, first.section) == ("3", "3. Biblioteca serale", None, "PONTELUNGO")
    assert (first.mission, first.programme, first.programme_name) == ("05", "02", "Attività culturali; 03 - Altro")
    assert (first.horizon, second.horizon) == ("2024/25", "2024 · 2025")
    assert [card.unit for card in (second, third)] == ["SETTORE 2 – CULTURA"] * 2
    assert third.number is None


def test_several_titles_are_joined_and_have_no_number() -> None:
    second = read(blocks(TEXT), DOCUMENT).cards[1]
    assert (second.title, second.number) == ("4. Archivio · 5. Mostre", None)
    assert [(p.text, p.assigned_to) for p in second.phases] == [("Riordino", None), ("Allestimento", "Tutti")]


def test_indicators_keep_blank_targets_and_unset_results_apart() -> None:
    indicators = read(blocks(TEXT), DOCUMENT).cards[0].indicators
    assert [(i.name, i.targets, i.actuals) for i in indicators] == [
        ("n. serate", {"2024": ">10"}, {"2024": "12"}), ("n. iscritti", {}, {"2024": "300"}),
        ("n. reclami", {"2024": "0"}, {"2024": "--"}),
    ]  # fmt: skip


def test_ticked_blank_and_unjudged() -> None:
    part = read(blocks(TEXT), DOCUMENT)
    first, second, third = part.cards
    assert [(o.label, o.percent) for o in first.outcomes] == [("in linea con le attese", "95 %")]
    assert second.outcomes == ()
    assert [(o.label, o.percent) for o in third.outcomes] == [("OBIETTIVO NON VALUTABILE", None)]
    assert any("4. Archivio" in w.message and "nessuna valutazione" in w.message for w in part.warnings)


def test_state_and_description_are_kept() -> None:
    first = read(blocks(TEXT), DOCUMENT).cards[0]
    assert first.description == "aprire la biblioteca la sera.\nStato di attuazione: Aperta ogni giovedì."


def test_places() -> None:
    first = read(blocks(TEXT), DOCUMENT).cards[0]
    lines = TEXT.split("\n")
    for path, word in (("title", "Biblioteca"), ("phases[1]", "Arredi"), ("indicators[2]", "reclami"), ("mission", "MISSIONE"),
                       ("outcomes[0]", "in linea"), ("description", "sera")):  # fmt: skip
        line = first.place(path).line
        assert line is not None, path
        assert word in lines[line - 1], path


def test_a_row_cut_by_the_page_is_one_phase_and_a_merged_title_is_one_title() -> None:
    head = Row(("DEFINIZIONE OBIETTIVO", "FASI", "ORIZZONTE", "ASSEGNAZIONE"), Place(1, 1))
    rows = (head, Row(("1. Ponte", "Progetto del nuovo", "2024", "Tecnico"), Place(1, 2)))
    more = (
        Row(("", "ponte pedonale", "", ""), Place(2, 3)),
        Row(("1. Ponte", "Gara", "2024", ""), Place(2, 4), merged=frozenset({0})),
    )
    found = Blocks("p.pdf", "pdf", (Block("table", Place(1, 1), rows=rows), Block("table", Place(2, 3), rows=more)), pages=2)
    (card,) = read(found, DOCUMENT).cards
    assert card.title == "1. Ponte"
    assert [p.text for p in card.phases] == ["Progetto del nuovo ponte pedonale", "Gara"]
    assert card.source.pages == (1, 2)


@pytest.mark.parametrize(
    ("cells", "label"),
    [
        (("☒ in linea con le attese", "☐ non in linea con le attese", "80%"), "in linea con le attese"),
        (("☐ in linea con le attese", "x non in linea con le attese", "80%"), "non in linea con le attese"),
        (("[X] in linea con le attese", "[ ] non in linea con le attese", "80%"), "in linea con le attese"),
    ],
)
def test_ways_to_tick(cells: tuple[str, ...], label: str) -> None:
    assert is_outcome(cells)
    outcome, problem = outcome_of(cells)
    assert outcome is not None
    assert (outcome.label, outcome.percent, problem) == (label, "80%", None)


def test_two_ticks_are_a_problem_not_a_choice() -> None:
    outcome, problem = outcome_of(("x in linea con le attese", "x non in linea con le attese", "80%"))
    assert outcome is not None
    assert outcome.label is None
    assert problem is not None


def test_not_a_sheet() -> None:
    assert matches(blocks(table("Obiettivo | Peso", "a | 1"))) == 0.0


def test_a_row_of_sentences_that_begin_like_headings_is_no_header() -> None:
    """Three cells of seven begin with the words of a header: the row is prose, and what follows no sheet. One unknown column is."""
    prose = "obiettivo delle mense | casa | descrizione resa agli utenti | tempi della gara | pagina | foglio | luglio"
    assert matches(blocks(table(prose, "Sito nuovo | a | Gara | 2025 | b | c | d"))) == 0.0
    other = table(f"{HEAD} | NOTE", "Sito nuovo | Gara | 2025 | Tutti | da concordare")
    assert [card.title for card in read(blocks(other), DOCUMENT).cards] == ["Sito nuovo"]
    long = "obiettivo del mercato | fasi del lavoro di sistemazione | assegnazione delle piazze ai produttori"
    assert read(blocks(table(long, "Sito nuovo | Gara | Tutti")), DOCUMENT).cards == ()
