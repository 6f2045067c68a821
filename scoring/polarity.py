"""Which way is better for an indicator: the comparator says it first, then the profile, then the words of its name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from cards.model import Indicator
from cards.quantities import comparator_direction, polarity_of
from scoring.profiles import Profile
from scoring.values import plain, typed, unset, year_of

_SERVED = re.compile(
    r"\b(?:assistit[ieo]|seguit[ie]|accolt[ie]|fruitor[ie]|access[oi]|accedon\w*|contatt[io]|client[ei]|ospit[ei]|destinatari\w*|"
    r"coinvolt[ie]|aderent[ie]|adesion[ie]|spettator[ie]|lettor[ie]|abbonat[ie]|visualizzazion[ie]|download|presi in carico)\b"
)
Way = Literal["higher", "lower"]


def way_of(indicator: Indicator, profile: Profile, target: str | None = None, strict: bool = False) -> Way | None:
    """ "higher" or "lower" is better, or None where nothing says so: never a guess.

    All the targets of the indicator are asked, not only the one in hand: "10" beside "≥ 12" for the next year rises too.
    ``strict`` leaves out the profile's "if unknown, higher": for findings, which need to know.
    """
    own = _comparator_way(target)
    if own:
        return own
    declared = {way for text in indicator.targets.values() if (way := _comparator_way(text))}
    if len(declared) == 1:
        return declared.pop()
    named = _named(indicator.name or "", profile.achievement.lower_words, profile.achievement.higher_words)
    if named:
        return named
    if _mostly_done(indicator.name or "", target) or _serves_more(indicator):
        return "higher"
    return "higher" if profile.achievement.unset_polarity == "higher" and not strict else None


@lru_cache(maxsize=65536)
def _mostly_done(name: str, target: str | None) -> bool:
    """A share of half or more, or output per head ("n. pratiche / n. addetti"), is work to be done: more is better."""
    reading = typed(target)
    if reading.type == "percent":
        return reading.number is not None and reading.number >= 50
    return reading.type == "ratio" and plain(name).startswith(("n ", "nr ", "numero ")) and "/" in name


def _serves_more(indicator: Indicator) -> bool:
    """People served, counted by targets that rise year after year: the body means to serve more."""
    if not _SERVED.search(plain(indicator.name)):
        return False
    dated = sorted((year_of(key) or 0, key) for key, value in indicator.targets.items() if not unset(value))
    numbers = [typed(indicator.targets[key]).number for _, key in dated]
    values = [value for value in numbers if value is not None]
    return len(values) == len(numbers) > 1 and values == sorted(values) and values[0] < values[-1]


@lru_cache(maxsize=65536)
def _comparator_way(text: str | None) -> Way | None:
    if text is None or unset(text):
        return None
    way = comparator_direction(typed(text))
    return "higher" if way == "higher" else "lower" if way == "lower" else None


@lru_cache(maxsize=65536)
def _named(name: str, lower: tuple[str, ...], higher: tuple[str, ...]) -> Way | None:
    words = f" {plain(name)} "
    if any(f" {plain(word)} " in words for word in lower):
        return "lower"
    if any(f" {plain(word)} " in words for word in higher):
        return "higher"
    if words.startswith(
        (" tempo di ", " tempo medio ", " tempi di ", " tempi medi ", " giorni di attesa ", " giorni di ritardo ")
    ):
        return "lower"
    way = polarity_of(name)
    return "higher" if way == "higher" else "lower" if way == "lower" else None
