"""The editor's tables: the rows a person types into and back, and nothing of the card gets lost on the way."""

from __future__ import annotations

from cards.model import Card, Indicator, Origin, Phase
from ui import tables
from ui.editor import leaves, mark_user
from ui.table_input import ROW

CARD = Card(
    title="Sportello", year=2027,
    phases=(Phase(number="1", text="Mappatura", weight="40%", schedule={"2027-01": "100%"}),
            Phase(number="2", text="Avvio", weight="60%")),
    indicators=(Indicator(name="Tempo medio", kind="tempo", targets={"2027": "≤ 10"}, history={"2025": "14"}, weight="100"),),
)


def test_rows_and_back_leave_the_card_as_it_was():
    assert tables.phases_from(tables.kept_rows(tables.phase_rows(CARD)), CARD) == CARD.phases
    assert tables.indicators_from(tables.kept_rows(tables.indicator_rows(CARD)), CARD, ["2027"]) == CARD.indicators


def test_there_are_always_blank_rows_to_type_into_and_only_the_typed_ones_count():
    empty = Card(title="Nuova", year=2027)
    for rows in (tables.phase_rows(empty), tables.indicator_rows(empty), tables.staff_rows(empty)):
        assert rows
        assert tables.kept_rows(rows) == []
    rows = tables.phase_rows(CARD)
    assert len(rows) == 6
    rows[3]["Peso"], rows[4]["Fase"] = "10", " "
    phases = tables.phases_from(tables.kept_rows(rows), CARD)
    assert [(p.text, p.weight) for p in phases] == [("Mappatura", "40%"), ("Avvio", "60%"), (None, "10")]
    assert phases[2].schedule == {}


def test_rows_moved_taken_out_and_added_keep_what_the_table_does_not_show():
    first, second = tables.phase_rows(CARD)[:2]
    new = {ROW: None, "Fase": "Verifica", "Peso": "10%"}
    phases = tables.phases_from(tables.kept_rows([second, new, {**first, "Peso": "50%"}]), CARD)
    assert [(p.text, p.weight) for p in phases] == [("Avvio", "60%"), ("Verifica", "10%"), ("Mappatura", "50%")]
    assert [p.schedule for p in phases] == [{}, {}, {"2027-01": "100%"}]
    assert tables.phases_from([second], CARD) == CARD.phases[1:]


def test_a_blanked_target_is_absent_and_a_zero_stays():
    row = tables.indicator_rows(CARD)[0]
    assert tables.indicators_from([{**row, "Atteso 2027": " "}], CARD, ["2027"])[0].targets == {}
    assert tables.indicators_from([{**row, "Atteso 2027": "0"}], CARD, ["2027"])[0].targets == {"2027": "0"}


def test_what_a_person_changes_has_the_user_as_origin_and_the_rest_keeps_its_own():
    before = CARD.replace(provenance={"title": Origin(from_="abc"), "indicators[0].targets.2027": Origin(from_="computed")})
    changed = before.replace(indicators=(before.indicators[0].replace(targets={"2027": "≤ 8"}),))
    after = mark_user(before, changed)
    assert after.provenance["indicators[0].targets.2027"].from_ == "user"
    assert after.provenance["title"].from_ == "abc"


def test_the_origin_of_a_removed_field_goes_with_it():
    before = CARD.replace(provenance={"phases[1].text": Origin(from_="abc")})
    after = mark_user(before, before.replace(phases=before.phases[:1]))
    assert "phases[1].text" not in after.provenance


def test_leaves_name_each_value_by_its_path():
    assert leaves(CARD)["indicators[0].targets.2027"] == "≤ 10"
    assert leaves(CARD)["phases[0].schedule.2027-01"] == "100%"


def test_name_targets_and_weight_come_first_and_every_column_of_the_rows_is_there():
    names = [column.name for column in tables.columns_of("indicators", ["2027"])]
    assert names[:3] == ["Indicatore", "Atteso 2027", "Peso"]
    assert {*names} == {*tables.indicator_rows(CARD)[0]} - {ROW}
    assert {column.name for column in tables.columns_of("phases", [])} == {*tables.phase_rows(CARD)[0]} - {ROW}
