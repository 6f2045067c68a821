"""The editor's tables: what is typed is base rows plus edits, and nothing of the card gets lost on the way."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cards.model import Card, Indicator, Origin, Phase
from ui import tables
from ui.editor import leaves, mark_user

CARD = Card(
    title="Sportello", year=2027,
    phases=(Phase(number="1", text="Mappatura", weight="40%", schedule={"2027-01": "100%"}),
            Phase(number="2", text="Avvio", weight="60%")),
    indicators=(Indicator(name="Tempo medio", kind="tempo", targets={"2027": "≤ 10"}, history={"2025": "14"}, weight="100"),),
)


def test_rows_and_back_leave_the_card_as_it_was():
    assert tables.phases_from(tables.apply_edits(tables.phase_rows(CARD), None), CARD) == CARD.phases
    assert tables.indicators_from(tables.apply_edits(tables.indicator_rows(CARD), None), CARD, ["2027"]) == CARD.indicators


def test_there_are_always_blank_rows_to_type_into_and_only_the_typed_ones_count():
    empty = Card(title="Nuova", year=2027)
    for rows in (tables.phase_rows(empty), tables.indicator_rows(empty), tables.staff_rows(empty)):
        assert rows
        assert tables.apply_edits(rows, None) == []
    rows = tables.phase_rows(CARD)
    assert len(rows) == 6
    phases = tables.phases_from(tables.apply_edits(rows, {"edited_rows": {3: {"Peso": "10"}, 4: {"Fase": " "}}}), CARD)
    assert [(p.text, p.weight) for p in phases] == [("Mappatura", "40%"), ("Avvio", "60%"), (None, "10")]
    assert phases[2].schedule == {}


def test_edited_added_and_deleted_rows_are_all_applied():
    rows = tables.phase_rows(CARD)
    edits = {"edited_rows": {0: {"Peso": "50%"}}, "added_rows": [{"Fase": "Verifica", "Peso": "10%"}, {}], "deleted_rows": [1]}
    phases = tables.phases_from(tables.apply_edits(rows, edits), CARD)
    assert [(p.text, p.weight) for p in phases] == [("Mappatura", "50%"), ("Verifica", "10%")]
    assert phases[0].schedule == {"2027-01": "100%"}


def test_keys_that_come_as_text_are_rows_too():
    assert tables.apply_edits([{"a": "1"}], {"edited_rows": {"0": {"a": "2"}}}) == [{"a": "2"}]


def test_a_blanked_target_is_absent_and_a_zero_stays():
    rows = tables.indicator_rows(CARD)
    blank = tables.apply_edits(rows, {"edited_rows": {0: {"Atteso 2027": " "}}})
    zero = tables.apply_edits(rows, {"edited_rows": {0: {"Atteso 2027": "0"}}})
    assert tables.indicators_from(blank, CARD, ["2027"])[0].targets == {}
    assert tables.indicators_from(zero, CARD, ["2027"])[0].targets == {"2027": "0"}


@given(st.lists(st.tuples(st.integers(0, 3), st.text(max_size=8)), max_size=12))
def test_the_last_edit_of_a_cell_wins_whatever_the_order(edits: list[tuple[int, str]]):
    rows = [{"x": ""} for _ in range(4)]
    pending: dict[int, dict[str, str]] = {}
    for index, value in edits:
        pending[index] = {"x": value}
    result = tables.apply_edits(rows, {"edited_rows": pending})
    assert [row["x"] for row in result] == [dict(edits).get(i, "") for i in range(4)]


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


def test_name_targets_and_weight_come_first():
    columns = [tables.ROW, *tables.INDICATOR_COLUMNS.values(), "Atteso 2027"]
    assert tables.shown_order(columns)[:3] == ["Indicatore", "Atteso 2027", "Peso"]
    assert sorted(tables.shown_order(columns)) == sorted(columns[1:])
