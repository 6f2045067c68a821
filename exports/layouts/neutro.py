"""The neutral layout: every field of the card with its Italian label (``cards.labels``). Also the "dati integrativi" that the
other layouts add for what their own form has no place for. ``ingest`` reads both back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set

from cards import labels
from cards.model import GONE, Card, Indicator, Phase, Variation
from exports.layouts.common import masthead
from exports.sheet import Cell, Grid, Heading, Item, Sheet, cells, clean, table

KINDS = frozenset(labels.SHEET)
NO_COLUMNS: Mapping[str, Set[str] | None] = {}
NARROW = {"N. fase", "Peso fase", "Inizio", "Fine", "Tipo", "U.M.", "Peso indicatore", "Codice indicatore", "% raggiungimento"}


def sheet(cards: Sequence[Card]) -> Sheet:
    """All the cards, one after the other."""
    items = [*masthead(cards), *(item for card in cards for item in whole_card(card))]
    return Sheet(clean(labels.name_of(cards[0]) or "Scheda obiettivo"), tuple(items), landscape=True)


def whole_card(card: Card) -> Iterable[Item]:
    """One card with its heading."""
    yield Heading(clean(labels.name_of(card) or "Scheda senza titolo"), 2)
    yield from card_items(card, notes=() if card.title or card.kind == "unit_summary" else ((labels.VACANT, labels.TITLE),))


def card_items(
    card: Card, fields: Set[str] | None = None, lists: Set[str] | None = None,
    columns: Mapping[str, Set[str] | None] = NO_COLUMNS, head: str | None = None, notes: Sequence[tuple[str, str]] = (),
) -> Iterable[Item]:
    """The tables of one card: fields, activities, phases, indicators, staff, resources, outcomes, variations, items.

    ``fields``, ``lists`` and ``columns`` (of phases and indicators) choose what is printed, all of it by default; ``notes`` are
    further rows of the first table.
    """
    rows: list[tuple[object, object]] = []
    for name, label in labels.FIELDS.items():
        value = getattr(card, name)
        if value is not None and (fields is None or name in fields):
            rows.append((label, labels.STATUS.get(value, value) if name == "status" else value))
    if lists is None or "totals" in lists:
        rows += [(label, getattr(card.totals, name)) for name, label in labels.TOTALS.items() if getattr(card.totals, name)]
    top = cells((head or labels.SHEET[card.kind], labels.name_of(card) or labels.UNTITLED), bold=True)
    yield Grid((top, *((Cell(clean(a), bold=True), Cell(clean(b))) for a, b in [*rows, *notes])), 1, (1, 3))
    for name, tables in LISTS.items():
        if getattr(card, name) and (lists is None or name in lists):
            yield tables(card, columns.get(name))


def _activities(card: Card, _: Set[str] | None) -> Grid:
    return table(tuple(labels.ACTIVITY.values()), [(n, text) for n, text in enumerate(card.activities, 1)], (1, 9))


def _phases(card: Card, columns: Set[str] | None) -> Grid:
    phases = card.phases
    names = [n for n in labels.PHASE if n in ("number", "text") or _wanted(n, columns, phases)]
    header = [labels.PHASE[n] for n in names]
    rows = [cells((_phase_value(p, n) for n in names), struck=p.status in GONE) for p in phases]
    widths = [1 if h in NARROW else 3 if h != "Fase" else 5 for h in header]
    total = names.index("weight") if "weight" in names and not any(p.status in GONE for p in phases) else None
    return Grid((cells(header, bold=True), *rows), 1, tuple(widths), total)


def _wanted(name: str, columns: Set[str] | None, rows: Sequence[Phase | Indicator]) -> bool:
    """Whether a column is printed: it is asked for (or everything is), and some row has it."""
    return (columns is None or name in columns) and any(getattr(row, name) for row in rows)


def _phase_value(phase: Phase, name: str) -> str:
    value = getattr(phase, name)
    if name in ("schedule", "due"):
        return "; ".join(f"{labels.shown_moment(key)}: {share}" for key, share in value.items())
    return clean(labels.STATUS.get(value, value) if name == "status" and value else value)


def _indicators(card: Card, columns: Set[str] | None) -> Grid:
    indicators = card.indicators
    names = [n for n in labels.INDICATOR if n == "name" or _wanted(n, columns, indicators)]
    first = [n for n in names if n not in ("weight", "deviation", "achievement", "note", "status")]
    last = [n for n in names if n not in first]
    parts = [part for part in labels.PERIODS if _wanted(part, columns, indicators)]
    periods = [(part, year) for part in parts for year in sorted({y for i in indicators for y in getattr(i, part)})]
    plans = _plans(indicators) if _wanted("targets_by_plan", columns, indicators) else []
    if not periods and not plans and names == ["name"]:
        names = first = ["name", "unit"]  # a table of one column would be read as text
    header = [labels.INDICATOR[n] for n in first] + [f"{labels.PERIODS[p]} {y}" for p, y in periods]
    header += [labels.PLAN.format(year=y, plan=p) for p, y in plans] + [labels.INDICATOR[n] for n in last]
    rows = []
    for i in indicators:
        values: list[object] = [labels.KINDS.get(getattr(i, n) or "", getattr(i, n)) for n in first]
        values += [getattr(i, part).get(year) for part, year in periods]
        values += [i.targets_by_plan.get(plan, {}).get(year) for plan, year in plans]
        values += [labels.STATUS.get(getattr(i, n), "") if n == "status" and i.status else getattr(i, n) for n in last]
        rows.append(cells(values, struck=i.status in GONE))
    widths = [1.0 if h in NARROW else 3.0 if h in ("Indicatore", "Formula") else 1.5 for h in header]
    weighed = "weight" in names and not any(i.status in GONE for i in indicators)
    total = header.index(labels.INDICATOR["weight"]) if weighed else None
    return Grid((cells(header, bold=True), *rows), 1, tuple(widths), total)


def _plans(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    return sorted({(plan, year) for i in indicators for plan, targets in i.targets_by_plan.items() for year in targets})


def _staff(card: Card, _: Set[str] | None) -> Grid:
    return table(tuple(labels.STAFF.values()), [(s.category, s.name, s.share) for s in card.staff], (1, 5, 2))


def _resources(card: Card, _: Set[str] | None) -> Grid:
    return table(tuple(labels.RESOURCE.values()), [(r.description, r.cost) for r in card.resources], (5, 2))


def _outcomes(card: Card, _: Set[str] | None) -> Grid:
    rows = [(labels.shown_moment(o.at or labels.UNDATED), o.label, o.percent) for o in card.outcomes]
    return table(tuple(labels.OUTCOME.values()), rows, (2, 4, 2))


def _variations(card: Card, _: Set[str] | None) -> Grid:
    rows = [_variation(v) for v in card.variations]
    used = [n for n, name in enumerate(labels.VARIATION) if name in ("action", "object") or any(row[n] for row in rows)]
    header, widths = list(labels.VARIATION.values()), (2, 2, 1, 4, 4, 3, 2, 5)
    return table([header[n] for n in used], [[row[n] for n in used] for row in rows], [widths[n] for n in used])


def _variation(v: Variation) -> tuple[object, ...]:
    targets = "; ".join(f"{year}: {text}" for year, text in v.targets.items())
    return (labels.ACTIONS[v.action], labels.OBJECTS[v.object], v.number, v.old, v.new, v.name, targets, v.reason)


def _items(card: Card, _: Set[str] | None) -> Grid:
    dates = sorted({o.at or "" for i in card.items for o in i.outcomes})
    header = [*labels.ITEM.values()]
    header += [f"{what} {labels.shown_moment(day or labels.UNDATED)}" for day in dates for what in labels.ITEM_OUTCOME.values()]
    rows: list[list[object]] = []
    for item in card.items:
        by_date = {o.at or "": o for o in item.outcomes}
        found = [by_date.get(day) for day in dates]
        values = [v for o in found for v in (getattr(o, "label", None), getattr(o, "percent", None))]
        rows.append([item.code, item.title, item.priority, item.weight, item.horizon, *values])
    return table(header, rows, [1.5, 5, 1, 1, 1.5, *([1.5] * (2 * len(dates)))])


LISTS: dict[str, Callable[[Card, Set[str] | None], Grid]] = {
    "activities": _activities, "phases": _phases, "indicators": _indicators, "staff": _staff, "resources": _resources,
    "outcomes": _outcomes, "variations": _variations, "items": _items,
}  # fmt: skip
