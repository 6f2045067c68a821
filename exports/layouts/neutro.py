"""The neutral layout: every field of the card with its Italian label (``cards.labels``). Also the "dati integrativi" that the
other layouts add for what their own form has no place for. ``ingest`` reads both back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from cards import labels
from cards.model import Card, Indicator, Phase, Variation
from exports.layouts.common import masthead
from exports.sheet import Cell, Grid, Heading, Item, Sheet, cells, clean, table

NOTHING: frozenset[str] = frozenset()
NARROW = {"N. fase", "Peso fase", "Inizio", "Fine", "Tipo", "U.M.", "Peso indicatore", "Codice indicatore", "% raggiungimento"}
GONE = ("eliminated", "replaced")


def sheet(cards: Sequence[Card]) -> Sheet:
    """All the cards, one after the other."""
    items: list[Item] = list(masthead(cards))
    for card in cards:
        items += [Heading(clean(card.title or card.unit or "Scheda senza titolo"), 2), *card_items(card)]
    return Sheet(clean(cards[0].title or cards[0].unit or "Scheda obiettivo"), tuple(items), landscape=True)


def supplement(card: Card, carried: Set[str] = NOTHING, phase: Set[str] = NOTHING, indicator: Set[str] = NOTHING) -> list[Item]:
    """What another layout does not print: the card's fields but ``carried``, phases and indicators without the given fields.

    Number and text of a phase, name of an indicator stay, so that a reader can put the rows together; nothing left, no table.
    """
    items = list(card_items(card, carried, phase - {"text", "number"}, indicator - {"name"}, labels.SUPPLEMENT))
    first = items[0]
    return items if len(items) > 1 or (isinstance(first, Grid) and len(first.rows) > 1) else []


def card_items(
    card: Card, carried: Set[str] = NOTHING, phase: Set[str] = NOTHING, indicator: Set[str] = NOTHING, head: str | None = None
) -> Iterable[Item]:
    """The tables of one card: fields, activities, phases, indicators, staff, resources, outcomes, variations, items."""
    rows: list[tuple[object, object]] = []
    for name, label in labels.FIELDS.items():
        value = getattr(card, name)
        if value is not None and name not in carried:
            rows.append((label, labels.STATUS.get(value, value) if name == "status" else value))
    rows += [(label, getattr(card.totals, name)) for name, label in labels.TOTALS.items() if getattr(card.totals, name)]
    top = cells((head or labels.SHEET[card.kind], card.title or card.unit), bold=True)
    yield Grid((top, *((Cell(clean(a), bold=True), Cell(clean(b))) for a, b in rows)), 1, (1, 3))
    if card.activities and "activities" not in carried:
        yield table(tuple(labels.ACTIVITY.values()), [(n, text) for n, text in enumerate(card.activities, 1)], (1, 9))
    if card.phases and "phases" not in carried:
        yield from _phases(card.phases, phase)
    if card.indicators and "indicators" not in carried:
        yield from _indicators(card.indicators, indicator)
    yield from _lists(card, carried)


def _phases(phases: Sequence[Phase], left_out: Set[str]) -> Iterable[Grid]:
    names = [n for n in labels.PHASE if n not in left_out and any(getattr(p, n) for p in phases)]
    if left_out and not set(names) - {"number", "text"}:
        return
    header = [labels.PHASE[n] for n in names]
    rows = [cells((_phase_value(p, n) for n in names), struck=p.status in GONE) for p in phases]
    widths = [1 if h in NARROW else 3 if h != "Fase" else 5 for h in header]
    total = names.index("weight") if "weight" in names and not any(p.status in GONE for p in phases) else None
    yield Grid((cells(header, bold=True), *rows), 1, tuple(widths), total)


def _phase_value(phase: Phase, name: str) -> str:
    value = getattr(phase, name)
    if name in ("schedule", "due"):
        return "; ".join(f"{key}: {share}" for key, share in value.items())
    return clean(labels.STATUS.get(value, value) if name == "status" and value else value)


def _indicators(indicators: Sequence[Indicator], left_out: Set[str]) -> Iterable[Grid]:
    names = [n for n in labels.INDICATOR if n not in left_out and any(getattr(i, n) for i in indicators)]
    first = [n for n in names if n not in ("weight", "deviation", "achievement", "note")]
    last = [n for n in names if n not in first]
    parts = [part for part in labels.PERIODS if part not in left_out]
    periods = [(part, year) for part in parts for year in sorted({y for i in indicators for y in getattr(i, part)})]
    plans = [] if "targets_by_plan" in left_out else _plans(indicators)
    if left_out and names == ["name"] and not periods and not plans:
        return
    header = [labels.INDICATOR[n] for n in first] + [f"{labels.PERIODS[p]} {y}" for p, y in periods]
    header += [labels.PLAN.format(year=y, plan=p) for p, y in plans] + [labels.INDICATOR[n] for n in last]
    rows = []
    for i in indicators:
        values = [labels.KINDS.get(getattr(i, n) or "", getattr(i, n)) for n in first]
        values += [getattr(i, part).get(year) for part, year in periods]
        values += [i.targets_by_plan.get(plan, {}).get(year) for plan, year in plans]
        rows.append(cells([*values, *(getattr(i, n) for n in last)]))
    widths = [1.0 if h in NARROW else 3.0 if h in ("Indicatore", "Formula") else 1.5 for h in header]
    total = header.index(labels.INDICATOR["weight"]) if "weight" in names else None
    yield Grid((cells(header, bold=True), *rows), 1, tuple(widths), total)


def _plans(indicators: Sequence[Indicator]) -> list[tuple[str, str]]:
    return sorted({(plan, year) for i in indicators for plan, targets in i.targets_by_plan.items() for year in targets})


def _lists(card: Card, carried: Set[str]) -> Iterable[Grid]:
    if card.staff and "staff" not in carried:
        yield table(tuple(labels.STAFF.values()), [(s.category, s.name, s.share) for s in card.staff], (1, 5, 2))
    if card.resources and "resources" not in carried:
        yield table(tuple(labels.RESOURCE.values()), [(r.description, r.cost) for r in card.resources], (5, 2))
    if card.outcomes and "outcomes" not in carried:
        yield table(
            tuple(labels.OUTCOME.values()), [(o.at or labels.UNDATED, o.label, o.percent) for o in card.outcomes], (2, 4, 2)
        )
    if card.variations and "variations" not in carried:
        yield table(tuple(labels.VARIATION.values()), [_variation(v) for v in card.variations], (2, 2, 1, 4, 4, 3, 2, 5))
    if card.items and "items" not in carried:
        yield _items(card)


def _variation(v: Variation) -> tuple[object, ...]:
    targets = "; ".join(f"{year}: {text}" for year, text in v.targets.items())
    return (labels.ACTIONS[v.action], labels.OBJECTS[v.object], v.number, v.old, v.new, v.name, targets, v.reason)


def _items(card: Card) -> Grid:
    dates = sorted({o.at or "" for i in card.items for o in i.outcomes})
    header = [*labels.ITEM.values()]
    header += [f"{what} {day or labels.UNDATED}" for day in dates for what in labels.ITEM_OUTCOME.values()]
    rows: list[list[object]] = []
    for item in card.items:
        by_date = {o.at or "": o for o in item.outcomes}
        found = [by_date.get(day) for day in dates]
        values = [v for o in found for v in (getattr(o, "label", None), getattr(o, "percent", None))]
        rows.append([item.code, item.title, item.priority, item.weight, item.horizon, *values])
    return table(header, rows, [1.5, 5, 1, 1, 1.5, *([1.5] * (2 * len(dates)))])
