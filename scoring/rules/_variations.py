"""What the rules on variations share: what a request says, cleaned of its number and period, and where the card has it."""

from __future__ import annotations

import re
from datetime import date

from cards.model import GONE, Card, Variation
from scoring.days import exists
from scoring.rules._text import alike
from scoring.values import plain

_PERIOD = re.compile(r"[\"”“»]?\s*(?:nello\s+|nel\s+)?(?:stesso\s+)?periodo(?:\s+temporale)?\s*:.*$", re.IGNORECASE | re.DOTALL)
_DAY = re.compile(r"(?<![\d.])(\d{1,2})[./](\d{1,2})(?:[./]((?:19|20)\d{2}))?(?![\d])")
_PHASE = re.compile(r"^\s*fase\s+(\d{1,2})\s*[:.)-]\s*", re.IGNORECASE)


def asked_number(text: str | None) -> str | None:
    """The phase number that the new text itself gives ("Fase 2: …")."""
    match = _PHASE.match(text or "")
    return match[1] if match else None


def asked_text(text: str | None) -> str:
    """The wording asked for, without number, quotes and period."""
    return _PERIOD.sub("", _PHASE.sub("", text or "")).strip(' "”“«».;')


def asked_period(text: str | None, year: int | None) -> tuple[date, date] | None:
    """First and last day of the period that a request gives ("periodo: 1.5-30.6"), in the card's year where it names none."""
    found = _PERIOD.search(text or "")
    days = [_day(match, year) for match in _DAY.finditer(found[0])] if found else []
    known = [day for day in days if day is not None]
    return (known[0], known[-1]) if len(known) == len(days) == 2 and known[0] <= known[1] else None


def _day(match: re.Match[str], year: int | None) -> date | None:
    when = int(match[3]) if match[3] else year
    day, month = int(match[1]), int(match[2])
    return date(when, month, day) if when and exists(day, month, when) else None


def same(one: str | None, two: str | None) -> bool:
    """True when two wordings are the same, or one is a long beginning of the other."""
    if alike(one, two):
        return True
    a, b = plain(one), plain(two)
    return min(len(a), len(b)) > 25 and (a.startswith(b) or b.startswith(a))


def phases_like(card: Card, text: str) -> list[int]:
    """Positions of the active phases with that wording."""
    return [i for i, phase in enumerate(card.phases) if phase.status not in GONE and same(phase.text, text)]


def indicators_like(card: Card, text: str) -> list[int]:
    """Positions of the indicators still in force with that name."""
    return [i for i, one in enumerate(card.indicators) if one.status not in GONE and same(one.name, text)]


def named_target(variation: Variation) -> tuple[str, str] | None:
    """Old and new target of a request that changes one."""
    if variation.action != "change_target" or not variation.old or not variation.new:
        return None
    return variation.old, variation.new
