"""The other formats in which cards can be taken away, one button each, made when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from cards.model import Card
from exports import office
from ui.exported import told
from ui.template_upload import written

FORMATS = {"xlsx": ("Excel (.xlsx)", "Celle con numeri e date, pesi controllati mentre si scrive, totali con formule."),
           "odt": ("LibreOffice (.odt)", "Testo modificabile in LibreOffice o in Word."),
           "pdf": ("PDF (.pdf)", "Da allegare a un atto: con LibreOffice installato è accessibile e adatto alla conservazione "
                                 "(PDF/A)."),
           "csv": ("Dati per fogli di calcolo (.csv)", "Una riga per scheda, fase e indicatore; punto e virgola."),
           "json": ("Dati per altri programmi (.json)", "La scheda intera, campo per campo.")}


def more_formats(place: Any, cards: Sequence[Card], layout: str, name: str, thing: str, without: Sequence[str] = ()) -> None:
    """A drawer of buttons; ``name`` is the file's without its ending, ``thing`` what the log says ("piano:2027")."""
    with place.popover("Altri formati", icon=":material/file_save:", disabled=not cards):
        for kind, (words, help_) in FORMATS.items():
            if kind not in without:
                content = told(partial(written, cards, kind, layout), thing, kind)
                st.download_button(words, content, file_name=f"{name}.{kind}", help=help_, width="stretch", on_click="ignore",
                                   icon=":material/download:", key=f"formato:{thing}:{kind}")
            if kind == "pdf" and kind not in without and (note := office.plain_note()):
                st.caption(note)
