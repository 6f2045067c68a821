"""A card as the plan has it: what it expects, without what came of it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cards.model import Card, Indicator, Item
from scoring.results import neutralised, reinstate


def as_planned(card: Card) -> Card:
    """The card without its results: values reached in its year, interim figures, achievements, outcomes. Values of the years
    before it stay, they say where one starts from; an indicator taken out of the calculation has its weight again.

    >>> card = Card(year=2027, indicators=(Indicator(name="Giorni", actuals={"2026": "30", "2027": "25"}, achievement="90%"),))
    >>> as_planned(card).indicators[0].actuals
    {'2026': '30'}
    """
    for index, indicator in enumerate(card.indicators):
        if neutralised(indicator) is not None:
            card = reinstate(card, index)
    return card.replace(
        indicators=tuple(_expected(one, card.year) for one in card.indicators),
        items=tuple(_without_outcomes(one) for one in card.items), outcomes=(),
        totals=card.totals.replace(interim=None, final=None, narrative=None),
    )  # fmt: skip


def has_results(cards: Sequence[Card]) -> bool:
    """Whether some card has results that a plan does not print."""
    return any(as_planned(card) != card for card in cards)


def _expected(indicator: Indicator, year: int | None) -> Indicator:
    return indicator.replace(actuals=_before(indicator.actuals, year), interim=_before(indicator.interim, year), deviation=None,
                             achievement=None)


def _before(values: Mapping[str, str], year: int | None) -> dict[str, str]:
    """The values of the years before ``year``."""
    last = {period: max(map(int, re.findall(r"\d{4}", period)), default=0) for period in values}
    return {period: value for period, value in values.items() if year is not None and 0 < last[period] < year}


def _without_outcomes(item: Item) -> Item:
    return item.replace(outcomes=())
