"""The body's own Word template: kept beside the archive as ``modello.docx``, offered wherever cards are exported to Word."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import streamlit as st

from cards.errors import PiaoError
from cards.model import Card, Indicator, Phase
from exports import export_cards
from exports.docx import MIME as DOCX
from exports.template import MAX_BYTES, NAMES, fill_template
from exports.template_starter import starter_template
from ingest.limits import MB
from settings import Settings
from store.people import Action
from ui.exported import handed, mask_box
from ui.plain import md
from ui.state import hands, settings
from ui.words import LAYOUTS

FILE = "modello.docx"
OWN = "ente"
LISTS = {"": "Nel documento", "scheda": "Di ogni `scheda` in `schede`", "fase": "Di ogni `fase` in `scheda.fasi`",
         "indicatore": "Di ogni `indicatore` in `scheda.indicatori`"}
SAMPLE = Card(
    entity="Comune di esempio", year=2027, title="Rispondere prima ai cittadini", unit="Settore Servizi",
    responsible="Anna Bianchi", purpose="Ridurre le attese", description="Prima riga.\nSeconda riga.", weight="20%",
    phases=(Phase(number="1", text="Analisi", start="01/01/2027", end="30/06/2027", weight="40%"),
            Phase(number="2", text="Attuazione", start="01/07/2027", end="31/12/2027", weight="60%")),
    indicators=(Indicator(name="Giorni medi di risposta", formula="giorni / risposte", unit="giorni", baseline="24",
                          targets={"2027": "≤ 20"}, actuals={"2027": "19"}, weight="100%"),),
)  # fmt: skip


def template_bytes(settings: Settings) -> bytes | None:
    """The template that is kept, None where there is none."""
    try:
        return (settings.root / FILE).read_bytes()
    except FileNotFoundError:
        return None


def keep_template(content: bytes, settings: Settings) -> None:
    """Keep a template that fills a sample card; one that does not is refused (``UnreadableFile``) and the one before stays."""
    fill_template(content, [SAMPLE])
    settings.root.mkdir(parents=True, exist_ok=True)
    path = settings.root / FILE
    part = path.with_name(FILE + ".parte")
    with part.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    os.replace(part, path)


def layout_box(place: Any, key: str) -> str:
    """The choice of a document's layout, with the body's own template where one is kept."""
    kept = (settings().root / FILE).is_file()
    options = LAYOUTS | ({OWN: "Modello dell'ente (solo Word)"} if kept else {})
    if st.session_state.get(key) not in options:
        st.session_state.pop(key, None)
    chosen: str = place.selectbox("Modello del documento", list(options), format_func=options.__getitem__, key=key)
    mask_box(place, key)
    return chosen


def written(cards: Sequence[Card], kind: str, layout: str) -> bytes:
    """The cards as a file; the body's template is for Word, and other kinds take the neutral layout in its place."""
    cards = handed(cards)
    if layout != OWN:
        return export_cards(cards, kind, layout)[0]
    template = template_bytes(settings()) if kind == "docx" else None
    return fill_template(template, cards) if template else export_cards(cards, kind, "neutro")[0]


def show_template() -> None:
    """What is kept, how to change it, what can be written in it."""
    st.write("Un documento Word dell'ente in cui le schede vanno al loro posto: intestazione, stemma e stili restano i vostri.")
    kept, may = template_bytes(settings()), hands().person.may(Action.MANAGE)
    with st.container(horizontal=True):
        st.download_button("Scarica il modello di partenza", starter_template, file_name="modello-di-partenza.docx", mime=DOCX,
                           icon=":material/download:", on_click="ignore", key="modello_partenza")
        if kept:
            st.download_button("Scarica il modello in uso", kept, file_name=FILE, mime=DOCX, icon=":material/download:",
                               on_click="ignore", key="modello_in_uso")
            st.button("Togli il modello", icon=":material/delete:", on_click=_remove, disabled=not may, key="modello_togli")
    if kept:
        st.success("C'è un modello: dove si scarica in Word, scegli «Modello dell'ente».", icon=":material/check_circle:")
    else:
        st.info("Non c'è ancora un modello dell'ente.", icon=":material/description:")
    if may:
        _ask()
    else:
        st.caption("Il modello lo carica chi amministra il programma.")
    with st.expander("I nomi da scrivere nel modello", icon=":material/data_object:"):
        _names()


def _ask() -> None:
    given = st.file_uploader(f"Carica un modello (.docx, fino a {MAX_BYTES // MB} MB)", type=["docx"], key="modello_file")
    if given and st.button("Prova e usa questo modello", type="primary", icon=":material/check:", key="modello_usa"):
        hands().person.must(Action.MANAGE)
        try:
            with st.spinner("Compilo una scheda di prova…"):
                keep_template(given.getvalue(), settings())
        except PiaoError as error:
            st.error(md(str(error)), icon=":material/error:")
            return
        hands().tell("modello", FILE, "caricato")
        st.rerun()


def _remove() -> None:
    hands().person.must(Action.MANAGE)
    (settings().root / FILE).unlink(missing_ok=True)
    hands().tell("modello", FILE, "tolto")


def _names() -> None:
    st.markdown("Un nome si scrive tra doppie graffe: `{{ ente }}`. Un elenco si ripete tra `{%p for scheda in schede %}` e "
                "`{%p endfor %}`, ciascuno da solo in un paragrafo; in una tabella `{%tr for fase in scheda.fasi %}` e "
                "`{%tr endfor %}`, ciascuno da solo in una riga.")
    for name, fields in NAMES.items():
        st.markdown(f"**{LISTS[name]}**")
        before = f"{name}." if name else ""
        rows = [{"Si scrive": f"{{{{ {before}{field} }}}}", "Diventa": words} for field, words in fields.items()]
        st.dataframe(rows, hide_index=True, width="stretch")


__all__ = ["FILE", "OWN", "keep_template", "layout_box", "show_template", "template_bytes", "written"]
