"""The overview of variations: those of the drafts and those read from a document, with old and new text, and their document."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cards.labels import ACTIONS, OBJECTS
from cards.model import Card, Variation
from exports.variations import export_variations, variations_name
from ui.choice import owner
from ui.exported import handed, mask_box, told
from ui.marks import WORDS
from ui.plain import distinct, md, short
from ui.state import archive
from ui.words import STATES

DRAFTS = "Le mie schede"
FILES = {"docx": "Scarica Word", "xlsx": "Scarica Excel", "pdf": "Scarica PDF"}


def listed_variations() -> None:
    """Where from, which year, the list, its files."""
    sources = distinct({DRAFTS: DRAFTS, **{document.id: document.name for document in archive().documents() if document.cards}})
    left, right = st.columns([3, 1])
    source = left.selectbox("Variazioni di", list(sources), format_func=sources.__getitem__, key="variations_source")
    found = varied_cards(source)
    years = sorted({card.year for card, _state in found if card.year}, reverse=True)
    year = right.selectbox("Anno", [None, *years], format_func=lambda one: str(one or "Tutti"), key="variations_year")
    shown = [(card, state) for card, state in found if year in (None, card.year)]
    if not shown:
        st.info("Nessuna variazione in queste schede: si chiedono da «Chiedi una variazione».", icon=":material/edit_document:")
        return
    total = sum(len(card.variations) for card, _state in shown)
    st.caption(f"{total} variazion{'e' if total == 1 else 'i'} in {len(shown)} sched{'a' if len(shown) == 1 else 'e'}.")
    mask_box(st, "variations")
    with st.container(horizontal=True):
        cards = [card for card, _state in shown]
        for kind, label in FILES.items():
            content = told(partial(content_of, cards, kind), "variazioni", kind)
            st.download_button(label, content, file_name=variations_name(cards, kind),
                               icon=":material/download:", on_click="ignore", key=f"variations_{kind}")
    for card, state in shown:
        one_card(card, state)


def content_of(cards: list[Card], kind: str) -> bytes:
    """The document, made when it is asked for."""
    return export_variations(handed(cards), kind)[0]


def varied_cards(source: str) -> list[tuple[Card, str]]:
    """The cards with variations, and in which state they are ("" for those of a document)."""
    if source == DRAFTS:
        return [(draft.card, STATES[draft.state]) for draft in archive().drafts() if draft.card.variations]
    return [(card, "") for card in archive().cards(document=source) if card.variations]


def one_card(card: Card, state: str) -> None:
    """A card with its requests."""
    with st.container(border=True):
        st.markdown(f"**{md(short(card.title or 'Senza titolo', 140))}**")
        st.caption(" · ".join(md(str(part)) for part in (owner(card), card.year, state) if part))
        for variation in card.variations:
            one_variation(variation)


def one_variation(v: Variation) -> None:
    """What is asked, old text struck and new text marked, why."""
    thing = f"{OBJECTS[v.object]} {v.number or ''}".strip() + (f" «{short(v.name, 80)}»" if v.name else "")
    st.markdown(f"{md(ACTIONS[v.action])} · {md(thing)}")
    for kind, text in (("old", v.old), ("new", v.new)):
        icon, word, colour = WORDS[kind]
        kept = kind == "old" and v.action in ("add", "extend", "postpone")
        if text and not kept:
            inner = f"~~{md(short(text, 300))}~~" if kind == "old" else f"**{md(short(text, 300))}**"
            st.markdown(f":{colour}[{icon} {inner} ({word})]")
    st.caption(f"Motivazione: {md(short(v.reason, 500))}" if v.reason else ":material/error: Senza motivazione")
