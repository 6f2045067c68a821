"""From the indicator to the body, dates with their lateness, and the state of phases at the dates of review."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cards.model import Card, Document, Indicator, Outcome, Phase, Reading
from scoring.achievement import achieve
from scoring.check import check
from scoring.profiles import Profile, load_profile, make_profile
from scoring.progress import checkpoints, progress
from scoring.registry import rule
from scoring.rollup import objective_total
from scoring.score import score

NEUTRAL = load_profile("neutro")


def with_(**achievement: object) -> Profile:
    return make_profile({"title": "x", "source": "y", "achievement": achievement}, "x", "x")


@pytest.mark.parametrize(
    ("target", "actual", "value"),
    [
        ("entro novembre", "15/11/2024", "100"),
        ("entro novembre", "01/12/2024", "0"),
        ("entro novembre", "15/01/2025", "0"),
        ("entro il 30/9", "30/09/2024", "100"),
        ("30 giugno", "01/07/2024", "0"),
        ("entro giugno 2024", "giugno 2024", "100"),
        ("entro giugno 2024", "luglio 2024", "0"),
        ("entro il 2024", "31/12/2024", "100"),
        ("entro il 31/12/2024", "Sì", "100"),
        ("entro il primo semestre", "20/06/2024", "100"),
    ],
)
def test_a_date_is_met_or_not(target: str, actual: str, value: str) -> None:
    assert achieve(target, actual, NEUTRAL, None, year=2024).value == Decimal(value)


@pytest.mark.parametrize(
    ("target", "actual", "year"),
    [("entro il 15/06/2024", "giugno 2024", 2024), ("entro novembre", "15/11/2024", None), ("entro novembre", "12", 2024)],
)
def test_a_date_that_cannot_be_told(target: str, actual: str, year: int | None) -> None:
    result = achieve(target, actual, NEUTRAL, None, year=year)
    assert result.value is None
    assert result.why


def test_days_late_lose_points() -> None:
    late = with_(late_per_day=Decimal("0.5"))
    assert achieve("30/06/2024", "10/07/2024", late, None).value == Decimal("95.0")
    assert achieve("entro giugno", "31/12/2024", late, None, year=2024).value == Decimal("8.0")
    assert achieve("30/06/2024", "30/06/2025", late, None).value == 0
    assert achieve("30/06/2024", "luglio 2024", late, None).value is None


def test_from_the_baseline() -> None:
    profile = with_(higher="baseline", lower="baseline")
    assert achieve("≥ 80", "70", profile, "higher", "60").value == Decimal(50)
    assert achieve("≤ 20", "25", profile, "lower", "30").value == Decimal(50)
    assert achieve("≥ 60", "60", profile, "higher", "60").value == Decimal(100)
    assert achieve("≥ 80", "50", profile, "higher", "60").value == 0


def test_all_parts_or_their_mean() -> None:
    target, actual = "≥ 10 corsi; ≥ 200 iscritti", "5 corsi; 250 iscritti"
    assert achieve(target, actual, with_(compound="mean"), None).value == Decimal(75)
    assert achieve(target, actual, with_(compound="all"), None).value == 0


def indicator(name: str, target: str, actual: str, weight: str, note: str | None = None) -> Indicator:
    return Indicator(name=name, targets={"2024": target}, actuals={"2024": actual}, weight=weight, note=note)


def test_a_neutralised_indicator_gives_its_weight_to_the_others() -> None:
    rows = (
        indicator("A", "≥ 10", "5", "30"),
        indicator("B", "≥ 10", "10", "20"),
        indicator("C", "≥ 10", "0", "0", "sospeso: DGC 12"),
    )
    card = Card(year=2024, title="Uno", indicators=rows)
    assert objective_total(card, NEUTRAL).value == Decimal(70)
    without = card.replace(indicators=(*rows[:2], rows[2].replace(note=None)))
    one = Reading(document=Document(name="x", year=2024), cards=(without,))
    assert [f.code for f in check(one, NEUTRAL, rules=[rule("PES006")]).findings] == ["PES006"]


def test_unit_line_and_body() -> None:
    """Unrounded inside: thirds come back whole."""
    third = indicator("A", "≥ 3", "1", "100")
    cards = [
        Card(year=2024, title="Uno", unit="Settore A", strategic_line="L1", weight="60%", indicators=(third,)),
        Card(year=2024, title="Due", unit="Settore A", strategic_line="L2", weight="40%", indicators=(third,)),
        Card(
            year=2024, title="Tre", unit="Settore B", strategic_line="L2", weight="100%", indicators=(third.replace(weight="50"),)
        ),
    ]
    report = score(Reading(document=Document(name="x", year=2024, entity="Ente"), cards=tuple(cards)), NEUTRAL)
    found = {(group["kind"], group["name"]): group["computed"] for group in report.to_json()["groups"]}
    assert found == {
        ("strategic_line", "L1"): "33.33",
        ("strategic_line", "L2"): "33.33",
        ("body", "Ente"): "33.33",
        ("unit", "Settore A"): "33.33",
        ("unit", "Settore B"): "33.33",
    }
    assert all(abs(Fraction(group.total.value or 0) - Fraction(100, 3)) < Fraction(1, 10**40) for group in report.groups)


def phase(number: str, weight: str | None, months: dict[str, str], due: dict[str, str], **rest: str) -> Phase:
    return Phase(number=number, text=f"Fase {number}", weight=weight, schedule=months, due=due, **rest)


JULY, DECEMBER = "2024-07-31", "2024-12-31"


def test_progress_at_the_dates_of_review() -> None:
    one = phase("1", "25%", {"2024-03": "50%", "2024-07": "50%"}, {JULY: "100%", DECEMBER: "100%"})
    two = phase("2", "75%", {"2024-06": "20%", "2024-11": "80%"}, {JULY: "30%", DECEMBER: "100%"})
    later = phase("3", "==", {"2025": "100%"}, {})
    card = Card(year=2024, title="Opera", phases=(one, two, later))
    assert checkpoints(card) == (JULY, DECEMBER)
    assert (progress(card, JULY).planned, progress(card, JULY).declared) == (Decimal(40), Decimal("47.5"))
    assert (progress(card, DECEMBER).planned, progress(card, DECEMBER).declared) == (Decimal(100), Decimal(100))
    rows = score(Reading(document=Document(name="x", year=2024), cards=(card,)), NEUTRAL).to_json()["progress"]
    assert [(row["at"], row["planned"], row["declared"]) for row in rows] == [
        (JULY, "40.00", "47.50"),
        (DECEMBER, "100.00", "100.00"),
    ]


def test_phases_without_a_timetable_count_when_they_end() -> None:
    card = Card(
        year=2024,
        title="Opera",
        phases=(
            Phase(number="1", weight="40%", end="30/06"),
            Phase(number="2", weight="60%", end="30/09"),
            Phase(status="eliminated"),
        ),
    )
    assert progress(card, JULY).planned == Decimal(40)
    assert progress(card, DECEMBER).planned == Decimal(100)
    assert progress(card, JULY).declared is None
    assert progress(Card(title="vuota"), JULY).planned is None


def test_an_outcome_is_not_touched_by_a_missing_result() -> None:
    card = Card(year=2024, title="Uno", indicators=(indicator("A", "≥ 3", "", "100"),), outcomes=(Outcome(percent="100%"),))
    assert objective_total(card, NEUTRAL).value is None
    zero = NEUTRAL.model_copy(update={"rollup": NEUTRAL.rollup.model_copy(update={"missing": "zero"})})
    assert objective_total(card, zero).value == 0
