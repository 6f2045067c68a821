"""What leaves the archive as a file: told to the audit log when it is asked for, with the staff by initials on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from typing import Any

import streamlit as st

from cards.masking import masked_cards
from cards.model import Card
from exports.masked import masked_report
from scoring.findings import CheckReport
from ui.state import hands, settings

MASK = "esportazione:iniziali"
_mask: ContextVar[bool] = ContextVar("mask", default=False)


def mask_box(place: Any, key: str) -> None:
    """The choice, beside a download: the staff with their names or by initials. The same on every page of the session."""
    chosen = st.session_state.setdefault(MASK, settings().mask_exports)
    st.session_state[MASK] = place.checkbox(
        "Nomi del personale come iniziali", value=chosen, key=f"{key}:iniziali",
        help="Nel file le persone con una quota dell'obiettivo restano come iniziali; responsabili, dirigenti e assessori no.")


def told(make: Callable[[], bytes], thing: str, kind: str) -> Callable[[], bytes]:
    """``make`` for a download button: the file, and a line that says who took what ("bozza:…", "piano:2027") in which form.

    A download is served outside the page's run: the person and the choice are those of when the button was drawn, but a
    person put aside since then takes nothing.
    """
    keeper, mask = hands(), bool(st.session_state.get(MASK, settings().mask_exports))

    def content() -> bytes:
        keeper.still_here()
        before = _mask.set(mask)
        try:
            file = make()
        finally:
            _mask.reset(before)
        keeper.tell("esportazione", thing, f"{kind}, iniziali" if mask else kind)
        return file

    return content


def handed_report(report: CheckReport, cards: Sequence[Card]) -> CheckReport:
    """The same for the findings of a check."""
    return masked_report(report, cards) if _mask.get() else report


def handed(cards: Sequence[Card]) -> tuple[Card, ...]:
    """Cards on their way into a file that ``told`` makes."""
    return masked_cards(cards, _mask.get())
