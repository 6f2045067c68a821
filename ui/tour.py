"""The first way round: four steps with what is done marked, and the sample archive for who has no document at hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import streamlit as st

from store.people import Action
from store.records import Draft, StoredDocument
from ui import jobs
from ui.state import archive, person

JOB = "esempi"
QUESTION = "quanto si aspetta per avere la carta d'identità elettronica?"


def tour(documents: Sequence[StoredDocument], drafts: Sequence[Draft]) -> None:
    """Shown until the archive has a document and a card has been begun."""
    if documents and drafts:
        return
    pages = st.session_state["pages"]
    with st.container(border=True):
        st.markdown("**Il primo giro**")
        one, two, three, four = st.columns(4)
        with one:
            step(1, "Metti dei documenti", bool(documents))
            st.page_link(pages["archivio"], label="Carica i tuoi", icon=":material/upload_file:")
            if not documents and person().may(Action.INGEST):
                examples()
        with two:
            step(2, "Fai una domanda", "domanda" in st.session_state)
            st.page_link(pages["precedenti"], label="Prova con questa", icon=":material/search:",
                         query_params={"domanda": QUESTION}, disabled=not documents, help=f"«{QUESTION}»")
        with three:
            step(3, "Scrivi una scheda", bool(drafts))
            if st.button("Comincia", icon=":material/add:", key="tour_card", disabled=not person().may(Action.DRAFT)):
                from ui.start import start_from  # as on the desk: not before it is asked for

                start_from(None)
        with four:
            step(4, "Verificala e scaricala", False)
            st.page_link(pages["verifica"], label="Verifica", icon=":material/fact_check:")


def step(number: int, words: str, done: bool) -> None:
    """One step; what is done is told by icon and word."""
    st.markdown(f":green[:material/check_circle: {number}. {words} (fatto)]" if done else f"{number}. {words}")


def examples() -> None:
    """The sample documents of invented bodies, read in the background."""
    job = jobs.registry().get(JOB)
    if job is not None and not job.finished:
        wait()
        return
    st.button("Prova con gli esempi", icon=":material/science:", on_click=install,
              help="Cinque documenti di enti inventati: si tolgono dall'Archivio quando non servono più.")


@st.fragment(run_every=1.0)
def wait() -> None:
    """How far the examples are; the page is drawn anew at the end."""
    job = jobs.registry()[JOB]
    if job.finished:
        st.rerun()
    st.progress(min(1.0, len(job.results) / 5), text=f"Leggo gli esempi ({len(job.results)} di 5)")


def install() -> None:
    """Begin; a second press while it runs does nothing."""
    whole = archive()

    def work(_job: jobs.Job) -> Iterable[Any]:
        from samples.archive import install as put

        return put(whole)

    jobs.start(JOB, work)
