"""From target and actual to a percentage: the cases of the common methods, and the ones that must stay uncomputed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.achievement import achieve
from scoring.nearest import nearest
from scoring.polarity import Way
from scoring.profiles import load_profile, make_profile
from scoring.rollup import Part, mean

NEUTRAL = load_profile("neutro")


@pytest.mark.parametrize(
    ("target", "actual", "way", "value"),
    [
        ("≥ 100", "80", "higher", "80"),
        ("100", "130", "higher", "100"),
        ("≤ 10", "20", "lower", "50"),
        ("≤ 10", "0", "lower", "100"),
        ("0", "3", "lower", "0"),
        ("0", "0", "lower", "100"),
        ("0", "5", "higher", "100"),
        ("Sì", "SI", None, "100"),
        ("Sì", "No", None, "0"),
        ("30/04/2023", "28/04/2023", None, "100"),
        ("30/04/2023", "02/05/2023", None, "0"),
        ("100", "100", None, "100"),
        ("30.000/8", "15.000/8", "higher", "50"),
        ("≥ 70% consigli / ≥ 10 nuovi progetti", "70% consigli / 5 nuovi progetti", "higher", "75"),
        ("50 (+/- 30%)", "40", None, "100"),
        ("< 8'", "06' 29\"", "lower", "100"),
        ("entro il 30/06", "15/06", None, "100"),  # beside a date a day and a month are no ratio
        ("entro il 30/06", "15/07", None, "0"),
        ("entro dicembre", "15/11", None, "100"),
        ("Sì, entro il 30/06/2025", "SI", None, "100"),
        ("Sì, entro il 30/06/2025", "10/07/2025", None, "0"),
        ("≤ 20%", "1", "lower", None),  # one per cent, or the whole?
        ("≥ 90%", "0,9", "higher", None),
        ("0,9", "90%", "higher", None),
        ("≤ 2%", "0,5", "lower", "100"),
    ],
)
def test_values(target: str, actual: str, way: Way | None, value: str | None) -> None:
    result = achieve(target, actual, NEUTRAL, way, year=2025)
    assert result.value == (None if value is None else Decimal(value))
    assert (result.why is None) == (value is not None)


@pytest.mark.parametrize(
    ("target", "actual", "way"),
    [
        ("≥ 10", "", "higher"),
        ("", "10", "higher"),
        ("10", "8", None),
        ("80%", "12.000,00 €", "higher"),
        ("Come da piano", "Come da piano", None),
        ("±3%", "2", None),
        ("≥ 3 corsi; ≥ 40 iscritti", "3 corsi", "higher"),
    ],
)
def test_what_cannot_be_computed_says_why(target: str, actual: str, way: Way | None) -> None:
    result = achieve(target, actual, NEUTRAL, way)
    assert result.value is None
    assert result.why


def test_the_ratio_is_not_rounded() -> None:
    value = achieve("3", "2", NEUTRAL, "higher").value
    assert value is not None
    assert str(value).startswith("66.6666666666666666666666666666")


def test_a_late_date_loses_points_by_the_day() -> None:
    profile = make_profile({"title": "x", "source": "x", "achievement": {"late_per_day": 2}}, "x", "x.toml")
    assert achieve("30/04/2023", "05/05/2023", profile, None).value == Decimal(90)


def test_the_baseline_variant() -> None:
    profile = make_profile({"title": "x", "source": "x", "achievement": {"higher": "baseline"}}, "x", "x.toml")
    assert achieve("100", "75", profile, "higher", "50").value == Decimal(50)


@pytest.mark.parametrize(
    ("target", "actual", "baseline", "way", "value"),
    [
        ("-5", "-8", "-10", "higher", "40"),  # two of the five points to make up
        ("-10", "-4", "5", "lower", "60"),
        ("100", "110", "120", "higher", "100"),  # the target asks for less than there was: met is met
        ("100", "90", "120", "higher", "0"),
    ],
)
def test_the_baseline_variant_below_zero_and_backwards(target: str, actual: str, baseline: str, way: Way, value: str) -> None:
    rules = {"higher": "baseline", "lower": "baseline"}
    profile = make_profile({"title": "x", "source": "x", "achievement": rules}, "x", "x.toml")
    assert achieve(target, actual, profile, way, baseline).value == Decimal(value)


def test_without_a_cap_the_linear_formula_grows_down_to_a_result_of_zero() -> None:
    rules = {"lower": "linear", "cap": "nessuno"}
    profile = make_profile({"title": "x", "source": "x", "achievement": rules}, "x", "x.toml")
    assert [achieve("10", actual, profile, "lower").value for actual in ("10", "5", "0")] == [100, 150, 200]


def test_a_day_that_no_calendar_has_is_a_doubt_and_not_a_failure() -> None:
    result = achieve("31/06/2025", "28/06/2025", NEUTRAL, None)
    assert result.value is None
    assert result.why


def test_a_neutralised_part_hands_its_weight_to_the_others() -> None:
    parts = [
        Part("a", Decimal(0), Decimal(0), False, "neutralizzato"),
        Part("b", Decimal(100), Decimal(37)),
        Part("c", Decimal(100), Decimal(63)),
    ]
    assert mean(parts, True).value == 100


@pytest.mark.parametrize(
    ("declared", "parts", "words"),
    [
        ("66,66", [("a", "66.66666", "100")], "troncando"),
        ("50", [("a", "100", "50"), ("b", None, "50")], "contano 0"),
        ("45", [("a", "50", "50"), ("b", "50", "40")], "non vengono riportati a 100"),
        ("75", [("a", "100", "80"), ("b", "50", "20")], "media semplice"),
        ("100", [("a", "100", "80"), ("b", "50", "20")], "«b» conta 100"),
    ],
)
def test_the_nearest_method_is_named(declared: str, parts: list[tuple[str, str | None, str]], words: str) -> None:
    built = [Part(name, Decimal(value) if value else None, Decimal(weight)) for name, value, weight in parts]
    sentence = nearest(Decimal(declared.replace(",", ".")), built, True)
    assert sentence is not None
    assert words in sentence


@pytest.mark.parametrize(("target", "way"), [("> 5", "higher"), ("superiore a 5", "higher"), ("< 5", "lower")])
def test_a_threshold_to_be_passed_and_only_equalled_is_not_reached(target: str, way: Way) -> None:
    """The expected value is what is asked: "more than 5" is not 5."""
    result = achieve(target, "5", NEUTRAL, way)
    assert result.met is False
    assert result.value == Decimal("99.99")
    assert result.note


def test_the_figure_below_the_whole_follows_the_decimals_that_the_method_prints() -> None:
    profile = make_profile({"title": "x", "source": "x", "rounding": {"achievement": 0}}, "x", "x.toml")
    assert achieve("> 5", "5", profile, "higher").value == Decimal(99)
    assert achieve("≥ 5", "5", profile, "higher").value == Decimal(100)
    assert achieve("> 5", "5,01", profile, "higher") == achieve("≥ 5", "6", profile, "higher")


def test_passing_zero_takes_something() -> None:
    assert achieve("> 0", "0", NEUTRAL, "higher").value == Decimal(0)
    assert achieve("> 0", "1", NEUTRAL, "higher").value == Decimal(100)


def test_a_share_of_the_way_stops_short_too() -> None:
    profile = make_profile({"title": "x", "source": "x", "achievement": {"higher": "baseline"}}, "x", "x.toml")
    assert achieve("> 10", "10", profile, "higher", "4").met is False
    assert achieve("> 10", "10", profile, "higher", "4").value == Decimal(99)
    assert achieve("> 10", "7", profile, "higher", "4").value == Decimal(50)


@pytest.mark.parametrize(
    ("target", "actual", "value", "met"),
    [
        ("≥ 2 ≤ 5", "3", "100", True),
        ("≥ 2 ≤ 5", "5", "100", True),
        ("tra 2 e 5", "5", "100", True),
        ("≥ 2 ≤ 5", "1", "50", False),
        ("tra 2 e 5", "1", "50", False),
        ("≥ 2 ≤ 5", "10", "50", False),
        ("> 2 < 5", "5", "99.99", False),
        ("> 2 < 5", "2", "99.99", False),
        ("≥ 20 e ≤ 30 giorni", "25 gg", "100", True),
        ("tra 1 e 2 ore", "90 minuti", "100", True),
        ("tra 2 e 5", "N.D.", None, None),
        ("tra 2 e 5", "≥ 3", None, None),
        ("tra il 20% e il 30%", "12.000,00 €", None, None),
    ],
)
def test_an_interval_is_reached_within_both_its_ends(target: str, actual: str, value: str | None, met: bool | None) -> None:
    result = achieve(target, actual, NEUTRAL, None)
    assert result.value == (None if value is None else Decimal(value))
    assert result.met is met
    assert (result.why is None) == (value is not None)
