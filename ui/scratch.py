"""What a person types on a page that has no draft to keep it in: a small file of the archive folder, named in the address bar.

A reload, another page or a restart of the server finds the text again. Two people never share one, its name is random.
"""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st

from ui import receipts
from ui.state import settings

PARAM = "appunti"
KEPT_DAYS = 60


class Scratch:
    """Typed values by name (JSON data), for one page in one browser. ``page`` keeps the notes of different pages apart."""

    def __init__(self, page: str) -> None:
        self.page = page
        memory = st.session_state.get(f"appunti:{page}")
        named = st.query_params.get(PARAM)
        if memory is None or (named and named != memory["id"]):
            memory = _load(page, named)
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
        _write(_path(self.page, self.id), self.data)
        st.query_params[PARAM] = self.id

    def widget(self, name: str, default: Any = "") -> str:
        """Feed a widget with the kept value, once; returns its key."""
        key = self.key(name)
        if key not in st.session_state:
            st.session_state[key] = self.get(name, default)
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


def _folder() -> Path:
    return settings().root / "appunti"


def _path(page: str, name: str) -> Path:
    return _folder() / f"{page}-{name}.json"


def _load(page: str, named: str | None) -> dict[str, Any]:
    """The notes with that name; new ones where the name is none of ours or the file cannot be read."""
    if named and re.fullmatch(r"[0-9a-f]{16}", named):
        try:
            data = json.loads(_path(page, named).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            data = None
        if isinstance(data, dict):
            return {"id": named, "data": data}
    _sweep()
    return {"id": uuid4().hex[:16], "data": {}}


def _write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{uuid4().hex[:8]}.tmp")
    unfinished.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    os.replace(unfinished, path)


def _sweep() -> None:
    """Notes that nobody touched for two months go."""
    limit = time.time() - KEPT_DAYS * 86_400
    for path in _folder().glob("*.json") if _folder().is_dir() else ():
        if path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
