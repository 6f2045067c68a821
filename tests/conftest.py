"""Fixtures for the whole suite. No test reaches the network beyond loopback; real documents come from ``PIAO_SHARED``."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.engines import chroma_server, postgres

__all__ = ["chroma_server", "postgres"]
ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("PIAO_SHARED") or ROOT.parent / "shared")
LOOPBACK = {"127.0.0.1", "::1", "localhost", "0.0.0.0"}

# A property holds or not, however busy the machine is: an example is never failed for its time.
settings.register_profile("piao", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("piao")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real documents and the gold files; the test is skipped where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip(f"documenti reali assenti: nessuna cartella {SHARED} (si indica con PIAO_SHARED)")
    return SHARED


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test marked ``engines`` is run on both sets of engines."""
    if "engines" in metafunc.fixturenames and metafunc.definition.get_closest_marker("engines"):
        metafunc.parametrize("engines", ["locale", "server"], indirect=True)


@pytest.fixture
def engines(request: pytest.FixtureRequest) -> str:
    """Where the archive of a test is: "locale" (SQLite, Chroma in the process) or "server" (PostgreSQL, a Chroma server)."""
    return str(getattr(request, "param", None) or os.environ.get("PIAO_TEST_ENGINES") or "locale")


@pytest.fixture
def home(engines: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh archive folder; no setting of the person who runs the tests leaks in."""
    for name in list(os.environ):
        if name.startswith("PIAO_") and name != "PIAO_SHARED":
            monkeypatch.delenv(name)
    folder = tmp_path / "archivio"
    monkeypatch.setenv("PIAO_HOME", str(folder))
    if engines == "server":
        monkeypatch.setenv("PIAO_DATABASE_URL", request.getfixturevalue("postgres")())
        monkeypatch.setenv("PIAO_CHROMA_URL", request.getfixturevalue("chroma_server"))
    import settings

    settings.load_settings.cache_clear()
    return folder


@pytest.fixture(scope="session", autouse=True)
def loopback_only() -> Iterator[None]:
    """One switch for the whole suite: a connection that would leave this machine is an error."""
    real = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address and str(address[0]) not in LOOPBACK:
            raise AssertionError(f"una prova ha cercato la rete: {address[0]}")
        real(self, address)  # type: ignore[arg-type]

    socket.socket.connect = guarded  # type: ignore[method-assign, assignment]
    yield
    socket.socket.connect = real  # type: ignore[method-assign]
