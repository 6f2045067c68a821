"""Mechanical corrections: proposed as edits, applied only when asked, gone at the next check; no judgement is ever made."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from cards.model import Card, Document, Reading
from scoring.check import check
from scoring.profiles import load_profile
from scoring.remedies import Edit, Remedy, apply, like, remedies, text_at

NEUTRAL = load_profile("neutro")


def reading(*cards: dict[str, Any], year: int = 2026) -> Reading:
    made = tuple(Card.model_validate({"id": f"c{n}", "year": year, **one}) for n, one in enumerate(cards))
    return Reading(document=Document(name="t", year=year), cards=made)


def found(one: Reading, profile: Any = NEUTRAL) -> list[Remedy]:
    return list(remedies(check(one, profile), one.cards, profile))


def mended(one: Reading, profile: Any = NEUTRAL) -> Reading:
    edits = [edit for remedy in found(one, profile) for edit in remedy.edits]
    return one.replace(cards=tuple(apply(one.cards, edits)))


def codes(one: Reading, profile: Any = NEUTRAL) -> set[str]:
    return {finding.code for finding in check(one, profile).findings}


def test_weights_come_to_a_hundred_in_proportion_and_the_error_is_gone():
    one = reading({"title": "A", "indicators": [{"name": "x", "weight": "60"}, {"name": "y", "weight": "50"}]})
    (remedy,) = found(one)
    assert (remedy.code, remedy.title) == ("PES001", "Riequilibra i pesi degli indicatori")
    assert [(edit.path, edit.before, edit.after) for edit in remedy.edits] == [
        ("indicators[0].weight", "60", "55"), ("indicators[1].weight", "50", "45")]
    assert "PES001" in codes(one)
    assert "PES001" not in codes(mended(one))


def test_phases_people_and_the_objectives_of_a_unit():
    one = reading(
        {"title": "A", "unit": "Finanze", "weight": "70", "phases": [{"text": "x", "weight": "50%"}, {"text": "y", "weight": "40%"}],
         "staff": [{"name": "a", "share": "80,00%"}, {"name": "b", "share": "40,00%"}]},
        {"title": "B", "unit": "Finanze", "weight": "40"}, {"title": "C", "unit": "Cultura", "weight": "100"})
    assert {"PES002", "PES003", "PES004"} <= codes(one)
    after = mended(one)
    assert not {"PES002", "PES003", "PES004"} & codes(after)
    assert [card.weight for card in after.cards] == ["64", "36", "100"]
    assert sum(int(phase.weight.rstrip("%")) for phase in after.cards[0].phases if phase.weight) == 100


def test_a_total_and_a_percentage_are_rewritten_as_computed():
    table = {"kind": "unit_summary", "unit": "Settore 1", "totals": {"final": "90,00%"},
             "items": [{"code": "1", "weight": "60", "outcomes": [{"percent": "100%"}]}, {"code": "2", "weight": "40", "outcomes": [{"percent": "50%"}]}]}
    one = reading(table, {"title": "A", "indicators": [
        {"name": "Pratiche", "targets": {"2026": "≥ 100"}, "actuals": {"2026": "80"}, "achievement": "90%", "weight": "100"}]})
    assert {"RIS001", "RIS003"} <= codes(one)
    after = mended(one)
    assert after.cards[0].totals.final == "80,00%", "scritto come prima"
    assert after.cards[1].indicators[0].achievement == "80%"
    assert not {"RIS001", "RIS003"} & codes(after)


def test_one_unit_in_all_the_values_of_an_indicator():
    one = reading({"title": "A", "indicators": [
        {"name": "Fatture nei termini", "baseline": "0,92", "history": {"2024": "0,9"}, "targets": {"2026": "≥ 95%"}},
        {"name": "Utenti", "baseline": "94", "targets": {"2026": "≥ 95%", "2027": "almeno 96"}},
        {"name": "In dubbio", "baseline": "0,94", "history": {"2025": "93"}, "targets": {"2026": "95%"}},
        {"name": "Altro", "baseline": "1.200", "targets": {"2026": "95%"}}]})
    edits = {edit.path: edit.after for remedy in found(one) for edit in remedy.edits}
    assert edits == {"indicators[0].baseline": "92%", "indicators[0].history.2024": "90%", "indicators[1].baseline": "94%",
                     "indicators[1].targets.2027": "almeno 96%"}


def test_what_asks_for_a_judgement_has_no_remedy():
    one = reading({"title": "A", "indicators": [{"name": "Migliorare", "targets": {"2026": "Come da piano"}}, {"name": "y", "targets": {"2026": ""}}]})
    assert {"TGT001", "TGT002"} <= codes(one)
    assert found(one) == []


def test_an_edit_on_a_field_changed_meanwhile_is_left_out():
    card = Card(id="a", title="x", weight="70")
    assert apply([card], [Edit("a", "weight", "60", "50")]) == [card]
    assert apply([card], [Edit("a", "weight", "70", "50")])[0].weight == "50"


def test_paths_lead_to_keys_with_points():
    card = Card.model_validate({"id": "a", "indicators": [{"name": "n", "targets": {"a.s. 2021/2022": "9"}}]})
    path = "indicators[0].targets.a.s. 2021/2022"
    assert text_at(card, path) == "9"
    assert apply([card], [Edit("a", path, "9", "10")])[0].indicators[0].targets == {"a.s. 2021/2022": "10"}
    assert text_at(card, "indicators[7].name") is None
    assert text_at(card, "totals.final") is None


def test_a_figure_keeps_the_way_it_was_written():
    assert like("95,50 %", "96,25") == "96,25 %"
    assert like("80%", "90,00") == "90%"
    assert like("80", "66,67") == "66,67"


@given(st.lists(st.integers(1, 99), min_size=2, max_size=8))
def test_after_the_remedy_the_sum_is_exact_or_nothing_was_proposed(weights: list[int]):
    one = reading({"title": "A", "indicators": [{"name": f"i{n}", "weight": str(value)} for n, value in enumerate(weights)]})
    if "PES001" in codes(one):
        assert "PES001" not in codes(mended(one))
    else:
        assert found(one) == []
