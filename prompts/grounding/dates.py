"""Dates in running text: full, without year, month and year, year, ranges of years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from cards.quantities.dates import MONTHS, YEAR, month_number
from prompts.grounding.facts import Fact, Parts

_MONTH = "|".join(MONTHS)
_NUMERIC = re.compile(rf"(?<![\d.,/])(\d{{1,2}})([./-])(\d{{1,2}})\2({YEAR}|\d\d)(?!\d|/\d|\.\w)")
_ISO = re.compile(rf"(?<!\d)({YEAR})-(\d\d)-(\d\d)(?!\d)")
_WORDED = re.compile(rf"(?<![\d.,/])(\d{{1,2}}|primo)\s?[°º^]?\s+({_MONTH})(?!\w)(?:\s+(?:del\s+)?({YEAR})(?!\d))?", re.I)
_TO_WORDED = re.compile(
    (
        rf"(?<![\d.,/])(\d{{1,2}})\s?[°º^]?\s*(?:-|e|al|e\s+(?:il|l')|e\s+il|"
        rf",)\s*(?=(\d{{1,2}})\s?[°º^]?\s+({_MONTH})(?!\w)(?:\s+(?:del\s+)?({YEAR}))?)"
    ),
    re.I,
)
_MONTH_YEAR = re.compile(
    rf"(?<!\w)(?=[gfmalsond])({_MONTH})(?!\w)(?:\s*[-/]\s*({_MONTH})(?!\w))?(?:\s+(?:del\s+|dell'anno\s+)?({YEAR})(?!\d))?", re.I
)
_DAY_MONTH = re.compile(r"(?<![\d.,/])(\d{1,2})([./])(\d{1,2})(?![\d.,/%]*\d|\s?%)")
_A_DAY = re.compile(r"(?:\b(?:al|dal|il|del|entro|sul|nel|fino al|giorno|data)|\d\s?[-–]|-)\s*$", re.I)
_NUMERIC_MONTH = re.compile(rf"(?<![\d./])(0?[1-9]|1[0-2])/({YEAR})(?![\d/])")
_YEARS_IN_A_ROW = re.compile(rf"(?<![\d.,/])({YEAR})((?:/\d\d){{2,4}})(?![\d.,/%])")
_YEARS = re.compile(rf"(?<![\d.,])({YEAR})\s?[/–-]\s?({YEAR}|\d\d)(?![\d.,/%])(?!\s?[€%])")
_SHORT_YEARS = re.compile(r"(?<![\w.,/-])(1\d|2\d|3\d)\s?[-–/]\s?(1\d|2\d|3\d)(?![\w%]|[.,/-]\d)")
_YEAR = re.compile(rf"(?<![\d.,/'])(?:('\d\d)|({YEAR}))(?![\d%]|[.,]\d)")
_YEAR_CUE = re.compile(
        r"(?:\b(?:nel|del|dal|al|il|entro|anno|annualità|anni|esercizio|triennio|biennio|piao|peg|dup|piano|"
        r"nel corso del|fine|inizio|termine del|nell'anno|dell'anno|"
        r"dall'anno|all'anno|a\.?\s?s\.?|target|atteso|attesa|attesi|attese|previsto|prevista|bilancio|"
        r"performance|consuntivo|per il|sul|col|con il|rispetto al|e|"
    + _MONTH + r")|[(,/;–-])\s*(?:il\s+)?$",
    re.I,
)  # fmt: skip
_DIGIT = re.compile(r"\d")
_BEFORE = 40
_SHORT_MONTH = re.compile(
    rf"(?<!\w)(genn?|febb?|mar|apr|mag|giu|lug|ago|sett?|ott|nov|dic)(?!\w)\.?(?:[\s/-]+({YEAR})(?!\d))?(?=\s*(?:[–/,;:-]|\d|$|(?-i:[A-Z])))",
    re.I,
)


def find_dates(text: str) -> list[Fact]:
    """The dates of a text."""
    return list(_apart(text, _strict(text)))


def find_loose_dates(text: str) -> list[Fact]:
    """What in a source may be a date besides: "1.11", "set. 2023", bare years."""
    return list(_apart(text, _loose(text)))


def _apart(text: str, found: Iterable[tuple[int, int, list[Parts]]]) -> Iterator[Fact]:
    taken = bytearray(len(text) + 1)
    for start, end, parts in found:
        if any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        for part in parts:
            yield Fact("date", text[start:end].strip(), start, end, date=part)


def _strict(text: str) -> Iterator[tuple[int, int, list[Parts]]]:
    """The forms in the order in which they are to be tried; those that the text cannot have are left out."""
    digits = _DIGIT.search(text) is not None
    low = text.casefold()
    named = any(month in low for month in MONTHS)
    if digits:
        yield from _in_digits(text)
    if named:
        yield from _with_days(text)
    if digits:
        for m in _NUMERIC_MONTH.finditer(text):
            yield m.start(), m.end(), [(int(m[2]), int(m[1]), None)]
    if named:
        for m in _MONTH_YEAR.finditer(text):
            year = int(m[3]) if m[3] else None
            yield m.start(), m.end(), [(year, MONTHS[name.casefold()], None) for name in (m[1], m[2]) if name]
    if digits:
        yield from _years(text)
        for m in _DAY_MONTH.finditer(text):
            if _A_DAY.search(text, max(0, m.start() - _BEFORE), m.start()) and _is_day(int(m[1]), int(m[3])):
                yield m.start(), m.end(), [(None, int(m[3]), int(m[1]))]


def _in_digits(text: str) -> Iterator[tuple[int, int, list[Parts]]]:
    for m in _ISO.finditer(text):
        yield m.start(), m.end(), [(int(m[1]), int(m[2]), int(m[3]))]
    for m in _NUMERIC.finditer(text):
        if _is_day(int(m[1]), int(m[3])):
            yield m.start(), m.end(), [(int(m[4]) if len(m[4]) == 4 else 2000 + int(m[4]), int(m[3]), int(m[1]))]


def _with_days(text: str) -> Iterator[tuple[int, int, list[Parts]]]:
    for m in _TO_WORDED.finditer(text):
        if _is_day(int(m[1]), 1):
            yield m.start(), m.start() + len(m[1]), [(int(m[4]) if m[4] else None, MONTHS[m[3].casefold()], int(m[1]))]
    for m in _WORDED.finditer(text):
        day = 1 if m[1].casefold() == "primo" else int(m[1])
        yield m.start(), m.end(), [(int(m[3]) if m[3] else None, MONTHS[m[2].casefold()], day)]


def _years(text: str) -> Iterator[tuple[int, int, list[Parts]]]:
    for m in _YEARS_IN_A_ROW.finditer(text):
        yield m.start(), m.end(), [(int(m[1]), None, None), *((2000 + int(y), None, None) for y in m[2].split("/")[1:])]
    for m in _YEARS.finditer(text):
        first = int(m[1])
        last = int(m[2]) if len(m[2]) == 4 else first // 100 * 100 + int(m[2])
        if first < last <= first + 30:
            yield m.start(), m.end(), [(first, None, None), (last, None, None)]


def _is_day(day: int, month: int) -> bool:
    return 1 <= day <= 31 and 1 <= month <= 12


def _loose(text: str) -> Iterator[tuple[int, int, list[Parts]]]:
    for m in _SHORT_MONTH.finditer(text):
        month = month_number(m[1])
        if month:
            yield m.start(), m.end(), [(int(m[2]) if m[2] else None, month, None)]
    for m in _DAY_MONTH.finditer(text):
        if _is_day(int(m[1]), int(m[3])):
            yield m.start(), m.end(), [(None, int(m[3]), int(m[1]))]
    for m in _SHORT_YEARS.finditer(text):
        if int(m[1]) < int(m[2]) <= int(m[1]) + 6:
            yield m.start(), m.end(), [(2000 + int(m[1]), None, None), (2000 + int(m[2]), None, None)]
    for m in _YEAR.finditer(text):
        yield m.start(), m.end(), [(int(m[2]) if m[2] else 2000 + int(m[1][1:]), None, None)]


def find_years(text: str) -> Iterator[Fact]:
    """Four digits that a sentence can only mean as a year ("nel 2020", "target 2025")."""
    for m in _YEAR.finditer(text):
        noun = re.match(r"\s+(?:[^\W\d_]{4,}(?<!per)(?<!con)(?<!del))", text[m.end() :])
        cue = _YEAR_CUE.search(text, max(0, m.start() - _BEFORE), m.start())
        if m[2] and (cue or not noun):
            yield Fact("date", m[0], m.start(), m.end(), date=(int(m[2]), None, None), yearlike=True)


def agrees(said: Parts, source: Parts) -> bool:
    """True when the source's date holds all that is said; a year or month missing in the source is taken on trust."""
    year, month, day = said
    if year is not None and source[0] is not None and year != source[0]:
        return False
    if month is not None and month != source[1]:
        return False
    if day is not None and day != source[2]:
        return False
    return not (year is not None and month is None and source[0] is None)


def shown(said: Parts) -> str:
    """A date for a message: "2 maggio 2024", "maggio 2025", "2020"."""
    names = {number: name for name, number in MONTHS.items()}
    return " ".join(str(part) for part in (said[2], names.get(said[1] or 0), said[0]) if part)
