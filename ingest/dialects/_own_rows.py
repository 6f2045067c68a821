"""The lists of our own sheet: which header opens which list, and how its rows are read (labels in ``cards.labels``)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cards import labels
from ingest.dialects._letters import key
from ingest.dialects._unit_stream import flat


@dataclass(frozen=True, slots=True)
class Header:
    """A list: the labels by which its header is known, all its columns, whether a total row may close it, and the fields that
    a row cannot do without."""

    known_by: frozenset[str]
    columns: Mapping[str, str]
    totals: bool = False
    needed: tuple[str, ...] = ()


def _header(known: Sequence[str], columns: Mapping[str, str], totals: bool = False, needed: tuple[str, ...] = ()) -> Header:
    return Header(frozenset(key(v) for v in known), {key(label): name for name, label in columns.items()}, totals, needed)


HEADERS = {
    "activities": _header(tuple(labels.ACTIVITY.values()), labels.ACTIVITY, needed=("text",)),
    "phases": _header([labels.PHASE["text"]], labels.PHASE, totals=True),
    "indicators": _header([labels.INDICATOR["name"]], labels.INDICATOR, totals=True),
    "staff": _header(tuple(labels.STAFF.values()), labels.STAFF),
    "resources": _header(tuple(labels.RESOURCE.values()), labels.RESOURCE),
    "outcomes": _header(tuple(labels.OUTCOME.values()), labels.OUTCOME),
    "variations": _header(
        [labels.VARIATION["action"], labels.VARIATION["object"]], labels.VARIATION, needed=("action", "object")
    ),
    "items": _header([labels.ITEM["code"], labels.ITEM["title"]], labels.ITEM),
}
_PERIOD = re.compile(r"(" + "|".join(labels.PERIODS.values()) + r") *(.+)", re.I)
_PLAN = re.compile(
    re.escape(labels.PLAN.format(year="YY", plan="PP")).replace(r"\ ", " *").replace("YY", "(.+?)").replace("PP", "(.+)"), re.I
)  # a page's narrow column may swallow a space
_PAIRS = re.compile(r";\s*(?=(?:a\.s\. )?\d{4}[^:;]{0,12}: )")
_MOMENTS = re.compile(r";\s*(?=(?:(?:a\.s\. )?\d{4}|\d\d/)[^:;]{0,12}: )")
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}")
_WORD = {key(word): part for part, word in labels.PERIODS.items()}
_BACK = {
    ("indicators", "kind"): {key(v): k for k, v in labels.KINDS.items()},
    ("indicators", "status"): {key(v): k for k, v in labels.STATUS.items()},
    ("phases", "status"): {key(v): k for k, v in labels.STATUS.items()},
    ("variations", "action"): {key(v): k for k, v in labels.ACTIONS.items()},
    ("variations", "object"): {key(v): k for k, v in labels.OBJECTS.items()},
}
_ITEM_OUTCOME = {key(word): name for name, word in labels.ITEM_OUTCOME.items()}


def header_of(cells: Sequence[str]) -> str | None:
    """The list that a header row opens, None for another row.

    >>> header_of(("N. fase", "Fase", "Peso fase")), header_of(("1", "Analisi", "20%"))
    ('phases', None)
    """
    texts = {cell for cell in cells if cell.strip()}
    names = {key(cell) for cell in texts}
    if len(names) < 2:
        return None
    for name, header in HEADERS.items():
        if header.known_by <= names and all(key(c) in header.columns or _varies(name, flat(c)) for c in texts):
            return name
    return None


def _varies(name: str, column: str) -> bool:
    """Columns whose label holds a period or a date."""
    if name == "indicators":
        return bool(_PERIOD.fullmatch(column) or _PLAN.fullmatch(column))
    return name == "items" and any(key(column).startswith(word) for word in _ITEM_OUTCOME)


def read_row(name: str, columns: Sequence[str], cells: Sequence[str]) -> dict[str, Any]:
    """The values of a row by field; an empty dictionary for an empty row."""
    header = HEADERS[name]
    found: dict[str, Any] = {}
    for column, cell in zip(columns, cells, strict=False):
        text = cell.strip()
        if not text:
            continue
        if key(column) in header.columns:
            field = header.columns[key(column)]
            found[field] = _typed(name, field, text)
        elif name == "indicators":
            _period(found, column, text)
        elif name == "items":
            _outcome(found, column, text)
    if name == "items" and found:
        found["outcomes"] = list(found.pop("outcomes", {}).values())
    return found


def chosen(name: str, field: str) -> bool:
    """Whether a list's field holds one of a few words: short, it is never cut by the end of a page."""
    return (name, field) in _BACK


def _typed(name: str, field: str, text: str) -> Any:
    if (name, field) in _BACK:
        return _BACK[name, field].get(key(text))
    if field in ("schedule", "due"):
        return {labels.moment_of(moment): value for moment, value in _pairs(_MOMENTS, text)}
    if field == "targets":
        return dict(_pairs(_PAIRS, text))
    if field == "at":
        return None if text == labels.UNDATED else labels.moment_of(text)
    return text


def _pairs(between: re.Pattern[str], text: str) -> Iterator[tuple[str, str]]:
    """"2026: 80%; 2027: 90%" as pairs."""
    for part in between.split(text):
        period, _, value = part.partition(": ")
        if value.strip():
            yield period.strip(), value.strip()


def _period(found: dict[str, Any], column: str, text: str) -> None:
    if plan := _PLAN.fullmatch(column):
        found.setdefault("targets_by_plan", {}).setdefault(plan[2], {})[plan[1]] = text
    elif period := _PERIOD.fullmatch(column):
        found.setdefault(_WORD[key(period[1])], {})[period[2]] = text


def _outcome(found: dict[str, Any], column: str, text: str) -> None:
    for word, field in sorted(_ITEM_OUTCOME.items(), key=lambda pair: -len(pair[0])):
        if key(column).startswith(word):
            day = _DAY.search("".join(column.split()))
            at = labels.moment_of(day[0]) if day else None
            found.setdefault("outcomes", {}).setdefault(at, {"at": at})[field] = text
            return
