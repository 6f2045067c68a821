"""Field by field from several precedents: what was chosen and nothing else, each with its own origin."""

from __future__ import annotations

from typing import Any

import pytest

from cards.errors import PiaoError
from cards.marks import open_marks
from cards.model import Card, Indicator, Phase, Source
from prompts.drafting import Need, draft_card
from prompts.merge import FIELDS, merge_cards, offers
from tests.prompts.test_drafting import assert_sound, errors, leaves, own_card

NEED = Need("Tempi di rilascio delle autorizzazioni", "Settore Tecnico", 2026, entity="Comune di Roccamora")


def other_card() -> Card:
    """A card of another body: phases without weights, an indicator with data and one without."""
    return Card(
        id="c2", entity="Comune di Valdoro", year=2024, title="Autorizzazioni in linea", mission="08", mission_name="Assetto",
        programme="01", programme_name="Urbanistica", purpose="Evitare code agli abitanti del Comune di Valdoro",
        description="Nel 2024 si apre lo sportello in linea.", strategic_line="Valdoro digitale",
        phases=(Phase(text="scelta del programma"), Phase(text="avvio dello sportello"), Phase(text="vecchia", status="eliminated")),
        indicators=(Indicator(name="% pratiche in linea", unit="%", actuals={"2023": "40%", "2024": "44%"}),
                    Indicator(name="Grado di utilizzo")),
        source=Source(document="valdoro.pdf", pages=(9,)),
    )  # fmt: skip


CARDS = [own_card(), other_card()]


def test_the_offers_stand_side_by_side() -> None:
    found = offers(NEED, CARDS)
    assert list(found) == list(FIELDS)
    assert [o.key for o in found["purpose"]] == ["proposta", "A", "B"]
    assert [o.key for o in found["description"]] == ["proposta", "B"], "A non ha descrizione"
    assert found["phases"][2].lines == {"B1": "scelta del programma", "B2": "avvio dello sportello"}
    assert "2024: 44%" in found["indicators"][2].lines["B1"]


def test_without_choices_it_is_the_proposal() -> None:
    assert merge_cards(NEED, CARDS, {}) == draft_card(NEED, CARDS)


def test_each_field_from_where_it_was_chosen() -> None:
    card = merge_cards(NEED, CARDS, {
        "title": "B", "purpose": "A", "budget": "B", "strategy": None, "phases": ["A1", "B2", "A3"], "indicators": ["B1", "A1"]})
    assert_sound(card)
    assert (card.title, card.purpose, card.mission) == ("Autorizzazioni in linea", "Rispondere presto a chi chiede", "08")
    assert [p.text for p in card.phases] == ["analisi delle pratiche", "avvio dello sportello", "verifica dei tempi"]
    assert [i.name for i in card.indicators] == ["% pratiche in linea", "Tempo medio di rilascio"]
    assert card.strategic_objective is None
    origins = {path: (o.from_, o.document, o.page) for path, o in card.provenance.items()}
    assert origins["title"] == ("c2", "valdoro.pdf", 9)
    assert origins["phases[0].text"] == ("c1", "roccamora.docx", 4)
    assert origins["phases[1].text"] == ("c2", "valdoro.pdf", 9)
    assert origins["indicators[1].targets.2026"] == ("c1", "roccamora.docx", 5)
    assert "Comune di Valdoro" in (card.provenance["indicators[0].targets.2026"].note or "")
    assert card.indicators[0].history == {}, "i valori di un altro ente non sono la nostra serie"
    assert errors(card) == []


def test_another_body_s_words_are_marked() -> None:
    card = merge_cards(NEED, CARDS, {"purpose": "B"})
    assert [(path, mark.span) for path, mark in open_marks(card)] == [("purpose", "Comune di Valdoro")]


def test_an_indicator_without_data_waits_for_its_target() -> None:
    card = merge_cards(NEED, CARDS, {"indicators": ["B2", "A1"]})
    assert_provenance(card)
    assert card.indicators[0].targets == {"2026": "[VERIFICARE]"}
    assert "nessun dato" in (card.provenance["indicators[0].targets.2026"].note or "")
    assert any(found.startswith("TXT005") for found in errors(card)), "il controllo lo rifiuta finché manca il valore"


def assert_provenance(card: Card) -> None:
    data = card.to_json()
    provenance = data.pop("provenance")
    assert [p for p in leaves(data) if p not in provenance] == []
    assert [p for p in provenance if p not in leaves(data)] == []


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_left_empty_takes_its_origins_along(field: str) -> None:
    card = merge_cards(NEED, CARDS, {field: None})
    assert_provenance(card)
    expected: Any = {"title": NEED.title, "phases": (), "indicators": ()}.get(field)
    assert {"budget": card.mission, "strategy": card.strategic_objective}.get(field, getattr(card, field, None)) == expected


def test_a_letter_alone_takes_all_of_a_precedent() -> None:
    card = merge_cards(NEED, CARDS, {"phases": "B", "indicators": ["A"]})
    assert [p.text for p in card.phases] == ["scelta del programma", "avvio dello sportello"]
    assert sum(int((p.weight or "")[:-1]) for p in card.phases) == 100
    assert [i.name for i in card.indicators] == ["Tempo medio di rilascio", "Come va il servizio"]


@pytest.mark.parametrize("choices", [{"colore": "A"}, {"title": "C"}, {"purpose": "E9"}, {"phases": ["B3"]}, {"indicators": ["A9"]},
                                     {"phases": ["Z1"]}])
def test_a_choice_that_names_nothing_is_told(choices: dict[str, Any]) -> None:
    with pytest.raises(PiaoError):
        merge_cards(NEED, CARDS, choices)


@pytest.mark.parametrize("layout", ["segrate", "terre-argine-dup", "bellusco"])
def test_the_layouts_hold_with_mixed_phases(layout: str) -> None:
    need = Need(NEED.title, NEED.unit, 2026, NEED.entity, layout=layout)
    card = merge_cards(need, CARDS, {"phases": ["B1", "A2", "B2"], "indicators": ["A1", "B1"]})
    assert_sound(card)
    assert errors(card, layout) == []
