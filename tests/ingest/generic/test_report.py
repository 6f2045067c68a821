"""The reading report names what was not read: a column nobody knew, a row dropped, a cell without a place."""

from __future__ import annotations

from ingest.corrections import bare
from ingest.generic import read_tables
from ingest.identity import identify
from ingest.layouts import layouts_of
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


UNKNOWN = "OBIETTIVI 2026\n\nObiettivo\tCome si misura il passo\tMeta da toccare\nUno\tpratiche in rete\t7\nDue\tgiorni persi\t3\n"


def test_headers_understood_from_content_are_told_with_their_fields() -> None:
    (notice,) = reading_of(blocks_from(UNKNOWN)).warnings
    assert notice.message.startswith("intestazioni «Come si misura il passo» (letta come indicatore), «Meta da toccare» (letta come valore")
    assert "«Obiettivo»" not in notice.message, "its word is known"
    assert "Correggi come si leggono le colonne" in notice.message
    assert notice.line == 3


def test_the_mapping_marks_what_was_understood_from_content() -> None:
    (line,) = reading_of(blocks_from(UNKNOWN)).mapping
    assert line == "«Obiettivo» → title; «Come si misura il passo» → indicator.name (dal contenuto); " + (
        "«Meta da toccare» → indicator.target (dal contenuto)")


def test_the_same_form_again_is_told_once() -> None:
    blocks = blocks_from(f"{UNKNOWN}\nSegue\n\n{UNKNOWN.partition(chr(10))[2]}")
    (notice,) = reading_of(blocks).warnings
    assert "(così in 2 tabelle o parti di tabella)" in notice.message


def test_known_headers_are_not_told() -> None:
    text = UNKNOWN.replace("Come si misura il passo", "Indicatore").replace("Meta da toccare", "Target")
    reading = reading_of(blocks_from(text))
    assert len(reading.cards) == 2
    assert reading.warnings == ()


def test_what_a_person_said_is_not_understood_from_content() -> None:
    blocks = blocks_from(UNKNOWN)
    (layout,) = layouts_of(blocks, {})
    fields = {heading.key: heading.field for heading in layout.headings}
    reading = reading_of(blocks, None, {layout.fingerprint: fields})
    assert [card.title for card in reading.cards] == ["Uno", "Due"]
    assert reading.warnings == ()


def test_a_table_of_no_cards_says_nothing_of_its_columns() -> None:
    blocks = blocks_from("Voce\tDescrizione\tValore previsto\tValore accertato\n1\tImposta\t400\t410\n2\tTassa\t300\t280\n")
    assert not any("capit" in notice.message for notice in reading_of(blocks).warnings)


def test_the_columns_to_correct_show_what_was_understood() -> None:
    """Else a person who mends one column would lose those that were read well."""
    (layout,) = layouts_of(blocks_from(UNKNOWN), {})
    assert [(heading.key, heading.field, heading.inferred) for heading in layout.headings] == [
        ("obiettivo", "title", False), (bare("Come si misura il passo"), "indicator.name", True),
        ("meta da toccare", "indicator.target", True)]  # fmt: skip


def test_labels_of_a_sheet_and_of_lines_are_told() -> None:
    sheet = "Che cosa vogliamo fare\tRifare i ponti\nCome si misura\tPonti rifatti\nQuanto\t4\nEntro quando\t31/10/2026"
    (notice,) = reading_of(blocks_from(sheet)).warnings
    assert notice.message.startswith("etichette «Che cosa vogliamo fare» (letta come obiettivo)")
    assert "Correggi come si leggono le colonne" in notice.message
    lines = sheet.replace("\t", ": ").replace("\n", "\n\n")
    (notice,) = reading_of(blocks_from(lines)).warnings
    assert "«Come si misura» (letta come indicatore)" in notice.message
    assert "scrivi nel documento" in notice.message, "lines have no columns to correct"
