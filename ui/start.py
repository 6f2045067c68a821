"""The dialog that starts a new card, empty or from a precedent, and opens it in the editor."""

from __future__ import annotations

from datetime import date

import streamlit as st

from cards.errors import PiaoError
from cards.model import Card
from prompts.choose import same_entity
from prompts.drafting import Need
from prompts.job import draft_from_archive, empty_draft
from prompts.llm import destination
from store.people import Action
from ui.draft_model import begin
from ui.due import planning_year
from ui.plain import md, short
from ui.state import archive, person, settings
from ui.words import LAYOUTS


@st.dialog("Nuova scheda obiettivo", width="large")
def start_from(base: Card | None) -> None:
    """Ask for what only the user knows, then draft. ``base`` is the precedent to follow, or None."""
    if base is not None:
        st.caption(f"Dal precedente: {md(short(base.title, 140))} ({md(base.entity or '')}, {base.year or ''})")
    title = st.text_input("Che cosa vuoi ottenere?", value=(base.title or "") if base else "", max_chars=300,
                          placeholder="Es.: Riduzione dei tempi di pagamento")
    entity = st.text_input("Ente", value=settings().entity or "", max_chars=200, placeholder="Es.: Comune di …",
                           help="Il tuo ente, che la scheda porterà. Se resta vuoto la scheda non nomina nessun ente: nome, "
                                "obiettivi strategici e valori attesi di un altro ente non passano nella tua bozza. Per "
                                "trovarlo già scritto, indica PIAO_ENTITY nel file .env.").strip()
    left, right = st.columns(2)
    elsewhere = bool(base and settings().entity) and not same_entity(base.entity if base else None, settings().entity)
    owner = (base.unit or base.section or "") if base and not elsewhere else ""
    unit = left.text_input("Settore o servizio responsabile", value=owner, max_chars=200)
    year = right.number_input("Anno della scheda", min_value=2010, max_value=2100, value=planning_year(date.today()), step=1)
    layout = left.selectbox("Modello di scheda", list(LAYOUTS), format_func=LAYOUTS.__getitem__)
    horizon = right.text_input("Orizzonte (facoltativo)", max_chars=60, placeholder="Es.: 2027-2029",
                               help="Se l'obiettivo dura più dell'anno: anni o due date. Ogni anno dell'orizzonte ha il suo "
                                    "valore atteso, proposto dai precedenti o da scrivere.").strip()
    facts = st.text_area("Fatti da tenere presenti (facoltativo)", max_chars=4000,
                         help="Dati, atti, date che conosci: entrano nella scheda con provenienza «utente».")
    may_ask = settings().llm and person().may(Action.SEND)
    use_model = bool(may_ask) and st.checkbox("Fai scrivere i testi al modello linguistico configurato")
    if use_model:
        st.caption(f":material/lan: {md(destination(settings()))} La risposta arriva nella scheda: la puoi seguire e fermare.")
    with st.container(horizontal=True):
        pressed = st.button("Crea la bozza", type="primary")
        if base is not None and st.button("Confronta con altri precedenti", icon=":material/view_column:"):
            st.switch_page(st.session_state["pages"]["schede"], query_params={"nuova": "1", "come": base.id or ""})
        blank = st.button("Crea una scheda vuota", icon=":material/note_add:",
                          help="I campi che il modello di scheda vuole restano da scrivere, segnati [VERIFICARE].")
    if pressed or blank:
        if not (title.strip() and unit.strip()):  # a button that lights up once the field is left would ask for two clicks
            st.warning("Scrivi almeno che cosa vuoi ottenere e chi ne risponde.", icon=":material/edit:")
            return
        need = Need(title=title.strip(), unit=unit.strip(), year=int(year), entity=entity or None, facts=facts.strip(),
                    layout=layout, horizon=horizon or None)
        like = (base.id,) if base is not None and base.id else ()
        try:
            with st.spinner("Preparo la bozza…" if blank else "Preparo la bozza dai precedenti…"):
                draft = empty_draft(archive(), need) if blank else draft_from_archive(archive(), need, settings(), like=like)
                if use_model and not blank:
                    begin(draft, "scheda", need.facts)
        except PiaoError as error:
            st.error(md(str(error)), icon=":material/error:")
            return
        st.switch_page(st.session_state["pages"]["schede"], query_params={"bozza": draft.id})
