"""Targets come from the indicator's own series, in its direction, with the reasoning; never from nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.quantities import italian, read_target
from prompts.targets import direction, propose, series


def test_the_issue_s_example() -> None:
    found = propose("Tempo medio di rilascio (giorni)", {"2021": "27", "2022": "25", "2023": "24"}, {}, 2024)
    assert found is not None
    assert found.text == "≤ 23"
    assert found.reason == "2021: 27, 2022: 25, 2023: 24 → proposta ≤ 23; ultimo valore già 24"


@pytest.mark.parametrize(
    ("name", "values", "targets", "text"),
    [
        ("% domande accolte", {"2021": "90%", "2022": "92%", "2023": "94%"}, {}, "≥ 96%"),
        ("% domande accolte", {"2023": "100%"}, {}, "100%"),
        ("N. reclami", {"2022": "2", "2023": "0"}, {}, "≤ 0"),
        ("n. partecipanti", {"2022": "200", "2023": "100"}, {}, "≥ 150"),
        ("n. partecipanti", {"2023": "100"}, {}, "≥ 100"),
        ("Tempo medio di attesa", {"2021": "10 gg.", "2022": "10 gg."}, {}, "≤ 10 gg."),
        ("n. partecipanti", {}, {"2023": "20"}, "≥ 20"),
        ("Indice sconosciuto", {}, {"2023": "20"}, "20"),
        ("n. utenti", {"2023": "10"}, {"2024": "≥ 14"}, "≥ 14"),
        ("n. utenti", {"2023": "10"}, {"2024": "14"}, "≥ 14"),
        ("Tempo medio di attesa", {}, {"2024": "12"}, "≤ 12"),
        ("% domande accolte", {}, {"2024": "100%"}, "100%"),
        ("Avvio del servizio", {}, {"2023": "entro il 30/06/2023"}, "entro il 30/06/2024"),
    ],
)
def test_proposals(name: str, values: dict[str, str], targets: dict[str, str], text: str) -> None:
    found = propose(name, values, targets, 2024)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize(
    ("name", "values", "targets"),
    [
        ("n. partecipanti", {}, {}),
        ("n. partecipanti", {"2023": "N.D."}, {"2023": "=="}),
        ("Popolazione residente", {"2022": "10", "2023": "12"}, {}),
        ("Qualità del servizio", {}, {"2023": "Come da piano"}),
        ("Approvazione", {}, {"2023": "Si/no"}),
        ("n. partecipanti", {"2024": "10", "2025": "12"}, {}),
        ("N. comunicati emessi", {"2023": ">100"}, {"2023": ">15"}),
    ],
)
def test_no_data_no_proposal(name: str, values: dict[str, str], targets: dict[str, str]) -> None:
    assert propose(name, values, targets, 2024) is None


def test_direction_is_never_guessed() -> None:
    assert direction("Tempo di rilascio autorizzazione per abbattimento alberature", {}) == "lower"
    assert direction("Rispetto dei tempi programmati", {}) == "higher"
    assert direction("Costo del servizio / popolazione", {}) is None
    assert direction("Popolazione residente", {"2024": "≤ 3"}) == "lower"


def test_a_series_of_one_kind_only() -> None:
    assert [p.text for p in series({"2021": "53,47 gg.", "2022": "21", "2023": "25,00"}, 2024)] == ["53,47 gg.", "21", "25,00"]
    assert [p.text for p in series({"2021": "80%", "2022": "12 €", "2023": "90%"}, 2024)] == ["80%", "90%"]
    assert series({"2022": "24.165 / 9", "2023": "≥ 3"}, 2024) == []


@given(
    st.lists(st.integers(0, 100_000), min_size=1, max_size=5),
    st.sampled_from(["N. partecipanti", "Tempo medio di attesa"]),
    st.integers(0, 2),
)
def test_a_proposal_never_asks_less_than_the_worst_of_the_series(numbers: list[int], name: str, ahead: int) -> None:
    values = {str(2018 + n): italian(Decimal(v)) for n, v in enumerate(numbers)}
    found = propose(name, values, {}, 2024, ahead)
    if found is None:
        assert name.startswith("N.")
        assert not any(numbers[-3:]), "solo una serie di zeri non dice che cosa chiedere"
        return
    target = read_target(found.text)
    assert target.number is not None
    last_three = [Decimal(v) for v in numbers[-3:]]
    if name.startswith("Tempo"):
        assert target.comparator == "<="
        assert 0 <= target.number <= max(last_three)
    else:
        assert target.comparator == ">="
        assert target.number >= min(last_three)


def test_a_target_that_asks_for_nothing_is_not_proposed() -> None:
    assert propose("n. strumenti acquistati", {"2024": "0", "2025": "0"}, {}, 2026) is None
    assert propose("n. reclami", {"2024": "0", "2025": "0"}, {}, 2026) is not None
