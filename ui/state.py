"""What the pages share: settings, one archive a process, and the draft named in the address bar."""

from __future__ import annotations

import time
from typing import cast

import streamlit as st

from settings import Settings, load_settings
from store.archive import Archive
from store.guarded import Guarded
from store.people import Person
from ui.access import enter

HANDS, SEEN = "_hands", "_seen"
FRESH = 2.0  # seconds


def settings() -> Settings:
    """The settings of this process."""
    return load_settings()


@st.cache_resource(show_spinner="Apro l'archivio…")
def _archive(home: str, database: str) -> Archive:
    return Archive.open(load_settings())


def background_archive() -> Archive:
    """The archive itself, for the work that a start of the app takes up by itself and that is no person's; never for a page."""
    return _archive(str(settings().root), settings().sql_url)


def archive() -> Archive:
    """The archive in the hands of the person of this session: one a process behind it, opened once (``store.guarded``)."""
    return cast(Archive, hands())


def hands() -> Guarded:
    """The same, with what only who manages people may do. The person is asked for again after ``FRESH`` seconds."""
    whole = _archive(str(settings().root), settings().sql_url)
    known: Guarded | None = st.session_state.get(HANDS)
    if known is None or not known.holds(whole) or time.monotonic() - st.session_state[SEEN] > FRESH:
        who = enter(settings(), whole)
        if known is None or not known.holds(whole) or known.person != who:
            known = st.session_state[HANDS] = Guarded(whole, who)
        st.session_state[SEEN] = time.monotonic()
    return known


def person() -> Person:
    """Who is using the app in this session."""
    return hands().person


def current_draft() -> str | None:
    """The draft in the address bar: it survives a reload."""
    return st.query_params.get("bozza")


def open_draft(draft_id: str | None) -> None:
    """Put a draft in the address bar (or none)."""
    if draft_id:
        st.query_params["bozza"] = draft_id
    elif "bozza" in st.query_params:
        del st.query_params["bozza"]
