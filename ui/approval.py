"""The state of a card: bozza, in verifica, approvata. With open errors it is approved only by a written exception."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from ui.editor import Editor
from ui.history import STATES
from ui.plain import md
from ui.state import archive

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
    """Name and, where errors stand, the reason of the exception; both go into the note of the version."""
    who = st.text_input("Chi approva (nome e ruolo)", key=editor.key("approver"), max_chars=120)
    why = ""
    if errors:
        codes = sorted({error.code for error in errors})
        count = "Resta un errore aperto" if len(errors) == 1 else f"Restano {len(errors)} errori aperti"
        st.warning(md(f"{count} ({', '.join(codes)}): correggi, oppure motiva l'eccezione."), icon=":material/warning:")
        why = st.text_area("Motivo dell'eccezione", key=editor.key("exception"), max_chars=1000)
    missing = not who.strip() or bool(errors and not why.strip())
    pressed = st.button("Approva con eccezione" if errors else "Approva la scheda", type="primary", disabled=missing,
                        key=editor.key("approve"))
    if pressed and not missing:
        move(editor, "approved", approval_note(errors, who, why), author=who.strip())
        st.rerun()


def approval_note(errors: Sequence[Any], who: str, why: str) -> str:
    """What the history keeps of an approval."""
    if not errors:
        return f"approvata da {who.strip()}"
    codes = ", ".join(sorted({error.code for error in errors}))
    return f"approvata con eccezione da {who.strip()} (errori aperti: {codes}). Motivo: {' '.join(why.split())}"


def move(editor: Editor, state: str, note: str, author: str | None = None) -> None:
    """The next state, as a version with its note."""
    editor.change(lambda: archive().save_draft(editor.card, draft_id=editor.id, version=editor.memory["version"], state=state,
                                               author=author, note=note))
