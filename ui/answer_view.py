"""The answer on the page: figures as a table to compare, words as short quotations, lists with the figure computed on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from prompts.answering import Answer, Line, where
from store.search import Hit, SearchResult
from ui.plain import md, short

QUOTES = 3


def show_answer(reply: Answer, result: SearchResult) -> None:
    """A computed list; else figures first, quotations where there are few figures; the plain text when there is neither."""
    if reply.asked == "whole":
        _list(reply)
        return
    hits = {hit.rank: hit for hit in result.hits}
    figures = [line for line in reply.lines if line.figure is not None]
    quotes = [line for line in reply.lines if line.quote]
    if not figures and not quotes:
        st.markdown(md(reply.text))
        return
    st.markdown(md(reply.head))
    if figures:
        rows = without_empty([row(line, hits) for line in figures])
        st.table([{name: md(text) for name, text in one.items()} for one in rows], hide_index=True)  # its words wrap
    for line in quotes[:QUOTES if len(figures) < QUOTES else 1 if reply.asked != "figures" else 0]:
        st.markdown(f"{md(short(line.text, 420))} {md(f'[{line.rank}]')}")


def _list(reply: Answer) -> None:
    """The figure computed over the whole archive, and the list behind it."""
    st.markdown(f"**{md(reply.head)}**")
    if reply.lines:
        rows = [{"N.": n, "Che cosa": line.text, "Fonte": line.source or ""} for n, line in enumerate(reply.lines, 1)]
        wide = {"N.": st.column_config.NumberColumn(width=40), "Che cosa": st.column_config.TextColumn(width=560)}
        st.dataframe(rows, hide_index=True, width="stretch", column_config=wide)
        rest = reply.text.rsplit("\n", 1)[-1]
        if rest.startswith("- e "):
            st.caption(md(rest.removeprefix("- ")) + ".")
    st.caption("Calcolato su tutto l'archivio, non soltanto sui primi risultati.")


def row(line: Line, hits: dict[int, Hit]) -> dict[str, Any]:
    """One indicator of one card."""
    figure, hit = line.figure, hits[line.rank]
    assert figure is not None
    return {
        "Indicatore": figure.name, "Ente": hit.entity or "", "Atteso": values(figure.targets),
        "Risultato": values(figure.actuals) or values(figure.interim), "Partenza": figure.baseline or values(figure.history),
        "Raggiungimento": per_cent(figure.achievement), "Fonte": f"[{line.rank}] {hit.document}, {where(hit)}",
    }


def per_cent(text: str | None) -> str:
    """An achievement with its sign: "100" is written "100 %".

    >>> per_cent("97,5"), per_cent("97,5%"), per_cent("raggiunto")
    ('97,5 %', '97,5%', 'raggiunto')
    """
    bare = (text or "").strip()
    return f"{bare} %" if bare.replace(",", "").replace(".", "").isdigit() else bare


def without_empty(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows without the columns in which none has anything."""
    used = [name for name in (rows[0] if rows else ()) if any(one[name] for one in rows)]
    return [{name: one[name] for name in used} for one in rows]


def values(pairs: Sequence[tuple[str, str]]) -> str:
    """"28 (2025)"; several years one after the other."""
    return "; ".join(f"{value} ({year})" for year, value in pairs)
