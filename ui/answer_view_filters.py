"""Where to look: filters that a person sets, and those understood from the question, each with a way to take it away."""

from __future__ import annotations

import streamlit as st

from store.search import Constraint, Filters, SearchResult
from ui.plain import md
from ui.state import archive

ASIDE = "precedents_aside"
KINDS = {
    "objective": "Obiettivi", "indicator": "Indicatori", "phases": "Fasi", "motivation": "Motivazioni",
    "outcome": "Stato di attuazione", "resource": "Risorse", "table": "Tabelle", "narrative": "Testi",
}


@st.cache_data(show_spinner=False, max_entries=8)
def _values(field: str, _generation: int, _home: str) -> list[str]:
    return archive().values(field)


def values(field: str) -> list[str]:
    """What there is to choose from, read again when the archive changes."""
    return _values(field, archive().generation, str(archive().settings.root))


def filter_row() -> Filters:
    """Filters taken from what the archive has."""
    listed = archive().documents()
    entities = sorted({d.entity for d in listed if d.entity})
    years = sorted({d.year for d in listed if d.year}, reverse=True)
    row = st.container(horizontal=True, vertical_alignment="bottom")  # it wraps on a narrow window
    entity = row.selectbox("Ente", [None, *entities], format_func=lambda v: v or "Tutti gli enti", key="filter_entity")
    year = row.selectbox("Anno", [None, *years], format_func=lambda v: str(v) if v else "Tutti gli anni", key="filter_year",
                         width=150)
    unit = row.text_input("Settore o servizio", key="filter_unit", placeholder="Tutti")
    with row.popover("Altri filtri"):
        mission = st.selectbox("Missione", [None, *values("mission")], format_func=lambda v: v or "Tutte", key="filter_mission")
        kinds = [kind for kind in KINDS if kind in values("kind")]
        kind = st.selectbox("Che cosa", [None, *kinds], format_func=lambda v: KINDS.get(v, "Tutto"), key="filter_kind")
    aside = tuple(st.session_state.get(ASIDE, ()))
    return Filters(entity=entity, year=year, unit=unit or None, mission=mission, kind=kind, aside=aside)


def understood(result: SearchResult) -> None:
    """The limits read in the question, as buttons that take them away; the ones taken away can be put back."""
    taken = st.session_state.get(ASIDE, ())
    if not result.constraints and not taken:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Dalla domanda:", width="content")
        for number, constraint in enumerate(result.constraints):
            if st.button(f"{md(words(constraint))} ✕", key=f"limit_{number}_{constraint.field}", help="Togli questo filtro"):
                st.session_state[ASIDE] = (*taken, constraint.field)
                st.rerun()
        if taken and st.button("Rimetti i filtri della domanda", key="limits_back", icon=":material/undo:"):
            st.session_state[ASIDE] = ()
            st.rerun()


def words(constraint: Constraint) -> str:
    """A limit in words: a year only brings forward."""
    if constraint.field == "apart":
        return f"enti diversi da {constraint.value}"
    return f"anno {constraint.value} (prima)" if constraint.field == "year" else str(constraint.value)
