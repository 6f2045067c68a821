"""Limits and terms by year: each with a source, none overlapping another, and the one of the right year is taken."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from scoring.parameters import amount, parameter, parameters, plan_term, report_term


def test_each_has_a_source_and_no_two_overlap() -> None:
    assert all(one.source and one.verified in ("S", "S2", "M") for one in parameters())
    for one, two in pairwise(parameters()):
        if one.name == two.name:
            assert one.valid.end is not None
            assert two.valid.start is not None
            assert one.valid.end < two.valid.start


def test_the_year_decides() -> None:
    assert [amount("training_hours", year, 0) for year in (2023, 2024, 2025, 2030)] == [24, 24, 40, 40]
    assert parameter("payment_share", 2022) is None
    assert parameter("payment_share", 2023) is not None
    assert parameter("staff_threshold", 2021) is None


def test_terms() -> None:
    assert report_term(2020) == date(2021, 6, 30)
    assert plan_term(2024) == (date(2024, 4, 14), True)
    assert plan_term(2031) == (date(2031, 1, 31), False)
