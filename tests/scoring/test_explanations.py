"""A declared total made by another method is contradicted, and the method is named. The figures are made here, by fractions."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pytest

from cards.model import Card, DeclaredTotal, Document, Indicator, Item, Outcome, Reading, Totals
from cards.quantities import italian
from scoring.check import check
from scoring.profiles import Profile, load_profile
from scoring.registry import rule
from scoring.score import score

WEIGHTS = (37, 29, 34)
PAIRS = ((90, 113), (51, 61), (131, 120))  # actual, target: the third is above its target
RATIOS = [Fraction(actual, target) * 100 for actual, target in PAIRS]
CAPPED = [min(ratio, Fraction(100)) for ratio in RATIOS]


def weighted(values: Sequence[Fraction | int], weights: Sequence[int] = WEIGHTS) -> Fraction:
    return sum((Fraction(v) * w for v, w in zip(values, weights, strict=True)), Fraction(0)) / sum(weights)


def half_up(value: Fraction, places: int = 2) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def cut(value: Fraction, places: int = 2) -> Decimal:
    return Decimal(int(value * 10**places)) / 10**places


def objective(declared: Decimal | None, name: str = "Aprire gli sportelli", **card: Any) -> Card:
    indicators = [
        Indicator(name=f"Pratiche {i}", targets={"2024": f"≥ {target}"}, actuals={"2024": str(actual)}, weight=str(weight))
        for i, ((actual, target), weight) in enumerate(zip(PAIRS, WEIGHTS, strict=True))
    ]
    outcomes = () if declared is None else (Outcome(at="2024-12-31", percent=f"{italian(declared)}%"),)
    return Card(**{"year": 2024, "title": name, "indicators": tuple(indicators), "outcomes": outcomes, **card})


def message(reading: Reading, code: str = "RIS003", profile: Profile | None = None) -> str:
    report = check(reading, profile or load_profile("neutro"), rules=[rule(code)])
    assert len(report.findings) == 1, [finding.message for finding in report.findings]
    return report.findings[0].message


def report(*cards: Card, **rest: Any) -> Reading:
    return Reading(document=Document(name="x", year=2024, document_type="relazione_performance"), cards=cards, **rest)


OBJECTIVE: list[tuple[str, Decimal, str]] = [
    (
        "rounded to units first",
        half_up(weighted([int(half_up(v, 0)) for v in CAPPED])),
        "arrotondando prima i singoli risultati a 0",
    ),
    ("rounded to a decimal first", half_up(weighted([Fraction(half_up(v, 1)) for v in CAPPED])), "risultati a 1 decimale"),
    ("no cap", half_up(weighted(RATIOS)), "senza il limite di 100"),
    ("simple mean", half_up(weighted(CAPPED, (1, 1, 1))), "media semplice"),
    ("on or off", half_up(weighted([0, 0, 100])), "100 se raggiunto e 0 se no"),
    ("one counted 100", half_up(weighted([100, CAPPED[1], 100])), "«Pratiche 0» conta 100"),
    ("one counted 0", half_up(weighted([CAPPED[0], 0, 100])), "«Pratiche 1» conta 0"),
    ("one left out", half_up(weighted(CAPPED[1:], WEIGHTS[1:])), "senza «Pratiche 0»"),
    ("weights exchanged", half_up(weighted(CAPPED, (29, 37, 34))), "scambiando i pesi di «Pratiche 0» e «Pratiche 1»"),
    ("comma moved", half_up(weighted(CAPPED) / 10), "virgola spostata di un posto"),
    ("a share of one", half_up(weighted(CAPPED) / 100, 4), "virgola spostata di due posti"),
]


@pytest.mark.parametrize(("how", "declared", "words"), OBJECTIVE, ids=[row[0] for row in OBJECTIVE])
def test_an_objective_by_another_method(how: str, declared: Decimal, words: str) -> None:
    assert declared != half_up(weighted(CAPPED))
    one = report(objective(declared))
    assert words in message(one)
    assert words in (score(one, load_profile("neutro")).objectives[0].note or "")


def test_decimals_cut_and_not_rounded() -> None:
    exact = Fraction(98, 113) * 100
    one = objective(cut(exact))
    row = one.indicators[0].replace(targets={"2024": "≥ 113"}, actuals={"2024": "98"}, weight="100")
    assert half_up(exact) != cut(exact)
    assert "troncando" in message(report(one.replace(indicators=(row,))))


def test_two_digits_exchanged() -> None:
    right = f"{half_up(weighted(CAPPED)):f}"
    assert right[0] != right[1]
    assert "scambiando due cifre" in message(report(objective(Decimal(right[1] + right[0] + right[2:]))))


def test_the_right_figure_is_not_contradicted() -> None:
    assert not check(report(objective(half_up(weighted(CAPPED)))), load_profile("neutro"), rules=[rule("RIS003")]).findings


ROWS = (("A1", "31%", "96,4%"), ("A2", "24%", "88,3%"), ("A3", "27%", "71,9%"), ("A4", "18%", "100%"))
FINALS = [Fraction("96.4"), Fraction("88.3"), Fraction("71.9"), Fraction(100)]
SHARES = (31, 24, 27, 18)


def unit(
    declared: Decimal, *more: Item, name: str = "Settore A", rows: Sequence[tuple[str, str, str]] = ROWS, **totals: str
) -> Card:
    items = tuple(
        Item(code=code, title=f"Obiettivo {code}", weight=share, outcomes=_outcomes(code, value)) for code, share, value in rows
    )
    return Card(
        kind="unit_summary", unit=name, year=2024, items=items + more, totals=Totals(final=f"{italian(declared)}%", **totals)
    )


def _outcomes(code: str, final: str) -> tuple[Outcome, ...]:
    return (Outcome(at="2024-07-31", percent=f"{40 + int(code[1:]) * 7},5%"), Outcome(at="2024-12-31", percent=final))


LEFT_OUT = Item(code="A5", title="Obiettivo A5", weight="*", outcomes=_outcomes("A5", "50%"))
REPLACED = Item(code="A6", title="Obiettivo A6", weight="10%", outcomes=(Outcome(label="Sostituito", percent="60%"),))
UNIT: list[tuple[str, Card, str]] = [
    ("no weights", unit(half_up(weighted(FINALS, (1, 1, 1, 1)))), "media semplice, senza i pesi"),
    (
        "interim outcomes",
        unit(half_up(weighted([Fraction(f"{40 + k * 7}.5") for k in (1, 2, 3, 4)], SHARES))),
        "verifica intermedia",
    ),
    ("a replaced objective counted", unit(half_up(weighted([*FINALS, 60], (*SHARES, 10))), REPLACED), "anche le voci escluse"),
    (
        "divided by the excluded weights too",
        unit(half_up(weighted([*FINALS, 0], (*SHARES, 10))), REPLACED),
        "somma di tutti i pesi, anche delle voci escluse",
    ),
    (
        "weights not brought to 100",
        unit(half_up(sum((v * w for v, w in zip(FINALS[:3], SHARES[:3], strict=True)), Fraction(0)) / 100), rows=ROWS[:3]),
        "pesi non vengono riportati a 100",
    ),
    ("two objectives left out", unit(half_up(weighted(FINALS[:2], SHARES[:2]))), "senza «A3» e «A4»"),
]


@pytest.mark.parametrize(("how", "card", "words"), UNIT, ids=[row[0] for row in UNIT])
def test_a_unit_by_another_method(how: str, card: Card, words: str) -> None:
    assert words in message(report(card))


def test_the_total_of_another_unit() -> None:
    others = (("B1", "45%", "63,2%"), ("B2", "55%", "91,7%"))
    other = half_up(weighted([Fraction("63.2"), Fraction("91.7")], (45, 55)))
    cards = unit(other), unit(other, name="Settore B", rows=others)
    assert "è il totale di «Settore B»" in message(report(*cards))


def test_a_row_paid_by_another_incentive_is_left_out() -> None:
    one = report(unit(half_up(weighted(FINALS, SHARES)), LEFT_OUT))
    assert not check(one, load_profile("neutro"), rules=[rule("RIS003")]).findings


def line(declared: Decimal) -> Reading:
    cards = [objective(None, "Primo", strategic_line="Linea"), objective(None, "Secondo", strategic_line="Linea")]
    second = cards[1].replace(
        indicators=(Indicator(name="Visite", targets={"2024": "≥ 73"}, actuals={"2024": "41"}, weight="100"),)
    )
    total = DeclaredTotal(kind="strategic_line", name="Linea", value=f"{italian(declared)}%")
    return report(cards[0], second, declared=(total,))


FIRST, SECOND = weighted(CAPPED), Fraction(41, 73) * 100
LINE = [
    ("no cap", half_up((weighted(RATIOS) + SECOND) / 2), "senza il limite di 100"),
    ("all indicators together", half_up(sum([*CAPPED, SECOND], Fraction(0)) / 4), "senza passare dagli obiettivi"),
    ("objectives rounded", half_up((Fraction(half_up(FIRST, 0)) + Fraction(half_up(SECOND, 0))) / 2), "arrotondando prima"),
    ("objectives by simple mean", half_up((weighted(CAPPED, (1, 1, 1)) + SECOND) / 2), "media semplice degli indicatori"),
]


@pytest.mark.parametrize(("how", "declared", "words"), LINE, ids=[row[0] for row in LINE])
def test_a_line_by_another_method(how: str, declared: Decimal, words: str) -> None:
    assert declared != half_up((FIRST + SECOND) / 2)
    assert words in message(line(declared))


def indicator(achievement: str, target: str = "≥ 113", actual: str = "97", **rest: Any) -> Reading:
    row = Indicator(
        name="Pratiche evase", targets={"2024": target, "2025": "≥ 120"}, actuals={"2024": actual}, achievement=achievement
    )
    return report(Card(year=2024, title="Sportello", indicators=(row.replace(**rest),)))


INDICATOR = [
    ("cut", indicator("86,72", actual="98"), "troncando"),
    ("next year's target", indicator(italian(half_up(Fraction(97, 120) * 100))), "valore atteso di 2025"),
    ("the result itself", indicator("97"), "risultato stesso"),
    ("no cap", indicator(italian(half_up(Fraction(131, 113) * 100)), actual="131"), "senza il limite di 100"),
    ("the other way round", indicator(italian(half_up(Fraction(97, 113) * 100)), target="≤ 97", actual="113"), ""),
    ("last year's result", indicator(italian(half_up(Fraction(88, 113) * 100)), history={"2023": "88"}), "valore di 2023"),
    (
        "linear",
        indicator(italian(half_up((2 - Fraction(113, 97)) * 100)), target="≤ 97", actual="113"),
        "2 meno risultato su atteso",
    ),
]


@pytest.mark.parametrize(("how", "one", "words"), INDICATOR, ids=[row[0] for row in INDICATOR])
def test_an_indicator_by_another_method(how: str, one: Reading, words: str) -> None:
    found = check(one, load_profile("neutro"), rules=[rule("RIS001")]).findings
    assert [words in finding.message for finding in found] == ([True] if words else [])
