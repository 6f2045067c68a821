"""Phases on the new horizon: inside it, in order, timetable that sums, weights that sum."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.errors import PiaoError
from cards.model import Card, Phase
from prompts.adapt import adapt
from prompts.need import read_span
from prompts.phases import Slot, balanced, slots, timetable, usable
from prompts.weights import to_hundred


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=30))
def test_weights_sum_to_one_hundred(cents: list[int]) -> None:
    weights = to_hundred([Decimal(one) / 100 for one in cents])
    assert sum(weights) == 100
    assert min(weights) >= 1


@given(st.dates(date(2020, 1, 1), date(2029, 1, 1)), st.integers(0, 1200))
def test_a_timetable_row_sums_to_one_hundred(start: date, length: int) -> None:
    schedule, due = timetable(Slot(start, start + timedelta(days=length), False), start.year)
    assert sum(int(v.rstrip("%")) for v in schedule.values()) == 100
    before = sum(int(v.rstrip("%")) for k, v in schedule.items() if k.startswith(f"{start.year}-"))
    assert due[f"{start.year}-12-31"] == f"{before}%"


@given(st.lists(st.integers(1, 40), min_size=1, max_size=10), st.dates(date(2020, 1, 1), date(2029, 1, 1)), st.integers(1, 900))
def test_slots_stay_in_the_horizon_and_in_order(weights: list[int], start: date, length: int) -> None:
    end = start + timedelta(days=length)
    found = slots([], weights, (start, end))
    assert len(found) == len(weights)
    assert all(start <= s.start <= s.end <= end for s in found)
    assert [s.start for s in found] == sorted(s.start for s in found)


def test_a_precedent_keeps_its_months() -> None:
    card = Card(
        year=2023,
        phases=(
            Phase(text="studio della materia", schedule={"2023-02": "50%", "2023-03": "50%"}),
            Phase(text="approvazione", schedule={"2023-11": "100%"}),
        ),
    )
    found = slots([(card, 0), (card, 1)], [50, 50], (date(2024, 1, 1), date(2024, 12, 31)))
    assert [(s.start, s.end) for s in found] == [(date(2024, 2, 1), date(2024, 3, 31)), (date(2024, 11, 1), date(2024, 11, 30))]


def test_a_precedent_longer_than_the_horizon_is_scaled_into_it() -> None:
    card = Card(
        year=2021,
        phases=(
            Phase(text="prima fase", start="01/01/2021", end="31/12/2021"),
            Phase(text="seconda fase", start="01/01/2022", end="31/12/2022"),
        ),
    )
    span = (date(2026, 3, 1), date(2026, 10, 31))
    found = slots([(card, 0), (card, 1)], [50, 50], span)
    assert all(span[0] <= s.start <= s.end <= span[1] for s in found)


def test_eliminated_and_blank_phases_are_not_taken() -> None:
    card = Card(
        phases=(
            Phase(number="0", text="anni precedenti"),
            Phase(text="vecchia fase", status="replaced"),
            Phase(text=" "),
            Phase(text="fase viva", weight="30%"),
            Phase(text="altra fase viva", weight="45%"),
        )
    )
    assert usable(card) == [3, 4]
    assert balanced([(card, 3), (card, 4)]) == ([40, 60], True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Approvazione del PIAO 2023-2025", "Approvazione del PIAO 2026-2028"),
        ("raccolta iscrizioni (2024)", "raccolta iscrizioni (2027)"),
        ("schema di determina entro il 30/09/2023", "schema di determina entro il 30/09/2026"),
        ("adeguamento al D.Lgs. 33/2013", "adeguamento al D.Lgs. 33/2013"),
        ("attuazione della delibera n. 45 del 30.3.2023", "attuazione della delibera n. 45 del 30.3.2023"),
        ("applicazione del CCNL 2019/2021", "applicazione del CCNL 2019/2021"),
        ("codice 12023 invariato", "codice 12023 invariato"),
        ("progetti dell'anno scolastico 2023/2024", "progetti dell'anno scolastico 2026/2027"),
        ("anno scolastico 2022/23 concluso", "anno scolastico 2025/26 concluso"),
        ("triennio 2023/2025", "triennio 2023/2025"),
        ("regolamento (UE) 2023/679 applicato", "regolamento (UE) 2023/679 applicato"),
    ],
)
def test_years_move_and_acts_stay(text: str, expected: str) -> None:
    assert adapt(text, 2023, 2026, True).text == expected


def test_a_year_beyond_the_horizon_is_dropped() -> None:
    assert adapt("avvio del servizio (2024)", 2023, 2026, True, 2026).text == "avvio del servizio"
    assert adapt("avvio del servizio (2024)", 2023, 2026, True, 2027).text == "avvio del servizio (2027)"


def test_another_body_is_named_to_the_person() -> None:
    assert "altro ente" in (adapt("firma con il Comune di Roccamora", 2023, 2026, False).note or "")


def test_horizons() -> None:
    assert read_span("2026/27") == (date(2026, 1, 1), date(2027, 12, 31))
    for wrong in ("presto", "31/02/2026 - 01/03/2026", "01/10/2026 - 01/03/2026"):
        with pytest.raises(PiaoError):
            read_span(wrong)
