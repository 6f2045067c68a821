"""Charts (Altair) where looking beats reading; each with its table beside it and a sentence that says the same in words.

One blue for what is measured, one red line for the sum or value to reach; numbers written the Italian way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas  # noqa: F401 - Altair looks at it, even half loaded by another thread: here it is whole
import streamlit as st

from ui.plain import md

Rows = Sequence[Mapping[str, Any]]

BLUE, LIGHT, RED = "#2f7fd6", "#a6cbf3", "#e0443a"  # seen on white and on the dark page alike
ITALIAN = alt.NumberLocale(decimal=",", thousands=".", grouping=[3], currency=["", " €"])
ROW_HEIGHT, AXIS_HEIGHT = 30, 90


def stacked_bars(rows: Rows, name: str, part: str, value: str, goal: float | None = None) -> alt.LayerChart:
    """One bar for each ``name`` (text), made of its ``part``s (text) by ``value`` (number); ``goal`` draws the line to reach."""
    bars = alt.Chart(alt.Data(values=list(rows))).mark_bar(color=LIGHT, stroke="white", strokeWidth=1.5).encode(
        y=_names(name), x=_amounts(value), detail=f"{part}:N", order=alt.Order(f"{part}:N"),
        tooltip=[alt.Tooltip(f"{name}:N", title=name), alt.Tooltip(f"{part}:N", title=part),
                 alt.Tooltip(f"{value}:Q", title=value)],
    )
    return _finished(bars, rows, name, goal)


def bars(rows: Rows, name: str, value: str, goal: float | None = None) -> alt.LayerChart:
    """One bar for each ``name`` (text) as long as its ``value`` (number)."""
    drawn = alt.Chart(alt.Data(values=list(rows))).mark_bar(color=BLUE).encode(
        y=_names(name), x=_amounts(value),
        tooltip=[alt.Tooltip(f"{name}:N", title=name), alt.Tooltip(f"{value}:Q", title=value, format=",.2f")],
    )
    return _finished(drawn, rows, name, goal)


def spans(rows: Rows, name: str, start: str, end: str) -> alt.LayerChart:
    """One bar for each ``name`` (text) from ``start`` to ``end`` (ISO days): a timetable by months."""
    axis = alt.Axis(format="%m/%Y", tickCount="month", labelAngle=0, labelOverlap=True, grid=True)
    drawn = alt.Chart(alt.Data(values=list(rows))).mark_bar(color=BLUE, cornerRadius=2).encode(
        y=_names(name), x=alt.X(f"{start}:T", title=None, axis=axis), x2=f"{end}:T",
        tooltip=[alt.Tooltip(f"{name}:N", title=name), alt.Tooltip(f"{start}:T", title=start, format="%d/%m/%Y"),
                 alt.Tooltip(f"{end}:T", title=end, format="%d/%m/%Y")],
    )
    return _finished(drawn, rows, name, None)


def _names(name: str) -> alt.Y:
    """The names in the order given, long ones cut with an ellipsis (whole in the tooltip and in the table)."""
    axis = alt.Axis(labelLimit=210, labelFontSize=12, ticks=False, domain=False)
    return alt.Y(f"{name}:N", sort=None, title=None, axis=axis)


def _amounts(value: str) -> alt.X:
    axis = alt.Axis(tickCount=6)
    return alt.X(f"{value}:Q", title=value, scale=alt.Scale(zero=True), axis=axis)


def _finished(drawn: alt.Chart, rows: Rows, name: str, goal: float | None) -> alt.LayerChart:
    count = len({row[name] for row in rows})
    layers = [drawn]
    if goal is not None:
        rule = alt.Chart(alt.Data(values=[{"goal": goal}])).mark_rule(color=RED, strokeWidth=2, strokeDash=[5, 3]).encode(
            x=alt.X("goal:Q", title=None))
        layers.append(rule)
    whole = alt.LayerChart(layer=layers).properties(height=count * ROW_HEIGHT + AXIS_HEIGHT)
    return whole.configure(locale=alt.Locale(number=ITALIAN), font="Titillium")


def show(chart: alt.LayerChart, table: Rows, words: str, config: Mapping[str, Any] | None = None) -> None:
    """Chart and table side by side; ``words`` says in text what the chart shows (read aloud, and written below)."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        st.altair_chart(chart, width="stretch", alt=words)
    with right:
        st.dataframe(list(table), hide_index=True, width="stretch", height=min(36 * len(table) + 40, 420), column_config=config)
    st.caption(md(words))
