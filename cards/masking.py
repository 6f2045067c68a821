"""Names of the staff reduced to initials, where a body does not want them in the archive or in what it hands out.

Only who carries a share of an objective: managers and politicians answer for it in public (D.Lgs. 33/2013, art. 14), the
others are personal data that a performance document can do without (GDPR art. 5.1.c).
"""

from __future__ import annotations

import re

from cards.model import Card, Reading


def initials(name: str) -> str:
    """A name by its initials.

    >>> initials("ROSSI Maria Grazia"), initials("De Luca, A.")
    ('R. M. G.', 'D. L. A.')
    """
    return " ".join(f"{part[0].upper()}." for part in re.findall(r"[^\W\d_][\w'’]*", name))


def masked(card: Card) -> Card:
    """The card with its staff by initials; the same card where it names nobody."""
    if not any(share.name for share in card.staff):
        return card
    return card.replace(staff=tuple(share.replace(name=initials(share.name)) if share.name else share for share in card.staff))


def masked_reading(reading: Reading) -> Reading:
    """Cards and passages of a document without the full names of the staff of its cards."""
    names = {share.name for card in reading.cards for share in card.staff if share.name}
    if not names:
        return reading
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(rf"(?<!\w){_loosely(name)}(?!\w)" for name in longest_first), re.IGNORECASE)

    def clean(text: str) -> str:
        return pattern.sub(lambda found: initials(found.group()), text)

    passages = tuple(passage.replace(text=clean(passage.text), context=clean(passage.context)) for passage in reading.passages)
    return reading.replace(cards=tuple(masked(card) for card in reading.cards), passages=passages)


def _loosely(name: str) -> str:
    """A name however its words are spaced."""
    return r"\s+".join(re.escape(word) for word in name.split())
