"""Names of the staff reduced to initials, where a body does not want them in the archive or in what it hands out.

Only who carries a share of an objective: managers and politicians answer for it in public (D.Lgs. 33/2013, art. 14), the
others are personal data that a performance document can do without (GDPR art. 5.1.c).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from cards.model import Card, Reading

PUBLIC = ("responsible", "manager", "politician")  # who answers for a card: their names stay where they stand
KEPT = (*PUBLIC, "staff", "id", "entity", "kind", "document_type", "year", "status", "source")


def initials(name: str) -> str:
    """A name by its initials.

    >>> initials("ROSSI Maria Grazia"), initials("De Luca, A.")
    ('R. M. G.', 'D. L. A.')
    """
    return " ".join(f"{part[0].upper()}." for part in re.findall(r"[^\W\d_][\w'’]*", name))


def masked(card: Card) -> Card:
    """The card with its staff by initials, in the table of shares and wherever its texts name them; the same where it names
    nobody."""
    if not any(share.name for share in card.staff):
        return card
    data = card.to_json()
    clean = masker([card], without={_folded(data[name]) for name in PUBLIC if data[name]})
    changed = {name: _through(value, clean) for name, value in data.items() if name not in KEPT}
    changed["staff"] = [{**share, "name": initials(share["name"]) if share["name"] else None} for share in data["staff"]]
    return Card.model_validate({**data, **changed})


def masked_cards(cards: Iterable[Card], mask: bool) -> tuple[Card, ...]:
    """Cards to hand out: with the staff by initials where ``mask`` says so."""
    return tuple(masked(card) if mask else card for card in cards)


def masked_reading(reading: Reading) -> Reading:
    """Cards and passages of a document without the full names of the staff of its cards."""
    if not any(share.name for card in reading.cards for share in card.staff):
        return reading
    clean = masker(reading.cards)
    passages = tuple(passage.replace(text=clean(passage.text), context=clean(passage.context)) for passage in reading.passages)
    return reading.replace(cards=tuple(masked(card) for card in reading.cards), passages=passages)


def masker(cards: Sequence[Card], without: Iterable[str] = ()) -> Callable[[str], str]:
    """What puts initials for the names of the cards' staff in a text, however spaced and with the first name before or after.

    A name of one word counts only with a capital: "Verdi", not "aree verdi".
    """
    kept = set(without)
    names = {share.name for card in cards for share in card.staff if share.name and _folded(share.name) not in kept}
    ways = sorted({way for name in names for way in _orders(name)}, key=len, reverse=True)
    if not ways:
        return lambda text: text
    pattern = re.compile("|".join(rf"(?<!\w){_loosely(way)}(?!\w)" for way in ways), re.IGNORECASE)

    def short(found: re.Match[str]) -> str:
        text = found.group()
        return text if text.islower() and " " not in text else initials(text)

    return lambda text: pattern.sub(short, text)


def _orders(name: str) -> Iterator[tuple[str, ...]]:
    """The words of a name as written, with the last first, with the first last."""
    words = re.findall(r"[^\W\d_][\w'’.-]*", name)
    if words:
        yield from {tuple(words), (*words[1:], words[0]), (words[-1], *words[:-1])}


def _loosely(words: tuple[str, ...]) -> str:
    """A name however its words are spaced."""
    return r"\W{1,3}".join(re.escape(word) for word in words)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _through(value: Any, clean: Callable[[str], str]) -> Any:
    """Plain data with every text cleaned; keys stay."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: _through(inner, clean) for key, inner in value.items()}
    if isinstance(value, list):
        return [_through(inner, clean) for inner in value]
    return value
