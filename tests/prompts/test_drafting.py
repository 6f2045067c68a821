"""A draft without a model: complete, sums that hold, each field with its origin, nothing of another body as our own."""

from __future__ import annotations

import re
from typing import Any

import pytest

from cards.errors import PiaoError
from cards.marks import open_marks
from cards.model import Card, Document, Indicator, Origin, Phase, Reading, Source
from cards.quantities import read_target
from prompts.drafting import Need, draft_card
from prompts.empty import empty_card
from scoring.check import check
from scoring.profiles import load_profile

NEED = Need("Riduzione dei tempi di pagamento", "Servizi Finanziari", 2026)


def leaves(value: Any, path: str = "") -> list[str]:
    """The paths of the filled values of a card's JSON."""
    if isinstance(value, dict):
        return [p for k, v in value.items() for p in leaves(v, f"{path}.{k}" if path else k)]
    if isinstance(value, list):
        return [p for n, v in enumerate(value) for p in leaves(v, f"{path}[{n}]")]
    return [path] if value not in (None, "") else []


def errors(card: Card, profile: str = "neutro") -> list[str]:
    """Messages of the errors that the checker raises on a draft."""
    report = check(Reading(document=Document(name="bozza", year=card.year), cards=(card,)), load_profile(profile), year=card.year)
    return [f"{f.code} {f.message}" for f in report.findings if f.level.value == "error"]


def assert_sound(card: Card) -> None:
    """What holds for every draft."""
    data = card.to_json()
    provenance = data.pop("provenance")
    missing = [p for p in leaves(data) if p not in provenance]
    assert not missing
    assert sum(int((p.weight or "").rstrip("%")) for p in card.phases) == 100
    assert sum(int((i.weight or "").rstrip("%")) for i in card.indicators) == 100
    assert len(card.indicators) >= 2
    assert len({i.kind for i in card.indicators}) >= 2
    assert all(i.name and i.unit and i.formula and i.targets for i in card.indicators)
    assert not re.search(r"\[[A-Z ]+\]", str(data))


def test_the_first_example_needs_no_precedent() -> None:
    card = draft_card(NEED)
    assert_sound(card)
    assert card.indicators[0].targets == {"2026": "≤ 0 giorni"}
    assert "L. 145/2018" in (card.provenance["indicators[0].targets.2026"].note or "")
    assert card.provenance["indicators[0].targets.2026"].from_ == "template"
    assert card.provenance["title"].from_ == "user"
    assert errors(card) == []


def own_card() -> Card:
    return Card(
        id="c1", entity="Comune di Roccamora", year=2025, title="Tempi di rilascio delle autorizzazioni", mission="01",
        mission_name="Servizi", programme="06", programme_name="Ufficio tecnico", strategic_objective="1.1 Una città semplice",
        purpose="Rispondere presto a chi chiede",
        phases=(Phase(text="analisi delle pratiche", weight="10%", start="01/02/2025", end="31/03/2025"),
                Phase(text="riduzione dei passaggi", weight="30%", start="01/04/2025", end="31/08/2025"),
                Phase(text="verifica dei tempi", weight="40%", start="01/09/2025", end="30/11/2025")),
        indicators=(Indicator(name="Tempo medio di rilascio", unit="giorni", history={"2023": "27", "2024": "25"},
                              targets={"2025": "≤ 24"}, actuals={"2025": "24"}),
                    Indicator(name="Come va il servizio", targets={"2025": "Come da piano"})),
        source=Source(document="roccamora.docx", pages=(4,)),
        provenance={"indicators[0]": Origin(from_="document", document="roccamora.docx", page=5)},
    )  # fmt: skip


def test_from_our_own_precedent() -> None:
    need = Need("Tempi di rilascio delle autorizzazioni", "Settore Tecnico", 2026, entity="Comune di Roccamora")
    card = draft_card(need, [own_card()])
    assert_sound(card)
    time = card.indicators[0]
    assert (time.history, time.baseline) == ({"2023": "27", "2024": "25", "2025": "24"}, "24")
    assert time.targets == {"2026": "≤ 23"}
    origin = card.provenance["indicators[0].targets.2026"]
    assert (origin.from_, origin.document, origin.page) == ("c1", "roccamora.docx", 5)
    assert "2023: 27, 2024: 25, 2025: 24 → proposta ≤ 23" in (origin.note or "")
    assert "Come va il servizio" not in [i.name for i in card.indicators]
    assert card.strategic_objective == "1.1 Una città semplice"
    assert [p.weight for p in card.phases] == ["15%", "35%", "50%"]
    assert (card.phases[0].start, card.phases[2].end) == ("01/02/2026", "30/11/2026")
    assert errors(card) == []


def test_another_body_s_figures_are_no_history_of_ours() -> None:
    card = draft_card(
        Need("Tempi di rilascio delle autorizzazioni", "Settore Tecnico", 2026, entity="Comune di Acquaforte"), [own_card()]
    )
    assert_sound(card)
    assert card.indicators[0].history == {}
    assert card.indicators[0].baseline is None
    assert card.strategic_objective is None
    assert "valori di Comune di Roccamora" in (card.provenance["indicators[0].targets.2026"].note or "")


def test_a_text_that_names_another_body_waits_for_a_person() -> None:
    own = own_card().replace(purpose="Dare agli abitanti del Comune di Roccamora risposte più rapide")
    phases = (own.phases[0].replace(text="convenzione con il Comune di Roccamora"), *own.phases[1:])
    ours, theirs = (
        draft_card(Need("Tempi di rilascio", "Settore Tecnico", 2026, entity=entity), [own.replace(phases=phases)])
        for entity in ("Comune di Roccamora", "Comune di Acquaforte")
    )
    assert open_marks(ours) == []
    assert [(path, mark.span, mark.kind) for path, mark in open_marks(theirs)] == [
        ("phases[0].text", "Comune di Roccamora", "other_body")
    ]


