"""Results as they are typed follow the same method as the results of a document."""

from __future__ import annotations

from decimal import Decimal

from cards.model import Card, Document, Indicator, Reading
from scoring.profiles import load_profile
from scoring.results import CardResult, card_result, group_results, ways
from scoring.rollup import Part, mean
from scoring.score import score

NEUTRAL = load_profile("neutro")


def indicator(name: str, actual: str, weight: str, **more: str) -> Indicator:
    return Indicator.model_validate(
        {"name": name, "targets": {"2026": "≥ 10"}, "actuals": {"2026": actual}, "weight": weight, **more}
    )


def card(title: str, actual: str, **more: str) -> Card:
    indicators = (indicator("Corsi", actual, "100"),)
    return Card.model_validate({"title": title, "unit": "Settore Tecnico", "year": 2026, "indicators": indicators, **more})


def result(one: Card) -> CardResult:
    return card_result(one, ways(one, NEUTRAL), NEUTRAL)


def test_an_indicator_that_a_variation_took_out_is_not_counted() -> None:
    one = Card(
        title="Sportello",
        year=2026,
        indicators=(indicator("Corsi", "10", "50"), indicator("Sale", "0", "50", status="eliminated")),
    )
    typed = result(one).total.value
    read = score(Reading(document=Document(name="x"), cards=(one,)), NEUTRAL).objectives[0].computed
    assert typed == read == 100


def test_an_objective_paid_by_another_incentive_is_outside_the_unit() -> None:
    groups = group_results([result(card("Uno", "0", weight="*")), result(card("Due", "10", weight="100%"))], NEUTRAL)
    assert [group.total.value for group in groups] == [Decimal(100)]


def test_one_unit_written_with_other_capitals_and_spaces_is_one() -> None:
    cards = [card("Uno", "0", weight="50"), card("Due", "10", weight="50", unit="SETTORE  tecnico")]
    stated = {("unit", "Settore tecnico"): Decimal(60)}
    groups = group_results([result(one) for one in cards], NEUTRAL, stated)
    assert [(group.name, group.cards, group.total.value, group.declared) for group in groups] == [("Settore Tecnico", 2, 50, 60)]


def test_the_objectives_of_a_line_keep_their_weights_with_a_mark_and_a_replaced_one_is_left_out() -> None:
    rollup = NEUTRAL.rollup.model_copy(update={"line": "weighted_mean"})
    profile = NEUTRAL.model_copy(update={"rollup": rollup})
    line = {"strategic_line": "Casa"}
    cards = (
        card("Uno", "10", weight="30%*", **line),
        card("Due", "5", weight="10%", **line),
        card("Tre", "0", weight="60%", status="replaced", **line),
    )
    groups = score(Reading(document=Document(name="x"), cards=cards), profile).groups
    assert {(group.kind, group.total.value) for group in groups} == {
        ("strategic_line", Decimal("87.5")),
        ("unit", Decimal("87.5")),
    }


def test_a_total_that_cannot_be_made_says_how_many_results_are_missing() -> None:
    note = mean([Part(f"Indicatore {n}", None) for n in range(1, 6)], weighted=False).note
    assert note == "manca il grado di raggiungimento di: Indicatore 1, Indicatore 2, Indicatore 3 e altri 2"
    note = mean([Part(f"Indicatore {n}", None) for n in range(1, 5)], weighted=False).note
    assert note == "manca il grado di raggiungimento di: Indicatore 1, Indicatore 2, Indicatore 3, Indicatore 4"
