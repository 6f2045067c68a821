"""The choice of the measuring system (SMVP): the body's own profiles first, then those of the product."""

from __future__ import annotations

import re

import streamlit as st

from cards.errors import ProfileError
from scoring.profiles import Profile
from store.own_profiles import all_names, body_profile, find_profile
from ui.state import settings


def profiles() -> list[str]:
    """Names to choose from, the one in use always among them."""
    return all_names(settings())


def title_of(name: str) -> str:
    """What a profile is called, short enough for a list (what follows a comma in its brackets is told in *Impostazioni*); one
    that does not read says so, and the others stay on offer."""
    try:
        return re.sub(r", [^()]*\)$", ")", find_profile(name, settings()).title)
    except ProfileError:
        return f"{name} (da correggere)"


def choose_profile(label: str, key: str, help: str | None = None) -> Profile:
    """A list of profiles, the one in use first chosen."""
    names = profiles()
    if st.session_state.get(key) not in (None, *names):
        del st.session_state[key]
    chosen = st.selectbox(label, names, index=names.index(body_profile(settings())), key=key, help=help, format_func=title_of)
    return find_profile(chosen, settings())
