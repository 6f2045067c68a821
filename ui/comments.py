"""The comments on a card: what waits for an answer first, who said it and when, and a place to say more."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cards.errors import PiaoError
from cards.model import Card
from store.records import Comment
from ui.plain import md
from ui.state import archive, hands, person


def comments_panel(draft_id: str) -> None:
    """Everybody who may read the card may comment it; a comment changes nothing of the card."""
    told = archive().comments(draft_id)
    waiting = sum(one.closed_at is None for one in told)
    with st.expander(f"Commenti ({waiting} aperti)" if waiting else "Commenti", icon=":material/forum:",
                     key=f"{draft_id}:comments"):
        card = archive().draft(draft_id).card if waiting else Card()
        for one in told:
            show(one, hands().may_close(one, card))
        with st.form(f"{draft_id}:comment", clear_on_submit=True, border=False):
            text = st.text_area("Aggiungi un commento", max_chars=4000, height=80, key=f"{draft_id}:comment_text",
                                help="Lo legge chi apre la scheda; non entra nella scheda né nei documenti che si scaricano.")
            if st.form_submit_button("Aggiungi", icon=":material/add_comment:"):
                say(draft_id, text)


def show(one: Comment, may_close: bool) -> None:
    """A comment; an open one can be closed by who wrote it and by who writes the card."""
    st.markdown(md(one.text))
    who = f"{md(one.author or 'autore non indicato')}, {day(one.at)}, versione {one.version}"
    if one.closed_at is not None:
        st.caption(f":material/check_circle: {who} · chiuso da {md(one.closed_by or 'chi non è indicato')} il "
                   f"{day(one.closed_at)}")
        return
    st.caption(who)
    if may_close:
        st.button("Chiudi il commento", key=f"close_comment_{one.number}", icon=":material/check:", on_click=done,
                  args=(one.number,))


def say(draft_id: str, text: str) -> None:
    """Keep it and show it."""
    try:
        archive().add_comment(draft_id, text, person().label)
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
        return
    st.rerun()


def done(number: int) -> None:
    """It is dealt with."""
    archive().close_comment(number, person().label)


def day(moment: str) -> str:
    """"21/11/2026 alle 09:15"."""
    return f"{datetime.fromisoformat(moment).astimezone():%d/%m/%Y alle %H:%M}"
