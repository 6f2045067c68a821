"""What the rules on references share: the codes of a document, their short form, and likeness but for zeros."""

from __future__ import annotations

import re

from cards.model import Card
from scoring.facts import Facts

CODE = re.compile(r"(?<![\w.])((?:\d{2}\.){2,3})?([A-Z]{1,2}\d?)\.?(\d{4,6})(?!\w)")


def split_codes(text: str | None) -> list[str]:
    """The codes of a shared objective, upper case: "DG.00004 / S4.00002" has two."""
    return [part.strip().upper() for part in (text or "").split("/") if part.strip()]


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
