"""Our library of objective patterns: one file a theme in ``templates/``, with the norm behind each value it states.

A pattern states only what a norm fixes or what holds by construction; it never carries a body's figures.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, Field

from cards.model import IndicatorKind
from prompts.words import stems


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PatternPhase(_Strict):
    """A phase and its share of the work (any scale)."""

    text: str
    share: int = Field(gt=0)


class PatternIndicator(_Strict):
    """An indicator whose target a norm fixes (``basis``) or that is measurable by construction."""

    name: str
    kind: IndicatorKind
    formula: str
    unit: str
    target: str
    basis: str
    purpose: str | None = None
    note: str | None = None
    years: tuple[int, int] = (1990, 2100)


class Budget(_Strict):
    """The mission/programme pair where the theme usually stands (D.Lgs. 118/2011)."""

    mission: str
    mission_name: str
    programme: str
    programme_name: str


class Pattern(_Strict):
    """A theme: the words that recognise it, purpose, phases, indicators. Each of ``match`` is a set of words, all needed."""

    key: str
    theme: str
    match: tuple[str, ...]
    purpose: str
    basis: tuple[str, ...] = ()
    budget: Budget | None = None
    phases: tuple[PatternPhase, ...] = Field(min_length=3)
    indicators: tuple[PatternIndicator, ...] = ()
    years: tuple[int, int] = (1990, 2100)


@lru_cache(maxsize=1)
def patterns() -> tuple[Pattern, ...]:
    """All patterns, by key; "generico" is the one without a theme."""
    folder = resources.files("prompts") / "templates"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".yaml")), key=lambda f: f.name)
    return tuple(Pattern.model_validate(yaml.safe_load(f.read_text("utf-8"))) for f in files)


def pattern(key: str) -> Pattern:
    """A pattern by its key; an unknown one is a ``KeyError``."""
    return next((p for p in patterns() if p.key == key), None) or _unknown(key)


def _unknown(key: str) -> Pattern:
    raise KeyError(key)


def find_pattern(title: str, year: int) -> Pattern | None:
    """The pattern whose words all stand in the title, the most specific one; None where no theme fits.

    >>> find_pattern("Riduzione dei tempi di pagamento", 2026).key
    'tempi-pagamento'
    """
    words = stems(title)
    best: tuple[int, Pattern] | None = None
    for candidate in patterns():
        if not candidate.years[0] <= year <= candidate.years[1]:
            continue
        for wanted in candidate.match:
            needed = stems(wanted)
            if needed and needed <= words and (best is None or len(needed) > best[0]):
                best = (len(needed), candidate)
    return best[1] if best else None
