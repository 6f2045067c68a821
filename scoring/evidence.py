"""What the other documents of a body tell about a reading: past values, earlier targets, the versions before, its size. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from cards.model import Card, Indicator, Reading
from scoring.facts import Evidence
from scoring.values import plain, unset, year_of

_DAY = r"al\s+31(?:[/.]12(?:[/.]\d{4})?|\s+dicembre(?:\s+\d{4})?)"
_STAFF = (
    re.compile(
        rf"\b(?:dipendenti|personale)\s+(?:\w+\s+){{0,3}}?(?:in\s+servizio(?:\s+{_DAY})?|{_DAY})"
        r"[^.;\d]{0,25}(?:n\.\s*)?(\d{1,4})\b(?!\s*[/%]|[.,]\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:n\.\s*)?(\d{{1,4}})\s+(?:dipendenti|unità\s+di\s+personale)\s+(?:\w+\s+){{0,3}}?(?:in\s+servizio|{_DAY})",
        re.IGNORECASE,
    ),
)
_YEARS = range(1990, 2100)


def gather(known: Iterable[Card], reading: Reading, today: date | None = None) -> Evidence:
    """The evidence that cards of the same body give about a reading; its own cards, and later years, are left aside.

    ``known`` are cards of one body, of any year. A name that two cards of a document share says nothing: it is left out.
    """
    year = _year(reading)
    others = [card for card in known if not _is_own(card, reading) and (year is None or (card.year or 0) <= year)]
    return Evidence(
        staff=staff_in(reading),
        today=today,
        previous=tuple(card for card in others if _is_version(card, year)),
        series=_series(others),
        targets=_targets(others),
    )


def staff_in(reading: Reading) -> int | None:
    """The employees of the body as the document tells them, once and in figures; None where it does not, or in two ways."""
    found = {int(match[1]) for one in reading.paragraphs for pattern in _STAFF for match in pattern.finditer(one.text)}
    found -= set(_YEARS)
    return found.pop() if len(found) == 1 else None


def _year(reading: Reading) -> int | None:
    return reading.document.year or max((card.year for card in reading.cards if card.year), default=None)


def _is_own(card: Card, reading: Reading) -> bool:
    """A card of the document in hand, or of another copy of it."""
    if card.id is not None and any(card.id == own.id for own in reading.cards):
        return True
    document, source = reading.document, card.source
    return (source.sha256 is not None and source.sha256 == document.sha256) or source.document == document.name


def _is_version(card: Card, year: int | None) -> bool:
    """Last year's card, or this year's as planned: never a report, which comes after."""
    if year is None or card.year not in (year, year - 1):
        return False
    return card.year == year - 1 or not (card.document_type or "").startswith("relazione")


def _named(cards: Sequence[Card]) -> Iterator[tuple[str, Card, Indicator]]:
    """The indicators whose name stands once in its document."""
    seen: dict[tuple[str | None, int | None, str], int] = {}
    rows = [(plain(one.name), card, one) for card in cards for one in card.indicators if len(plain(one.name).split()) > 1]
    for name, card, _ in rows:
        key = (card.source.document, card.year, name)
        seen[key] = seen.get(key, 0) + 1
    return (row for row in rows if seen[row[1].source.document, row[1].year, row[0]] == 1)


def _series(cards: Sequence[Card]) -> dict[str, dict[str, str]]:
    """Actual values by plain name and year; a year told in two ways is left out."""
    values: dict[str, dict[str, set[str]]] = {}
    for name, _, indicator in _named(cards):
        for key, value in {**indicator.history, **indicator.actuals}.items():
            if year_of(key) is not None and not unset(value):
                values.setdefault(name, {}).setdefault(key, set()).add(" ".join(value.split()))
    once = {name: {key: min(told) for key, told in years.items() if len(told) == 1} for name, years in values.items()}
    return {name: years for name, years in once.items() if years}


def _targets(cards: Sequence[Card]) -> dict[str, dict[str, dict[str, str]]]:
    """Targets by plain name, year of the plan that set them, and year they are for."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, card, indicator in _named(cards):
        if card.year is not None and not (card.document_type or "").startswith("relazione"):
            own = {key: value for key, value in indicator.targets.items() if not unset(value)}
            if own:
                found.setdefault(name, {}).setdefault(str(card.year), {}).update(own)
    return found
