"""The reading report names what was not read: a column nobody knew, a row dropped, a cell without a place."""

from __future__ import annotations

from ingest.generic import read_tables
from ingest.identity import identify
from ingest.reading import reading_of

from .test_layouts import blocks_from

SHEET = """
OBIETTIVI 2026

Titolo obiettivo\tIndicatore\tColore preferito\tTarget 2026\tPeso
Aprire lo sportello\tPratiche in rete\tverde\t60%\t40
Da definire\t\t\t\t
Ridurre i tempi\tGiorni medi\trosso\t28\t60
\t\tblu\t\t
"""


def said() -> list[tuple[str, int | None]]:
    blocks = blocks_from(SHEET)
    return [(notice.message, notice.line) for notice in read_tables(blocks, identify(blocks)).warnings]


def test_an_unknown_column_is_named_with_its_cells() -> None:
    assert ("colonna «Colore preferito» non riconosciuta: 3 celle non lette", 5) in said()


def test_a_row_that_is_no_card_is_named() -> None:
    assert ("riga con il solo titolo, non letta come scheda: «Da definire»", 6) in said()


def test_a_row_without_a_place_is_named() -> None:
    assert ("riga non collocata: «blu»", 8) in said()


def test_a_running_title_is_no_dropped_row() -> None:
    blocks = blocks_from("Obiettivo 3 - Migliorare i servizi al cittadino\n\nSegue il testo della relazione.\n")
    assert read_tables(blocks, identify(blocks)).warnings == ()


def test_the_cards_around_are_read() -> None:
    blocks = blocks_from(SHEET)
    assert [card.title for card in read_tables(blocks, identify(blocks)).cards] == ["Aprire lo sportello", "Ridurre i tempi"]


def test_a_table_left_beside_others_that_were_read_is_named() -> None:
    """It names an objective, a measure and a person, among too many headings that nobody knows; a list of offices is no doubt."""
    odd = "Obiettivo\tIndicatore\tResponsabile\tXx\tYy\tZz\tKk\tWw\nUno\ta\tRossi\t1\t2\t3\t4\t5\n"
    read = "Obiettivo\tIndicatore\tTarget\nDue\tb\t7\n"
    reading = reading_of(blocks_from(f"OBIETTIVI 2026\n\n{read}\nAltro\n\n{odd}\nUffici\n\nUfficio\tTelefono\tPiano\nTributi\t12\t1\n"))
    assert [card.title for card in reading.cards] == ["Due"]
    assert [notice.message.partition(":")[0] for notice in reading.warnings] == ["nessuna scheda in questa tabella"]


def test_people_of_no_sheet_are_nobodys_columns() -> None:
    blocks = blocks_from("Cognome e nome\tQualifica\tPresente\nRossi Anna\tSindaco\tX\nVerdi Luca\tAssessore\tX\n")
    assert read_tables(blocks, identify(blocks)).warnings == ()
