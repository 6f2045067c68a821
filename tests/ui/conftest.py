"""What the page tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st


@pytest.fixture
def fresh_archive(home: Path) -> Iterator[None]:
    """An archive of its own for the pages of one test, closed at its end."""
    st.cache_resource.clear()
    yield
    from ui.state import archive

    archive().close()
    st.cache_resource.clear()
