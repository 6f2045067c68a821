"""Outcomes of an objective sheet: which of "raggiunto / non raggiunto / parzialmente raggiunto (x%)" is ticked, by date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cards.model import Outcome
from ingest.blocks import Place
from ingest.dialects._letters import key
from ingest.dialects._unit_dates import date_in
from ingest.dialects._unit_stream import Entry

_CHECK = re.compile(r"avanzamento al", re.I)
_TICK = re.compile(r"(?<![\w(])[xX×✗☒Хх](?!\w)")
_ALL = re.compile(r"(?<!\d)[10]?00\s*%?")
_NONE = re.compile(r"(?<!\d)0\s*%|\bNON\b")
_PART = re.compile(r"PARZIALMENTE|\(\s*(?:XX|\d{1,3}(?:[.,]\d+)?)\s*%?\s*\)", re.I)
_SHARE = re.compile(r"\(\s*(\d{1,3}(?:[.,]\d+)?)\s*%?\s*\)")


def outcomes_of(
    rows: Sequence[Entry], lines: Sequence[Entry], dates: tuple[str | None, str | None]
) -> list[tuple[Outcome, Place]]:
    """The outcomes in order, one per checkpoint; what is not clearly ticked is left out."""
    found: list[tuple[Outcome, Place]] = []
    at, index = dates[0], 0
    ordered = sorted([*rows, *lines], key=lambda e: (e.place.page or 0, e.place.line or 0))
    while index < len(ordered):
        entry = ordered[index]
        check = date_in(entry.joined) if _CHECK.search(entry.joined[:200]) else None
        at = check or at
        if entry.is_row and is_choice(entry.joined):
            text, index = _with_next(ordered, index)
            outcome = read_choice(text)
            when = dates[1] if any(o.at == at for o, _ in found) else at
            if outcome and not any(o.at == when for o, _ in found):
                found.append((outcome.replace(at=when), entry.place))
        index += 1
    return found


def is_choice(text: str) -> bool:
    """A row that offers the three outcomes (some words may be lost in conversion)."""
    letters = key(text[:400])
    return "raggiunto" in letters and ("parzialmente" in letters or bool(re.search(r"\((?:XX|\d+)\s*%?\s*\)", text))) and (
        "non" in letters or "0%" in text.replace(" ", "") or "inquanto" in letters
    )  # fmt: skip


def _with_next(rows: Sequence[Entry], index: int) -> tuple[str, int]:
    """The row's words up to the reason; labels on two lines ("RAGGIUNTO | NON" over "100% | RAGGIUNTO 0%") are put together."""
    entry = rows[index]
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below and below.is_row and "%" not in entry.joined and re.search(r"0\s*%", below.joined) and below.table == entry.table:
        pairs = zip(entry.cells, below.cells, strict=False)
        return _before_reason(" ".join(f"{a} {b}".strip() for a, b in pairs)), index + 1
    return _before_reason(entry.joined), index


def _before_reason(text: str) -> str:
    found = re.search(r"raggiun\s*to\b", text, re.I)
    start = max(0, found.start() - 6) if found else 0
    return re.split(r"in quant[oa]\b", text[start:], flags=re.I)[0]


def read_choice(text: str) -> Outcome | None:
    """The outcome ticked, None when that is not clear.

    >>> read_choice("RAGGIUNTO 100% NON RAGGIUNTO 0% PARZIALMENTE RAGGIUNTO (80%) X").percent
    '80%'
    >>> read_choice("RAGGIUNTO 100% X NON RAGGIUNTO 0% PARZIALMENTE RAGGIUNTO (XX%)").label
    'Raggiunto'
    """
    share = _SHARE.search(text)
    if share:
        return Outcome(label="Parzialmente raggiunto", percent=f"{share[1]}%")
    tick = _TICK.search(text.replace("(XX", "(--"))
    if not tick:
        return None
    none, part = _NONE.search(_blank_full(text)), _PART.search(text)
    if part and tick.start() > part.end():
        return Outcome(label="Parzialmente raggiunto")
    if none and tick.start() > none.end() and (part is None or tick.start() < part.start()):
        return Outcome(label="Non raggiunto", percent="0%")
    full = _ALL.search(text[: tick.start()])
    return Outcome(label="Raggiunto", percent="100%" if full else None)


def _blank_full(text: str) -> str:
    return re.sub(r"[10]00\s*%|(?<!\d)00\s*%", lambda m: " " * len(m[0]), text)
