"""One quantity at one place of a text: [comparator] [€ | n. | gg] number [%, €, mln, gg, h, ', su 10, /anno]."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from cards.quantities.comparators import match_after, match_before
from cards.quantities.dates import DAY_MONTH, YEAR, make_day, match_day, match_month
from cards.quantities.numbers import Digits, read_digits, read_word_number, round_half_up
from cards.quantities.target import Comparator, Type


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity found at ``start``..``end`` of the text. ``named`` is True when its unit needs no words after it."""

    start: int
    end: int
    type: Type
    value: str | None
    unit: str | None = None
    comparator: Comparator | None = None
    doubt: str | None = None
    named: bool = False
    signed: bool = False
    band: tuple[Quantity, Quantity] | None = None


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + r")(?:\.|(?!\w))"


DURATIONS: tuple[tuple[str, str], ...] = (
    ("g lav", r"(?:giorni|giornate|giorno|gg|g)\.?\s*(?:lavorativ[io]|lavor\.?|lav\.?|lavorat\.?)(?!\w)"),
    ("gg", _any(r"giorni(?:\s+(?:solari|naturali|consecutivi|di\s+calendario))?", "giorno", r"g\.g", "gg", "g")),
    ("h", _any("ore", "ora", "hh", "h")),
    ("min", _any("minuti", "minuto", "min", r"m'")),
    ("s", _any("secondi", "secondo", "sec", "s")),
    ("settimane", _any("settimane", "settimana", "sett")),
    ("mesi", _any("mesi", "mese")),
    ("anni", _any("anni", "anno")),
)
_DURATION = tuple((unit, re.compile(rf"\s*{words}", re.I)) for unit, words in DURATIONS)
_PERIOD = (
    r"(?:anno|annui?|annua|annue|mese|settimana|sett\.?|giorno|gg?\.?|ora|h|trimestre|semestre|die|quadrimestre|"
    r"bimestre|mensil[ei]|settimanal[ei])(?!\w)"
)
_RATE = re.compile(
    (
        rf"\s*(?:/\s*(?P<slash>{_PERIOD})|(?P<word>all'anno|l'anno|al\s+mese|a\s+settimana|alla\s+settimana|"
        rf"al\s+giorno|annu[ieoa]|annuali|mensili|settimanali)(?!\w))"
    ),
    re.I,
)
_PERCENT = re.compile(r"\s*(?:%|per\s?cento(?!\w))", re.I)
_PERMILLE = re.compile(r"\s*(?:‰|per\s?mille(?!\w))", re.I)
_SCALE = re.compile(r"\s*(mila|milioni?|miliard[oi]|mln|mld|mio)(?:\.|(?!\w))(?:\s+(?:di|d')(?!\w))?", re.I)
_EURO = re.compile(r"\s*(?:€|euro(?!\w)|eur(?!\w))(?:\s*/\s*(?P<per>\w+))?", re.I)
_BEFORE_EURO = re.compile(r"(?:€|euro(?!\w)|eur(?!\w))(?:/[^\W\d]+)?\.?\s*", re.I)
_BEFORE_COUNT = re.compile(
    r"(?:(?:n|nr|num|no)(?:\.\s*[°º]?|°|º)|n(?=\s?\d)|numero(?!\w)|nr(?=\s?\d)|№|n\s+(?=\d))\s*:?\s*", re.I
)
_BEFORE_TIME = re.compile(r"(?:giorni|gg\.?|ore|minuti|mesi|settimane|anni)\s*:?\s*(?=\d)", re.I)
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:,\d+)?(?![\d.,])")
_CLOCK = re.compile(r"(\d+)\s*['′]\s*(\d{1,2})\s*(?:\"|''|″|'|sec\.?)?(?!\d)")
_MIN_SEC = re.compile(
    r"(\d+)\s*(?:minuti|minuto|min\.?|m\.?)\s*(?:e\s+)?(\d{1,2})\s*(?:secondi|secondo|sec\.?|s\.?|\"|'')(?!\w)", re.I
)
_HOURS = re.compile(
    (
        r"(\d+)\s*(?:ore|ora|hh|h)\.?\s*(?:e\s+)?(\d{1,2})(?:\s*(?:minuti|minuto|min|m)(?:\.|(?!\w))|\s*'|"
        r"(?=\s*(?:$|[;,)(/]|-\s)))"
    ),
    re.I,
)
_PRIME = re.compile(r"\s*(\"|″|''|'|′)(?![\w])")
_YEARS = re.compile(
    (
        rf"(?:(?:a\.?\s?s\.?|anno\s+scolastico|biennio|triennio|anni)\s*)?({YEAR})\s?[/\-]\s?({YEAR}|"
        rf"\d\d)(?![\d.,/%])"
    ),
    re.I,
)
_YEAR = re.compile(rf"(?:l'anno\s+|il\s+|anno\s+)?({YEAR})(?![\d.,]*\d|\s?[%€/])", re.I)
_END_OF = re.compile(
    (
        r"(?:la\s+)?(?:fine(?:\s+(?:del\s+mese\s+)?(?:di|del|dell'))?|metà(?:\s+di)?|il\s+mese\s+di|mese\s+di|il|la|"
        r"l'|i|gli|le)(?!\w)\s*"
    ),
    re.I,
)
_YEAR_END = re.compile(rf"(?:l'|il\s+|la\s+)?(?:fine\s+(?:dell')?)?(?:anno|esercizio)(?!\w)(?:\s+({YEAR}))?", re.I)
_TERMS = {"semestre": 6, "quadrimestre": 4, "trimestre": 3, "bimestre": 2}
_NTH = {"primo": 1, "secondo": 2, "terzo": 3, "quarto": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_TERM = re.compile(
    rf"(?:il\s+|la\s+fine\s+del\s+)?(primo|secondo|terzo|quarto|i{{1,3}}|iv|[1-4])\s?[°º^]?\s+({'|'.join(_TERMS)})(?!\w)"
    rf"(?:\s+(?:del\s+|dell'anno\s+|anno\s+)?({YEAR}))?",
    re.I,
)
_OUT_OF = re.compile(r"\s*(?:in\s+media\s+|su\s+una\s+scala\s+di\s+)?su\s+(\d+)(?![\d.,%]*\d|\s?%)", re.I)
_ORDINAL = re.compile(r"\d+\s?[°ºª^](?!\s?C(?!\w))|[ivx]+°", re.I)


def match_quantity(text: str, pos: int) -> Quantity | None:
    """The quantity that starts exactly at ``pos``, its comparator and unit signs included; None if there is none."""
    sign = match_before(text, pos)
    at = _skip(text, sign[1]) if sign else pos
    found = _core(text, at, sign[0] if sign else None, text[pos : sign[1]].casefold() if sign else "")
    if found is None and sign and (again := match_before(text, at)) and again[0] == sign[0]:
        at = _skip(text, again[1])
        found = _core(text, at, sign[0], text[pos:at].casefold())
    if found is None:
        return None
    after = None if sign else match_after(text, found.end)
    comparator = sign[0] if sign else after[0] if after else None
    end = after[1] if after else found.end
    if found.type == "number" and not found.named and after:
        found = _unit(text, replace(found, end=end))
        end = found.end
    return replace(found, start=pos, end=end, comparator=comparator)


def _skip(text: str, pos: int) -> int:
    while pos < len(text) and text[pos] in " :":
        pos += 1
    return pos


def _core(text: str, pos: int, comparator: Comparator | None, words: str) -> Quantity | None:
    """What follows a comparator: a date or month where one can stand, a clock time, else a number with its unit."""
    when = "entro" in words or "prima" in words or "dopo" in words or "partire" in words
    at = pos
    if when or comparator is None:
        at = end.end() if (end := _END_OF.match(text, pos)) and when else pos
    return (
        _calendar(text, pos, when)
        or _calendar(text, at, when)
        or _years(text, pos, when, at)
        or _clock(text, pos)
        or _number(text, pos, comparator)
    )


def _calendar(text: str, pos: int, when: bool) -> Quantity | None:
    if found := match_day(text, pos):
        day, end = found
        doubt = None if day.valid else "data che non esiste nel calendario"
        return Quantity(pos, end, "date", day.text, doubt=doubt, named=True)
    if when and (match := DAY_MONTH.match(text, pos)) and int(match[2]) <= 12:
        day = make_day(int(match[1]), int(match[2]), None)
        return Quantity(pos, match.end(), "date", day.text, doubt=None if day.valid else "data che non esiste", named=True)
    if (match := _TERM.match(text, pos)) and (nth := _NTH[match[1].casefold()] * _TERMS[match[2].casefold()]) <= 12:
        return Quantity(pos, match.end(), "month", f"{match[3]}-{nth:02}" if match[3] else str(nth), named=True)
    if when and (match := _YEAR_END.match(text, pos)):
        return Quantity(pos, match.end(), "month", f"{match[1]}-12" if match[1] else "12", named=True)
    if month := match_month(text, pos):
        value, end = month
        return Quantity(pos, end, "month", value.removeprefix("0") if "-" not in value else value, named=True)
    return None


def _years(text: str, pos: int, when: bool, when_pos: int) -> Quantity | None:
    if match := _YEARS.match(text, pos):
        first = int(match[1])
        last = int(match[2]) if len(match[2]) == 4 else first // 100 * 100 + int(match[2])
        if first < last <= first + 15:
            return Quantity(pos, match.end(), "range", f"{first}..{last}", named=True)
    if when and (match := _YEAR.match(text, when_pos)):
        return Quantity(pos, match.end(), "year", match[1], named=True)
    return None


def _clock(text: str, pos: int) -> Quantity | None:
    for pattern, unit in ((_HOURS, "h"), (_CLOCK, "min"), (_MIN_SEC, "min")):
        if (match := pattern.match(text, pos)) and int(match[2]) < 60:
            value = Decimal(match[1]) + Decimal(match[2]) / 60
            places = 0 if match[2].strip("0") == "" else 4 if unit == "min" else 2
            value = round_half_up(value, places)
            doubt = (
                None
                if pattern is not _CLOCK or not match[0].rstrip().endswith("'") or match[0].endswith("''")
                else "minuti e secondi?"
            )
            return Quantity(pos, match.end(), "duration", _trim(value, unit), unit, doubt=doubt, named=True)
    return None


def _trim(value: Decimal, unit: str) -> str:
    """Hours lose idle zeros (36.50 -> 36.5); minutes keep four places."""
    return f"{value.normalize():f}" if unit == "h" else f"{value:f}"


def _number(text: str, pos: int, comparator: Comparator | None) -> Quantity | None:
    start, money, time_unit = pos, False, None
    negative = signed = False
    while True:
        if match := _BEFORE_EURO.match(text, pos):
            money, pos = True, match.end()
        elif match := _BEFORE_COUNT.match(text, pos):
            pos = match.end()
        elif (match := _BEFORE_TIME.match(text, pos)) and time_unit is None:
            time_unit, pos = _unit_at(match[0]), match.end()
        elif not signed and _is_sign(text, pos):
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
        scaled = _scaled(text, base)
        per = re.compile(r"\s*/\s*([^\W\d]+)").match(text, scaled.end)
        return replace(scaled, type="money", unit=f"€/{per[1]}" if per else "€", end=per.end() if per else scaled.end, named=True)
    if time_unit and not _unit(text, base).named:
        return replace(base, type="duration", unit=time_unit, named=True)
    return _unit(text, base)


def _is_sign(text: str, pos: int) -> bool:
    """ "+150", "-5%"; a dash after another quantity ("5-10", "85% Bellusco- 90%") is no sign."""
    if not re.match(r"[+-]\s?\d", text[pos : pos + 3]):
        return False
    return text[pos] == "+" or not text[:pos].strip()


def _digits(text: str, pos: int, comparator: Comparator | None) -> tuple[Digits, int] | None:
    if pos and (text[pos - 1].isdigit() or (text[pos - 1].isalpha() and text[pos : pos + 1].isdigit())):
        return None
    if spaced := _SPACED.match(text, pos):
        return Digits(Decimal(spaced[0].replace(" ", "").replace(",", "."))), spaced.end()
    if match := _DIGITS.match(text, pos):
        if _ORDINAL.match(text, pos):
            return None
        read = read_digits(match[0])
        return (read, match.end()) if read else None
    word = re.compile(r"[^\W\d_]+(?!\w|')").match(text, pos)
    if word and word[0].casefold() in ("nessun", "nessuno", "nessuna"):
        return Digits(Decimal(0), "«nessuno» letto come zero"), word.end()
    number = read_word_number(word[0]) if word else None
    if word is None or number is None or (number == 1 and comparator is None) or (pos and text[pos - 1] == "'"):
        return None
    return Digits(Decimal(number)), word.end()


def _scaled(text: str, base: Quantity) -> Quantity:
    match = _SCALE.match(text, base.end)
    if match is None or base.value is None:
        return base
    word = match[1].casefold()
    factor = 1000 if word == "mila" else 10**9 if word.startswith(("miliard", "mld")) else 10**6
    value = Decimal(base.value) * factor
    whole = value == value.to_integral_value()
    return replace(base, value=f"{value.quantize(Decimal(1)) if whole else value.normalize():f}", end=match.end())


def _unit(text: str, base: Quantity) -> Quantity:
    """Adds the unit written right after the digits."""
    base = _scaled(text, base)
    if match := _PERCENT.match(text, base.end):
        return replace(base, type="percent", unit="%", end=match.end(), named=True)
    if match := _PERMILLE.match(text, base.end):
        return replace(base, unit="‰", end=match.end(), named=True)
    if match := _EURO.match(text, base.end):
        return replace(base, type="money", unit=f"€/{match['per']}" if match["per"] else "€", end=match.end(), named=True)
    if match := _OUT_OF.match(text, base.end):
        return _score_or_ratio(base, match[1], match.end())
    if match := _PRIME.match(text, base.end):
        unit = "min" if match[1] in ("'", "′") else "s"
        return replace(base, type="duration", unit=unit, end=match.end(), named=True)
    for unit, pattern in _DURATION:
        if match := pattern.match(text, base.end):
            rate = _RATE.match(text, match.end())
            end, full = (rate.end(), _rate_unit(unit, rate)) if rate else (match.end(), unit)
            return replace(base, type="duration", unit=full, end=end, named=True)
    if (match := _RATE.match(text, base.end)) and not text[base.end : match.end()].strip().casefold().startswith("annual"):
        return replace(base, unit=_rate_unit("", match), end=match.end(), named=True)
    return base


def _rate_unit(unit: str, match: re.Match[str]) -> str:
    slash = match["slash"]
    return f"{unit}/{slash}" if slash else f"{unit} {match['word']}".strip()


def _score_or_ratio(base: Quantity, top: str, end: int) -> Quantity:
    value = Decimal(base.value or "0")
    if top in ("10", "100", "30", "5") and value <= int(top) or (top in ("4", "6", "7") and "." in (base.value or "")):
        return replace(base, type="score", unit=f"su {top}", end=end, named=True)
    return replace(base, type="ratio", value=f"{base.value}/{top}", end=end, named=True)


def _unit_at(word: str) -> str | None:
    for unit, pattern in _DURATION:
        if pattern.match(word.strip(" :")):
            return unit
    return None
