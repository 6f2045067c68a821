"""The language model beside the editor: where the text goes, what will be sent, the answer as it comes, and a way to stop it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import streamlit as st

from cards.errors import PiaoError
from prompts.asking import Listener
from prompts.job import REWRITTEN, plain_draft, request_text, rewrite_draft
from prompts.llm import chat_model, destination, required
from store.people import Action
from store.records import Draft
from ui import jobs
from ui.editor import Editor
from ui.plain import md
from ui.state import archive, hands, person, settings

CHOICES = {
    "scheda": "Tutti i testi: finalità, descrizione, fasi, nomi degli indicatori",
    "finalita": "La finalità", "fasi": "Le fasi", "indicatori": "I nomi degli indicatori",
    "purpose": "Riscrivere la finalità in italiano semplice", "description": "Riscrivere la descrizione in italiano semplice",
}
TAIL = 1200


def model_panel(editor: Editor) -> None:
    """Ask the model for one thing, follow it, read how it ended. Nothing where no model is configured or the card is decided."""
    if not (settings().llm and person().may(Action.SEND)) or editor.locked:
        return
    name = job_name(editor.id)
    running = jobs.registry().get(name)
    busy = bool(running or editor.memory.get("failed"))
    with st.expander("Scrivi con il modello linguistico", icon=":material/edit_note:", expanded=busy):
        st.caption(f":material/lan: {md(destination(settings()))}")
        if running is not None and not running.finished:
            heard(name)
            return
        if running is not None:
            ended(editor, running)
        if editor.memory.get("failed"):
            told(editor)
        ask(editor)


def ask(editor: Editor) -> None:
    """The job, the facts, what will be sent, the button."""
    job = st.selectbox("Che cosa deve scrivere", list(CHOICES), format_func=CHOICES.__getitem__, key=editor.key("model:job"))
    facts = ""
    if job not in REWRITTEN:
        facts = st.text_area("Fatti da usare (facoltativo)", key=editor.key("model:facts"), max_chars=4000, height=70,
                             help="Dati, atti e date che conosci: il modello può usare solo questi e i precedenti della scheda.")
    if st.toggle("Mostra che cosa verrà inviato", key=editor.key("model:show")):
        try:
            st.code(request_text(archive(), editor.card, job, facts), language=None, wrap_lines=True, height=280)
        except PiaoError as error:
            st.info(md(str(error)), icon=":material/search_off:")
    if st.button("Chiedi al modello", icon=":material/send:", key=editor.key("model:ask")):
        editor.memory["failed"] = None
        begin(archive().draft(editor.id), job, facts)
        st.rerun()
    st.caption("Valori attesi, pesi e date non cambiano. Ciò che il testo afferma senza una fonte resta segnato.")


def begin(draft: Draft, job: str, facts: str) -> None:
    """Start the request in its own thread; the page may be left."""
    mine, model = archive(), required(chat_model(settings()))
    hands().asking_model(f"bozza:{draft.id}", f"{job}, {settings().llm}", draft.card)

    def work(running: jobs.Job) -> Iterator[Any]:
        def hear(piece: str) -> None:
            running.item += piece

        listener = Listener(hear, running.cancelled.is_set)
        yield (plain_draft(mine, draft, model, job, listener) if job in REWRITTEN
               else rewrite_draft(mine, draft, model, job, facts, listener))

    jobs.registry().pop(job_name(draft.id), None)
    jobs.start(job_name(draft.id), work)


@st.fragment(run_every=0.7)
def heard(name: str) -> None:
    """The answer so far; the whole page is drawn again at its end."""
    running = jobs.registry()[name]
    if running.finished:
        st.rerun()
    text = running.item
    st.markdown(":material/hourglass_top: **Il modello sta scrivendo…**" if text else
                ":material/hourglass_top: **Il modello legge la richiesta…**")
    if text:
        st.code(("… " if len(text) > TAIL else "") + text[-TAIL:], language=None, wrap_lines=True)
    if st.button("Interrompi", icon=":material/stop_circle:", key=f"{name}:stop", disabled=running.cancelled.is_set()):
        running.cancelled.set()
        st.rerun(scope="fragment")
    st.caption("Puoi continuare a lavorare o cambiare pagina: la risposta arriva qui.")


def ended(editor: Editor, running: jobs.Job) -> None:
    """How the request ended: a good one is already in the card, a failed one is told until the next."""
    jobs.registry().pop(running.name, None)
    if running.error:
        editor.memory["failed"] = (running.error, bool(running.item))
    else:
        editor.load()
        editor.memory["written"] = editor.memory["version"]
        st.rerun()


def told(editor: Editor) -> None:
    """The failure of the last request."""
    error, answered = editor.memory["failed"]
    st.error(md(error), icon=":material/error:")
    if answered:
        st.caption("La risposta grezza è nel registro delle richieste.")


def just_written(editor: Editor) -> None:
    """A word above the form after the model wrote, until the card changes again."""
    if editor.memory.get("written") == editor.memory["version"]:
        st.success("Il modello ha scritto i testi: rileggili. Con «Annulla» torni a com'erano.", icon=":material/edit_note:")


def job_name(draft_id: str) -> str:
    """The job of a draft: one at a time."""
    return f"modello:{draft_id}"
