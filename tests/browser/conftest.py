"""A real server and a real Chromium. Skipped, with a message, only where Chromium is not installed."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update",
         "--disable-sync", "--no-first-run"]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """The app as a user starts it, on its own archive folder; it can be killed and started again."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        env = {**os.environ, "PIAO_HOME": str(self.home)}
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / "web.py"), "--server.port", str(self.port)]
        self.log = open(self.home.parent / "server.log", "ab")  # noqa: SIM115
        self.process = subprocess.Popen(command, cwd=ROOT, env=env, stdout=self.log, stderr=self.log)
        for _ in range(240):
            try:
                urllib.request.urlopen(self.url + "/_stcore/health", timeout=1).close()
                return
            except OSError:
                time.sleep(0.25)
        raise AssertionError("l'app non risponde: " + (self.home.parent / "server.log").read_text(errors="replace")[-2000:])

    def freeze(self) -> None:
        """It stays connected and hears nothing any more, as just before a power cut; ``kill`` still works."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        """As a power cut would."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.log.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """An app on an empty archive."""
    home = tmp_path / "archivio"
    home.mkdir()
    running = Server(home)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the sample documents, made once; a test that changes things works on a copy."""
    from samples.archive import install
    from settings import Settings
    from store.archive import Archive

    home = tmp_path_factory.mktemp("esempio") / "archivio"
    with Archive.open(Settings(home=home)) as archive:
        assert all(report.status == "new" for report in install(archive))
    return home


@pytest.fixture(scope="session")
def sample_server(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One app on a copy of the sample archive for all tests that only add to it."""
    home = tmp_path_factory.mktemp("comune") / "archivio"
    shutil.copytree(sample_home, home)
    running = Server(home)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for the session."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("Chromium non è installato (apt-get install chromium): prove nel browser saltate")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)

    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: object) -> Iterator[Callable[[str], object]]:
    """``open_page(url)``: a new tab at 1366×768 in Italian."""
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="it-IT", accept_downloads=True)  # type: ignore[attr-defined]
    context.set_default_timeout(60_000)

    def opened(url: str) -> object:
        page = context.new_page()
        page.goto(url)
        return page

    yield opened
    context.close()


def at_rest(page: Page) -> None:
    """Wait until the app is connected and has nothing left to run."""
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"][data-test-connection-state="CONNECTED"]').wait_for()
