"""Weights brought to 100: exact sum, whole stays whole, proportions kept, nothing invented."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards.rebalance import read_weight, read_weights, rebalance, share_out


@pytest.mark.parametrize(("text", "value"), [
    ("15", "15"), ("15%", "15"), ("12,5 %", "12.5"), ("10%*", "10"), ("12.5", "12.5"), ("0", "0"),
])
def test_a_weight_is_read_as_people_write_it(text: str, value: str):
    assert read_weight(text) == Decimal(value)


@pytest.mark.parametrize("text", [None, "", " ", "==", "alto"])
def test_no_number_is_no_weight(text: str | None):
    assert read_weight(text) is None


def test_the_total_says_what_was_left_out():
    read = read_weights(["60", "50%", None, "==", "alto"])
    assert (read.total, read.given, read.unread) == (Decimal(110), 2, (4,))


def test_proportions_are_kept_and_the_largest_remainders_served_first():
    assert rebalance(["60", "50"]) == ["55", "45"]  # 54,54 and 45,45
    assert rebalance(["50%", "30%", "30%"]) == ["46%", "27%", "27%"]  # 45,45 27,27 27,27


def test_equal_weights_differ_by_one_at_most_and_the_first_has_it():
    assert rebalance(["1", "1", "1"]) == ["34", "33", "33"]


def test_decimals_stay_with_those_that_had_them():
    assert rebalance(["33", "33", "33,5"]) == ["33", "33", "34"]
    assert rebalance(["12,5", "12,5", "50"]) == ["17", "17", "66"]  # 16,67 16,67 66,67: the whole one cannot have the rest


def test_zero_stays_zero_a_small_weight_stays_above_it_and_words_stay():
    assert rebalance(["300", "1", "0", "==", "alto"]) == ["99", "1", "0", "==", "alto"]


@pytest.mark.parametrize("texts", [[], [None, ""], ["0", "0"], ["-10", "50"], ["1"] * 101])
def test_what_cannot_be_brought_to_100_is_said_so(texts: list[str | None]):
    assert rebalance(texts) is None


def test_a_column_that_gives_100_is_left_as_it_is():
    assert rebalance(["12,5%", "37,5%", "50%"]) == ["12,5%", "37,5%", "50%"]


WHOLE = st.integers(1, 400).map(Decimal)
FINE = st.integers(1, 40000).map(lambda n: Decimal(n) / 100)


@given(st.lists(st.one_of(WHOLE, FINE), min_size=1, max_size=30))
def test_the_sum_is_exactly_100_and_each_weight_keeps_its_step(weights: list[Decimal]):
    shared = share_out(weights)
    if shared is None:
        return
    assert sum(shared) == 100
    for old, new in zip(weights, shared, strict=True):
        assert new > 0
        if old == old.to_integral_value():
            assert new == new.to_integral_value()


@given(st.lists(WHOLE, min_size=1, max_size=40))
def test_whole_weights_are_always_rescaled_and_each_near_its_share(weights: list[Decimal]):
    shared = share_out(weights)
    assert shared is not None
    assert sum(shared) == 100
    total = sum(weights)
    if all(weight * 100 >= total for weight in weights):
        assert all(abs(new - old * 100 / total) < 1 for old, new in zip(weights, shared, strict=True))
