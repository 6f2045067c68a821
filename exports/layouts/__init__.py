"""The layouts in which a card can be printed: one module each, in the form of the five systems and a neutral one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cards.errors import PiaoError
from cards.model import Card
from exports.layouts import bellusco, cremona, neutro, segrate, terre_argine, terre_argine_dup
from exports.sheet import Sheet

LAYOUTS: dict[str, Callable[[Sequence[Card]], Sheet]] = {
    "neutro": neutro.sheet,
    "cremona": cremona.sheet,
    "segrate": segrate.sheet,
    "terre-argine": terre_argine.sheet,
    "terre-argine-dup": terre_argine_dup.sheet,
    "bellusco": bellusco.sheet,
}


def lay_out(cards: Sequence[Card], layout: str) -> Sheet:
    """The cards in a layout; an unknown layout or no card at all is a ``PiaoError``."""
    if not cards:
        raise PiaoError("Non c'è nessuna scheda da esportare.")
    if layout not in LAYOUTS:
        raise PiaoError(f"Il modello di scheda «{layout}» non esiste: scegli tra {', '.join(LAYOUTS)}.")
    return LAYOUTS[layout](cards)
