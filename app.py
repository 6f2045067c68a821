"""The Streamlit entry: navigation and wiring, nothing else."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import streamlit as st

from store.people import Action
from ui.archive_intake import take_up_work
from ui.frame import frame
from ui.state import person
from ui.warm import first_page_drawn

ICON = Path(__file__).resolve().parent / "ui" / "browser" / "icona.png"  # a named icon would be fetched from the network
WRITERS, MANAGERS = ("variazioni", "consuntivo"), ("impostazioni",)  # pages of use only to who may write, or manage


def page(name: str) -> Callable[[], None]:
    """That page of ``ui/pages``, loaded when it is drawn: the first one waits for no other."""
    def draw() -> None:
        import_module(f"ui.pages.{name}").page()
    return draw


PAGES = [
    st.Page(page("desk"), title="Scrivania", icon=":material/home:", url_path="scrivania", default=True),
    st.Page(page("archive"), title="Archivio", icon=":material/folder_open:", url_path="archivio"),
    st.Page(page("precedents"), title="Precedenti", icon=":material/search:", url_path="precedenti"),
    st.Page(page("cards"), title="Schede", icon=":material/edit_note:", url_path="schede"),
    st.Page(page("variations"), title="Variazioni", icon=":material/edit_document:", url_path="variazioni"),
    st.Page(page("check"), title="Verifica", icon=":material/fact_check:", url_path="verifica"),
    st.Page(page("results"), title="Consuntivo", icon=":material/calculate:", url_path="consuntivo"),
    st.Page(page("plan"), title="Piano", icon=":material/account_tree:", url_path="piano"),
    st.Page(page("settings"), title="Impostazioni", icon=":material/settings:", url_path="impostazioni"),
]


def main() -> None:
    """Draw the chosen page inside the common frame."""
    st.session_state["pages"] = {one.url_path or "scrivania": one for one in PAGES}
    st.set_page_config(page_title="PIAO · Performance", page_icon=str(ICON), layout="wide")
    take_up_work()
    frame(st.navigation([one for one in PAGES if useful(one.url_path)]))
    first_page_drawn()


def useful(path: str) -> bool:
    """Whether that page has something to do for this person; what they may do is checked at every door anyway."""
    needed = Action.MANAGE if path in MANAGERS else Action.DRAFT if path in WRITERS else Action.READ
    return person().may(needed)


main()
