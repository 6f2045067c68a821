"""The wide table: real document (where present) and a fictitious body with the same layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from cards.model import Card, Document, Reading
from ingest.blocks import Block, Blocks, Place, Row
from ingest.dialects import wide_table
from ingest.dialects._wide_align import aligned
from ingest.dialects._wide_columns import columns_of

HEAD = (
    "Responsabile", "Settore", "Obiettivo", "Definizione", "Indicatore", "Formula", "Finalità", "Target atteso",
    "Target Consuntivo", "Scostamento", "Note", "Peso", "% Ragg", "Barometro",
)  # fmt: skip
DOCUMENT = Document(name="borgofinto.txt", entity="Comune di Borgofinto", year=2031)


def row(*cells: str, page: int = 1, line: int = 1) -> Row:
    return Row(cells, Place(page, line))


def table(*rows: Row) -> Block:
    return Block("table", rows[0].place, rows=rows)


def head(page: int = 1, line: int = 1) -> Row:
    return row(*HEAD, page=page, line=line)


def said(text: str, line: int, kind: str = "heading") -> Block:
    return Block(kind, Place(1, line), text)  # type: ignore[arg-type]


def read(*blocks: Block) -> tuple[Card, ...]:
    return wide_table.read(Blocks("borgofinto.txt", "text", blocks), DOCUMENT).cards


FULL = ("Rossi Ada", "Settore Uno", "Siepi nuove", "Si piantano siepi lungo i fossi", "Metri piantati", "metri", "Più verde",
        "100", "120", "20", "", "60", "100", "")  # fmt: skip
SECOND = ("", "", "", "", "Varietà scelte", "numero", "Più specie", "4", "2", "-2", "gelo", "40", "50", "")


def test_an_objective_takes_the_rows_below_it_and_keeps_places() -> None:
    (card,) = read(said("LINEA STRATEGICA SUL VERDE", 1), table(head(line=2), row(*FULL, line=3), row(*SECOND, line=4)))
    assert (card.title, card.unit, card.responsible) == ("Siepi nuove", "Settore Uno", "Rossi Ada")
    assert card.strategic_line == "LINEA STRATEGICA SUL VERDE"
    assert card.year == 2031
    assert [(i.name, i.targets, i.actuals, i.deviation, i.weight, i.achievement, i.note) for i in card.indicators] == [
        ("Metri piantati", {"2031": "100"}, {"2031": "120"}, "20", "60", "100", None),
        ("Varietà scelte", {"2031": "4"}, {"2031": "2"}, "-2", "40", "50", "gelo"),
    ]
    assert card.source.lines == (3, 4)
    assert card.place("indicators[1].targets.2031").line == 4
    assert card.place("strategic_line").line == 1


def test_responsible_and_unit_are_carried_down_but_not_into_the_next_line() -> None:
    other = ("", "", "Prati fioriti", *FULL[3:])
    first, second, third = read(
        said("LINEA STRATEGICA SUL VERDE", 1),
        table(head(line=2), row(*FULL, line=3), row(*other, line=4)),
        said("LINEA STRATEGICA SULL'ACQUA", 5),
        table(head(line=6), row("", "", "Fontane", *FULL[3:], line=7)),
    )
    assert second.responsible == "Rossi Ada"
    assert second.unit == "Settore Uno"
    assert third.responsible is None
    assert third.strategic_line == "LINEA STRATEGICA SULL'ACQUA"
    assert first.strategic_line == second.strategic_line


@pytest.mark.parametrize(
    "cells",
    [
        ("", "", "", "", *SECOND[4:10], "", "gelo", "40", "50"),  # an empty cell too many before the note
        (*SECOND[1:], ""),  # the whole row one column to the left
        ("", *SECOND),  # and one to the right
        (*SECOND[:4], "", *SECOND[4:]),
        (*SECOND[:7], "", *SECOND[7:]),
    ],
)
def test_a_row_that_slid_sideways_reads_the_same(cells: tuple[str, ...]) -> None:
    columns = columns_of(HEAD)
    assert columns is not None
    fields, left = aligned(cells, columns)
    expected, _ = aligned(SECOND, columns)
    assert fields == expected
    assert not left


def test_a_title_row_that_lost_its_empty_cells_opens_an_objective() -> None:
    _, card = read(table(head(), row(*FULL, line=2), row("Prati", *FULL[3:], "", "", line=3)))
    assert card.title == "Prati"
    assert card.description == FULL[3]
    assert card.indicators[0].weight == "60"


def test_a_row_cut_by_the_page_goes_on_in_its_own_columns() -> None:
    blocks = (
        table(head(), row(*FULL[:3], "Si piantano siepi", *FULL[4:], line=2)),
        table(row("", "", "", "lungo i fossi", "e curati", "", "", "", "", "", "", "", "", "", page=2, line=3)),
    )
    (card,) = read(*blocks)
    assert card.description == "Si piantano siepi lungo i fossi"
    assert card.indicators[0].name == "Metri piantati e curati"
    assert card.source.pages == (1, 2)


def test_a_definition_that_goes_on_beside_a_new_indicator() -> None:
    going_on = ("", "", "", "e lungo le strade", *SECOND[4:])
    (card,) = read(table(head(), row(*FULL, line=2)), table(head(2, 3), row(*going_on, page=2, line=4)))
    assert card.description == "Si piantano siepi lungo i fossi e lungo le strade"
    assert [i.name for i in card.indicators] == ["Metri piantati", "Varietà scelte"]


def test_a_title_repeated_on_each_row_is_one_objective() -> None:
    (card,) = read(table(head(), row(*FULL, line=2), row(*FULL[:4], *SECOND[4:], line=3)))
    assert len(card.indicators) == 2


def test_the_share_declared_for_a_line_bears_its_heading() -> None:
    blocks = (
        said("LINEA STRATEGICA SUL VERDE", 1), said("% Raggiungimento obiettivi per area strategica", 2, "paragraph"),
        said("87,50%", 3, "paragraph"), table(head(line=4), row(*FULL, line=5)),
    )  # fmt: skip
    part = wide_table.read(Blocks("b.txt", "text", blocks), DOCUMENT)
    (total,) = part.declared
    assert (total.kind, total.name, total.value, total.line) == ("strategic_line", "LINEA STRATEGICA SUL VERDE", "87,50%", 3)


def test_heading_and_share_in_the_table_itself() -> None:
    rows = (
        head(), row("LINEA STRATEGICA SUL VERDE", *[""] * 13, line=2), row(*FULL, line=3),
        row("% Raggiungimento obiettivi per area strategica", *[""] * 12, "90,00%", line=4),
    )  # fmt: skip
    part = wide_table.read(Blocks("b.txt", "text", (table(*rows),)), DOCUMENT)
    assert [c.strategic_line for c in part.cards] == ["LINEA STRATEGICA SUL VERDE"]
    assert [(t.value, t.line) for t in part.declared] == [("90,00%", 4)]


def test_a_plan_without_actual_values_is_the_same_table() -> None:
    kept = (0, 1, 2, 3, 4, 5, 6, 7, 11)
    (card,) = read(table(row(*(HEAD[i] for i in kept)), row(*(FULL[i] for i in kept), line=2)))
    assert (card.indicators[0].targets, card.indicators[0].actuals) == ({"2031": "100"}, {})


def test_values_without_an_indicator_are_reported() -> None:
    stray = ("", "", "", "", "", "", "", "7", "7", "0", "", "10", "100", "")
    part = wide_table.read(Blocks("b.txt", "text", (table(head(), row(*FULL, line=2), row(*stray, line=3)),)), DOCUMENT)
    assert [w.line for w in part.warnings] == [3]


def test_columns_in_another_order_are_the_same_table() -> None:
    order = (2, 3, 0, 1, 4, 11, 5, 6, 7, 8, 9, 12, 10, 13)
    (card,) = read(table(row(*(HEAD[i] for i in order)), row(*(FULL[i] for i in order), line=2)))
    assert (card.title, card.responsible, card.indicators[0].weight) == ("Siepi nuove", "Rossi Ada", "60")


def test_other_tables_are_left_alone() -> None:
    other = table(row("Obiettivo", "Peso", "Esito"), row("Siepi", "10", "Raggiunto", line=2))
    assert wide_table.matches(Blocks("b.txt", "text", (other,))) == 0.0


@pytest.fixture(scope="module", params=["txt", "docx", "pdf"])
def real(request: pytest.FixtureRequest, shared: Path) -> Reading:
    from ingest.reading import read as read_file

    return read_file(shared / "corpus" / f"cremona_relazione-performance_2022.{request.param}")


def test_real_document(real: Reading) -> None:
    assert len(real.cards) == 36
    assert sum(len(card.indicators) for card in real.cards) == 75
    assert {t.name: t.value for t in real.declared if t.kind == "strategic_line"} == {
        "LINEA STRATEGICA SULL'AMBIENTE": "96,25%",
        "LINEA STRATEGICA SULLA RIGENERAZIONE URBANA": "100,00%",
        "LINEA STRATEGICA SULLE OPERE PUBBLICHE": "100,00%",
        "LINEA STRATEGICA SU SMART CITY E PA EFFICIENTE": "100,00%",
        "LINEA STRATEGICA SU FORMAZIONE, RICERCA, CULTURA": "100,00%",
    }
    library = next(card for card in real.cards if card.title == "Rete bibliotecaria cremonese")
    assert library.strategic_line == "LINEA STRATEGICA SULLE OPERE PUBBLICHE"
    assert library.indicators[1].actuals == {"2022": "132.706"}
    assert all(card.place(f"indicators[{i}]").line for card in real.cards for i in range(len(card.indicators)))
