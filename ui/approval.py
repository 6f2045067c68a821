"""The state of a card: bozza, in verifica, approvata. With open errors it is approved only by a written exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from cards.marks import open_marks
from store.approval import NotReady, Obstacles
from store.own_profiles import find_profile
from ui.editor import Editor
from ui.plain import md
from ui.state import archive, settings
from ui.words import STATES

PATH = ("draft", "review", "approved")


def state_words(state: str) -> str:
    """The way of a card with the present state marked by icon and weight, for ``st.markdown``."""
    path = PATH if state in PATH else (*PATH, state)
    return " → ".join(f":blue-background[:material/radio_button_checked: **{STATES[one]}**]" if one == state else STATES[one]
                      for one in path)


def state_bar(editor: Editor, errors: Sequence[Any]) -> None:
    """Where the card stands and the next steps; inside a horizontal container."""
    state = editor.memory["state"]
    st.markdown(state_words(state), width="content")
    if editor.locked:
        st.button("Riapri", icon=":material/lock_open:", on_click=move, args=(editor, "draft", "riaperta"),
                  help="La scheda torna in bozza e si può modificare; la versione approvata resta nella cronologia.")
        return
    if state != "review":
        st.button("Manda in verifica", icon=":material/send:", on_click=move, args=(editor, "review", "mandata in verifica"))
    else:
        st.button("Rimanda in bozza", icon=":material/reply:", on_click=move, args=(editor, "draft", "rimandata in bozza"))
    if state != "draft":
        with st.popover("Approva", icon=":material/verified:"):
            approve(editor, errors)


def approve(editor: Editor, errors: Sequence[Any]) -> None:
    """Name and, where something stands open, the reason of the exception; the archive writes both into the version's note."""
    who = st.text_input("Chi approva (nome e ruolo)", key=editor.key("approver"), max_chars=120)
    why, open_ = "", Obstacles(tuple(errors), tuple(open_marks(editor.card)))
    if open_:
        st.warning(md(f"Non è pronta per l'approvazione: {open_.words}. Correggi, oppure motiva l'eccezione."),
                   icon=":material/warning:")
        why = st.text_area("Motivo dell'eccezione", key=editor.key("exception"), max_chars=1000)
    missing = not who.strip() or bool(open_ and not why.strip())
    pressed = st.button("Approva con eccezione" if open_ else "Approva la scheda", type="primary", disabled=missing,
                        key=editor.key("approve"))
    if pressed and not missing:
        profile = find_profile(st.session_state.get("profile"), settings())
        try:
            editor.change(lambda: archive().approve_draft(editor.id, editor.memory["version"], who=who, why=why, profile=profile))
        except NotReady as error:
            st.error(md(str(error)), icon=":material/error:")
            return
        st.rerun()


def move(editor: Editor, state: str, note: str, author: str | None = None) -> None:
    """The next state, as a version with its note."""
    editor.change(lambda: archive().save_draft(editor.card, draft_id=editor.id, version=editor.memory["version"], state=state,
                                               author=author, note=note))
