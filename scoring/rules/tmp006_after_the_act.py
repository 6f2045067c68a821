"""TMP006: an action planned after the act that already completed it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cards.model import Card
from scoring.days import days_in, exists
from scoring.facts import Facts
from scoring.rule import Hit, Level, Rule, hit
from scoring.rules._sources import CHANGES, IN_TIME
from scoring.values import short

_DONE = re.compile(
    r"(?<!\w)(?:già|gia'?|(?:è|e'|sono)\s+stat[oaie](?:\s+già)?|risulta(?:no)?(?:\s+già)?)\s+(approvat|adottat|stipulat|sottoscritt|firmat|aggiudicat|affidat|conclus|realizzat)",
    re.IGNORECASE,
)
_STEM = {
    "approvat": "approvazion",
    "adottat": "adozion",
    "stipulat": "stipul",
    "sottoscritt": "sottoscrizion",
    "firmat": "firm",
    "aggiudicat": "aggiudicazion",
    "affidat": "affidament",
    "conclus": "conclusion",
    "realizzat": "realizzazion",
}


def check(card: Card, facts: Facts) -> Iterator[Hit]:
    """The reason of a request says when it was done; the new phase says when it is planned."""
    for i, variation in enumerate(card.variations):
        done = _DONE.search(variation.reason or "")
        if not done or not variation.new:
            continue
        acts = [when for when in _days(variation.reason, card.year) if when]
        planned = [when for when in _days(variation.new, card.year) if when]
        if acts and planned and min(planned) > max(acts) and _STEM[done[1].lower()] in variation.new.lower():
            yield hit(
                f"variations[{i}].reason",
                found=short(variation.new),
                expected=f"prima del {max(acts):%d/%m/%Y}",
                new=short(variation.new),
                act=f"{max(acts):%d/%m/%Y}",
            )


def _days(text: str | None, year: int | None) -> Iterator[date]:
    """Days with their year, and short ones ("1.4-30.4") in the card's."""
    for _, day, month, own in days_in(text):
        when = own or year
        if when and exists(day, month, when):
            yield date(when, month, day)
    for match in re.finditer(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?![\d.]\d)", text or ""):
        if year and exists(int(match[1]), int(match[2]), year):
            yield date(year, int(match[2]), int(match[1]))


RULE = Rule(
    code="TMP006",
    level=Level.WARNING,
    card=check,
    title="Azione programmata dopo l'atto che la conclude",
    message="La richiesta programma «{new}», ma la motivazione dice che l'atto è già del {act}.",
    why="Un'azione già fatta quando la si programma è un risultato certo: non è un obiettivo.",
    fix="Togli la fase, o programma il passo che viene dopo l'atto.",
    basis=(IN_TIME, CHANGES),
)
