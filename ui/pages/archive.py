"""*Archivio*: put documents in, see what was read in each, take one out."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from cards.counted import cards_counted, counted
from cards.model import Notice, Reading
from store.people import Action
from store.records import StoredDocument
from ui.archive_identity import day, identity
from ui.archive_intake import progress, uploader
from ui.archive_mapping import mapping
from ui.plain import distinct, md, short
from ui.state import archive, person
from ui.words import DOCUMENT_TYPES, KINDS

TYPES = ["pdf", "docx", "odt", "xlsx", "xlsm", "xls", "ods", "csv", "txt", "md", "html", "htm", "json"]
TAKEN_OUT, ASKED = "archivio:tolto", "archivio:da-togliere"
SHOWN = 12  # lines of the reading report before the rest is asked for
AT_ONCE = 20  # documents listed before the others are asked for
MANY, FOUND = "archivio:quanti", "archivio:trova"


def page() -> None:
    """Upload, progress, list of documents."""
    st.title("Archivio")
    st.write("Carica i piani e le relazioni degli anni passati, tuoi o di altri: diventano schede con pagina e riga.")
    if person().may(Action.INGEST):
        uploader(TYPES)
    progress()
    documents()


def documents() -> None:
    """The documents of the archive, one expander each."""
    listed = archive().documents()
    st.subheader(f"Documenti ({len(listed)})")
    if taken_out := st.session_state.pop(TAKEN_OUT, None):
        st.success(f"Tolto dall'archivio: {md(taken_out)}. Per rimetterlo, carica di nuovo il file.",
                   icon=":material/check_circle:")
    if not listed:
        st.info("L'archivio è vuoto. Trascina qui sopra un piano o una relazione e premi «Leggi nell'archivio».",
                icon=":material/upload_file:")
    waiting = [document for document in listed if document.confirmed_at is None]
    if waiting and len(listed) > 1:
        only = st.toggle(f"Mostra solo i documenti da confermare ({len(waiting)})", key="only_unconfirmed")
        listed = waiting if only else listed
    may_remove = person().may(Action.REMOVE)
    for document in some_of(listed):
        if not may_remove:
            show_document(document)
            continue
        wide, narrow = st.columns([9, 1.3], vertical_alignment="top")
        with wide:
            if st.session_state.get(ASKED) == document.id:
                remove(document.id, document.name)
            show_document(document)
        with narrow:
            st.button("Togli", icon=":material/delete:", key=f"togli_{document.id}", on_click=ask_to_remove, args=(document.id,))
    more(len(listed))


def some_of(listed: Sequence[StoredDocument]) -> Sequence[StoredDocument]:
    """The first ones, or the one looked for by name; all of them where they are few."""
    if len(listed) <= AT_ONCE:
        return listed
    names = distinct({document.id: title_of(document) for document in listed})
    if st.session_state.get(FOUND) not in names:
        st.session_state.pop(FOUND, None)  # taken out, or not among those to confirm
    found = st.selectbox("Trova un documento", list(names), index=None, format_func=names.__getitem__, key=FOUND,
                         placeholder="Scrivi una parte del nome, dell'ente o dell'anno")
    return [document for document in listed if document.id == found] or listed[:st.session_state.get(MANY, AT_ONCE)]


def more(many: int) -> None:
    """The way to the documents that are not listed yet."""
    shown = st.session_state.get(MANY, AT_ONCE)
    left = many - shown
    if left > 0 and not st.session_state.get(FOUND):
        words = "Mostra anche l'ultimo" if left == 1 else f"Mostra altri {min(left, AT_ONCE)} ({left} in tutto)"
        st.button(words, key="archivio:altri", icon=":material/expand_more:",
                  on_click=lambda: st.session_state.update({MANY: shown + AT_ONCE}))


def title_of(document: StoredDocument) -> str:
    """"piano.pdf — Comune di Prova, 2027"."""
    return f"{document.name} — {document.entity or 'ente non trovato'}, {document.year or 'anno non trovato'}"


def show_document(document: StoredDocument) -> None:
    """One document: its line, and what was read once it is opened."""
    head, new = md(title_of(document)), document.confirmed_at is None
    label = f"{head} · :orange[da confermare]" if new else head
    box = st.expander(label, icon=":material/help:" if new else ":material/description:", key=f"doc_{document.id}",
                      on_change="rerun")
    if not box.open:
        return
    with box:
        kind = DOCUMENT_TYPES.get(document.document_type or "", document.document_type or "Tipo non trovato")
        pages = f" · {counted(document.pages, 'pagina', 'pagine')}" if document.pages else ""
        st.write(f"{md(kind)} · {cards_counted(document.cards)} · {counted(document.passages, 'passaggio', 'passaggi')}{pages}")
        reading = archive().reading(document.id)
        identity(document, reading.document)
        history(document)
        reading_report(reading)
        mapping(document, reading)


def history(document: StoredDocument) -> None:
    """The earlier selves of a corrected document."""
    if document.version > 1:
        earlier = ", ".join(f"versione {one.version} letta il {day(one.ingested_at)}" for one in archive().history(document.id))
        st.caption(f":material/history: Questa è la versione {document.version}. Prima: {md(earlier)}.")


def reading_report(reading: Reading) -> None:
    """What was read and what could not be."""
    if reading.cards:
        counts: dict[str, int] = {}
        for card in reading.cards:
            counts[KINDS[card.kind]] = counts.get(KINDS[card.kind], 0) + 1
        st.write("Letto: " + ", ".join(f"{number} × {word}" for word, number in counts.items()))
        rows = [{"N.": card.code or card.number or "", "Titolo": card.title or "",
                 "Settore": card.unit or card.directorate or card.section or "",
                 "Fasi": len(card.phases), "Indicatori": len(card.indicators),
                 "Pagina": ", ".join(map(str, card.source.pages)), "Riga": card.source.lines[0] if card.source.lines else None}
                for card in reading.cards]
        st.dataframe(rows, hide_index=True, width="stretch", height=min(38 * len(rows) + 40, 320))
    else:
        st.write("Nessuna scheda riconosciuta: il testo è comunque ricercabile.")
    if reading.warnings:
        st.write(f"**Rapporto di lettura** ({len(reading.warnings)})")
        lines = [f"- {place(notice)}{md(short(notice.message, 400))}" for notice in reading.warnings]
        st.markdown("\n".join(lines[:SHOWN]))
        if len(lines) > SHOWN and st.toggle(f"Mostra anche le altre {len(lines) - SHOWN}", key=f"more_{reading.document.sha256}"):
            st.markdown("\n".join(lines[SHOWN:]))


def place(notice: Notice) -> str:
    """"p. 3, riga 12: " where the notice says it."""
    parts = [f"p. {notice.page}"] if notice.page else []
    parts += [f"riga {notice.line}"] if notice.line else []
    return f"**{', '.join(parts)}**: " if parts else ""


def ask_to_remove(document_id: str | None) -> None:
    """Which document the question is about: drawn for one only, a closed box for each would cost more than its row."""
    st.session_state[ASKED] = document_id


def remove(document_id: str, name: str) -> None:
    """The second press, to delete."""
    st.warning(f"Togliere dall'archivio **{md(name)}** con le sue schede e i suoi passaggi? Le bozze già create restano.",
               icon=":material/delete:")
    with st.container(horizontal=True):
        sure = st.button("Sì, togli dall'archivio", key=f"delete_{document_id}", type="primary")
        st.button("No, lascialo", key=f"resta_{document_id}", on_click=ask_to_remove, args=(None,))
    if sure:
        archive().delete_document(document_id)
        st.session_state.update({TAKEN_OUT: name, ASKED: None})
        st.rerun()
