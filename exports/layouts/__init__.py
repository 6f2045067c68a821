"""The layouts in which a card can be printed: one module each, in the form of the five systems and a neutral one.

A module offers ``KINDS`` (the kinds of cards its form is for) and ``sheet(cards) -> Sheet``. Cards of other kinds are printed in
the neutral form; what a form does not let one read back follows it as "dati integrativi" (``exports.further``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from cards import labels
from cards.errors import PiaoError
from cards.model import Card
from exports.layouts import bellusco, cremona, neutro, segrate, terre_argine, terre_argine_dup
from exports.sheet import Item, Sheet


class Layout(Protocol):
    """What a layout's module offers."""

    KINDS: frozenset[str]

    def sheet(self, cards: Sequence[Card]) -> Sheet:
        """The cards in this form."""


LAYOUTS: dict[str, Layout] = {
    "neutro": neutro,
    "cremona": cremona,
    "segrate": segrate,
    "terre-argine": terre_argine,
    "terre-argine-dup": terre_argine_dup,
    "bellusco": bellusco,
}


Reread = Callable[[Sheet], list[Card]]
"""Gives the cards that a reader finds in a sheet, once it is printed."""


def lay_out(cards: Sequence[Card], layout: str, reread: Reread | None = None) -> Sheet:
    """The cards in a layout, so that reading it gives them back; an unknown layout or no card at all is a ``PiaoError``.

    ``reread`` reads a sheet in the format it will have (``exports.proof``); without it, as the .docx will be read.
    """
    from exports.proof import read_back

    if not cards:
        raise PiaoError("Non c'è nessuna scheda da esportare.")
    if layout not in LAYOUTS:
        raise PiaoError(f"Il modello di scheda «{layout}» non esiste: scegli tra {', '.join(LAYOUTS)}.")
    form = LAYOUTS[layout]
    if layout == "neutro":
        return form.sheet(cards)
    fit = [card for card in cards if card.kind in form.KINDS and labels.name_of(card)]
    return _proven(cards, fit, form, reread or read_back)


def _proven(cards: Sequence[Card], fit: Sequence[Card], form: Layout, reread: Reread) -> Sheet:
    """The cards that fit in the layout, completed and read again; those that still do not come back go in the neutral form."""
    from exports.further import further
    from exports.proof import same, twins

    if not fit:
        return neutro.sheet(cards)
    sheet = form.sheet(fit)
    found = twins(fit, reread(sheet))
    kept = [card for card, twin in zip(fit, found, strict=True) if twin is not None]
    if len(kept) < len(fit):
        return _proven(cards, kept, form, reread)
    more: list[Item] = [item for card, twin in zip(fit, found, strict=True) if twin for item in further(card, twin)]
    left = [card for card in cards if not any(card is one for one in fit)]
    whole = Sheet(sheet.title, (*sheet.items, *more, *(i for c in left for i in neutro.whole_card(c))), sheet.landscape)
    again = reread(whole)
    kept = [card for card, twin in zip(fit, twins(fit, again), strict=True) if same(card, twin)]
    if len(kept) < len(fit):
        return _proven(cards, kept, form, reread)
    if len(again) > len(cards):  # the layout's words look like a card that is not there
        return _proven(cards, [] if len(fit) == 1 else _alone(fit, form, reread), form, reread)
    return whole


def _alone(fit: Sequence[Card], form: Layout, reread: Reread) -> list[Card]:
    """The cards that, each alone in the layout, give one card; none where that is all of them: together they do not."""
    kept = [card for card in fit if len(reread(form.sheet([card]))) == 1]
    return kept if len(kept) < len(fit) else []
