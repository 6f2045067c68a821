"""What the pages share: settings, one archive a process, and the draft named in the address bar."""

from __future__ import annotations

import streamlit as st

from settings import Settings, load_settings
from store.archive import Archive


def settings() -> Settings:
    """The settings of this process."""
    return load_settings()


@st.cache_resource(show_spinner="Apro l'archivio…")
def _archive(home: str, database: str) -> Archive:
    return Archive.open(load_settings())


def archive() -> Archive:
    """The archive of this process, opened once."""
    return _archive(str(settings().root), settings().sql_url)


def current_draft() -> str | None:
    """The draft in the address bar: it survives a reload."""
    return st.query_params.get("bozza")


def open_draft(draft_id: str | None) -> None:
    """Put a draft in the address bar (or none)."""
    if draft_id:
        st.query_params["bozza"] = draft_id
    elif "bozza" in st.query_params:
        del st.query_params["bozza"]
