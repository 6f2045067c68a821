"""The same tests on both sets of engines: SQLite with embedded Chroma, PostgreSQL with a Chroma server. All real."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cards.model import Reading
from settings import Settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

Opener = Callable[..., Archive]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """A PostgreSQL of our own: call it for the URL of a fresh database.

    Its folder is not pytest's, which only the administrator may enter: PostgreSQL runs as another user then.
    """
    pgserver = pytest.importorskip("pgserver", reason="manca il pacchetto pgserver")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = tempfile.mkdtemp(prefix="piao-pg-")
        server = pgserver.get_server(folder, cleanup_mode="delete")

    def fresh() -> str:
        name = "archivio_" + uuid4().hex[:8]
        server.psql(f"create database {name};")
        return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")

    yield fresh
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def chroma_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen([*command, "--path", str(tmp_path_factory.mktemp("chroma"))], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url + "/api/v2/heartbeat")
        yield url
        process.terminate()


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"il server non parte: {url}")


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
