"""Italian numbers, dates and "no value" strings, and what holds for any text whatever."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cards.quantities import (
    comparator_direction,
    is_unset,
    italian,
    polarity_of,
    read_date,
    read_month,
    read_number,
    read_percent,
    read_target,
    read_word_number,
    round_half_up,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.234,5", "1234.5"),
        ("96,25%", "96.25"),
        ("12.000,00 €", "12000.00"),
        ("€ 1.000", "1000"),
        ("0", "0"),
        ("-3", "-3"),
        ("1.190", "1190"),
        ("100,00%", "100.00"),
    ],
)
def test_plain_number(text: str, number: str) -> None:
    assert read_number(text) == Decimal(number)


@pytest.mark.parametrize("text", ["2.24", "1.234.56", "5 gg", "", None, "==", "≥ 3", "3/4", "١٢", "Sì"])
def test_not_a_plain_number(text: str | None) -> None:
    assert read_number(text) is None


def test_percent_is_not_money() -> None:
    assert read_percent("15%") == read_percent("15") == Decimal(15)
    assert read_percent("15 €") is None
    assert read_percent("€ 15") is None


@pytest.mark.parametrize("places", [0, 1, 2])
def test_half_goes_up(places: int) -> None:
    assert round_half_up(Decimal("2.5"), 0) == 3
    assert round_half_up(Decimal("-2.5"), 0) == -3
    assert italian(Decimal("94.445"), 2) == "94,45"
    assert italian(Decimal(7), places) == "7" + ("," + "0" * places if places else "")


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_italian_round_trip(number: Decimal) -> None:
    assert read_number(italian(number)) == number


@given(st.text())
@example("1" * 5000)
@example("٣")
@example("((((5")
@example("5 ± 3 ± 2")
def test_any_text_is_read_without_raising(text: str) -> None:
    target = read_target(text)
    assert target.text == text
    assert target.confident or target.note or target.type == "unset"
    target.to_json()
    _ = (target.number, target.ratio, target.bounds, target.truth, target.minutes, comparator_direction(target))
    is_unset(text), read_number(text), read_percent(text), read_date(text), read_month(text)


SOUP = st.lists(
    st.sampled_from(
        [
            "≥",
            "<=",
            ">",
            "±",
            "+/-",
            "almeno",
            "max",
            "circa",
            "entro",
            "non",
            "più",
            "di",
            "5",
            "12,5",
            "1.190",
            "2.24",
            "30/04/2023",
            "31/09/2023",
            "2021",
            "2020/22",
            "%",
            "€",
            "gg.",
            "g.",
            "h",
            "'",
            '"',
            "/",
            "-",
            "+",
            ";",
            ",",
            "(",
            ")",
            "su",
            "10",
            "alunni",
            "e",
            "a",
            "da",
            "tra",
            "giugno",
            "sì",
            "no",
            "N.D.",
            "==",
            "anno",
            "36h",
            "30",
            "nessuno",
            "tremila",
            "1°",
            "primo",
            "semestre",
        ]
    ),
    max_size=8,
).map(" ".join)


@given(SOUP)
def test_any_mixture_of_our_words_is_read_without_raising(text: str) -> None:
    target = read_target(text)
    assert target.text == text
    for part in (target, *target.parts):
        _ = (part.number, part.ratio, part.bounds, part.minutes, comparator_direction(part))


@given(st.integers(0, 10**9), st.sampled_from(["≥", "≤", ">", "<", "almeno", "circa"]))
def test_comparator_and_number(number: int, sign: str) -> None:
    target = read_target(f"{sign} {italian(number)} utenti")
    assert (target.type, target.number, target.unit) == ("number", Decimal(number), "utenti")
    assert target.comparator == {"≥": ">=", "≤": "<=", "almeno": ">="}.get(sign, sign)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_date_round_trip(day: date) -> None:
    assert read_date(day.strftime("%d/%m/%Y")) == day
    assert read_target(day.strftime("%d.%m.%Y")).day == day


def test_dates_that_do_not_exist() -> None:
    assert read_date("31/09/2023") is None
    assert read_date("30 aprile") is None
    assert read_date("1° giugno 2022") == date(2022, 6, 1)
    assert read_month("novembre") == (None, 11)
    assert read_month("giugno 2020") == (2020, 6)
    assert read_month("giovedì") is None


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("due", 2),
        ("ventuno", 21),
        ("ventotto", 28),
        ("ventitré", 23),
        ("centoventi", 120),
        ("tremila", 3000),
        ("millecinquecento", 1500),
        ("duemilaventidue", 2022),
        ("mila", None),
        ("casa", None),
        ("seicento", 600),
    ],
)
def test_numbers_in_letters(word: str, number: int | None) -> None:
    assert read_word_number(word) == number


@pytest.mark.parametrize("text", ["0", "0%", "no", "1", "Nuovo"])
def test_zero_and_words_are_values(text: str) -> None:
    assert not is_unset(text)


@pytest.mark.parametrize(
    ("name", "target", "way"),
    [
        ("Tempo medio di rilascio (giorni)", None, "lower"),
        ("N. reclami", None, "lower"),
        ("Giorni di ritardo", "5", "lower"),
        ("Grado di soddisfazione", "8", "higher"),
        ("N. partecipanti", "≥ 3", "higher"),
        ("Popolazione", None, None),
        ("Tempo medio", ">= 3", "higher"),
        ("Tasso di assenteismo", "3%", "lower"),
        ("Accessi", "< 5", "lower"),
        (None, None, None),
        ("Riduzione dei tempi di attesa (%)", "10%", "higher"),
        ("Attuazione", "entro 2020", None),
    ],
)
def test_polarity(name: str | None, target: str | None, way: str | None) -> None:
    assert polarity_of(name, target) == way
