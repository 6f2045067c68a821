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


def counted(**fields: object) -> Indicator:
    return Indicator(name="N. trasporti assistiti", targets={"2025": "50"}, actuals={"2025": "62"}, **fields)


def test_where_there_is_nothing_else_a_count_is_set_against_our_own_year_before() -> None:
    precedent = Card(id="c1", entity="Comune di Valdoro", year=2025, indicators=(counted(),))
    card = draft_card(Need("Trasporti assistiti", "Servizi sociali", 2026, entity="Comune di Acquaforte"), [precedent])
    first = card.indicators[0]
    assert (first.name, first.unit) == ("N. trasporti assistiti, rispetto all'anno precedente", "%")
    assert first.targets == {"2026": "≥ 100%"}
    assert first.formula == "(valore dell'anno / valore dell'anno precedente) × 100"
    assert "Comune di Valdoro: 2025: 62" in (card.provenance["indicators[0].targets.2026"].note or "")
    figures = str({**card.to_json(), "provenance": None})
    assert "50" not in figures.replace("50%", "")
    assert "62" not in figures
    assert_sound(card)
    assert errors(card) == []


@pytest.mark.parametrize(
    ("indicator", "target", "unit"),
    [
        (Indicator(name="% pratiche gestite", formula="(gestite / totali) x 100", unit="n.", targets={"2025": "72"}), "≥ 72%", "%"),
        (Indicator(name="Grado di attuazione", formula="fatte / previste *100", targets={"2025": "100"}), "100%", "%"),
        (Indicator(name="Approvazione del piano", formula="1 = fatto 0 = non fatto", unit="n.", targets={"2025": "1"}), "Sì", "sì/no"),
    ],
)
def test_a_bare_number_is_the_share_or_the_yes_that_its_formula_says(indicator: Indicator, target: str, unit: str) -> None:
    precedent = Card(id="c1", entity="Comune di Valdoro", year=2025, indicators=(indicator,))
    card = draft_card(Need("Pratiche e piano", "Edilizia", 2026, entity="Comune di Acquaforte"), [precedent])
    assert (card.indicators[0].targets["2026"], card.indicators[0].unit) == (target, unit)


def test_a_norm_that_the_need_does_not_speak_of_comes_last() -> None:
    norm = Indicator(name="Rispetto del Regolamento UE 241/2021", targets={"2025": "Sì"})
    precedent = Card(id="c1", entity="Comune di Valdoro", year=2025, indicators=(norm, counted()))
    card = draft_card(Need("Trasporti assistiti", "Servizi sociali", 2026, entity="Comune di Acquaforte"), [precedent])
    assert "Regolamento" not in str([i.name for i in card.indicators])


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
        ("% gradimento", "(giudizi positivi / questionari compilati) × 100"),
        ("% copertura della rete", "(numero dei casi rilevati / totale dei casi) × 100, con riferimento a: copertura della rete"),
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
