"""What the page tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from store.archive import Archive


@pytest.fixture
def fresh_archive(home: Path) -> Iterator[None]:
    """An archive of its own for the pages of one test, closed at its end."""
    st.cache_resource.clear()
    yield
    from ui.state import archive

    archive().close()
    st.cache_resource.clear()


@pytest.fixture(autouse=True)
def no_archive_stays_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Whatever archive a test or its pages opened is closed at the end: a server's connections do not close by themselves."""
    opened: list[Archive] = []
    begin = Archive.__init__

    def counted(self: Archive, *given: Any) -> None:
        begin(self, *given)
        opened.append(self)

    monkeypatch.setattr(Archive, "__init__", counted)
    yield
    for archive in opened:
        archive.close()
