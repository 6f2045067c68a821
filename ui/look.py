"""The few touches Streamlit's theme does not reach: Italian words on its own widgets, less empty space at the top."""

from __future__ import annotations

import streamlit as st

CSS = """<style>
.block-container, [data-testid="stMainBlockContainer"] {padding: 2.2rem 2.5rem 3rem;}
h1 {font-size: 2rem !important; padding-bottom: .4rem !important;}
h2, h3 {font-size: 1.35rem !important;}
[data-testid="stFileUploaderDropzone"] button p {font-size: 0;}
[data-testid="stFileUploaderDropzone"] button p::after {content: "Scegli i file"; font-size: .875rem;}
[data-testid="stFileUploaderDropzoneInstructions"] span {font-size: 0;}
[data-testid="stFileUploaderDropzoneInstructions"] span::after {
  content: "oppure trascinali qui (fino a 100 MB ciascuno)"; font-size: .875rem;}
</style>"""


def italian_widgets() -> None:
    """Put the style on the page; the text is ours alone, never a document's."""
    st.html(CSS)
