"""*Consuntivo*: the totals of units and lines beside what the document declares, and the objectives compared in a chart."""

from __future__ import annotations

import streamlit as st

from cards.counted import cards_counted, counted
from cards.quantities import round_half_up
from scoring.nearest import first_objectives, leading_run, nearest, same
from scoring.profiles import Profile
from scoring.results import CardResult, GroupResult, band_name, percent
from scoring.values import plain
from ui import charts
from ui.plain import md, short
from ui.result_rows import compared

KIND_WORDS = {"unit": "Settore", "strategic_line": "Linea strategica"}


def totals(results: list[CardResult], groups: list[GroupResult], profile: Profile) -> None:
    """Units and lines in figures; the objectives as a chart with its table."""
    for group in groups:
        if len(results) == 1 and group.declared is None:
            continue  # the only card says it all
        word = KIND_WORDS[group.kind]
        lead = "" if plain(group.name).startswith(plain(word)) else f"{word} "
        line = f"{lead}**{md(short(group.name, 90))}** ({cards_counted(group.cards)}): "
        line += f"**{md(percent(group.total.value, profile.rounding.total))}**"
        band = band_name(group.total.value, profile)
        line += f" · {md(band)}" if band else ""
        if group.declared is not None:
            line += f" · {compared(group.total.value, group.declared, profile)}"
        st.markdown(line)
        for note in (group.total.note, why_not(group, profile)):
            if note:
                st.caption(f":material/info: {md(short(note, 240))}")
    if len(results) < 2:
        return
    with st.expander("Gli obiettivi a confronto", icon=":material/bar_chart:"):
        places = profile.rounding.total
        names = [f"{n}. {short(one.card.title or one.card.unit or 'Senza titolo', 70)}" for n, one in enumerate(results, 1)]
        table = [{"Obiettivo": name, "Raggiungimento": percent(one.total.value, places)}
                 for name, one in zip(names, results, strict=True)]
        full = [{"Obiettivo": name, "Raggiungimento": float(round_half_up(one.total.value, places))}
                for name, one in zip(names, results, strict=True) if one.total.value is not None]
        reached = sum(one.total.value is not None and one.total.value >= 100 for one in results)
        have = counted(len(full), f"obiettivo su {len(results)} ha", f"obiettivi su {len(results)} hanno")
        words = (f"{have} un risultato calcolato; {counted(reached, 'pienamente raggiunto', 'pienamente raggiunti')} "
                 "(linea tratteggiata: 100 %).")
        charts.show(charts.bars(full, "Obiettivo", "Raggiungimento", 100), table, words)


def why_not(group: GroupResult, profile: Profile) -> str | None:
    """A word on a declared total that does not come out: does it with another known method?"""
    places, stated = profile.rounding.total, group.declared
    if stated is None or group.total.value is None or same(stated, group.total.value, places, profile.rounding.tolerance):
        return None
    weighted = (profile.rollup.unit if group.kind == "unit" else profile.rollup.line) == "weighted_mean"
    length = leading_run(stated, group.total, weighted, places)
    if length is not None:
        return f"Il dichiarato torna con {first_objectives(length)}: i seguenti stanno forse sotto un'altra intestazione."
    method = nearest(stated, group.total.parts, weighted, places)
    return f"Il dichiarato {method}." if method else None
