"""What the rules on targets share: which of two values asks for more, and the last value known before a target."""

from __future__ import annotations

from collections.abc import Iterator

from cards.model import Card, Indicator
from cards.quantities import Target
from scoring.achievement import comparable, paired
from scoring.polarity import Way
from scoring.values import plain, typed, unset, year_of


def demand(one: Target, two: Target, way: Way | None) -> int | None:
    """-1 where ``one`` asks for less than ``two``, 0 for the same, 1 for more; None where they cannot be compared.

    Of a compound the weakest part decides: one part lowered is a lowered target.
    """
    if one.type == "compound" or two.type == "compound":
        if one.type != "compound":
            return None
        signs = [demand(part, other, _way(part, way)) for part, other in _pairs(one, two)]
        known = [sign for sign in signs if sign is not None]
        return min(known) if known else None
    if one.ratio and two.ratio:
        (a, b), (c, d) = one.ratio, two.ratio
        return None if not b or not d else _sign(a / b > c / d, a / b < c / d, way)
    first, second = comparable(one, two)
    if first is None or second is None:
        return None
    return _sign(first > second, first < second, way)


def _pairs(one: Target, two: Target) -> Iterator[tuple[Target, Target]]:
    """The parts that count the same thing, also where one of the lists is shorter or puts the noun first."""
    whole = list(paired(one, two))
    if all(other is not None for _, other in whole):
        yield from ((part, other) for part, other in whole if other is not None)
        return
    words, numbers = plain(two.text).split(), [part for part in (two.parts or (two,)) if part.number is not None]
    nouns = [word for word in words if word.isalpha() and len(word) > 3]
    for part in one.parts:
        noun = plain(part.unit).split()[:1]
        if noun and noun[0] in nouns and nouns.index(noun[0]) < len(numbers) == len(nouns):
            yield part, numbers[nouns.index(noun[0])]


def _way(part: Target, way: Way | None) -> Way | None:
    """A part of a list of counts goes up unless its own comparator says otherwise."""
    if part.comparator in (">=", ">"):
        return "higher"
    return "lower" if part.comparator in ("<=", "<") else way or "higher"


def _sign(above: bool, below: bool, way: Way | None) -> int | None:
    if not above and not below:
        return 0
    if way is None:
        return None
    return (1 if above else -1) if way == "higher" else (-1 if above else 1)


def first_target(card: Card, indicator: Indicator) -> tuple[str | None, str | None]:
    """The target of the card's year, else the earliest one set, with its key."""
    keys = [key for key, value in indicator.targets.items() if not unset(value)]
    own = [key for key in keys if card.year is not None and year_of(key) == card.year]
    dated = sorted(keys, key=lambda key: (year_of(key) or 0, key))
    chosen = own[0] if own else next((key for key in dated if card.year is None or (year_of(key) or 0) >= card.year), None)
    return (chosen, indicator.targets[chosen]) if chosen else (None, None)


def last_known(indicator: Indicator, before: str) -> tuple[str | None, str | None]:
    """The last actual value of a year before the target's, with its key; (None, None) where none was recorded."""
    limit = year_of(before)
    values = {**indicator.history, **indicator.actuals}
    past = [
        (year, key, value)
        for key, value in values.items()
        if (year := year_of(key)) is not None and (limit is None or year < limit) and not unset(value) and typed(value).measurable
    ]
    if not past:
        return None, None
    _, key, value = max(past)
    return key, value
