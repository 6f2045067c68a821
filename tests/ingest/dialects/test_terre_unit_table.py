"""Unit tables in the layout of a union's performance report."""

from __future__ import annotations

from ingest.dialects.unit_table import columns_of, matches, read
from tests.ingest.dialects.terre_texts import DOCUMENT, UNIT_TABLES, blocks, table


def test_a_table_under_a_repeated_header_is_one_card_up_to_its_total() -> None:
    part = read(blocks(UNIT_TABLES), DOCUMENT)
    assert [card.unit for card in part.cards] == ["Area Lavori e Ambiente", "Area Servizi alla Persona"]
    first = part.cards[0]
    assert (first.kind, first.manager, first.responsible) == ("unit_summary", "ing. Ada Fontana", None)
    assert [item.code for item in first.items] == ["A1.00001", "A1.00002 / B2.00007", "A1.00003"]
    assert [item.title for item in first.items] == ["Piste ciclabili del fondovalle", "Catasto degli alberi", "Canile"]
    assert part.cards[1].responsible == "dott. Ugo Prati"


def test_weights_keep_their_marks_and_replaced_objectives_their_label() -> None:
    items = read(blocks(UNIT_TABLES), DOCUMENT).cards[0].items
    assert [item.weight for item in items] == ["60%", "40%*", "*"]
    assert [(o.at, o.label, o.percent) for o in items[1].outcomes] == [
        ("2024-06-30", "Sostituito", "0,00%"), ("2024-12-31", "Sostituito", "0,00%"),
    ]  # fmt: skip


def test_totals_are_as_printed_and_the_text_beside_gives_the_narrative_with_its_line() -> None:
    card = read(blocks(UNIT_TABLES), DOCUMENT).cards[0]
    assert card.totals.model_dump() == {"weight": "100%", "interim": "52,50%", "final": "98,00%", "narrative": "97,50"}
    assert card.place("totals.final").line == 11
    assert card.place("totals.narrative").line == 15
    assert card.place("items[2]").line == 10
    assert card.source.lines == (6, 11)


def test_the_total_row_is_declared_for_the_unit() -> None:
    declared = read(blocks(UNIT_TABLES), DOCUMENT).declared
    assert [(d.name, d.measure, d.value) for d in declared] == [
        ("Area Lavori e Ambiente", "achievement", "98,00%"), ("Area Lavori e Ambiente", "interim", "52,50%"),
        ("Area Lavori e Ambiente", "weight", "100%"),
    ]  # fmt: skip


def test_a_table_without_total_is_named_in_the_warnings() -> None:
    warnings = read(blocks(UNIT_TABLES), DOCUMENT).warnings
    assert [(w.line, "senza riga TOTALE" in w.message) for w in warnings] == [(22, True)]


def test_dates_in_the_header_win_and_other_words_for_the_columns_are_known() -> None:
    columns = columns_of(("Obiettivi", "Pesatura", "Esito al 31/07/2024", "Esito finale"))
    assert columns is not None
    assert (columns.interim_at, columns.title, columns.weight) == ("2024-07-31", 0, 1)
    assert columns.final == range(3, 4)


def test_other_tables_are_not_unit_tables() -> None:
    assert matches(blocks(table("Fase | Peso | Inizio", "1 | 10% | maggio"))) == 0.0
    assert matches(blocks("Solo testo, nessuna tabella.")) == 0.0


def test_words_in_disorder_under_such_headings_are_no_unit() -> None:
    """Of no unit, without total, and one weight in four is a figure; the same rows with figures are a table."""
    rows = ("Obiettivo\tPeso\tRisultato", "banca posizioni\tpeso atteso\tregole 2025", "aldo unità\t865,82\t375,71",
            "evase\trisultato\tottenuto", "misura banca\tindicatori\tnives")
    assert read(blocks("\n".join(rows)), DOCUMENT).cards == ()
    heavy = ("Settore mense e canile", *(row.replace("atteso", "950,10") for row in rows))
    assert read(blocks("\n".join(heavy)), DOCUMENT).cards == ()
    summed = ("Obiettivo\tPeso\tRisultato", *rows[1:], "totale obiettivo\tmisura peso 2025 aldo settore\ttotale 2025 responsabile")
    assert read(blocks("\n".join(summed)), DOCUMENT).cards == ()
    for total, cards in (("377,61", 0), ("110,00%", 1)):
        ended = (*rows, f"Totale settore\tmisura\t{total}")
        assert len(read(blocks("\n".join(ended)), DOCUMENT).cards) == cards, "a total of 110 is an error that the checker shows"
    weighed = ("Obiettivo\tPeso\tRisultato", "Canile\t40\t100%", "Catasto degli alberi\t60%\t50%")
    assert len(read(blocks("\n".join(weighed)), DOCUMENT).cards) == 1


def test_a_row_of_many_sentences_is_no_header() -> None:
    """Three of its cells begin with the words of a header, four with none; with one column more than usual a header is one."""
    words = "obiettivo delle mense | banca dati | peso della raccolta | risultato atteso | aldo | nives | misura delle entrate"
    assert matches(blocks(table(words, "a | b | 40% | 30% | c | d | e"))) == 0.0
    assert matches(blocks(table("Obiettivo | Responsabile | Peso | Esito | Note", "a | b | 40% | 30% | c"))) == 1.0
