"""Words of a sheet as its labels and values are compared: letters alone for labels, one clean line for values."""

from __future__ import annotations

import re
from decimal import Decimal
from difflib import SequenceMatcher

from ingest.dialects._letters import key

letters = key
_QUOTES = "“”„\"«»‟″"
_NUMBER = re.compile(r"[-+−]?\s*(?:€\s*)?\d[\d.,]*\s*(?:%|€)?")
_YEAR = re.compile(r"\b(20\d\d)\b")
MONTHS = (
    "gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno",
    "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre",
)  # fmt: skip


def flat(text: str) -> str:
    """The text on one line; a line broken after a hyphen is joined to the next without a space."""
    if "\n" not in text and "  " not in text:
        return text.strip()
    text = re.sub(r"(?<=\w)-\n(?=\w)", "-", text)
    return re.sub(r"\s+", " ", text).strip()


def unquoted(text: str) -> str:
    """The text without the quotation marks around it (an inner pair stays)."""
    text = flat(text)
    if text[:1] and text[0] in _QUOTES:
        text = text[1:]
    if text[-1:] and text[-1] in _QUOTES and sum(c in _QUOTES for c in text) % 2:
        text = text[:-1]
    return text.strip()


def opens_quote(text: str) -> bool:
    """Whether the text begins with a quotation mark."""
    return flat(text)[:1] in tuple(_QUOTES)


def quote_is_open(text: str) -> bool:
    """Whether a quotation begun in the text is not yet closed."""
    return sum(c in _QUOTES for c in text) % 2 == 1


def is_number(text: str) -> bool:
    """A bare number, percentage or sum: "1.082.072", "-50", "100,00%", "- €" is not one."""
    return bool(_NUMBER.fullmatch(text.strip()))


def percent(text: str) -> Decimal | None:
    """A share as written ("12,5%", "100") as a number; None for anything else."""
    match = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*%?\s*", text)
    return Decimal(match[1].replace(",", ".")) if match else None


def first_year(text: str) -> int | None:
    """The first year named in a text."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def years_in(text: str) -> list[str]:
    """Every year named in a text, in order ("2023/2024/2025")."""
    return _YEAR.findall(text)


def alike(a: str, b: str) -> float:
    """Likeness of two titles, 0..1; a title cut short by a full stop ("Verde pubb.") is held against its beginning."""
    left, right = letters(a), letters(b)
    if not left or not right:
        return 0.0
    shorter, longer = sorted((left, right), key=len)
    if len(shorter) >= 12 and longer.startswith(shorter):
        return 0.99 if shorter != longer else 1.0
    return SequenceMatcher(None, left, right, autojunk=False).ratio()
