"""The choice of the measuring system (SMVP): the shipped profiles, and the body's own file where one is configured."""

from __future__ import annotations

import streamlit as st

from scoring.profiles import Profile, load_profile, profile_names
from ui.state import settings


def profiles() -> list[str]:
    """Names to choose from, the configured one always among them."""
    names, own = profile_names(), settings().profile
    return names if own in names else [own, *names]


def choose_profile(label: str, key: str, help: str | None = None) -> Profile:
    """A list of profiles, the configured one first chosen."""
    names = profiles()
    chosen = st.selectbox(label, names, index=names.index(settings().profile), key=key, help=help,
                          format_func=lambda name: load_profile(name).title)
    return load_profile(chosen)
