"""A card carried into the next year: dates and years move by one, results become history, every origin stays and says so.

Years before the card's own tell facts and stay; so do the years of norms and acts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from cards.model import GONE, Card, Indicator, Origin, Phase

_YEAR = re.compile(
    r"(?<![\d./-])(?P<day>\d{1,2}(?P<sep>[/.-])\d{1,2}(?P=sep))?(?P<year>(?:19|20)\d{2})(?!\d)"
    r"(?:(?P<dash>\s?[-/–]\s?)(?P<last>(?:19|20)\d{2})(?!\d)|(?P<rest>-\d{2}(?:-\d{2})?(?!\d)))?"
)  # fmt: skip
_CITED = re.compile(
    r"(?:\b(?:d\.\s?lgs|d\.\s?l|d\.\s?p\.\s?r|d\.\s?m|l\.\s?r|l)\.|\b(?:legge|decreto|direttiva|regolamento|ccnl|delibera\w*"
    r"|determina\w*|prot|nota)\b)[^;,]{0,40}$", re.IGNORECASE,
)  # fmt: skip


def moved_text(text: str | None, year: int) -> str | None:
    """The text with every year from ``year`` on moved by one; 29 February becomes 28.

    >>> moved_text("entro il 30/06/2027, come nel 2026", 2027)
    'entro il 30/06/2028, come nel 2026'
    """
    if not text:
        return text

    def move(match: re.Match[str]) -> str:
        old = int(match["year"])
        if old < year or _CITED.search(text[: match.start()]):
            return match[0]
        last = f"{match['dash']}{int(match['last']) + 1}" if match["last"] else ""
        return _valid(match["day"] or "", old + 1, match["rest"] or "") + last

    return _YEAR.sub(move, text)


def _valid(day: str, year: int, rest: str) -> str:
    parts = [int(part) for part in re.findall(r"\d+", day or rest)]
    if len(parts) == 2 and sorted(parts) == [2, 29] and not _leap(year):
        day, rest = day.replace("29", "28"), rest.replace("29", "28")
    return f"{day}{year}{rest}"


def _leap(year: int) -> bool:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days == 366


def next_year(card: Card) -> Card:
    """A new card for the year after; ``card.year`` must be there (ValueError). It has no id and no results of its own; what a
    variation took out stays in the old year."""
    if card.year is None:
        raise ValueError("la scheda non ha un anno")
    year = card.year
    kept = {name: [i for i, one in enumerate(getattr(card, name)) if one.status not in GONE] for name in ("phases", "indicators")}
    texts = ("title", "project", "purpose", "description", "horizon", "start", "end")
    copy = card.replace(
        id=None, year=year + 1, status=None, outcomes=(), variations=(),
        **{name: moved_text(getattr(card, name), year) for name in texts},
        activities=tuple(moved_text(text, year) or "" for text in card.activities),
        phases=tuple(_phase(card.phases[i], year) for i in kept["phases"]),
        indicators=tuple(_indicator(card.indicators[i], year) for i in kept["indicators"]), provenance={},
    )
    return copy.replace(provenance=_origins(card, copy, kept))


def _keys(values: Mapping[str, str], year: int, texts: bool = False) -> dict[str, str]:
    return {moved_text(key, year) or key: (moved_text(value, year) or "" if texts else value) for key, value in values.items()}


def _phase(phase: Phase, year: int) -> Phase:
    return phase.replace(text=moved_text(phase.text, year), start=moved_text(phase.start, year), end=moved_text(phase.end, year),
                         schedule=_keys(phase.schedule, year), due=_keys(phase.due, year), status=None)


def _indicator(one: Indicator, year: int) -> Indicator:
    return one.replace(
        name=moved_text(one.name, year), formula=moved_text(one.formula, year), purpose=moved_text(one.purpose, year),
        targets=_keys(one.targets, year, texts=True), history={**one.history, **one.actuals}, actuals={}, interim={},
        deviation=None, achievement=None, status=None,
    )


def _origins(card: Card, copy: Card, kept: Mapping[str, list[int]]) -> dict[str, Origin]:
    """The origins under their new paths; a value that moved says from which year."""
    year, found = card.year or 0, {}
    for path, origin in card.provenance.items():
        new = _path(path, year, kept)
        if new is None:
            continue
        if value_at(card, path) != value_at(copy, new) or path.rpartition(".")[2] != new.rpartition(".")[2]:
            notes = [origin.note, f"dalla scheda {year}, portato al {year + 1}" if ".history" not in new else f"risultato {year}"]
            origin = origin.replace(note="; ".join(note for note in notes if note))
        found[new] = origin
    return found


def _path(path: str, year: int, kept: Mapping[str, list[int]]) -> str | None:
    if match := re.match(r"(phases|indicators)\[(\d+)\]", path):
        name, old = match[1], int(match[2])
        if old not in kept[name]:
            return None
        path = f"{name}[{kept[name].index(old)}]{path[match.end():]}"
    if re.match(r"outcomes|variations|status|id\b", path) or re.search(r"\.(interim|deviation|achievement)\b", path):
        return None
    if match := re.fullmatch(r"(indicators\[\d+\])\.actuals(.*)", path):
        return f"{match[1]}.history{match[2]}"
    if match := re.fullmatch(r"(.+\.(?:targets|schedule|due)\.)(.+)", path):
        return match[1] + (moved_text(match[2], year) or "")
    return path


def value_at(card: Card, path: str) -> Any:
    """The value at a path ("indicators[0].targets.2027"); None where there is none."""
    value: Any = card.to_json()
    for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", path):
        if index:
            value = value[int(index)] if isinstance(value, list) and int(index) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value
