"""TMP001: a day that the calendar does not have (31/09), an end before its start, an act dated before its own year."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cards.model import Card
from cards.quantities.dates import MONTHS
from scoring.days import days_in, exists, first_day, last_day
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CALENDAR, IN_TIME

_ACT = re.compile(
    r"(?<!\w)(?:prot(?:ocollo|\.)|delibera(?:zione)?|determina(?:zione)?|decreto|ordinanza|nota|d\.?g\.?[cu]?\.?|d\.?c\.?c?\.?|d\.?d\.?)(?!\w)"
    r"(?:[^.;()]|\bn\.){0,60}?\b(\d{1,6})/((?:19|20)\d{2})\s+(?:del|in\s+data)\s+(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d{2})",
    re.IGNORECASE,
)
_WORDED = re.compile(rf"(?<![\d/.,])(\d{{1,2}})°?\s+({'|'.join(MONTHS)})(?!\w)(?:\s+((?:19|20)\d{{2}}))?", re.IGNORECASE)

_CALENDAR = 2


def check(facts: Facts) -> Iterator[Hit]:
    """Fields of the cards that hold dates, then the running text (whole dates only)."""
    told: set[str | None] = set()
    for card in facts.cards:
        for one in _card(card):
            told.add(one.found)
            yield one
    for paragraph in facts.texts:
        place = {"page": paragraph.page, "line": paragraph.line}
        for text, day, month, year in days_in(paragraph.text):
            if year is not None and 1900 < year < 2100 and "/" in text and not exists(day, month, year):
                yield hit(found=text, expected="una data del calendario", text=text, page=place["page"], line=place["line"])
        for text in [*_in_a_calendar(paragraph.text), *_worded(paragraph.text)]:
            if text not in told:
                yield hit(found=text, expected="una data del calendario", text=text, page=place["page"], line=place["line"])
        for match in _ACT.finditer(paragraph.text):
            if match[2] != match[5] and (match[2] > match[5] or not match[0].casefold().startswith("nota")):
                yield hit(
                    found=match[0],
                    expected=f"una data del {match[2]}",
                    variant="act",
                    number=f"{match[1]}/{match[2]}",
                    text=f"{match[3]}/{match[4]}/{match[5]}",
                    year=match[2],
                    page=place["page"],
                    line=place["line"],
                )


def _in_a_calendar(text: str) -> Iterator[str]:
    """Days without a year that do not exist, in a text that is full of such days (a row of a timetable)."""
    days = [(written, day, month) for written, day, month, year in days_in(text) if year is None and 1 <= month <= 12]
    if sum(exists(day, month, None) for _, day, month in days) >= _CALENDAR:
        yield from (written for written, day, month in days if day <= 31 and not exists(day, month, None))


def _worded(text: str | None) -> Iterator[str]:
    """ "31 settembre", "29 febbraio 2023"; a count before a month ("n. 31 novembre") is no day."""
    for match in _WORDED.finditer(text or ""):
        day, month, year = int(match[1]), MONTHS[match[2].casefold()], int(match[3]) if match[3] else None
        if 28 < day <= 31 and not exists(day, month, year):
            yield match[0]


def _card(card: Card) -> Iterator[Hit]:
    fields = [("start", card.start), ("end", card.end), ("horizon", card.horizon)]
    fields += [
        (f"phases[{i}].{name}", value)
        for i, phase in enumerate(card.phases)
        for name, value in (("start", phase.start), ("end", phase.end))
    ]
    fields += [
        (f"indicators[{i}].{kind}.{key}", value)
        for i, indicator in enumerate(card.indicators)
        for kind in ("targets", "actuals")
        for key, value in getattr(indicator, kind).items()
    ]
    for at, value in fields:
        for text, day, month, year in days_in(value):
            if _means_a_day(at, text) and not exists(day, month, year):
                yield hit(at, card=card, found=text, expected="una data del calendario", text=text)
        for text in _worded(value):
            yield hit(at, card=card, found=text, expected="una data del calendario", text=text)
    yield from _order(card, "start", card.start, card.end, "dell'obiettivo")
    for i, phase in enumerate(card.phases):
        yield from _order(card, f"phases[{i}].start", phase.start, phase.end, f"della fase {phase.number or i + 1}")


def _means_a_day(at: str, text: str) -> bool:
    """In a target "30/45" is a ratio: there only a date with its year counts."""
    return not at.startswith("indicators") or bool(re.fullmatch(r"\d{1,2}/\d{1,2}/\d{4}", text))


def _order(card: Card, at: str, start: str | None, end: str | None, what: str) -> Iterator[Hit]:
    first, last = first_day(start, card.year), last_day(end, card.year)
    named = [any(year for *_, year in days_in(text)) for text in (start, end)]
    if first and last and last < first and named[0] == named[1]:
        yield hit(
            at,
            card=card,
            variant="order",
            found=f"{start} - {end}",
            expected="una fine dopo l'inizio",
            what=what,
            start=start,
            end=end,
        )


RULE = Rule(
    code="TMP001",
    level=Level.ERROR,
    document=check,
    title="Data impossibile",
    message="La data «{text}» non esiste.",
    variants={
        "order": "La fine {what} ({end}) viene prima dell'inizio ({start}).",
        "act": "L'atto n. {number} non può avere la data {text}: è del {year}.",
    },
    why="Su una data che non esiste non si può misurare nessun ritardo.",
    fix="Correggi il giorno, il mese o l'anno; controlla che la fine venga dopo l'inizio.",
    basis=(IN_TIME, CALENDAR),
)
