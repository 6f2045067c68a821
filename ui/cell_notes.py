"""The words under the cells of a card's tables: how a value is read where that is not how it was typed, and what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from cards.model import Card
from cards.quantities import read_date, read_month, read_target
from cards.rebalance import read_weight
from scoring.registry import rule
from scoring.values import unset
from ui import tables
from ui.readings import reading
from ui.table_input import ID, Note, Rows
from ui.words import LEVELS

PLACE = re.compile(r"(phases|indicators|staff)\[(\d+)\](?:\.(\w+)(?:\.(.+))?)?$")
LABELS = {"phases": tables.PHASE_COLUMNS, "indicators": tables.INDICATOR_COLUMNS, "staff": tables.STAFF_COLUMNS}


def notes(card: Card, name: str, rows: Rows, findings: Sequence[Any]) -> list[Note]:
    """One note a cell, the gravest; ``rows`` are those the card's list was made of, in its order."""
    said: dict[tuple[str, str], Note] = {}
    for note in (*from_findings(card, name, rows, findings), *from_readings(name, rows)):
        said.setdefault((note.row, note.column), note)
    return list(said.values())


def from_findings(card: Card, name: str, rows: Rows, findings: Sequence[Any]) -> Iterator[Note]:
    """Errors, then warnings, at the cell they speak of, by the name of their rule; all their words, and the advice, are in the
    list beside the form."""
    for level in ("error", "warning"):
        for finding in findings:
            place = PLACE.match(finding.where.field or "")
            if finding.level != level or not place or place[1] != name or int(place[2]) >= len(rows):
                continue
            row = rows[int(place[2])]
            column = column_of(card, name, place[3], place[4])
            if column in row:
                title = rule(finding.code).title
                yield Note(row[ID], column, str(row[column]).strip(), f"{LEVELS[level][0]}: {title[0].lower()}{title[1:]}", level)


def column_of(card: Card, name: str, field: str | None, key: str | None) -> str:
    """The heading of the column where a field stands; the name's where the field has none."""
    labels = LABELS[name]
    if field == "targets":
        return tables.target_column(key or str(card.year))
    return labels.get(field or "") or labels.get("text") or labels["name"]


def from_readings(name: str, rows: Rows) -> Iterator[Note]:
    """Targets, dates and weights that are not read, or not as they were typed."""
    for row in rows:
        for column, value in row.items():
            text = str(value or "").strip()
            words, level = said_of(column, text) if text and not column.startswith("_") else ("", "")
            if words:
                yield Note(row[ID], column, text, words, level)


def said_of(column: str, text: str) -> tuple[str, str]:
    """The words and their level; none where the value is read just as it was typed.

    >>> said_of("Atteso 2027", "≤ 30 giorni"), said_of("Atteso 2027", "30 giorni")
    (('', ''), ('', ''))
    >>> said_of("Atteso 2027", "almeno il 98,5%"), said_of("Fine", "30/6/27"), said_of("Peso", "15%")
    (('letto: ≥ 98,5 %', 'reading'), ('letto: 30/06/2027', 'reading'), ('', ''))
    """
    if column.startswith("Atteso "):
        return said_of_value(text)
    if column in ("Inizio", "Fine"):
        return _day(text)
    if column in ("Peso", "Quota") and read_weight(text) is None and not unset(text):
        return "non si legge come numero", "warning"
    return "", ""


def said_of_value(text: str) -> tuple[str, str]:
    """The same for a target or a result."""
    target = read_target(text)
    words = reading(target)
    if not target.confident or not target.measurable:
        return words, "warning"
    return ("", "") if _bare(words) == _bare(text) else (f"letto: {words}", "reading")


def _day(text: str) -> tuple[str, str]:
    day = read_date(text)
    if day is not None:
        words = f"{day:%d/%m/%Y}"
        return ("", "") if words == text else (f"letto: {words}", "reading")
    return ("", "") if read_month(text) else ("non si legge come data", "warning")


def _bare(text: str) -> str:
    """Without spaces, and days by their abbreviation: "≤ 30 giorni" is read as it was typed."""
    return re.sub(r"\s", "", re.sub(r"\bgiorn[oi]\b", "gg", text, flags=re.I)).casefold()
