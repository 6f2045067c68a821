"""What the page tests share."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st

from store.archive import Archive
from ui.archive_intake import JOB, PREPARING


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
    """Whatever archive a test or its pages opened is closed at the end, when the work in the background is over: a server's
    connections do not close by themselves."""
    opened: list[Archive] = []
    begin, end = Archive.__init__, Archive.close

    def counted(self: Archive, *given: Any) -> None:
        begin(self, *given)
        opened.append(self)

    def waited(self: Archive) -> None:
        for thread in threading.enumerate():
            if thread.name in (JOB, PREPARING) and thread is not threading.current_thread():
                thread.join(20)
        end(self)

    monkeypatch.setattr(Archive, "__init__", counted)
    monkeypatch.setattr(Archive, "close", waited)
    yield
    for archive in opened:
        archive.close()
