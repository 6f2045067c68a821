"""RIS006: 100 % declared while an indicator misses its target or has no actual value, or while phases are still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from cards.model import GONE, Card
from scoring.achievement import achieve, achieved, known_way
from scoring.days import last_day
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import SMVP, VALIDATION
from scoring.rules._text import ending
from scoring.values import number, own_actual, own_target, short, tidy, typed, unset, weight

HUNDRED = Decimal(100)


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The last outcome against the indicators; an outcome with a date against the phases that end after it."""
    full = [(i, outcome) for i, outcome in enumerate(card.outcomes) if (number(outcome.percent) or 0) >= HUNDRED]
    if not full:
        return
    if full[-1][0] == len(card.outcomes) - 1:
        yield from _indicators(card, facts, full[-1][0])
    for i, outcome in full:
        yield from _phases(card, i, outcome.at)


def _indicators(card: Card, facts: Facts, last: int) -> Iterator[Hit]:
    missed, doubtful = [], False
    for _, indicator in live_indicators(card):
        target, actual = own_target(card, indicator)[1], own_actual(card, indicator)[1]
        if target is None or unset(target) or weight(indicator.weight) == 0:
            continue
        if actual is None or unset(actual):
            missed.append(f"{short(indicator.name, 50)}: {target} -> {actual or 'nessun risultato'}")
            continue
        met = achieved(card, indicator, facts.profile).met
        if met is None and known_way(card, indicator, facts.profile) is None and typed(target).comparator is None:
            met = achieve(target, actual, facts.profile, "higher").met
            doubtful = doubtful or met is False
        if met is False:
            missed.append(f"{short(indicator.name, 50)}: {target} -> {actual}")
    if missed:
        only_doubt = doubtful and len(missed) == 1
        yield hit(
            f"outcomes[{last}]",
            found=f"{card.outcomes[last].percent}; {'; '.join(missed)}",
            expected="meno di 100%",
            level=Level.WARNING if only_doubt else None,
            variant="one" if len(missed) == 1 else None,
            percent=card.outcomes[last].percent,
            missed="; ".join(missed[:3]),
            count=len(missed),
        )


def _phases(card: Card, i: int, at: str | None) -> Iterator[Hit]:
    when = date.fromisoformat(at) if at and len(at) == 10 else None
    if when is None:
        return
    open_: list[tuple[str, Decimal]] = []
    first: int | None = None
    for position, phase in enumerate(card.phases):
        points, end = weight(phase.weight), last_day(phase.end, card.year)
        if points and end and end > when and end.year == when.year and phase.status not in GONE:
            open_.append((phase.number or str(position + 1), points))
            first = position if first is None else first
    share = sum((points for _, points in open_), Decimal(0))
    if open_ and share < HUNDRED * 2:
        yield hit(
            f"outcomes[{i}]",
            line=card.place(f"phases[{first}]").line,
            page=card.place(f"phases[{first}]").page,
            variant="phases",
            found=f"{card.outcomes[i].percent} al {when:%d/%m/%Y}",
            expected="meno di 100%",
            percent=card.outcomes[i].percent,
            day=f"{when:%d/%m/%Y}",
            which=ending([name for name, _ in open_]),
            share=tidy(share),
        )


RULE = Rule(
    code="RIS006",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="100 % dichiarato con risultati mancati",
    message="Dichiarato {percent}, ma {count} indicatori non raggiungono il valore atteso o non hanno risultato: {missed}.",
    variants={
        "one": "Dichiarato {percent}, ma un indicatore non raggiunge il valore atteso o non ha risultato: {missed}.",
        "phases": "Dichiarato {percent} al {day}, ma {which} dopo (peso {share}).",
    },
    why="Un obiettivo è pienamente raggiunto se lo sono i suoi indicatori: altrimenti la percentuale non misura nulla.",
    fix="Ricalcola la percentuale dagli indicatori, oppure spiega in nota perché il risultato mancato non conta.",
    basis=(SMVP, VALIDATION),
)
