"""What the texts of a varied card still say as it was: a description that repeats a target or a day goes out with the plan."""

from __future__ import annotations

import re

from cards.model import Card

NEAR = 40  # letters between an indicator's name and its value in a sentence
TEXTS = {"description": "la descrizione", "purpose": "la finalità"}


def left_behind(base: Card, after: Card) -> list[str]:
    """One sentence for each text that repeats an old value: the target of an indicator beside its name, the day of the end.

    >>> base = Card.model_validate({"id": "a", "kind": "objective", "end": "31/12/2027", "description": "Fine 31/12/2027."})
    >>> left_behind(base, base.replace(end="30/06/2028"))
    ['Anche la descrizione dice «31/12/2027»: dopo il salvataggio correggila in «Schede».']
    """
    old: list[tuple[str, str]] = []
    if base.end and base.end != after.end:
        old.append(("", base.end))
    for one in base.indicators:
        now = next((other for other in after.indicators if other.name == one.name), None)
        changed = [value for year, value in one.targets.items() if now and now.targets.get(year) != value]
        old += [(one.name or "", value) for value in changed if value]
    return [
        f"Anche {word} dice «{value}»: dopo il salvataggio correggila in «Schede»."
        for field, word in TEXTS.items() for name, value in old if _says(getattr(after, field) or "", name, value)
    ]


def _says(text: str, name: str, value: str) -> bool:
    words = " ".join(text.split())
    number = rf"(?<![\w,.]){re.escape(value)}(?![\w%])"
    return bool(re.search(rf"{re.escape(name)}.{{0,{NEAR}}}?{number}" if name else number, words))
