"""*Precedenti*: a question in one's own words; the passages that answer, each with its page; "usa come base"."""

from __future__ import annotations

from typing import Any

import streamlit as st

from cards.errors import NotInArchive
from prompts.answering import answer
from store.search import Filters, Hit, SearchResult
from ui.answer_view import show_answer
from ui.pdf_view import show_source
from ui.plain import md, short
from ui.start import start_from
from ui.state import archive

EXAMPLES = ("che target abbiamo usato per i tempi di pagamento?", "come si misura la raccolta differenziata?",
            "obiettivi per ridurre i tempi di rilascio della carta d'identità")


def page() -> None:
    """Question, filters, answer, results."""
    st.title("Precedenti")
    st.write("Chiedi con parole tue: cerco nelle schede e nei testi dell'archivio e mostro i passaggi, con documento e pagina.")
    question = ask()
    filters = filter_row()
    if not question:
        examples()
        return
    result = archive().search(question, k=10, filters=filters)
    show(result)


def ask() -> str:
    """The question: typed, or taken from the address bar after a reload."""
    with st.container():  # inside a container it stays at the top and the page does not jump to its end
        typed = st.chat_input("Es.: che target abbiamo usato per i tempi di pagamento?", max_chars=2000)
    if typed:
        st.query_params["domanda"] = typed
    return st.query_params.get("domanda", "")


def filter_row() -> Filters:
    """Filters taken from what the archive has."""
    listed = archive().documents()
    entities = sorted({d.entity for d in listed if d.entity})
    years = sorted({d.year for d in listed if d.year}, reverse=True)
    left, middle, right = st.columns(3)
    entity = left.selectbox("Ente", [None, *entities], format_func=lambda v: v or "Tutti gli enti", key="filter_entity")
    year = middle.selectbox("Anno", [None, *years], format_func=lambda v: str(v) if v else "Tutti gli anni", key="filter_year")
    unit = right.text_input("Settore o servizio", key="filter_unit", placeholder="Tutti")
    return Filters(entity=entity, year=year, unit=unit or None)


def examples() -> None:
    """Three questions to begin with."""
    if not archive().documents():
        st.info("L'archivio è vuoto: comincia da «Archivio», caricando un piano o una relazione.", icon=":material/folder_open:")
        return
    st.caption("Per esempio:")
    for number, text in enumerate(EXAMPLES):
        if st.button(text, key=f"example_{number}", icon=":material/search:"):
            st.query_params["domanda"] = text
            st.rerun()


def show(result: SearchResult) -> None:
    """The answer and its evidence, or an honest silence."""
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(md(result.query))
    if result.abstained:
        st.warning("**Nessun precedente nell'archivio** per questa domanda.", icon=":material/search_off:")
        st.caption("Prova con altre parole o togli i filtri. Qui sotto i passaggi più vicini: non rispondono alla domanda.")
        for hit in result.nearest[:3]:
            result_card(hit, base=False)
        return
    with st.chat_message("assistant", avatar=":material/fact_check:"):
        show_answer(answer(result), result)
    st.subheader("Precedenti trovati")
    for hit in result.hits:
        result_card(hit, base=True)


def result_card(hit: Hit, base: bool) -> None:
    """One result: where it is, what it says, what can be done with it."""
    with st.container(border=True):
        st.markdown(f"**{hit.rank}. {md(short(title_of(hit), 160))}**")
        st.caption(md(citation(hit)))
        st.markdown(md(hit.text[:700] + ("…" if len(hit.text) > 700 else "")))
        left, right, _rest = st.columns([1, 1, 2])
        key = f"{hit.rank}_{hit.passages[0] if hit.passages else 0}"
        if left.button("Apri la pagina", key=f"open_{key}", icon=":material/visibility:"):
            show_source(hit)
        if base and hit.card_id and right.button("Usa come base", key=f"base_{key}", icon=":material/edit_note:"):
            start_from(archive().card(hit.card_id))


def title_of(hit: Hit) -> str:
    """The card's title, else where the passage stands."""
    if hit.card_id:
        try:
            return archive().card(hit.card_id).title or hit.document
        except NotInArchive:  # deleted by someone in the meantime
            pass
    return hit.title or hit.document


def citation(hit: Hit) -> str:
    """"Comune di …, 2022 · file.pdf, p. 12, righe 3-4"."""
    who: list[Any] = [part for part in (hit.entity, hit.year) if part]
    where = [hit.document]
    if hit.page:
        where.append(f"p. {hit.page}")
    if hit.lines:
        first, last = min(hit.lines), max(hit.lines)
        where.append(f"riga {first}" if first == last else f"righe {first}-{last}")
    return " · ".join(part for part in (", ".join(map(str, who)), ", ".join(where)) if part)
