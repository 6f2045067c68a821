"""What the server keeps of the texts typed, told back to the browser: only then it forgets its own copy (``ui/browser``).

The fields of a page have a new identity at each load (``mount``). A browser that reconnects after a restart sends the values of
the fields it had: under the old identity they reach nobody, so they can neither pass for saved nor overwrite what somebody else
saved meanwhile; what was typed and not kept comes back from the browser's copy, which knows the text it was typed over.
"""

from __future__ import annotations

import re
import secrets

import streamlit as st

TEXTS, FORGET, MOUNT = "_receipts", "_forget", "_mount"
# in a list of one: at each run a bare dict would be searched for data frames, which loads pandas
_told = st.components.v2.component("piao_receipts", isolate_styles=False,
                                   js="export default ({ data, ...rest }) => window.piao.receipt({ ...rest, data: data.at(0) });")


def fresh() -> str:
    """A name for one load of some fields, to be part of their keys; the browser leaves it out of the copy's name.

    >>> len(fresh())
    9
    """
    return f"m{secrets.token_hex(4)}"


def mount() -> str:
    """The name of this session's load, for pages whose fields are mounted once."""
    name: str = st.session_state.setdefault(MOUNT, fresh())
    return name


def begin() -> None:
    """At the start of a run nothing is told yet."""
    st.session_state[TEXTS] = {}


def keep(key: str, text: str) -> None:
    """The text kept for the field with that key, as it was typed."""
    st.session_state.setdefault(TEXTS, {})[re.sub(r"[^a-zA-Z0-9_-]", "-", key.strip())] = text


def forget(name: str) -> None:
    """A person gave up what she typed where ``name`` is part of the key: the browser forgets it too."""
    st.session_state[FORGET] = f"{name}:{fresh()}"


def tell() -> None:
    """At the end of a run: all that was said, to the browser."""
    told = {"kept": st.session_state.get(TEXTS, {}), "forget": st.session_state.get(FORGET)}
    _told(key="receipts", data=[told], on_again_change=_nothing)


def _nothing() -> None:
    """The browser only wants another run: after a lost connection."""
