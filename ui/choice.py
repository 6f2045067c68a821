"""Choosing a card: one of the drafts, or one that was read from a document of the archive."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from cards.labels import STATUS
from cards.model import GONE, Card
from store.records import Draft
from ui.plain import distinct, short
from ui.scratch import Scratch
from ui.state import archive, current_draft
from ui.words import STATES

KINDS = ("objective", "service", "indicator")
SOURCES = {"draft": "Una mia scheda", "document": "Una scheda dell'archivio"}


@dataclass(frozen=True)
class Chosen:
    """A card and its id; ``draft`` where it is one."""

    id: str
    card: Card
    draft: Draft | None = None


def choose_card(notes: Scratch) -> Chosen | None:
    """The card to work on; None, after a line that says how to begin, where there is nothing to choose."""
    drafts = {draft.id: draft for draft in archive().drafts()}
    documents = {document.id: document.name for document in archive().documents() if document.cards}
    if not drafts and not documents:
        st.info("Qui si lavora su una scheda già scritta, e per ora non ce n'è nessuna. Creane una da «Schede», oppure carica "
                "da «Archivio» il piano che contiene la scheda.", icon=":material/edit_note:")
        return None
    named = current_draft()
    if named in drafts and notes.get("source") is None:
        notes.put(source="draft", draft=named)
    default = "draft" if drafts else "document"
    source = st.segmented_control("Da dove prendi la scheda?", list(SOURCES), format_func=SOURCES.__getitem__, required=True,
                                  key=notes.widget("source", default), on_change=notes.keep, args=("source",))
    return from_drafts(notes, drafts) if source == "draft" else from_document(notes, documents)


def from_drafts(notes: Scratch, drafts: dict[str, Draft]) -> Chosen | None:
    """One of the drafts."""
    if not drafts:
        st.info("Non c'è ancora nessuna scheda tua: creane una da «Schede», oppure scegli una scheda dell'archivio.",
                icon=":material/edit_note:")
        return None
    named = {key: f"{label(draft.card)} · {STATES.get(draft.state, draft.state)}" for key, draft in drafts.items()}
    chosen = pick(notes, "draft", "Scheda", named)
    return Chosen(chosen, drafts[chosen].card, drafts[chosen])


def from_document(notes: Scratch, documents: dict[str, str]) -> Chosen | None:
    """A document, then one of its cards."""
    if not documents:
        st.info("L'archivio è vuoto: carica prima un documento da «Archivio».", icon=":material/folder_open:")
        return None
    left, right = st.columns([2, 3])
    with left:
        document = pick(notes, "document", "Documento", documents)
    found = [card for card in archive().cards(document=document) if card.id and card.kind in KINDS]
    cards = {card.id or "": card for card in sorted(found, key=lambda card: card.status in GONE)}
    if not cards:
        st.info("In questo documento non ho riconosciuto nessuna scheda obiettivo: scegline un altro.",
                icon=":material/search_off:")
        return None
    with right:
        chosen = pick(notes, f"card:{document}", "Scheda", {key: label(card) for key, card in cards.items()})
    return Chosen(chosen, cards[chosen])


def pick(notes: Scratch, name: str, words: str, options: dict[str, str], help: str | None = None) -> str:
    """A list to choose from that remembers the choice, as long as it is still on offer, even if its words have changed."""
    key, options = notes.widget(name, next(iter(options))), distinct(options)
    if st.session_state[key] not in options:
        kept = notes.get(name)
        st.session_state[key] = kept if kept in options else next(iter(options))
    chosen: str = st.selectbox(words, list(options), format_func=options.__getitem__, key=key, on_change=notes.keep, args=(name,),
                               help=help)
    return chosen


def label(card: Card) -> str:
    """A card in one line."""
    head = " ".join(part for part in (card.code or card.number, short(card.title or "Senza titolo", 110)) if part)
    gone = STATUS[card.status].lower() if card.status in GONE else ""
    return " · ".join(str(part) for part in (head, short(owner(card), 40), card.year, gone) if part)


def owner(card: Card) -> str:
    """The unit that answers for a card, by the name the document gives it."""
    return card.unit or card.directorate or card.section or ""
