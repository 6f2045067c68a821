"""*Scrivania*: where one starts; what is in the works and the next step, each one click away."""

from __future__ import annotations

from datetime import date

import streamlit as st

from ui.pages.cards import when
from ui.plain import md, short
from ui.start import planning_year, start_from
from ui.state import archive

SEASONS = (
    ((10, 11, 12, 1), "Da ottobre a gennaio si scrivono le schede del nuovo piano: il PIAO si adotta entro il 31 gennaio, o "
                      "entro trenta giorni dal bilancio se il termine è differito (artt. 7 e 8, D.M. 132/2022)."),
    ((2, 3, 4, 5, 6), "Da febbraio a giugno si calcolano i risultati: la relazione sulla performance si approva entro il 30 "
                      "giugno (art. 10, D.Lgs. 150/2009)."),
    ((7, 8, 9), "Da luglio a settembre si verifica a che punto si è e si chiedono le variazioni, ciascuna con la sua "
                "motivazione (art. 6, D.Lgs. 150/2009)."),
)


def page() -> None:
    """The season, the three first steps, the drafts."""
    st.title("Scrivania")
    today = date.today()
    season = next(text for months, text in SEASONS if today.month in months)
    st.info(f"**Piano {planning_year(today)}.** {season}", icon=":material/calendar_month:")
    steps()
    drafts()


def steps() -> None:
    """Three doors, in the order of a first day."""
    pages = st.session_state["pages"]
    listed = archive().documents()
    documents, waiting = len(listed), sum(document.confirmed_at is None for document in listed)
    left, middle, right = st.columns(3, border=True)
    with left:
        st.markdown("**1. Metti i documenti nell'archivio**")
        st.caption(f"Ora ce ne sono {documents}." if documents else "L'archivio è vuoto: comincia da qui.")
        if waiting:
            words = "un documento aspetta" if waiting == 1 else f"{waiting} documenti aspettano"
            st.markdown(f":orange[:material/help: {words} che tu confermi ente, anno e tipo.]")
        st.page_link(pages["archivio"], label="Apri l'archivio", icon=":material/folder_open:")
    with middle:
        st.markdown("**2. Cerca un precedente**")
        st.caption("Chiedi con parole tue e parti da come si è già fatto.")
        st.page_link(pages["precedenti"], label="Cerca nei precedenti", icon=":material/search:")
    with right:
        st.markdown("**3. Scrivi e verifica**")
        st.caption("Una scheda nuova, o una tabella già pronta da controllare.")
        if st.button("Nuova scheda", icon=":material/add:"):
            start_from(None)
        st.page_link(pages["verifica"], label="Verifica un file", icon=":material/fact_check:")


def drafts() -> None:
    """The cards in the works, newest first."""
    st.subheader("Schede in lavorazione")
    saved = archive().drafts()
    if not saved:
        st.caption("Nessuna, per ora.")
    for draft in saved[:8]:
        left, right = st.columns([6, 1], vertical_alignment="center")
        left.markdown(f"**{md(short(draft.card.title or 'Senza titolo', 120))}** · {md(draft.card.unit or '')} · "
                      f"{draft.card.year or ''} · salvata {when(draft.updated_at)}")
        if right.button("Apri", key=f"desk_{draft.id}", icon=":material/edit:", width="stretch"):
            st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": draft.id})
