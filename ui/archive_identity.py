"""What a document is: guessed from its own words, which are shown, until a person says it."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cards.errors import PiaoError
from cards.model import Document
from store.people import Action
from store.records import StoredDocument
from ui.archive_intake import refresh
from ui.plain import md, short
from ui.state import archive, person
from ui.words import DOCUMENT_TYPES

TYPES = {"": "Altro o non so", **DOCUMENT_TYPES}
FIELDS = {"entity": "Ente", "year": "Anno", "document_type": "Tipo"}


def identity(document: StoredDocument, read: Document) -> None:
    """The guess with its evidence and the form to confirm it; once confirmed, who did it, when, and a way to change it."""
    if document.confirmed_at is None:
        st.warning("**Da confermare**: ente, anno e tipo sono stati capiti dal testo. Controllali: ricerca e serie storiche si "
                   "basano su questi dati.", icon=":material/help:")
        evidence(read)
        form(document)
        return
    who = f" da {md(document.confirmed_by)}" if document.confirmed_by else ""
    st.caption(f":material/verified: Ente, anno e tipo confermati{who} il {day(document.confirmed_at)}.")
    if person().may(Action.INGEST):
        with st.popover("Correggi ente, anno o tipo", icon=":material/edit:"):
            form(document)


def evidence(read: Document) -> None:
    """The words each guess rests on."""
    lines = [f"{label}: «{md(short(read.evidence[name], 160))}»" for name, label in FIELDS.items() if read.evidence.get(name)]
    missing = [label.lower() for name, label in FIELDS.items() if not read.evidence.get(name)]
    if missing:
        lines.append(f"Nel testo non si trova: {', '.join(missing)}.")
    st.caption("  \n".join(lines))


def form(document: StoredDocument) -> None:
    """The three fields; one button."""
    if not person().may(Action.INGEST):
        return
    with st.form(f"identity_{document.id}", border=False):
        left, middle, right = st.columns([3, 1, 2])
        entity = left.text_input("Ente", value=document.entity or "", max_chars=200)
        year = middle.number_input("Anno", min_value=1990, max_value=2100, value=document.year, step=1, placeholder="es. 2026")
        kinds = list(TYPES)
        known = document.document_type or ""
        if known not in kinds:
            kinds.append(known)
        kind = right.selectbox("Tipo di documento", kinds, index=kinds.index(known), format_func=lambda k: TYPES.get(k, k))
        if st.form_submit_button("Conferma", type="primary", icon=":material/check:"):
            confirm(document, entity, year, kind)


def confirm(document: StoredDocument, entity: str, year: Any, kind: str) -> None:
    """Keep the person's word; the vectors that change follow in the background."""
    try:
        archive().confirm_document(document.id, entity.strip(), year, kind or None, author=person().label)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    if archive().pending_vectors():
        refresh(archive())
    st.toast("Documento confermato.", icon=":material/check:")
    st.rerun()


def day(moment: str) -> str:
    """"21/11/2026" of an ISO moment."""
    return f"{moment[8:10]}/{moment[5:7]}/{moment[:4]}"
