"""A plan beside the one of the year before: objectives kept, new and gone; the targets of the indicators that are in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cards.model import GONE, Card
from cards.quantities import polarity_of
from scoring.facts import live_indicators
from scoring.values import own_target, plain, typed


@dataclass(frozen=True)
class Change:
    """An indicator that is in both plans, with its targets; ``way`` is "better", "same", "weaker" or "unknown"."""

    card: str
    indicator: str
    before: str
    now: str
    way: str


@dataclass(frozen=True)
class Comparison:
    """This plan beside the one of the year before: objectives kept, new and gone (titles), indicators of both."""

    year: int
    kept: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]

    def count(self, way: str) -> int:
        """How many indicators changed that way."""
        return sum(change.way == way for change in self.changes)


def compare(cards: Sequence[Card], previous: Sequence[Card]) -> Comparison:
    """Objectives by code or title, indicators by name within the same objective, or anywhere where the name is only one's."""
    old, now = ([card for card in some if card.status not in GONE] for some in (previous, cards))
    by_key = {key: card for card in reversed(old) for key in _keys(card)}
    pairs = [(card, next((by_key[key] for key in _keys(card) if key in by_key), None)) for card in now]
    matched = {id(before) for _, before in pairs if before is not None}
    changes = [change for card, before in pairs if before is not None for change in _changes(card, before)]
    return Comparison(
        max((card.year for card in old if card.year), default=0),
        tuple(card.title or "Senza titolo" for card, before in pairs if before is not None),
        tuple(card.title or "Senza titolo" for card, before in pairs if before is None),
        tuple(card.title or "Senza titolo" for card in old if id(card) not in matched),
        tuple(changes),
    )


def _keys(card: Card) -> list[str]:
    """What an objective is known by from one year to the next."""
    return [key for key in (plain(card.title), f"code {plain(card.code)}" if card.code else "") if key]


def _changes(card: Card, before: Card) -> Iterator[Change]:
    old = {plain(indicator.name): indicator for indicator in before.indicators}
    for _, indicator in live_indicators(card):
        past = old.get(plain(indicator.name))
        if past is None or not plain(indicator.name):
            continue
        then, now = own_target(before, past)[1], own_target(card, indicator)[1]
        if then and now:
            yield Change(card.title or "", indicator.name or "", then, now, _way(indicator.name or "", then, now))


def _way(name: str, before: str, now: str) -> str:
    one, two = typed(before), typed(now)
    if plain(before) == plain(now):
        return "same"
    if one.number is None or two.number is None or one.type != two.type or one.unit != two.unit:
        return "unknown"
    if one.number == two.number:
        return "same"
    better = polarity_of(name, two)
    if better is None:
        return "unknown"
    return "better" if (two.number > one.number) == (better == "higher") else "weaker"
