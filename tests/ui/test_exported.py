"""A file taken away leaves its line, once made; a button that nobody presses leaves none."""

from __future__ import annotations

from pathlib import Path

import pytest

from settings import load_settings
from ui.exported import told
from ui.state import hands


def test_the_line_is_written_when_the_file_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PIAO_HOME", str(tmp_path))
    load_settings.cache_clear()
    content = told(lambda: b"file", "bozza:abc", "docx")
    assert hands().log() == []
    assert content() == b"file"
    assert [(row.action, row.object, row.detail) for row in hands().log()] == [("esportazione", "bozza:abc", "docx")]

    def broken() -> bytes:
        raise RuntimeError("non si può scrivere")

    with pytest.raises(RuntimeError):
        told(broken, "bozza:abc", "pdf")()
    assert len(hands().log()) == 1
    load_settings.cache_clear()
