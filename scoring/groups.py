"""Which cards make which total: units with their table, strategic lines with their objectives, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain

from cards.model import GONE, Card, DeclaredTotal
from scoring.facts import Facts
from scoring.nearest import Method, first_objectives, leading_run, nearest, same
from scoring.profiles import Profile
from scoring.resources import resources_sum
from scoring.rollup import Part, Total, card_part, mean, objective_parts, objective_total, unit_total
from scoring.values import number, plain, weight
from scoring.variants import variants


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


def groups(facts: Facts, declared: bool = False) -> Iterator[Group]:
    """All totals of a reading: units, then strategic lines, then the body, each in reading order.

    ``declared``: only those that the document states, and what is needed to judge them.
    """
    units = list(unit_groups(facts))
    only = declared and not any(one.kind == "body" for one in facts.declared)
    lines = [group for group in line_groups(facts, only) if group.declared is not None or not units]
    yield from _taken(units, facts)
    yield from _taken(lines, facts)
    yield from _body(facts, lines or units)
    if not units and not declared:
        yield from _units_of_cards(facts)
    yield from _resources(facts)


def _taken(found: list[Group], facts: Facts) -> Iterator[Group]:
    """The groups; where no method gives the declared figure and another group's total is just that, the note says so."""
    for group in found:
        figure, places = number(group.declared), facts.profile.rounding.total
        if figure is None or group.note != group.total.note or same(figure, group.total.value, places):
            yield group
            continue
        twin = next(
            (one for one in found if one is not group and one.measure == group.measure and _close(figure, one, places)), None
        )
        yield replace(group, note=f"Il dichiarato è il totale di «{twin.name}».") if twin else group


def _close(figure: Decimal, group: Group, places: int) -> bool:
    return figure != 100 and same(figure, group.total.value, places)


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
                _explained(declared, total, weighted, facts, _interim(card, which, facts)),
                card,
                place.page,
                place.line,
            )


def line_groups(facts: Facts, only_declared: bool = False) -> Iterator[Group]:
    """The strategic lines, or those with a declared total.

    An objective without a line stands under the heading before it, and the note says so."""
    declared = [one for one in facts.declared if one.kind == "strategic_line" and one.measure == "achievement"]
    members: dict[str, list[Card]] = {}
    strays: dict[str, list[Card]] = {}
    names = {plain(one.name): one.name for one in declared}
    for card in facts.of_kind("objective"):
        if card.status in GONE:
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
        if only_declared and key not in stated:
            continue
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
    total = _line_total(cards, profile)
    declared = stated.value if stated else None
    others = ((words, _line_total(cards, other).value) for words, other in variants(profile))
    notes = [_explained(declared, total, weighted, facts, chain(others, _all_indicators(cards, profile)))]
    figure = number(declared)
    places = profile.rounding.total
    if figure is not None and not same(figure, total.value, places, profile.rounding.tolerance):
        length = leading_run(figure, total, weighted, places)
        if length is not None:
            notes = [
                f"Il dichiarato torna con {first_objectives(length)}: da «{total.parts[length].name}» in poi gli obiettivi "
                "stanno forse sotto un'altra intestazione, persa nella conversione del documento."
            ]
    elif strays:
        notes.append(
            f"{'Un obiettivo' if len(strays) == 1 else f'{len(strays)} obiettivi'} senza linea, da "
            f"«{strays[0].title or strays[0].code}», sotto l'intestazione precedente."
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


def _line_total(cards: list[Card], profile: Profile) -> Total:
    """The line from its objectives; one that cannot be computed is left out and named."""
    parts = []
    for card in cards:
        value, name = objective_total(card, profile).value, card.title or card.code or "obiettivo"
        counts = value is not None
        parts.append(Part(name, value, weight(card.weight), counts, None if counts else "nessun risultato calcolabile"))
    return mean(tuple(parts), profile.rollup.line == "weighted_mean", profile.rollup.missing)


def _all_indicators(cards: list[Card], profile: Profile) -> Iterator[Method]:
    """The line as if it had no objectives: all its indicators together."""
    parts = [part for card in cards for part in objective_parts(card, profile)]
    yield "torna come media di tutti gli indicatori, senza passare dagli obiettivi", mean(parts, False).value
    yield "torna come media pesata di tutti gli indicatori, senza passare dagli obiettivi", mean(parts, True).value


def _interim(card: Card, which: str, facts: Facts) -> Iterator[Method]:
    """The final total of a unit as if the interim outcomes were the final ones, and the other way round."""
    other = "interim" if which == "final" else "final"
    words = "della verifica intermedia" if other == "interim" else "finali"
    yield f"torna con gli esiti {words}", unit_total(card, facts.profile, other).value


def _units_of_cards(facts: Facts) -> Iterator[Group]:
    """Units that have no table of their own: their objectives, by the weights on the cards."""
    members: dict[str, list[Card]] = {}
    for card in facts.of_kind("objective"):
        if (card.unit or card.directorate) and card.status not in GONE:
            members.setdefault(plain(card.unit or card.directorate), []).append(card)
    for cards in members.values():
        parts = tuple(card_part(card, objective_total(card, facts.profile).value, facts.profile) for card in cards)
        total = mean(parts, facts.profile.rollup.unit == "weighted_mean", facts.profile.rollup.missing)
        if total.value is not None:
            yield Group("unit", cards[0].unit or cards[0].directorate or "", "achievement", None, total, total.note)


def _body(facts: Facts, lines: list[Group]) -> Iterator[Group]:
    stated = [one for one in facts.declared if one.kind == "body" and one.measure == "achievement"]
    if not stated and sum(group.measure == "achievement" for group in lines) > 1:
        parts = tuple(Part(group.name, group.total.value) for group in lines if group.measure == "achievement")
        total = mean(parts, False)
        if total.value is not None:
            yield Group("body", facts.reading.document.entity or "ente", "achievement", None, total, total.note)
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


def _explained(declared: str | None, total: Total, weighted: bool, facts: Facts, others: Iterable[Method] = ()) -> str | None:
    """The total's own note, or the nearest method when the declared figure is another one."""
    figure = number(declared)
    places = facts.profile.rounding.total
    if figure is None or same(figure, total.value, places, facts.profile.rounding.tolerance):
        return total.note
    method = nearest(figure, total.parts, weighted, places, others)
    return f"Il dichiarato {method}." if method else total.note
