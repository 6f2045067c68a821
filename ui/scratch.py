"""What a person types on a page that has no draft to keep it in: a small file of the archive folder, named in the address bar.

A reload, another page or a restart of the server finds the text again. They are of one person alone (``ui.scratch_files``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st

from ui import receipts
from ui.scratch_files import load_notes, notes_file, write_notes
from ui.state import person, settings

PARAM = "appunti"


class Scratch:
    """Typed values by name (JSON data), for one page in one browser. ``page`` keeps the notes of different pages apart."""

    def __init__(self, page: str) -> None:
        self.page = page
        memory = st.session_state.get(f"appunti:{page}")
        named = st.query_params.get(PARAM)
        if memory is None or (named and named != memory["id"]):
            memory = load_notes(settings().root, page, named, person())
            st.session_state[f"appunti:{page}"] = memory
        self.id: str = memory["id"]
        self.data: dict[str, Any] = memory["data"]
        if self.data and named != self.id:
            st.query_params[PARAM] = self.id

    def key(self, name: str) -> str:
        """The key of the widget for ``name``; it belongs to these notes alone."""
        return f"{self.page}:{self.id}:{receipts.mount()}:{name}"

    def get(self, name: str, default: Any = None) -> Any:
        """A value as last kept."""
        return self.data.get(name, default)

    def put(self, **values: Any) -> None:
        """Keep values on disk (None forgets one)."""
        for name, value in values.items():
            if value is None:
                self.data.pop(name, None)
            else:
                self.data[name] = value
        write_notes(_path(self.page, self.id), self.data)
        st.query_params[PARAM] = self.id

    def widget(self, name: str, default: Any = "") -> str:
        """Feed a widget with the kept value, once; returns its key."""
        key = self.key(name)
        if key not in st.session_state:
            st.session_state[key] = self.get(name, default)
        elif default == "" and st.session_state[key] != self.get(name, ""):
            self.keep(name)  # typed, and the callback was stopped midway by the next letter
        if isinstance(kept := self.get(name, default), str):
            receipts.keep(key, kept)
        return key

    def keep(self, name: str) -> None:
        """The ``on_change`` of a widget: what it holds now is kept."""
        self.put(**{name: st.session_state.get(self.key(name))})

    def forget(self) -> None:
        """Throw these notes away and begin with blank ones."""
        _path(self.page, self.id).unlink(missing_ok=True)
        st.session_state.pop(f"appunti:{self.page}", None)
        if PARAM in st.query_params:
            del st.query_params[PARAM]


def _path(page: str, name: str) -> Path:
    return notes_file(settings().root, page, name, person())
