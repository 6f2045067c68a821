"""From the command to the first page: the server started cold on an archive, then the desk whole in a browser already open.

    python -m benchmarks.cold_start [HOME]                  (an archive of 20,000 passages is made without)

Seconds by the clock, and of processor for the server alone: on a busy machine the latter is what is compared with the floor.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.app_actions import rest
from benchmarks.synthetic import fill
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import FLAGS, Server

FLOOR, PASSAGES, TIMES = 5.0, 20_000, 3  # seconds, passages of the archive made here, starts


def main(home: str = "") -> int:
    """Print each start; 1 if the best one is over the floor."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        archive = Path(home or f"{folder}/archivio")
        if not home:
            with Archive.open(Settings(home=archive)) as opened:
                fill(opened, PASSAGES)
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        kept = []
        for _ in range(TIMES):
            server, page = Server(archive), browser.new_context(locale="it-IT").new_page()
            page.set_default_timeout(120_000)
            begun = time.perf_counter()
            server.start()
            answered = time.perf_counter() - begun
            page.goto(server.url)
            page.get_by_role("heading", level=1).wait_for()
            rest(page)
            whole = time.perf_counter() - begun
            assert server.process
            spent = processor(server.process.pid)
            server.kill()
            page.context.close()
            print(f"risponde dopo {answered:.1f} s, prima pagina intera dopo {whole:.1f} s (processore {spent:.1f}; "
                  f"carico {os.getloadavg()[0]:.0f})", flush=True)
            kept.append(min(whole, spent) if os.getloadavg()[0] > (os.cpu_count() or 1) else whole)
        browser.close()
    return int(min(kept) > FLOOR)


def processor(pid: int) -> float:
    """Seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
