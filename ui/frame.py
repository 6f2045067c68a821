"""What surrounds every page: the head of the sidebar, and one place where errors become a clear line."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cards.errors import PiaoError
from ui import receipts
from ui.plain import md
from ui.state import person, settings

log = logging.getLogger("piao.ui")
NO_MODEL = "Nessun modello linguistico configurato: si lavora dai precedenti."


def frame(chosen: StreamlitPage) -> None:
    """Run the page; a user's mistake is shown in place, a bug is logged with its traceback and said plainly."""
    with st.sidebar:
        st.markdown("**PIAO · Performance**")
        st.caption(md(settings().entity or "Assistente per la sezione 2.2"))
        if not person().local:
            st.caption(md(f"{person().label} · {person().role}"))
            st.button("Esci", on_click=st.logout)
        model = settings().llm
        st.caption(f"Testi: modello {md(model)}" if model else NO_MODEL)
    receipts.begin()
    try:
        chosen.run()
    except Exception as error:
        tell(error)
    receipts.tell()


def tell(error: Exception) -> None:
    """A user's mistake as its own line; a bug as a plain one, its traceback in the log."""
    if isinstance(error, PiaoError):
        st.error(md(str(error)), icon=":material/error:")
        return
    log.error("errore imprevisto", exc_info=error)
    st.error("Qualcosa non ha funzionato nel programma. Quanto salvato è al sicuro: ricarica la pagina e riprova.",
             icon=":material/report:")


def outside(error: BaseException) -> bool:
    """What escapes a page (a widget's callback runs before it): the same lines, and the way back. See ``web.py``."""
    if not isinstance(error, Exception):
        return False
    tell(error)
    st.button("Torna alla pagina", icon=":material/arrow_back:")
    return True
