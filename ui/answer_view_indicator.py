"""An indicator through the years, on the page: its series as a chart and a table, who else measures it, typical targets.

What likeness proposes waits for a person's word: the same measure, or not; both are kept.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from cards.errors import PiaoError
from store.library_values import IndicatorView, Measure, Proposal
from ui import charts
from ui.plain import md, short
from ui.state import archive

KEY, NAME = "indicator_key", "indicator_name"
COLOURS = ("#0066cc", "#b3261e", "#00807a", "#7a4fbf", "#8a5a00", "#5b6770", "#c2185b", "#33691e")


def indicator_view() -> None:
    """The name asked for, then what the archive knows of it; without one, the pairs to judge."""
    st.write("Cerca un indicatore per nome: la serie negli anni, chi altro lo misura, i valori attesi tipici.")
    name = st.text_input("Indicatore", key=NAME, placeholder="Es.: tempo medio di pagamento", on_change=_forget)
    key = st.session_state.get(KEY)
    try:
        view = archive().indicator_by_key(key) if key else archive().indicator(name) if name.strip() else None
    except PiaoError as error:
        st.warning(md(str(error)))
        return
    if view is None:
        _to_judge()
    elif not view.measures:
        st.info("Nessun indicatore con questo nome nell'archivio: prova con meno parole.", icon=":material/search_off:")
    else:
        _view(view)


def _forget() -> None:
    st.session_state.pop(KEY, None)


def _view(view: IndicatorView) -> None:
    first = view.measures[0]
    st.subheader(md(short(first.name, 160)), anchor=False)
    st.caption(md(first.entity or "ente non noto") + (f" · {md(t.sentence())}" if (t := first.trend()) else ""))
    drawn = _drawn(view)
    if len({row["Anno"] for row in drawn}) > 1:
        st.altair_chart(_chart(drawn), width="stretch", alt=f"Andamento di {first.name}: i valori sono nella tabella qui sotto")
    st.dataframe([_row(m, p) for m in view.measures for p in m.points], hide_index=True, width="stretch")
    if found := view.typical():
        st.markdown("**Valori attesi tipici**")
        for typical in found:
            st.markdown(f"- {md(typical.sentence())}")
        if view.proposed:
            st.caption("Contano anche gli indicatori proposti qui sotto, finché non li rifiuti.")
    if len(view.measures) > 1:
        st.markdown("**Chi altro lo misura**")
        for measure in view.measures[1:]:
            _other(first, measure)
    if view.others:
        with st.expander(f"Altri indicatori con queste parole ({len(view.others)})"):
            for other in view.others:
                if st.button(md(short(other.label, 140)), key=f"other_{other.key}", type="tertiary"):
                    st.session_state[KEY] = other.key
                    st.rerun()


def _other(first: Measure, measure: Measure) -> None:
    """One of another body (or name): confirmed, or to be judged."""
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(md(short(measure.label, 150)), width="stretch")
        if measure.link == "confirmed":
            st.caption("stessa misura, confermata")
            if st.button("Scollega", key=f"take_{measure.key}"):
                _judge(first, measure, None)
        else:
            st.caption(f"proposto: somiglianza {measure.likeness:.0%}")
            if st.button("Stessa misura", key=f"same_{measure.key}", icon=":material/link:"):
                _judge(first, measure, True)
            if st.button("No", key=f"not_{measure.key}", icon=":material/link_off:"):
                _judge(first, measure, False)


def _judge(one: Measure, other: Measure, same: bool | None) -> None:
    """Keep a person's word and show the page again."""
    archive().link_indicators(one.key, other.key, same)
    st.rerun()


def _to_judge() -> None:
    """The likest pairs that nobody has judged."""
    pairs = archive().indicator_proposals(12)
    if not pairs:
        return
    with st.expander(f"Indicatori che forse misurano la stessa cosa ({len(pairs)})"):
        st.caption("Conferma o rifiuta: la scelta resta, e le serie si uniscono soltanto se le confermi.")
        for pair in pairs:
            _pair(pair)


def _pair(pair: Proposal) -> None:
    with st.container(horizontal=True, vertical_alignment="center", border=True):
        st.markdown(f"{md(short(pair.one.label, 120))}  \n{md(short(pair.other.label, 120))}", width="stretch")
        if st.button("Stessa misura", key=f"yes_{pair.one.key}{pair.other.key}", icon=":material/link:"):
            _judge(pair.one, pair.other, True)
        if st.button("No", key=f"no_{pair.one.key}{pair.other.key}", icon=":material/link_off:"):
            _judge(pair.one, pair.other, False)


def _row(measure: Measure, point: Any) -> dict[str, Any]:
    state = {"found": "", "confirmed": "confermato", "proposed": "proposto"}[measure.link]
    source = f"{point.document}, p. {point.page}" if point.page else point.document
    return {"Anno": point.period, "Ente": measure.entity or "", "Indicatore": point.indicator, "Atteso": point.target or "",
            "Risultato": point.actual or "", "Legame": state, "Fonte": source}


def _drawn(view: IndicatorView) -> list[dict[str, Any]]:
    """The numbers of the chart: results and expected values in the unit of the first indicator's."""
    first = view.measures[0]
    units = [v.unit for v in first.actuals().values()] or [v.unit for _, v in first.targets()]
    if not units:
        return []
    rows = []
    for measure in view.measures:
        found = [(y, v, "risultato") for y, v in measure.actuals().items()] + [(y, v, "atteso") for y, v in measure.targets()]
        who = short(measure.entity or measure.name, 40)
        rows += [{"Anno": str(year), "Valore": float(v.number), "Serie": who, "Che cosa": what, "Scritto": v.text}
                 for year, v, what in found if v.unit == units[-1]]
    return rows


def _chart(rows: list[dict[str, Any]]) -> alt.LayerChart:
    """Results as a solid line, expected values as a dashed one, a colour for each body."""
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("Anno:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("Valore:Q", title=None, scale=alt.Scale(zero=False), axis=alt.Axis(tickCount=5, format=",~f")),
        color=alt.Color("Serie:N", scale=alt.Scale(range=list(COLOURS)), legend=alt.Legend(orient="bottom", title=None)),
        tooltip=["Serie:N", "Anno:O", "Che cosa:N", "Scritto:N"],
    )
    kind = alt.StrokeDash("Che cosa:N", scale=alt.Scale(domain=["risultato", "atteso"], range=[[1, 0], [5, 4]]),
                          legend=alt.Legend(orient="bottom", title=None))
    whole = alt.LayerChart(layer=[base.mark_line(strokeWidth=2).encode(strokeDash=kind), base.mark_circle(size=60)])
    return whole.properties(height=260).configure(locale=alt.Locale(number=charts.ITALIAN), font="Titillium")
