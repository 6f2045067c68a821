"""Which cards make which total: units with their table, strategic lines with their objectives, in reading order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cards.model import Card, DeclaredTotal
from scoring.facts import Facts
from scoring.nearest import leading_run, nearest, same
from scoring.resources import resources_sum
from scoring.rollup import Part, Total, mean, objective_total, unit_total
from scoring.values import number, plain


@dataclass(frozen=True, slots=True)
class Group:
    """A total of the document: ``kind`` strategic_line, unit or body; ``measure`` achievement or interim; the declared
    string as written; the recomputed total; ``note`` says what a person must know (left out, doubtful heading, method)."""

    kind: str
    name: str
    measure: str
    declared: str | None
    total: Total
    note: str | None = None
    card: Card | None = None
    page: int | None = None
    line: int | None = None


def groups(facts: Facts) -> Iterator[Group]:
    """All totals of a reading: units, then strategic lines, then the body, each in reading order."""
    units = list(unit_groups(facts))
    lines = [group for group in line_groups(facts) if group.declared is not None or not units]
    yield from units
    yield from lines
    yield from _body(facts, lines or units)
    yield from _resources(facts)


def unit_groups(facts: Facts) -> Iterator[Group]:
    """The tables of the units: interim and final total, with the method that gives the declared figure when ours does not."""
    for card in facts.of_kind("unit_summary"):
        for which, measure, declared in (
            ("interim", "interim", card.totals.interim),
            ("final", "achievement", card.totals.final),
        ):
            total = unit_total(card, facts.profile, which)
            if declared is None and total.value is None:
                continue
            weighted = facts.profile.rollup.unit == "weighted_mean"
            place = card.place(f"totals.{which}")
            yield Group(
                "unit",
                card.unit or card.title or "",
                measure,
                declared,
                total,
                _explained(declared, total, weighted, facts),
                card,
                place.page,
                place.line,
            )


def line_groups(facts: Facts) -> Iterator[Group]:
    """The strategic lines. An objective without a line stands under the heading before it, and the note says so."""
    declared = [one for one in facts.declared if one.kind == "strategic_line" and one.measure == "achievement"]
    members: dict[str, list[Card]] = {}
    strays: dict[str, list[Card]] = {}
    names = {plain(one.name): one.name for one in declared}
    for card in facts.of_kind("objective"):
        if card.status == "eliminated":
            continue
        name = card.strategic_line
        if not name and (heading := _heading_before(card, declared)):
            name = heading.name
            strays.setdefault(plain(name), []).append(card)
        if name:
            names.setdefault(plain(name), name)
            members.setdefault(plain(name), []).append(card)
    stated = {plain(one.name): one for one in declared}
    for key, name in names.items():
        group = _line_group(name, stated.get(key), members.get(key, []), strays.get(key, []), facts)
        if group.declared is not None or group.total.value is not None:
            yield group


def _heading_before(card: Card, declared: list[DeclaredTotal]) -> DeclaredTotal | None:
    line = card.source.lines[0] if card.source.lines else None
    page = card.source.pages[0] if card.source.pages else None
    before = [
        one
        for one in declared
        if (line is not None and one.line is not None and one.line < line)
        or ((line is None or one.line is None) and page is not None and one.page is not None and one.page <= page)
    ]
    return before[-1] if before else None


def _line_group(name: str, stated: DeclaredTotal | None, cards: list[Card], strays: list[Card], facts: Facts) -> Group:
    profile = facts.profile
    weighted = profile.rollup.line == "weighted_mean"
    parts = tuple(
        Part(card.title or card.code or "obiettivo", objective_total(card, profile).value, number(card.weight)) for card in cards
    )
    parts = tuple(
        part if part.value is not None else Part(part.name, None, part.weight, False, "nessun risultato calcolabile")
        for part in parts
    )
    total = mean(parts, weighted, profile.rollup.missing)
    declared = stated.value if stated else None
    notes = [_explained(declared, total, weighted, facts)]
    figure = number(declared)
    places = profile.rounding.total
    if figure is not None and not same(figure, total.value, places, profile.rounding.tolerance):
        length = leading_run(figure, total, weighted, places)
        if length is not None:
            notes = [
                f"Il dichiarato torna con i soli primi {length} obiettivi: da «{total.parts[length].name}» in poi gli obiettivi "
                "stanno forse sotto un'altra intestazione, persa nella conversione del documento."
            ]
    elif strays:
        notes.append(
            f"{len(strays)} obiettivi senza linea, da «{strays[0].title or strays[0].code}», contati sotto "
            f"l'intestazione precedente."
        )
    return Group(
        "strategic_line",
        name,
        "achievement",
        declared,
        total,
        " ".join(note for note in notes if note) or None,
        None,
        stated.page if stated else None,
        stated.line if stated else None,
    )


def _body(facts: Facts, lines: list[Group]) -> Iterator[Group]:
    for one in facts.declared:
        if one.kind == "body" and one.measure == "achievement":
            parts = tuple(Part(group.name, group.total.value) for group in lines if group.measure == "achievement")
            total = mean(parts, False)
            yield Group(
                "body",
                one.name,
                "achievement",
                one.value,
                total,
                _explained(one.value, total, False, facts),
                None,
                one.page,
                one.line,
            )


def _resources(facts: Facts) -> Iterator[Group]:
    """Declared totals of resources that cover the lines of one card."""
    for one in facts.declared:
        if one.kind == "resources" and one.measure == "amount":
            sums = [(card, total) for card in facts.cards if (total := resources_sum(card, one)) is not None]
            if len(sums) == 1:
                yield Group("resources", one.name, "amount", one.value, Total(sums[0][1]), None, sums[0][0], one.page, one.line)


def _explained(declared: str | None, total: Total, weighted: bool, facts: Facts) -> str | None:
    """The total's own note, or the nearest method when the declared figure is another one."""
    figure = number(declared)
    places = facts.profile.rounding.total
    if figure is None or same(figure, total.value, places, facts.profile.rounding.tolerance):
        return total.note
    method = nearest(figure, total.parts, weighted, places)
    return f"Il dichiarato {method}." if method else total.note
