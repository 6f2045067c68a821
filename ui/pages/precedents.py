"""*Precedenti*: a question in one's own words, the passages that answer with their page; and the library of indicators."""

from __future__ import annotations

import streamlit as st

from cards.errors import NotInArchive
from cards.model import Card
from prompts.answering import Answer, answer
from prompts.answering_words import readable, shortened
from store.search import Filters, Hit, SearchResult
from store.search_followup import followed
from ui.answer_view import show_answer
from ui.answer_view_compare import compare
from ui.answer_view_filters import ASIDE, filter_row, understood
from ui.answer_view_indicator import indicator_view
from ui.answer_view_reference import citation, reference
from ui.pdf_view import show_source
from ui.plain import md, short
from ui.start import start_from
from ui.state import archive

EXAMPLES = ("che target abbiamo usato per i tempi di pagamento?", "come si misura la raccolta differenziata?",
            "obiettivi per ridurre i tempi di rilascio della carta d'identità")
TOLD, ALONE = "precedents_told", "precedents_alone"  # what was understood of a question, the question as it was typed
ASK, MEASURE = "Domande", "Indicatori negli anni"
COMPARED = "precedents_compared"  # a check mark was just put or taken off
TEXT = 420  # characters of a result that are shown at once


def page() -> None:
    """Question, filters, answer, results; or an indicator through the years."""
    st.title("Precedenti")
    view = st.segmented_control("Che cosa cerchi", [ASK, MEASURE], default=ASK, required=True, key="precedents_view",
                                label_visibility="collapsed")
    if view == MEASURE:
        indicator_view()
    else:
        _questions()


def _questions() -> None:
    st.write("Chiedi con parole tue: cerco nelle schede e nei testi dell'archivio e mostro i passaggi, con documento e pagina.")
    question = ask()
    filters = filter_row()
    _still_reading()
    if not question:
        examples()
        return
    show(found(question, filters))


def found(question: str, filters: Filters) -> SearchResult:
    """The search, with a word to who has to wait for the index because it is still being made."""
    place = st.empty()

    def told(_stage: str, _name: str, done: int, total: int, _left: float | None) -> None:
        share = min(1.0, done / total) if total else 0.0
        place.progress(share, text=f"Preparo l'indice di ricerca: {done} di {total} documenti…")

    result = archive().search(question, k=10, filters=filters, progress=told)
    place.empty()
    return result


def ask() -> str:
    """The question: typed (after the one before it, if it leans on it), or taken from the address bar after a reload."""
    before = st.query_params.get("domanda", "")
    with st.container():  # inside a container it stays at the top and the page does not jump to its end
        typed = st.chat_input("Es.: che target abbiamo usato per i tempi di pagamento? Poi: e l'anno prima?", max_chars=10_000)
    if typed:
        listed = archive().documents()
        years = sorted({d.year for d in listed if d.year})
        whole = followed(before, typed, sorted({d.entity for d in listed if d.entity}), years, years[-1] if years else None)
        st.query_params["domanda"] = whole.query
        st.session_state.update({TOLD: whole.told, ALONE: typed, ASIDE: ()})
    return st.query_params.get("domanda", "")


@st.cache_data(ttl=5, show_spinner=False)
def _pending(_home: str) -> int:
    return archive().pending_vectors()


def _still_reading() -> None:
    """New documents are found by their words at once; by their meaning when their vectors are made."""
    if left := _pending(str(archive().settings.root)):
        new = "1 passaggio nuovo si trova" if left == 1 else f"{left} passaggi nuovi si trovano"
        st.caption(f"{new} per ora con le parole; la ricerca per significato {'lo' if left == 1 else 'li'} raggiunge tra poco.")


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
        st.markdown(md(short(st.session_state.get(ALONE) if st.session_state.get(TOLD) else result.query, 600)))
        _told()
    understood(result)
    reply = answer(result, archive())
    if result.abstained and not reply.lines:
        _silence(result, reply)
        return
    with st.chat_message("assistant", avatar=":material/fact_check:"):
        show_answer(reply, result)
    if result.hits:
        st.subheader("Precedenti trovati")
        _compared(result)
    for hit in result.hits:
        result_card(hit, base=True)


def _told() -> None:
    """What a question that leans on the one before was understood as, and the way out of it."""
    if told := st.session_state.get(TOLD):
        left, right = st.columns([3, 1.3], vertical_alignment="center")
        left.caption(f"Inteso come: {md(told)}")
        if right.button("Cerca solo le parole scritte", key="alone", type="tertiary"):
            st.query_params["domanda"] = st.session_state[ALONE]
            st.session_state[TOLD] = ""
            st.rerun()


def _silence(result: SearchResult, reply: Answer) -> None:
    """Nothing that answers: what was looked through, and what came nearest."""
    st.warning("**Nessun precedente nell'archivio** per questa domanda.", icon=":material/search_off:")
    st.caption(md(" ".join(line for line in reply.text.split("\n")[1:] if line.startswith(("Cercato", "Parole")))))
    st.caption("Prova con altre parole o togli i filtri." + (
        " Qui sotto i passaggi più vicini: non rispondono alla domanda." if result.nearest else ""))
    for hit in result.nearest[:3]:
        result_card(hit, base=False)


def _compared(result: SearchResult) -> None:
    """Two results chosen with their check box, side by side."""
    chosen = [hit for hit in result.hits if st.session_state.get(f"compare_{_key(hit)}")]
    if len(chosen) == 1:
        st.caption("Scegline un altro da confrontare.")
    at_once = st.session_state.pop(COMPARED, False)  # the second check mark opens the comparison
    pressed = len(chosen) >= 2 and st.button("Confronta i due scelti", key="compare", icon=":material/compare_arrows:",
                                             type="primary")
    if pressed or (at_once and len(chosen) == 2):
        compare(chosen[:2], [_card(hit) for hit in chosen[:2]])


def result_card(hit: Hit, base: bool) -> None:
    """One result: where it is, what it says, what can be done with it."""
    key = _key(hit)
    with st.container(border=True):
        st.markdown(f"**{hit.rank}. {md(short(title_of(hit), 160))}**")
        st.caption(md(citation(hit)) + (f" · anche in {md(', '.join(hit.also_in))}" if hit.also_in else ""))
        st.markdown(md(shortened(readable(hit.text), TEXT)))
        with st.container(horizontal=True, vertical_alignment="center"):
            if st.button("Apri la pagina", key=f"open_{key}", icon=":material/visibility:"):
                show_source(hit)
            if base and hit.card_id and st.button("Usa come base", key=f"base_{key}", icon=":material/edit_note:"):
                start_from(archive().card(hit.card_id))
            with st.popover("Cita", icon=":material/format_quote:"):
                st.caption("Riferimento da incollare:")
                st.code(reference(hit), language=None, wrap_lines=True)
            if base:
                st.checkbox("Confronta", key=f"compare_{key}", on_change=lambda: st.session_state.update({COMPARED: True}))


def _key(hit: Hit) -> str:
    return f"{hit.rank}_{hit.passages[0] if hit.passages else 0}"


def _card(hit: Hit) -> Card | None:
    """The card of a result, None when it has none or someone took it out in the meantime."""
    if hit.card is not None or not hit.card_id:
        return hit.card
    try:
        return archive().card(hit.card_id)
    except NotInArchive:
        return None


def title_of(hit: Hit) -> str:
    """The card's title, else where the passage stands."""
    return hit.title or hit.document


