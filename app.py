"""The Streamlit entry: navigation and wiring, nothing else."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.frame import frame
from ui.pages import archive, cards, check, desk, plan, precedents, results, settings, variations

ICON = Path(__file__).resolve().parent / "ui" / "browser" / "icona.png"  # a named icon would be fetched from the network
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
    chosen = st.navigation(PAGES)
    frame(chosen)


main()
