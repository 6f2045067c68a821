"""Italian numbers, both ways: "1.234,5" <-> Decimal("1234.5"). A point before three digits groups thousands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_ITALIAN = re.compile(r"\d+(?:,\d+)?")
_ENGLISH = re.compile(r"\d+\.\d+")
_ENGLISH_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:,\d{3}){2,}")
_ITALIAN_GROUPED_LOOSE = re.compile(r"\d{4,}\.\d{3},\d+")
_PLAIN = re.compile(
    r"\s*(?:€|euro\b|eur\b)?\s*(?P<sign>[+\-−–]?)\s*(?:€\s*)?(?P<digits>\d(?:[\d.,]*\d)?)\s*"
    r"(?P<unit>%|per\s?cento|€|euro|eur)?\s*",
    re.IGNORECASE,
)

WORDS = {
    "zero": 0, "un": 1, "uno": 1, "una": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7,
    "otto": 8, "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "tredici": 13, "quattordici": 14, "quindici": 15,
    "sedici": 16, "diciassette": 17, "diciotto": 18, "diciannove": 19, "venti": 20, "trenta": 30, "quaranta": 40,
    "cinquanta": 50, "sessanta": 60, "settanta": 70, "ottanta": 80, "novanta": 90, "cento": 100, "mille": 1000,
}  # fmt: skip
_TENS = {word: value for word, value in WORDS.items() if 20 <= value <= 90}
_UNITS = {word: value for word, value in WORDS.items() if 1 <= value <= 9 and word != "una"} | {"tré": 3}


@dataclass(frozen=True, slots=True)
class Digits:
    """A run of digits as read: its value and, when the writing leaves a doubt, what the doubt is (Italian)."""

    value: Decimal
    doubt: str | None = None


def read_digits(text: str) -> Digits | None:
    """Reads digits, points and commas alone; None where no reading is possible ("1.234.56", "12,5,3")."""
    if not text.isascii():
        return None
    grouped = _GROUPED.fullmatch(text)
    if grouped and not text.startswith("0"):
        return Digits(Decimal(text.replace(".", "").replace(",", ".")))
    if _ITALIAN.fullmatch(text):
        return Digits(Decimal(text.replace(",", ".")))
    if _ENGLISH.fullmatch(text):
        return Digits(Decimal(text), "punto usato come virgola: potrebbe essere un errore di scrittura")
    if _ENGLISH_GROUPED.fullmatch(text):
        return Digits(Decimal(text.replace(",", "")), "virgola delle migliaia all'inglese")
    if _ITALIAN_GROUPED_LOOSE.fullmatch(text):
        return Digits(Decimal(text.replace(".", "").replace(",", ".")), "punti delle migliaia incompleti")
    return None


def _plain(text: str) -> tuple[Decimal, str] | None:
    match = _PLAIN.fullmatch(text.replace("\u00a0", " "))
    if match is None:
        return None
    digits = read_digits(match["digits"])
    if digits is None or digits.doubt:
        return None
    value = -digits.value if match["sign"] and match["sign"] != "+" else digits.value
    return value, (match["unit"] or "").casefold()


def read_number(text: str | None) -> Decimal | None:
    """A plain number, percentage or sum of money; None if anything else stands beside it or the writing is ambiguous.

    >>> read_number("1.234,5"), read_number("96,25%"), read_number("12.000,00 €"), read_number("2.24")
    (Decimal('1234.5'), Decimal('96.25'), Decimal('12000.00'), None)
    """
    plain = _plain(text) if text else None
    return plain[0] if plain else None


def read_percent(text: str | None) -> Decimal | None:
    """A percentage on its printed scale: "96,25%" and "96,25" give 96.25; money and ambiguous writings give None."""
    plain = _plain(text) if text else None
    return plain[0] if plain and plain[1] not in ("€", "euro", "eur") and "€" not in (text or "") else None


def italian(number: Decimal | int, places: int | None = None) -> str:
    """The Italian writing of a number: "1.234,5". ``places`` fixes the decimals (half up); None keeps those it has.

    >>> italian(Decimal("1234.5")), italian(Decimal("96.245"), 2)
    ('1.234,5', '96,25')
    """
    value = Decimal(number)
    if not value.is_finite():
        raise ValueError(f"not a finite number: {number}")
    if places is not None:
        value = round_half_up(value, places)
    whole, _, decimals = f"{value:,f}".partition(".")
    return whole.replace(",", ".") + ("," + decimals if decimals else "")


def round_half_up(value: Decimal, places: int) -> Decimal:
    """The value with ``places`` decimals, a half away from zero, whatever the context's precision."""
    sign, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or -exponent <= places:
        return value + 0 if places == 0 and exponent == 0 else _pad(value, places)
    drop = -exponent - places
    number = int("".join(map(str, digits)))
    kept, rest = divmod(number, 10**drop)
    kept += rest * 2 >= 10**drop
    return Decimal((sign, tuple(map(int, str(kept))), -places))


def _pad(value: Decimal, places: int) -> Decimal:
    sign, digits, exponent = value.as_tuple()
    assert isinstance(exponent, int)
    return Decimal((sign, digits + (0,) * (exponent + places), -places))


@lru_cache(maxsize=20_000)
def read_word_number(word: str) -> int | None:
    """A number written in letters, 0..999.999: "due", "ventuno", "centoventi", "tremila"; None for any other word."""
    low = word.casefold()
    return _thousands(low) if low.isalpha() else None


def _thousands(word: str) -> int | None:
    if "mila" in word:
        head, _, tail = word.partition("mila")
        many, rest = _hundreds(head), _hundreds(tail) if tail else 0
        return None if many is None or rest is None or many < 2 else many * 1000 + rest
    if word.startswith("mille"):
        rest = _hundreds(word[5:]) if word[5:] else 0
        return None if rest is None else 1000 + rest
    return _hundreds(word)


def _hundreds(word: str) -> int | None:
    if word in WORDS and word != "mille":
        return WORDS[word]
    head, found, tail = word.partition("cento")
    if found and (not head or head in _UNITS):
        rest = _tens(tail) if tail else 0
        return None if rest is None else _UNITS.get(head, 1) * 100 + rest
    return _tens(word)


def _tens(word: str) -> int | None:
    if word in WORDS and WORDS[word] < 100:
        return WORDS[word]
    for tens, value in _TENS.items():
        for stem in (tens, tens[:-1]):
            if word.startswith(stem) and word[len(stem) :] in _UNITS:
                unit = word[len(stem) :]
                if (stem == tens) != (unit in ("uno", "un", "otto")):
                    return value + _UNITS[unit]
    return None
