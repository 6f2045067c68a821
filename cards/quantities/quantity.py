"""One quantity at one place of a text: [comparator] [€ | n. | gg] number [%, €, mln, gg, h, ', su 10, /anno]."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from cards.quantities.comparators import match_after, match_before
from cards.quantities.measures import Quantity, scaled, time_unit_of, unit_after
from cards.quantities.moments import END_OF, read_calendar, read_clock, read_years
from cards.quantities.numbers import Digits, read_digits, read_word_number
from cards.quantities.target import Comparator

_BEFORE_EURO = re.compile(r"(?P<scale>[km]\s?(?=€))?(?:€|euro(?!\w)|eur(?!\w))(?:/[^\W\d]+)?\.?\s*", re.I)
_BEFORE_COUNT = re.compile(
    r"(?:(?:n|nr|num|no)(?:\.\s*[°º]?|°|º)|n(?=\s?\d)|numero(?!\w)|nr(?=\s?\d)|№|n\s+(?=\d))\s*:?\s*", re.I
)
_BEFORE_TIME = re.compile(r"(?:giorni|gg\.?|ore|h\.?|minuti|mesi|settimane|anni)\s*:?\s*(?=\d)", re.I)
_PER = re.compile(r"\s*/\s*([^\W\d]+)")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d.,])")
_APOSTROPHES = re.compile(r"\d{1,3}(?:'\d{3})+(?!\d)")
_ONCE = re.compile(
    r"un[oa]?\s+(?:volta\s+)?(?:[^\W\d]+\s+){0,2}(?:al|all'|alla|ogni|per|l'|a)\s*(?:giorno|settimana|mese|\w*mestre|anno)", re.I
)
_FROM = re.compile(r"(?<!\w)(?:da|dal|tra|fra|a|ad|al|e|ed)\s+$", re.I)
_SINCE = re.compile(r"(?<!\w)(?:dal|al)\s*$", re.I)
_ORDINAL = re.compile(r"\d+\s?[°ºª^](?!\s?C(?!\w))|\d+[ao](?![\w'])|[ivx]+°", re.I)


def match_quantity(text: str, pos: int) -> Quantity | None:
    """The quantity that starts exactly at ``pos``, its comparator and unit signs included; None if there is none."""
    sign = match_before(text, pos)
    at = _skip(text, sign[1]) if sign else pos
    found = _core(text, at, sign[0] if sign else None, text[pos : sign[1]].casefold() if sign else "")
    if found is None and sign and (again := match_before(text, at)) and again[0] in (sign[0], "="):
        at = _skip(text, again[1])
        found = _core(text, at, sign[0], text[pos:at].casefold())  # "almeno pari a 30"
    if found is None:
        return None
    after = None if sign else match_after(text, found.end)
    comparator = sign[0] if sign else after[0] if after else None
    end = after[1] if after else found.end
    if found.type == "number" and not found.named and after:
        found = unit_after(text, replace(found, end=end))
        end = found.end
    return replace(found, start=pos, end=end, comparator=comparator)


def _skip(text: str, pos: int) -> int:
    while pos < len(text) and text[pos] in " :":
        pos += 1
    return pos


def _core(text: str, pos: int, comparator: Comparator | None, words: str) -> Quantity | None:
    """What follows a comparator: a date or month where one can stand, a clock time, else a number with its unit."""
    when = any(word in words for word in ("entro", "prima", "dopo", "partire"))
    at = pos
    if when or comparator is None:
        at = end.end() if (end := END_OF.match(text, pos)) and when else pos
    return (
        read_calendar(text, pos, when or bool(_SINCE.search(text[:pos])))
        or read_calendar(text, at, when)
        or read_years(text, pos, when, at)
        or read_clock(text, pos)
        or _number(text, pos, comparator)
    )


def _number(text: str, pos: int, comparator: Comparator | None) -> Quantity | None:
    start, money, time_unit, factor = pos, False, None, 1
    negative = signed = False
    while True:
        if match := _BEFORE_EURO.match(text, pos):
            money, pos = True, match.end()
            factor = {"k": 1000, "m": 10**6}.get((match["scale"] or "").strip().casefold(), factor)
        elif match := _BEFORE_COUNT.match(text, pos):
            pos = match.end()
        elif (match := _BEFORE_TIME.match(text, pos)) and time_unit is None:
            time_unit, pos = time_unit_of(match[0]), match.end()
        elif not signed and _is_sign(text, pos, start, comparator):
            signed, negative = True, text[pos] == "-"
            pos = _skip(text, pos + 1)
        else:
            break
    digits = _digits(text, pos, comparator)
    if digits is None:
        return None
    read, end = digits
    value = -read.value if negative else read.value
    base = Quantity(start, end, "number", f"{value:f}", doubt=read.doubt, signed=signed)
    if money:
        sum_ = scaled(text, base, factor)
        per = _PER.match(text, sum_.end)
        return replace(sum_, type="money", unit=f"€/{per[1]}" if per else "€", end=per.end() if per else sum_.end, named=True)
    if time_unit and not unit_after(text, base).named:
        return replace(base, type="duration", unit=time_unit, named=True)
    return unit_after(text, base)


def _is_sign(text: str, pos: int, start: int, comparator: Comparator | None) -> bool:
    """ "+150", "-5%", "€ -5", "≤ -5 gg", "da -5 a -2"; a dash after another quantity ("5-10", "85% centro- 90%") is no sign."""
    if not re.match(r"[+-]\s?(?:€\s?|euro\s)?\d", text[pos : pos + 8], re.I):
        return False
    first = not text[:start].strip() or (bool(_FROM.search(text[:start])) and text[pos + 1 : pos + 2].isdigit())
    return text[pos] == "+" or comparator is not None or first


def _digits(text: str, pos: int, comparator: Comparator | None) -> tuple[Digits, int] | None:
    if pos and (text[pos - 1].isdigit() or (text[pos - 1].isalpha() and text[pos : pos + 1].isdigit())):
        return None
    if spaced := _SPACED.match(text, pos):
        return Digits(Decimal(spaced[0].replace(" ", "").replace(",", "."))), spaced.end()
    if grouped := _APOSTROPHES.match(text, pos):
        return Digits(Decimal(grouped[0].replace("'", "")), "apostrofo al posto del punto delle migliaia"), grouped.end()
    if match := _DIGITS.match(text, pos):
        if _ORDINAL.match(text, pos):
            return None
        read = read_digits(match[0])
        return (read, match.end()) if read else None
    word = re.compile(r"[^\W\d_]+(?!\w|')").match(text, pos)
    if word and word[0].casefold() in ("nessun", "nessuno", "nessuna"):
        return Digits(Decimal(0), "«nessuno» letto come zero"), word.end()
    number = read_word_number(word[0]) if word else None
    if word is None or number is None or (pos and text[pos - 1] == "'"):
        return None
    if number == 1 and comparator is None and not _ONCE.match(text, pos) and text.casefold() not in ("uno", "una"):
        return None
    return Digits(Decimal(number)), word.end()
