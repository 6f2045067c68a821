"""What surrounds every page: the head of the sidebar, and one place where errors become a clear line."""

from __future__ import annotations

import logging

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from cards.errors import PiaoError
from ui.plain import md
from ui.state import settings

log = logging.getLogger("piao.ui")
NO_MODEL = "Nessun modello linguistico configurato: si lavora dai precedenti."


def frame(chosen: StreamlitPage) -> None:
    """Run the page; a user's mistake is shown in place, a bug is logged with its traceback and said plainly."""
    with st.sidebar:
        st.markdown("**PIAO · Performance**")
        st.caption(md(settings().entity or "Assistente per la sezione 2.2"))
        model = settings().llm
        st.caption(f"Testi: modello {md(model)}" if model else NO_MODEL)
    try:
        chosen.run()
    except PiaoError as error:
        st.error(md(str(error)), icon=":material/error:")
    except Exception:
        log.exception("errore imprevisto nella pagina %s", chosen.title)
        st.error("Qualcosa non ha funzionato nel programma. Quanto salvato è al sicuro: ricarica la pagina e riprova.",
                 icon=":material/report:")
