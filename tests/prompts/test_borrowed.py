"""What a draft takes of another body: neither its name, nor its plans, nor figures that hang on its size."""

from __future__ import annotations

import pytest

from cards.model import Card, Indicator, Phase
from cards.quantities import read_target
from prompts.borrowed import holds_anywhere, names_a_project
from prompts.drafting import Need, draft_card
from prompts.weights import in_fives
from tests.prompts.test_drafting import assert_sound, errors, own_card


def theirs() -> Card:
    """A card of another body, with its own plans and figures of every kind."""
    return own_card().replace(
        mission="M1", programme="Valdoro cresce", strategic_line="Valdoro domani", project="Case aperte",
        responsible="Capo di allora", politician="Assessora di allora",
        phases=tuple(Phase(text=f"fase numero {n}", weight="9%") for n in range(6)),
        indicators=(
            Indicator(name="n. partecipanti ai corsi", targets={"2025": "240"}),
            Indicator(name="Entrate recuperate", unit="€", targets={"2025": "€ 180.000"}),
            Indicator(name="% domande accolte", unit="%", targets={"2025": "85%"}),
            Indicator(name="% adesioni al progetto «Orti insieme»", unit="%", targets={"2025": "70%"}),
            Indicator(name="Tempo medio di rilascio", unit="giorni", targets={"2025": "20"}),
            Indicator(name="Avvio del servizio", targets={"2025": "entro il 30/06/2025"}),
        ),
    )  # fmt: skip


@pytest.mark.parametrize("entity", ["Comune di Acquaforte", None])
def test_neither_the_name_nor_the_plans_of_another_body(entity: str | None) -> None:
    card = draft_card(Need("Autorizzazioni in giornata", "Settore Tecnico", 2026, entity=entity), [theirs()])
    assert card.entity == entity
    assert (card.strategic_line, card.strategic_objective, card.project, card.mission, card.programme) == (None,) * 5
    assert card.responsible == "Responsabile Settore Tecnico"
    assert not card.politician
    assert not card.staff
    assert_sound(card)


def test_figures_that_hang_on_its_size_are_not_our_targets() -> None:
    card = draft_card(Need("Autorizzazioni in giornata", "Settore Tecnico", 2026, entity="Comune di Acquaforte"), [theirs()])
    targets = {i.name: i.targets["2026"] for i in card.indicators}
    assert targets["% domande accolte"] == "≥ 85%"
    assert targets["Tempo medio di rilascio"] == "≤ 20"
    assert targets["Avvio del servizio"] == "entro il 30/06/2026"
    assert not [text for text in targets.values() if read_target(text).number in (240, 180_000)]
    assert not [name for name in targets if "Orti" in (name or "")]
    assert [p.weight for p in card.phases] == ["20%", "20%", "15%", "15%", "15%", "15%"]
    assert errors(card) == []
    ours = draft_card(Need("Autorizzazioni", "Settore Tecnico", 2026, entity="Comune di Roccamora"), [theirs()])
    assert "≥ 240" in [i.targets["2026"] for i in ours.indicators], "i propri valori restano una base"


@pytest.mark.parametrize(
    ("name", "unit", "target", "held"),
    [
        ("Indicatore di ritardo", "giorni", "≤ 0", True),
        ("Tempo di pagamento", None, "≤ 30 giorni", True),
        ("Approvazione del piano", None, "Sì", True),
        ("Reclami", "n.", "≤ 0", True),
        ("Pratiche in linea", "%", "90", True),
        ("Iscritti", "n.", "≥ 40", False),
        ("Aree riqualificate", "mq", "1.200 mq", False),
        ("Contributi", None, "€ 3.000", False),
        ("Eventi e partecipanti", None, "≥ 4 incontri / ≥ 100 partecipanti", False),
    ],
)
def test_which_targets_hold_anywhere(name: str, unit: str | None, target: str, held: bool) -> None:
    assert holds_anywhere(name, unit, target) is held


def test_proper_names() -> None:
    for name in ('Quartieri coinvolti in "Un sacco in comune"', "Visite a Palazzo Verdi", "% adesioni al Progetto Aurora"):
        assert names_a_project(name), name
    for name in ("% pratiche SUAP in linea", "Adesioni al progetto", "Aggiornamento dell'anagrafe", "Atti inviati alla Giunta"):
        assert not names_a_project(name), name


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("% domande accolte su domande presentate", "(domande accolte / domande presentate) × 100"),
        ("n. pratiche in linea / n. pratiche totali", "(pratiche in linea / n. pratiche totali) × 100"),
        ("% spesa rispetto alla previsione", "(spesa / previsione) × 100"),
        ("% domande accolte", "(n. di domande accolte / n. di domande) × 100"),
        ("% gradimento", "n. di gradimento"),
    ],
)
def test_a_formula_says_what_is_divided_by_what(name: str, formula: str) -> None:
    precedent = Card(id="c1", entity="Roccamora", year=2025, indicators=(Indicator(name=name, targets={"2025": "80%"}),))
    card = draft_card(Need("Servizi scolastici", "Scuola", 2026, entity="Roccamora"), [precedent])
    assert card.indicators[0].formula == formula


def test_weights_in_fives() -> None:
    for shares in ([1] * 3, [1, 9, 9], [5] * 20, [100, 1], [2, 2, 2, 2, 1]):
        weights = in_fives(shares)
        assert sum(weights) == 100
        assert all(w % 5 == 0 and w > 0 for w in weights)
    assert sum(in_fives([1] * 21)) == 100
