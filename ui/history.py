"""The versions of a draft: undo, redo, and a list with time, author and differences in words, each of which can be restored."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from cards.counted import counted
from cards.model import Card
from prompts.call_log import told
from store.records import DraftVersion
from ui.editor import Editor, leaves
from ui.plain import md, short
from ui.state import archive
from ui.words import STATES, field_words

SHOWN = 40


def history_bar(editor: Editor) -> None:
    """«Annulla», «Ripeti», «Cronologia»; inside a horizontal container."""
    memory = editor.memory
    st.button("Annulla", icon=":material/undo:", on_click=editor.undo, disabled=editor.locked or not memory["undo"],
              help="Torna a com'era prima dell'ultima modifica.")
    st.button("Ripeti", icon=":material/redo:", on_click=editor.redo, disabled=editor.locked or not memory["redo"],
              help="Rimette la modifica annullata.")
    popover = st.popover("Cronologia", icon=":material/history:", key=editor.key("history"), on_change="rerun")
    if popover.open:
        with popover:
            show_versions(editor, archive().draft_versions(editor.id))


def show_versions(editor: Editor, versions: list[DraftVersion]) -> None:
    """Choose a version, read what it changed and what separates it from the present one, restore it."""
    numbers = {one.version: one for one in versions[:SHOWN]}
    chosen = st.selectbox("Versione", list(numbers), format_func=lambda number: title_of(numbers[number]),
                          key=editor.key("version"))
    version = numbers[chosen]
    before = next((one.card for one in versions if one.version == chosen - 1), None)
    if version.note:
        st.markdown(f"*{md(told(version.note))}*")
    if before is not None:
        st.markdown("**Che cosa è cambiato in questa versione**")
        show_differences(differences(before, version.card))
    if version.version != editor.memory["version"]:
        st.markdown("**Che cosa cambia se la riprendi**")
        back = differences(editor.card, version.card)
        show_differences(back)
        st.button("Riprendi questa versione", type="primary", icon=":material/restore:", disabled=editor.locked or not back,
                  on_click=editor.put, args=(version.card, f"ripresa la versione {chosen}"),
                  help="Diventa la versione corrente; quella di adesso resta nella cronologia.")
    if len(versions) > SHOWN:
        st.caption(f"Si vedono le ultime {SHOWN} versioni di {len(versions)}.")


def title_of(version: DraftVersion) -> str:
    """"12 · 03/11/2026 alle 09:15:20 · M. Rossi · bozza"."""
    at = datetime.fromisoformat(version.at).astimezone()
    author = version.author or "autore non indicato"
    return f"{version.version} · {at:%d/%m/%Y alle %H:%M:%S} · {author} · {STATES[version.state]}"


def differences(before: Card, after: Card) -> list[tuple[str, str, str]]:
    """Field in words, text before, text after; in the order of the card, what was removed last. Empty text: absent."""
    old, new = leaves(before), leaves(after)
    paths = [*new, *(path for path in old if path not in new)]
    return [(field_words(path), old.get(path, ""), new.get(path, "")) for path in paths if old.get(path) != new.get(path)]


def show_differences(rows: list[tuple[str, str, str]], limit: int = 12) -> None:
    """One line a field."""
    if not rows:
        st.caption("Nessuna differenza nel contenuto.")
        return
    lines = [f"- **{md(field)}**: {md(short(old, 80)) or '(vuoto)'} → {md(short(new, 80)) or '(vuoto)'}" for field, old, new
             in rows[:limit]]
    more = [f"- … e {counted(len(rows) - limit, 'altro campo', 'altri campi')}"] if len(rows) > limit else []
    st.markdown("\n".join(lines + more))