def test_one_series_over_several_years_of_the_same_body() -> None:
    older = own_card().replace(
        id="c0", year=2022, indicators=(Indicator(name="tempo medio di rilascio", actuals={"2022": "30"}),)
    )
    card = draft_card(Need("Tempi di rilascio", "Settore Tecnico", 2026, entity="Roccamora"), [own_card(), older])
    assert list(card.indicators[0].history) == ["2023", "2024", "2025"]


@pytest.mark.parametrize("layout", ["neutro", "cremona", "segrate", "terre-argine", "terre-argine-dup", "bellusco"])
def test_each_layout_is_sound(layout: str, sample_cards: list[Card]) -> None:
    for precedent in [c for c in sample_cards if c.kind in ("objective", "service", "indicator")]:
        need = Need(
            precedent.title or "Obiettivo", "Settore Uno", 2026, layout=layout, facts="Nel 2025 le richieste sono state 312"
        )
        card = draft_card(need, [precedent])
        assert_sound(card)
        assert errors(card, "neutro" if layout == "neutro" else layout) == []
        if layout == "segrate":
            assert all(sum(int(v[:-1]) for v in p.schedule.values()) == 100 for p in card.phases)
        if layout == "terre-argine-dup":
            assert all(set(i.targets) == {"2026", "2027", "2028"} for i in card.indicators)


def test_school_years_stay_as_written() -> None:
    precedent = own_card().replace(
        indicators=(Indicator(name="% gradimento", unit="%", history={"a.s. 2023/2024": "88%", "a.s. 2024/2025": "90%"}),)
    )
    card = draft_card(Need("Servizi scolastici", "Scuola", 2026, entity="Comune di Roccamora"), [precedent])
    assert card.indicators[0].history == {"a.s. 2023/2024": "88%", "a.s. 2024/2025": "90%"}
    assert card.indicators[0].targets == {"2026": "≥ 92%"}


def test_a_long_horizon_and_a_short_one() -> None:
    for horizon in ("2026-2028", "01/03/2026 - 31/05/2026"):
        card = draft_card(Need("Nuovo regolamento del verde", "Ambiente", 2026, horizon=horizon, layout="segrate"))
        assert_sound(card)
        assert errors(card, "segrate") == []


LONG = Need("Tempi di rilascio delle autorizzazioni", "Settore Tecnico", 2026, entity="Comune di Roccamora", horizon="2026-2028")


def test_each_year_of_the_horizon_has_its_target_from_the_precedent() -> None:
    card = draft_card(LONG, [own_card()])
    assert_sound(card)
    asked = [i.targets for i in card.indicators if i.name == "Tempo medio di rilascio"]
    assert [list(targets) for targets in asked] == [["2026", "2027", "2028"]]
    values = [read_target(text).number or 0 for text in asked[0].values()]
    assert values[0] > values[1] > values[2]  # 27, 25, 24 go on going down
    for year in asked[0]:
        origin = card.provenance[f"indicators[0].targets.{year}"]
        assert origin.from_ == "c1"
        assert "2023: 27, 2024: 25, 2025: 24" in (origin.note or "")
    assert all(list(i.targets) == ["2026", "2027", "2028"] for i in card.indicators)
    assert errors(card) == []


def test_a_year_without_data_is_left_to_be_written_and_says_so() -> None:
    cost = Indicator(name="Costo delle autorizzazioni", unit="€", history={"2024": "100 €", "2025": "110 €"}, targets={"2026": "100 €"})
    card = draft_card(LONG, [own_card().replace(indicators=(cost,))])
    assert card.indicators[0].targets == {"2026": "100 €", "2027": "[VERIFICARE]", "2028": "[VERIFICARE]"}
    origin = card.provenance["indicators[0].targets.2028"]
    assert origin.from_ == "computed"
    assert "2025: 110 €" in (origin.note or "")
    assert "scrivilo tu" in (origin.note or "")


@pytest.mark.parametrize(("horizon", "layout", "years"), [
    (None, "neutro", [2026]), ("2026", "neutro", [2026]), ("2025-2027", "neutro", [2026, 2027]),
    ("01/03/2026 - 31/10/2027", "segrate", [2026, 2027]),
    (None, "terre-argine-dup", [2026, 2027, 2028]), ("2026-2029", "terre-argine-dup", [2026, 2027, 2028, 2029]),
    ("2026-2040", "neutro", [2026, 2027, 2028, 2029, 2030]), ("2020-2024", "neutro", [2026])])
def test_the_years_that_ask_for_a_target(horizon: str | None, layout: str, years: list[int]) -> None:
    need = Need("Sportello", "Servizi", 2026, horizon=horizon, layout=layout)
    assert need.years == years
    assert list(empty_card(need).indicators[0].targets) == [str(year) for year in years]


@pytest.mark.parametrize(
    "wrong",
    [{"title": " "}, {"unit": ""}, {"year": 12}, {"layout": "inesistente"}, {"horizon": "boh"}],
)
def test_a_need_that_cannot_be_used_says_why(wrong: dict[str, Any]) -> None:
    with pytest.raises(PiaoError):
        draft_card(Need(**{"title": "Titolo", "unit": "Unità", "year": 2026, **wrong}))


def test_comparators_say_the_direction(sample_cards: list[Card]) -> None:
    card = draft_card(NEED, sample_cards[:3])
    directed = [i for i in card.indicators if read_target(i.targets["2026"]).comparator in (">=", "<=", ">", "<")]
    assert len(directed) >= 2
