"""What nothing backs in a draft: counted, shown in its sentence, and confirmed by a person one by one, with the reason."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from cards.errors import PiaoError
from cards.marks import confirmed, marks_of, text_at
from cards.model import Mark
from ui.editor import Editor
from ui.marks import marked
from ui.plain import md, short
from ui.words import field_words


def show_marks(editor: Editor) -> None:
    """The marks of the card: those to confirm first, those confirmed below; nothing where there are none."""
    found = marks_of(editor.card)
    waiting = [one for one in found if not one[1].confirmed_by]
    done = [one for one in found if one[1].confirmed_by]
    if waiting:
        st.warning(md(waiting_words(len(waiting))), icon=":material/help:")
        for path, mark in waiting:
            ask(editor, path, mark)
    if done:
        with st.expander(f"Dati confermati da una persona ({len(done)})", icon=":material/verified_user:"):
            for path, mark in done:
                st.markdown(f"- «{md(short(mark.span, 120))}» ({md(field_words(path))}): {md(mark.confirmed_by)}, {day(mark)}. "
                            f"{md(mark.reason)}")


def waiting_words(number: int) -> str:
    """How many data wait for a person, and what that means."""
    if number == 1:
        return "Un dato senza riscontro: la scheda sarà pronta per l'approvazione quando lo avrai corretto o confermato."
    return f"{number} dati senza riscontro: la scheda sarà pronta per l'approvazione quando li avrai corretti o confermati."


def ask(editor: Editor, path: str, mark: Mark) -> None:
    """One mark with its sentence; who confirms it and why."""
    with st.expander(f":material/help: «{md(short(mark.span, 60))}» · {md(field_words(path))}"):
        st.markdown(marked(around(text_at(editor.card, path), mark.span), [{"sentence": "", "span": mark.span}]))
        st.caption(md(mark.why))
        if editor.locked:
            return
        key = editor.key(f"mark:{path}:{mark.span}")
        who = st.text_input("Chi conferma (nome e ruolo)", key=f"{key}:who", max_chars=120)
        why = st.text_input("Perché il dato è giusto", key=f"{key}:why", max_chars=500,
                            placeholder="Es.: dal rendiconto 2026, pagina 12")
        if st.button("Confermo il dato", key=f"{key}:ok", icon=":material/verified_user:"):
            try:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                card = confirmed(editor.card, path, mark.span, who, why, now)
            except PiaoError as error:
                st.error(md(str(error)), icon=":material/error:")
                return
            editor.put(card, f"confermato da {' '.join(who.split())}: «{short(mark.span, 80)}»")
            st.rerun()


def around(text: str, span: str, room: int = 160) -> str:
    """The words around a span, cut at the spaces.

    >>> around("uno due tre quattro cinque", "tre", 4)
    '… due tre quattro …'
    """
    at = max(text.find(span), 0)
    first, last = text.rfind(" ", 0, max(at - room, 0)) + 1, text.find(" ", min(at + len(span) + room, len(text)))
    last = len(text) if last < 0 else last
    return f"{'… ' if first else ''}{text[first:last]}{' …' if last < len(text) else ''}"


def day(mark: Mark) -> str:
    """When a mark was confirmed, as people here read it."""
    return datetime.fromisoformat(mark.confirmed_at).astimezone().strftime("%d/%m/%Y alle %H:%M") if mark.confirmed_at else ""
