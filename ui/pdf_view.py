"""The page a citation points to: the PDF's own page as an image, or the passage with the lines around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from ui.plain import md
from ui.state import archive


@st.dialog("Il passaggio nel documento", width="large")
def show_source(hit: Any) -> None:
    """Open the source of a result."""
    st.caption(md(f"{hit.document}" + (f", pagina {hit.page}" if hit.page else "")))
    image = page_image(archive().source_file(hit.document_id), hit.page) if hit.page else None
    if image is not None:
        st.image(image, width="stretch", alt=f"Pagina {hit.page} di {hit.document}")
    st.markdown("**Il testo del passaggio**")
    st.markdown(md(hit.text))


def page_image(path: Path | None, page: int) -> Any:
    """The page (1-based) rendered at reading size, or None when the file has no such page or is not a PDF."""
    if path is None or path.suffix.lower() != ".pdf" or not path.is_file():
        return None
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        return document[page - 1].render(scale=1.6).to_pil() if page <= len(document) else None
    finally:
        document.close()
