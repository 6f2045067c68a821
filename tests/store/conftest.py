"""The same tests on both sets of engines: SQLite with embedded Chroma, PostgreSQL with a Chroma server. All real."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from cards.model import Reading
from settings import Settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

Opener = Callable[..., Archive]


@pytest.fixture(params=["locale", "server"])
def settings(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The settings of a fresh archive on one set of engines."""
    for name in [n for n in os.environ if n.startswith("PIAO_") and n != "PIAO_SHARED"]:
        monkeypatch.delenv(name)
    home = tmp_path / "archivio"
    if request.param == "locale":
        return Settings(home=home)
    database = request.getfixturevalue("postgres")()
    return Settings(home=home, database_url=database, chroma_url=request.getfixturevalue("chroma_server"))


@pytest.fixture
def local(tmp_path: Path) -> Settings:
    """The settings of a fresh archive on this machine's files."""
    return Settings(home=tmp_path / "locale")


@pytest.fixture
def embedder() -> WordEmbedder:
    """A fast embedder that remembers what it was asked."""
    return WordEmbedder()


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are read in this process: the worker has its own tests."""
    import ingest.worker
    from ingest.reading import read

    alone = threading.Lock()  # in a process of its own each reading is alone too

    def read_alone(*what: Any) -> Reading:
        with alone:
            return read(*what)

    monkeypatch.setattr(ingest.worker, "read_safely", read_alone)


@pytest.fixture
def archive(settings: Settings, embedder: WordEmbedder, in_process: None) -> Iterator[Archive]:
    """A fresh archive."""
    with Archive.open(settings, embedder) as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a text file among the sources; its path."""

    def make(name: str, text: str) -> Path:
        path = tmp_path / "fonti" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return make
