"""TMP002: a phase or a target date outside the objective's start, end or horizon, or after the deadline in its own title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cards.model import GONE, Card
from cards.quantities import read_month
from cards.quantities.dates import MONTHS
from scoring.days import days_in, first_day, last_day, said
from scoring.facts import Facts, live_indicators
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import IN_TIME, INTERIM
from scoring.rules._text import ending
from scoring.values import own_target, short, typed, weight

_BY = re.compile(r"\bentro\s+(?:il\s+mese\s+di\s+|la\s+fine\s+di\s+)?([a-zà]+\s+(?:19|20)\d{2})", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"(?<!\w)(?:{'|'.join(MONTHS)})\s+((?:19|20)\d{{2}})(?!\d)", re.IGNORECASE)
_YEAR_IN_NAME = re.compile(r"\(\s*((?:19|20)\d{2})\s*\)")


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """Phases against the card's dates, requests against the horizon, the title's own deadline, a year in an indicator's name."""
    if card.status in GONE:
        return
    start, end = first_day(card.start, card.year), last_day(card.end, card.year)
    for i, phase in enumerate(card.phases):
        if phase.status in GONE:
            continue
        first, last = first_day(phase.start, card.year), last_day(phase.end, card.year)
        what = f"la fase {phase.number or i + 1}"
        if start and first and first < start:
            yield _hit(
                f"phases[{i}].start",
                phase.start,
                said("da", card.start),
                said(f"{what} comincia", phase.start),
                said("da", card.start),
            )
        if end and last and last > end:
            yield _hit(
                f"phases[{i}].end",
                phase.end,
                said("entro", card.end),
                said(f"{what} finisce", phase.end),
                said("entro", card.end),
            )
    yield from _targets(card, end)
    yield from _title(card)
    yield from _requests(card)
    yield from _timetables(card)
    yield from _years_in_names(card)


def _hit(at: str, found: str | None, expected: str, what: str, due: str) -> Hit:
    return hit(at, found=found, expected=expected, what=what, due=due)


def _targets(card: Card, end: date | None) -> Iterator[Hit]:
    for i, indicator in live_indicators(card):
        key, target = own_target(card, indicator)
        day = typed(target).day
        if end and day and day > end:
            yield _hit(
                f"indicators[{i}].targets.{key}",
                target,
                said("entro", card.end),
                f"il valore atteso di «{short(indicator.name)}» è {target}",
                said("entro", card.end),
            )


def _title(card: Card) -> Iterator[Hit]:
    named = _BY.search(card.title or "")
    month = read_month(named[1]) if named else None
    if not named or not month:
        return
    limit = last_day(named[1], card.year)
    late = [
        (i, phase) for i, phase in enumerate(card.phases) if (last := last_day(phase.end, card.year)) and limit and last > limit
    ]
    if late:
        i, phase = late[0]
        which = ending([phase.number or str(i + 1) for i, phase in late])
        yield hit(
            f"phases[{i}].end", variant="title", found=phase.end, expected=f"entro {named[1]}", which=which, deadline=named[1]
        )


def _requests(card: Card) -> Iterator[Hit]:
    """A request that brings a phase beyond a horizon of one year or more."""
    years = _horizon(card)
    for i, variation in enumerate(card.variations):
        if variation.object != "phase" or variation.action == "eliminate" or not years:
            continue
        whens = [(text, year) for text, _, _, year in days_in(variation.new)]
        whens += [(match[0], int(match[1])) for match in _MONTH_YEAR.finditer(variation.new or "")]
        for text, year in whens:
            if year is not None and year > max(years):
                yield hit(
                    f"variations[{i}].new",
                    variant="request",
                    found=text,
                    expected=f"entro il {max(years)}",
                    what=variation.object,
                    number=variation.number,
                    date=text,
                    horizon=card.horizon,
                    line=card.place("horizon").line,
                )
                break


def _horizon(card: Card) -> list[int]:
    """The years that the horizon names; a span ("2023-2025") by its ends."""
    return [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", card.horizon or "")]


def _timetables(card: Card) -> Iterator[Hit]:
    """A timetable row with a share in a year that the horizon does not have."""
    years = _horizon(card)
    for i, phase in enumerate(card.phases if years else ()):
        if phase.status in GONE:
            continue
        out = [key for key, share in phase.schedule.items() if weight(share) and _outside(key, years)]
        if out:
            yield hit(
                f"phases[{i}].schedule",
                variant="timetable",
                found=", ".join(out),
                expected=f"entro il {max(years)}",
                number=phase.number or str(i + 1),
                when=", ".join(out),
                horizon=card.horizon,
            )


def _outside(key: str, years: list[int]) -> bool:
    return key[:4].isdigit() and not min(years) <= int(key[:4]) <= max(years)


def _years_in_names(card: Card) -> Iterator[Hit]:
    """ "stesura capitolato (2024)" as an indicator, while the phase of the same words is all in another year."""
    for i, indicator in live_indicators(card):
        named = _YEAR_IN_NAME.search(indicator.name or "")
        bare = " ".join(_YEAR_IN_NAME.sub("", indicator.name or "").casefold().split())
        for phase in card.phases if named and len(bare) > 15 else ():
            years = {key[:4] for key in phase.schedule}
            text = " ".join((phase.text or "").casefold().split())
            if named and years and named[1] not in years and text == bare:
                yield hit(
                    f"indicators[{i}].name",
                    variant="year",
                    found=named[1],
                    expected=", ".join(sorted(years)),
                    name=short(indicator.name),
                    year=named[1],
                    number=phase.number,
                    phase=", ".join(sorted(years)),
                )


RULE = Rule(
    code="TMP002",
    level=Level.ERROR,
    card=check,
    kinds=("objective", "service"),
    title="Data fuori dall'orizzonte dell'obiettivo",
    message="Fuori dall'orizzonte: {what}, ma l'obiettivo va {due}.",
    variants={
        "title": "Il titolo dice «entro {deadline}», ma {which} dopo.",
        "request": "La richiesta porta la fase {number} al {date}, oltre l'orizzonte dell'obiettivo ({horizon}).",
        "timetable": "La fase {number} ha una quota nel {when}, fuori dall'orizzonte dell'obiettivo ({horizon}).",
        "year": "L'indicatore «{name}» è datato {year}, ma la fase {number} con le stesse parole sta nel {phase}.",
    },
    why="L'obiettivo è riferito a un arco di tempo determinato: ciò che cade fuori non si può misurare in quell'arco.",
    fix="Sposta la data dentro l'orizzonte, oppure allunga l'orizzonte (massimo il triennio del piano) e dillo nella variazione.",
    basis=(IN_TIME, INTERIM),
)
