"""Figures of the indicators in a result: targets and results as written, and the limits a question may set on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cards.model import Indicator
from cards.quantities import is_unset, read_number
from prompts.answering_words import Relevance
from store.lexical_tokens import fold, terms
from store.search_values import Hit

FEW = 3  # years that are all said
_MORE = r"(?:super\w+|almeno|oltre|piu d[ei]l?|sopra|maggior\w*(?: d[ei]l?)?|piu alt\w+ d[ei]l?)"
_LESS = r"(?:meno d[ei]l?|sotto|inferior\w*(?: a[il]?)?|al massimo|non oltre|minor\w*(?: d[ei]l?)?|piu bass\w+ d[ei]l?)"
_UNITS = {"%": "%", "percento": "%", "per cento": "%", "giorni": "giorni", "gg": "giorni", "minuti": "min", "euro": "€", "€": "€"}
_LIMIT = re.compile(rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\s*(?:l'|lo|la|il|i|gli)?\s*(?P<number>\d+(?:[.,]\d+)*)\s?"
                    rf"(?P<unit>{'|'.join(_UNITS)})?(?!\w)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that results are asked to exceed (``above``) or to stay under, in a unit (None for a count).

    ``words`` are for the answer, ``found`` the question's own (folded).
    """

    number: Decimal
    unit: str | None
    above: bool
    words: str
    found: str


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's values in a card: ``targets`` and ``actuals`` by year, all as written."""

    name: str
    targets: tuple[tuple[str, str], ...]
    actuals: tuple[tuple[str, str], ...]
    interim: tuple[tuple[str, str], ...] = ()
    history: tuple[tuple[str, str], ...] = ()
    baseline: str | None = None
    achievement: str | None = None

    def sentence(self, year: int | None = None) -> str:
        """"Campagne informative: atteso 4, raggiunto 4, raggiungimento 100"; of many years those near ``year``."""
        said = [*_said("atteso", self.targets, year), *_said("raggiunto", self.actuals, year)]
        if not self.actuals:
            said += _said("a metà anno", self.interim, year)
        said += _said("negli anni", self.history, None)
        if self.baseline and not is_unset(self.baseline):
            said.append(f"valore di partenza {self.baseline}")
        if self.achievement and not is_unset(self.achievement):
            said.append(f"raggiungimento {self.achievement}")
        return f"{self.name}: {', '.join(said) or 'senza valori'}"

    @property
    def empty(self) -> bool:
        """Whether it has no value at all."""
        return not (self.targets or self.actuals or self.interim or self.history or self.achievement)


def _said(word: str, values: tuple[tuple[str, str], ...], year: int | None) -> list[str]:
    set_ = [(period, value) for period, value in values if not is_unset(value)]
    if year is not None and len(set_) > FEW:
        near = [pair for pair in set_ if pair[0][:4] in (str(year), str(year + 1))]
        set_ = [*near, set_[-1]] if near and set_[-1] not in near else near or set_
    if not set_:
        return []
    return [f"{word} " + "; ".join(f"{value} ({period})" for period, value in set_)]


def figures(hit: Hit, relevance: Relevance) -> list[Figure]:
    """The indicators that the result shows, the ones that speak of what is asked first; empty without a card."""
    if hit.card is None:
        return []
    shown, found = set(terms(hit.text)), set(terms(hit.found))
    worth = []
    for number, indicator in enumerate(hit.card.indicators):
        name = set(terms(indicator.name or ""))
        if name and (len(hit.card.indicators) == 1 or len(name & shown) >= 0.8 * len(name)):
            here = len(name & found) >= 0.8 * len(name)
            worth.append((-(relevance.of(indicator.name or "") + (0.6 if here else 0.0)), number, indicator))
    return [_figure(indicator) for _, _, indicator in sorted(worth, key=lambda w: w[:2])]


def _figure(indicator: Indicator) -> Figure:
    def by_year(values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(values.items()))

    return Figure(
        indicator.name or "", by_year(indicator.targets), by_year(indicator.actuals), by_year(indicator.interim),
        by_year(indicator.history), indicator.baseline, indicator.achievement,
    )


def limit_asked(question: str) -> Limit | None:
    """The number a question compares results with ("chi ha superato l'80 %", "sotto i 30 giorni"), None when it sets none."""
    match = _LIMIT.search(fold(question))
    number = read_number(match["number"]) if match else None
    if match is None or number is None or (not match["unit"] and 1900 <= number <= 2100):  # a year is no limit
        return None
    unit = _UNITS.get(match["unit"] or "")
    said = f"{match['number']} {match['unit']}" if match["unit"] else match["number"]
    return Limit(number, unit, match["more"] is not None, f"{'oltre' if match['more'] else 'sotto'} {said}", match[0])
