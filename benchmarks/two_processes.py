"""Two processes of the app behind one proxy with sticky sessions, on one PostgreSQL and one Chroma server, in a real browser.

    python -m benchmarks.two_processes

Two people, each on a process of their own: what one saves the other sees and changes, who saves over an unseen change is told,
files uploaded through one process are found by a question asked of the other. Prints what each step took; exits 1 if one fails.
The proxy is a few lines that choose by cookie, as deploy/nginx.conf and deploy/Caddyfile do.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from benchmarks.soak import servers
from cards.model import Card
from samples.build import build
from settings import Settings
from store.archive import Archive

ROOT = Path(__file__).resolve().parent.parent
COOKIE, PATIENCE = "piao_processo", 120.0  # PATIENCE: seconds a step may take
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]


class Proxy:
    """Connections passed on to the process that their cookie names, the first without one; ``passed`` counts them."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ports, self.passed = ports, Counter[int]()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=self._one, args=(self.door.accept()[0],), daemon=True).start()

    def _one(self, client: socket.socket) -> None:
        with suppress(OSError), client:
            head = b""
            while b"\r\n\r\n" not in head:
                more = client.recv(65536)
                if not more:
                    return
                head += more
            named = re.search(rb"%s=(\d)" % COOKIE.encode(), head)
            number = int(named[1]) if named else 0
            self.passed[number] += 1
            with socket.create_connection(("127.0.0.1", self.ports[number])) as server:
                server.sendall(head)
                threading.Thread(target=_pour, args=(client, server), daemon=True).start()
                _pour(server, client)

    def close(self) -> None:
        """No more connections."""
        self.door.close()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def app(settings: Settings) -> Iterator[int]:
    """A process of the app; its port."""
    port = free_port()
    env = {**os.environ, "PIAO_HOME": str(settings.root), "PIAO_DATABASE_URL": settings.sql_url,
           "PIAO_CHROMA_URL": str(settings.chroma_url)}
    command = [sys.executable, "-W", "ignore", "-m", "streamlit", "run", str(ROOT / "web.py"), "--server.port", str(port)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            _until(lambda: urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=1).close() is None)
            yield port
        finally:
            process.terminate()


def _until(holds: Callable[[], bool]) -> float:
    """Seconds until it holds."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < PATIENCE:
        with suppress(OSError):
            if holds():
                return time.perf_counter() - begun
        time.sleep(0.02)
    raise TimeoutError("non succede")


def story(archive: Archive, url: str, people: Sequence[Any], files: Sequence[Path]) -> Iterator[tuple[str, float]]:
    """What the two do, step by step, with the seconds each took."""
    one, other = people
    draft = archive.save_draft(Card(title="Sportello unico", unit="Servizi Demografici", year=2027)).id

    def said() -> str | None:
        return archive.draft(draft).card.purpose

    def write(page: Any, text: str) -> None:
        page.get_by_role("textbox", name="Finalità", exact=True).fill(text)
        page.keyboard.press("Tab")

    for page in people:
        page.goto(f"{url}/schede?bozza={draft}")
        page.get_by_role("textbox", name="Finalità", exact=True).wait_for()
    write(one, "Scritta nel primo processo.")
    yield "una scheda scritta nel primo processo è salvata", _until(lambda: said() == "Scritta nel primo processo.")
    begun = time.perf_counter()
    other.reload()
    field = other.get_by_role("textbox", name="Finalità", exact=True)
    field.wait_for()
    _until(lambda: "primo processo" in field.input_value())
    yield "e si vede nel secondo", time.perf_counter() - begun
    write(other, "Riscritta nel secondo.")
    yield "corretta nel secondo", _until(lambda: said() == "Riscritta nel secondo.")
    versions = len(archive.draft_versions(draft))
    begun = time.perf_counter()
    write(one, "Di nuovo dal primo, senza avere visto.")
    one.get_by_role("button", name="Tieni il mio testo").wait_for()
    took = time.perf_counter() - begun
    if said() != "Riscritta nel secondo." or len(archive.draft_versions(draft)) != versions:
        raise AssertionError("il primo ha salvato sopra ciò che non aveva visto")
    yield "chi salva su ciò che non ha visto è avvisato, nulla è coperto", took
    for number, (page, reader, file) in enumerate(((one, other, files[0]), (other, one, files[1])), 1):
        page.goto(url + "/archivio")
        page.locator("input[type=file]").set_input_files(str(file))
        page.get_by_role("button", name="Leggi nell'archivio").click()
        yield f"{file.suffix} caricato nel processo {number} e letto", _until(lambda n=number: len(archive.documents()) == n)  # type: ignore[misc]
        yield "con i suoi vettori", _until(lambda: archive.pending_vectors() == 0)
        words = max((p.text for p in archive.passages() if p.document == file.name), key=len)[:80]
        begun = time.perf_counter()
        reader.goto(f"{url}/precedenti?domanda={quote(words)}")
        reader.get_by_text(file.name).filter(visible=True).first.wait_for()
        yield "e trovato dalla prima domanda fatta all'altro", time.perf_counter() - begun


def main() -> int:
    """The steps, a row each; 1 if one fails."""
    from playwright.sync_api import Error, sync_playwright

    print("| passo | s |\n|---|---|")
    with servers() as settings, Archive.open(settings) as archive, app(settings) as first, app(settings) as second, \
            tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        proxy = Proxy((first, second))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        url, people = f"http://127.0.0.1:{proxy.port}", []
        for number in range(2):
            context = browser.new_context(locale="it-IT")
            context.set_default_timeout(PATIENCE * 1000)
            context.add_cookies([{"name": COOKIE, "value": str(number), "url": url}])
            people.append(context.new_page())
        files = [path for path in build(Path(folder)) if path.suffix in (".docx", ".txt")][:2]
        try:
            for step, seconds in story(archive, url, people, files):
                print(f"| {step} | {seconds:.2f} |", flush=True)
            failed = min(proxy.passed[0], proxy.passed[1]) == 0
        except (AssertionError, Error, TimeoutError) as error:
            print(f"\nnon riuscito: {error}", flush=True)
            for page in people:
                print("\n---\n" + page.locator("body").inner_text()[:1500])
            failed = True
        print(f"\nconnessioni passate ai due processi: {proxy.passed[0]} e {proxy.passed[1]}")
        browser.close()
        proxy.close()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
