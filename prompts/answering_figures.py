"""Figures of the indicators in a result: targets and results as written, and the limits a question may set on them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from cards.model import Indicator
from cards.quantities import read_number
from prompts.answering_words import Relevance
from store.lexical_tokens import fold, terms
from store.search_values import Hit

_MORE = r"(?:super\w+|almeno|oltre|piu d[ei]l?|sopra|maggior\w*(?: del?)?|piu alt\w+ del?)"
_LESS = r"(?:meno d[ei]l?|sotto|inferior\w*(?: al?)?|al massimo|non oltre|minor\w*(?: del?)?)"
_LIMIT = re.compile(rf"\b(?:(?P<less>{_LESS})|(?P<more>{_MORE}))\s*(?:l'|lo|la|il|i)?\s*(?P<number>\d+(?:[.,]\d+)?)\s?%")


@dataclass(frozen=True, slots=True)
class Limit:
    """A percentage that results are asked to exceed (``above``) or to stay under; ``words`` as the person said it."""

    percent: Decimal
    above: bool
    words: str


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

    def sentence(self) -> str:
        """"Campagne informative: atteso 4, raggiunto 4, raggiungimento 100"."""
        said = [*_said("atteso", self.targets), *_said("raggiunto", self.actuals)]
        if not self.actuals:
            said += _said("a metà anno", self.interim)
        said += _said("negli anni", self.history)
        if self.baseline:
            said.append(f"valore di partenza {self.baseline}")
        if self.achievement:
            said.append(f"raggiungimento {self.achievement}")
        return f"{self.name}: {', '.join(said) or 'senza valori'}"


def _said(word: str, values: tuple[tuple[str, str], ...]) -> list[str]:
    if not values:
        return []
    if len(values) == 1:
        year, value = values[0]
        return [f"{word} {value} ({year})"]
    return [f"{word} " + "; ".join(f"{value} ({year})" for year, value in values)]


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
    """The percentage a question compares results with ("chi ha superato l'80 %"), None when it sets none."""
    match = _LIMIT.search(fold(question))
    if not match:
        return None
    percent = Decimal(match["number"].replace(",", "."))
    return Limit(percent, match["more"] is not None, f"{'oltre' if match['more'] else 'sotto'} il {match['number']} %")


def fits(figure: Figure, limit: Limit) -> bool:
    """Whether the last result (else the degree of achievement) is beyond the limit; what is not a percentage is left out."""
    written = figure.actuals[-1][1] if figure.actuals and "%" in figure.actuals[-1][1] else figure.achievement
    value = read_number(written) if written else None
    return value is not None and (value > limit.percent if limit.above else value < limit.percent)
