"""What the rules on references share: the codes of a document, their short form, and likeness but for zeros."""

from __future__ import annotations

import re

from cards.model import Card
from scoring.facts import Facts

_YEAR = re.compile(r"(?:19|20)\d{2}")
CODE = re.compile(r"(?<![\w.])((?:\d{2}\.){2,3})?([A-Z]{1,2}\d?)\.?(\d{4,6})(?!\w)")


def split_codes(text: str | None) -> list[str]:
    """The codes of a shared objective, upper case: "DG.00004 / S4.00002" has two; "2/3" and "12/2025" are one each."""
    whole = " ".join((text or "").upper().split())
    parts = [part.strip() for part in whole.split("/") if part.strip()]
    several = all(re.search(r"[A-Z]|\d{4,}", part) and not _YEAR.fullmatch(part) for part in parts)
    return parts if several else [whole] * bool(whole)


def own_numbering(code: str) -> bool:
    """True for a bare number ("7", "012"): each unit may count from one, so it says which objective only within its unit."""
    return bool(re.fullmatch(r"\d{1,3}", code))


def loose(code: str) -> str:
    """A code without points and idle zeros: "S1.00001", "S1.0001" and "S100001" are alike."""
    match = re.fullmatch(r"(?:\d{2}\.)*([A-Z]{1,3}\d?)\.?0*(\d*)", code.strip().upper())
    return f"{match[1]}.{match[2]}" if match else code.strip().upper().lstrip("0")


def table_codes(facts: Facts) -> dict[str, str]:
    """Codes of the units' tables and lists, by their loose form."""
    found = [code for card in facts.of_kind("unit_summary") for item in card.items for code in split_codes(item.code)]
    found += [code for row in facts.listed if row.level == "objective" for code in split_codes(row.code)]
    return {loose(code): code for code in reversed(found)}


def card_codes(card: Card) -> list[str]:
    """The codes of a card."""
    return split_codes(card.code)
