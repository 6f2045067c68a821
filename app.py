"""The Streamlit entry: navigation and wiring, nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from store.people import Action
from ui.archive_intake import take_up_work
from ui.frame import frame
from ui.pages import archive, cards, check, desk, plan, precedents, results, settings, variations
from ui.state import person

ICON = Path(__file__).resolve().parent / "ui" / "browser" / "icona.png"  # a named icon would be fetched from the network
WRITERS, MANAGERS = ("variazioni", "consuntivo"), ("impostazioni",)  # pages of use only to who may write, or manage
PAGES = [
    st.Page(desk.page, title="Scrivania", icon=":material/home:", url_path="scrivania", default=True),
    st.Page(archive.page, title="Archivio", icon=":material/folder_open:", url_path="archivio"),
    st.Page(precedents.page, title="Precedenti", icon=":material/search:", url_path="precedenti"),
    st.Page(cards.page, title="Schede", icon=":material/edit_note:", url_path="schede"),
    st.Page(variations.page, title="Variazioni", icon=":material/edit_document:", url_path="variazioni"),
    st.Page(check.page, title="Verifica", icon=":material/fact_check:", url_path="verifica"),
    st.Page(results.page, title="Consuntivo", icon=":material/calculate:", url_path="consuntivo"),
    st.Page(plan.page, title="Piano", icon=":material/account_tree:", url_path="piano"),
    st.Page(settings.page, title="Impostazioni", icon=":material/settings:", url_path="impostazioni"),
]


def main() -> None:
    """Draw the chosen page inside the common frame."""
    st.session_state["pages"] = {page.url_path or "scrivania": page for page in PAGES}
    st.set_page_config(page_title="PIAO · Performance", page_icon=str(ICON), layout="wide")
    take_up_work()
    frame(st.navigation([page for page in PAGES if useful(page.url_path)]))


def useful(page: str) -> bool:
    """Whether the page has something to do for this person; what they may do is checked at every door anyway."""
    needed = Action.MANAGE if page in MANAGERS else Action.DRAFT if page in WRITERS else Action.READ
    return person().may(needed)


main()
