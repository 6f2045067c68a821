"""Real servers for the tests, one of each a session: PostgreSQL (the ``pgserver`` wheel) and a Chroma server process."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture(scope="session")
def postgres() -> Iterator[Callable[[], str]]:
    """A PostgreSQL of our own: call it for the URL of an empty place, a schema of its own (a database has three hundred files,
    which some disks take minutes to remove).

    Its folder is not pytest's, which only the administrator may enter: PostgreSQL runs as another user then.
    """
    pgserver = pytest.importorskip("pgserver", reason="manca il pacchetto pgserver")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        folder = tempfile.mkdtemp(prefix="piao-pg-", dir=_quick())
        server = pgserver.get_server(folder, cleanup_mode="stop")
    server.psql("alter system set fsync = off; alter system set full_page_writes = off; select pg_reload_conf();")

    def fresh() -> str:
        name = "archivio_" + uuid4().hex[:8]
        server.psql(f"create schema {name};")
        return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://") + f"&options=-csearch_path%3D{name}"

    try:
        yield fresh
    finally:
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


def _quick() -> str | None:
    """A disk in memory where there is room on it: removing some thousands of files takes no time there."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 4 * 2**30 else None


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"il server non parte: {url}")
