"""The servers restarted under load: each failure is one clear line, what was acknowledged is there, work resumes by itself."""

from __future__ import annotations

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

import pytest

from cards.errors import PiaoError
from cards.model import Card
from settings import Settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

pytestmark = [pytest.mark.slow]
LINES = "Il tempo medio di pagamento delle fatture del servizio {n} è di {n} giorni."


class Chroma:
    """A Chroma server process that can be stopped and started on the same port and folder."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder, self.url = folder, f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, "--path", str(self.folder)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=1).close()
                return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError("il server Chroma non parte")

    def stop(self) -> None:
        self.process.kill()
        self.process.wait(10)


@pytest.fixture
def chroma(tmp_path: Path) -> Iterator[Chroma]:
    server = Chroma(tmp_path / "chroma")
    server.start()
    yield server
    server.stop()


class Load:
    """A thread that repeats a piece of work; ``errors`` is what a person would have read, ``bugs`` what they must never see."""

    def __init__(self, work: Callable[[int], None]) -> None:
        self.done, self.errors, self.bugs = 0, [], []  # type: int, list[str], list[BaseException]
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,))
        self._thread.start()

    def _run(self, work: Callable[[int], None]) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            try:
                work(number)
                self.done += 1
            except PiaoError as error:
                self.errors.append(str(error))
                time.sleep(0.05)
            except BaseException as error:
                self.bugs.append(error)
                return

    def more(self, count: int = 3) -> None:
        """Wait until that many more are done."""
        goal, deadline = self.done + count, time.monotonic() + 60
        while self.done < goal and not self.bugs:
            assert time.monotonic() < deadline, self.errors[-1:]
            time.sleep(0.02)

    def stop(self) -> None:
        self._stop.set()
        self._thread.join(60)


def clear(errors: list[str]) -> None:
    """Each error one Italian line without a traceback or a secret."""
    for line in set(errors):
        assert "\n" not in line, line
        assert "Traceback" not in line, line
        assert line.endswith("."), line


def test_chroma_restarted_while_reading_and_searching(chroma: Chroma, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import ingest.worker
    from ingest.reading import read

    monkeypatch.setattr(ingest.worker, "read_safely", read)
    with Archive.open(Settings(home=tmp_path / "archivio", chroma_url=chroma.url), WordEmbedder()) as archive:
        told: list[str] = []

        def work(number: int) -> None:
            path = tmp_path / f"documento-{number}.txt"
            path.write_text(LINES.format(n=number), encoding="utf-8")
            told.extend(report.status for report in archive.ingest([path]))
            assert archive.search(f"pagamento fatture servizio {number}") is not None

        load = Load(work)
        try:
            load.more()
            chroma.stop()
            time.sleep(0.5)
            chroma.start()
            load.more()
        finally:
            load.stop()
        assert load.bugs == []
        clear(load.errors)
        assert set(told) == {"new"}, "i documenti entrano anche senza il server dei vettori"
        archive.resume()
        assert archive.pending_vectors() == 0
        assert archive.vectors.store.count() == len(list(archive.passages())) == len(archive.documents()) == len(told)


def test_postgresql_restarted_while_saving(tmp_path: Path) -> None:
    pgserver = pytest.importorskip("pgserver", reason="manca il pacchetto pgserver")
    folder = tempfile.mkdtemp(prefix="piao-pg-")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        server = pgserver.get_server(folder, cleanup_mode="delete")
    try:
        url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://")
        with Archive.open(Settings(home=tmp_path / "archivio", database_url=url), WordEmbedder()) as archive:
            kept = _saved_under_restart(archive, lambda: _restart(server))
            titles = {version.card.title for draft in archive.drafts() for version in archive.draft_versions(draft.id)}
            assert kept <= titles, "ciò che è stato confermato c'è"
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _saved_under_restart(archive: Archive, restart: Callable[[], Any]) -> set[str]:
    draft, kept = archive.save_draft(Card(title="0")), set[str]()

    def work(number: int) -> None:
        kept.add(str(archive.save_draft(Card(title=str(number)), draft.id).card.title))

    load = Load(work)
    try:
        load.more(10)
        restart()
        load.more(10)
    finally:
        load.stop()
    assert load.bugs == []
    clear(load.errors)
    return kept


def _restart(server: Any) -> None:
    """Stopped at once, as by a power cut, and started again."""
    from pgserver._commands import pg_ctl

    pg_ctl(["-m", "immediate", "-w", "-l", str(server.log), "restart"], pgdata=server.pgdata, user=server.system_user, timeout=60)
