"""TGT005: no baseline and no history (three years where possible), and no reason given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card, Indicator
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import COMPARABLE, CYCLE
from scoring.values import own_target, plain, short, typed, unset

_NEW = re.compile(r"\bnuov[oaie]\b|prima rilevazione|primo anno|non rilevat|sperimental|da rilevare|da 20\d\d", re.IGNORECASE)


def check(facts: Facts) -> Iterator[Hit]:
    """Where the layout has a place for past values, each indicator left without; elsewhere, in a plan, one hit on each card
    where not one indicator has a starting point."""
    if any(_has_columns(indicator) for card in facts.cards for indicator in card.indicators):
        for card in facts.cards:
            for i, indicator in live_indicators(card):
                if _has_columns(indicator) and not _known(indicator, facts) and not _excused(card, indicator):
                    yield hit(
                        f"indicators[{i}].history",
                        card=card,
                        found="nessun valore passato",
                        expected="tre anni, o il motivo",
                        name=short(indicator.name),
                    )
    elif not facts.is_report:
        for card in facts.of_kind("objective", "service"):
            numeric = [
                indicator for _, indicator in live_indicators(card) if typed(own_target(card, indicator)[1]).number is not None
            ]
            if numeric and not any(_known(indicator, facts) or _excused(card, indicator) for indicator in numeric):
                yield hit(
                    "indicators",
                    card=card,
                    level=Level.ADVICE,
                    variant="card",
                    found="nessun valore di partenza",
                    expected="almeno il valore dell'anno prima",
                    count=len(numeric),
                )


def _has_columns(indicator: Indicator) -> bool:
    return bool(indicator.history or indicator.baseline is not None)


def _known(indicator: Indicator, facts: Facts) -> bool:
    values = [*indicator.history.values(), *indicator.actuals.values(), *indicator.interim.values(), indicator.baseline or ""]
    if any(not unset(value) for value in values):
        return True
    return bool(facts.evidence.series.get(plain(indicator.name)))


def _excused(card: Card, indicator: Indicator) -> bool:
    """A new indicator, or one that the requests of the card add."""
    if any(text and _NEW.search(text) for text in (indicator.note, indicator.name, indicator.baseline)):
        return True
    target = typed(own_target(card, indicator)[1])
    return target.type in ("boolean", "date", "unset", "text")


RULE = Rule(
    code="TGT005",
    level=Level.WARNING,
    document=check,
    title="Indicatore senza valore di partenza",
    message="«{name}» non ha valori passati né una base, e nessuna nota dice perché.",
    variants={"card": "Nessun indicatore numerico ha un valore di partenza (0 su {count})."},
    why="Un valore atteso si giudica dal punto di partenza: la legge chiede il confronto, ove possibile, con almeno tre anni.",
    fix="Indica i valori degli ultimi tre anni o, se non esistono, scrivi che la rilevazione è nuova e come si farà.",
    basis=(COMPARABLE, CYCLE),
)
