"""Findings on the screen: told by icon, word and colour together, the gravest first, each with its place and remedy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from ui.plain import md, short
from ui.words import LEVELS, field_words


def summary_line(summary: dict[str, int]) -> None:
    """How many of each level, in one line."""
    if not any(summary.values()):
        st.success("Nessuna segnalazione.", icon=":material/check_circle:")
        return
    counts = (("error", "errori", "errore"), ("warning", "attenzioni", "attenzione"), ("advice", "consigli", "consiglio"))
    row = st.container(horizontal=True)  # beside a card it is narrow: what does not fit goes below whole
    for level, many, one in counts:
        _word, icon, colour = LEVELS[level]
        number = summary.get(level, 0)
        row.markdown(f":{colour}[{icon} **{number}** {one if number == 1 else many}]", width="content")


Actions = Callable[[Any, str], None]


def show_findings(findings: Sequence[Any], key: str, limit: int = 20, actions: Actions | None = None) -> None:
    """One expander a finding, the gravest first, ``limit`` at a time; ``actions`` draws the buttons under each (finding, key)."""
    several = len({finding.card for finding in findings}) > 1
    said = Counter((finding.card, finding.message) for finding in findings)
    ordered = [finding for level in LEVELS for finding in findings if finding.level == level]
    shown = max(limit, st.session_state.get(f"{key}:quante", limit))
    for finding in ordered[:shown]:
        named = [short(finding.card, 60)] if several else []
        if said[finding.card, finding.message] > 1:  # alike but for the place: which is which is read without opening them
            named.append(spot_words(finding))
        show_finding(finding, f"{key}:{finding.fingerprint}", actions, " · ".join(filter(None, named)))
    left = len(ordered) - shown
    if left > 0:
        st.button(f"Mostra altre {min(left, limit)} ({left} in tutto)", key=f"{key}:altre", icon=":material/expand_more:",
                  on_click=lambda: st.session_state.update({f"{key}:quante": shown + limit}))


def show_finding(finding: Any, key: str, actions: Actions | None = None, named: str = "") -> None:
    """What, where, why, what to do; ``named`` is what tells it from the others on the page: card, field."""
    word, icon, colour = LEVELS[finding.level]
    told = f" :gray[· {md(named)}]" if named else ""
    with st.expander(f":{colour}[{icon} **{word}**] {md(finding.message)}{told}", key=key):
        where = place_words(finding)
        if where:
            st.markdown(f"**Dove:** {md(where)}")
        if finding.found or finding.expected:
            found, expected = (md(short(text, 300)) or "—" for text in (finding.found, finding.expected))
            st.markdown(f"**Trovato:** {found}  ·  **Atteso:** {expected}")
        st.markdown(f"**Rimedio:** {md(finding.fix)}")
        st.caption(f"{finding.code} · {md(basis_words(finding))}")
        if actions is not None:
            actions(finding, key)


def place_words(finding: Any) -> str:
    """Card, field, page, line, cell as people say them."""
    return " · ".join(filter(None, (short(finding.card, 90), spot_words(finding))))


def spot_words(finding: Any) -> str:
    """The place inside the card: field, page, line, cell."""
    where = finding.where
    parts = [field_words(where.field), f"p. {where.page}" if where.page else "", f"riga {where.line}" if where.line else "",
             f"cella {where.cell}" if where.cell else ""]
    return " · ".join(filter(None, parts))


def basis_words(finding: Any) -> str:
    """The legal or methodological basis in one line."""
    basis = finding.basis
    if isinstance(basis, str):
        return basis
    return "; ".join(str(item) for item in basis or ())
