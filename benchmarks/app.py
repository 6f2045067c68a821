"""The app in a browser with 20,000 passages and 1,000 cards, and with an empty archive, in one run; forty drafts in both. Of each
page the first paint and the time until all of it is there; the median of each interaction; their ratio. Floors: pages under 2 s,
interactions under 400 ms, ratio under 1.5 (what takes less than a quarter of its floor passes anyway).

    python -m benchmarks.app [passages] [cards]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks.app_actions import go, interactions, rest
from benchmarks.synthetic import fill
from cards.model import Card, Indicator, Phase
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import FLAGS, Server

PAGES = ("", "archivio", "precedenti", "schede", "variazioni", "verifica", "consuntivo", "piano", "impostazioni")
PAINT, CLICK, RATIO, DRAFTS = 2.0, 0.4, 1.5, 40
CARD = Card(title="Sportello unico", unit="Servizi Demografici", year=2027, weight="100",
            phases=tuple(Phase(number=str(n), text=f"Fase {n}", weight="25") for n in range(1, 5)),
            indicators=(Indicator(name="Giorni di attesa", targets={"2027": "≤ 12"}, weight="60"),
                        Indicator(name="Appuntamenti", targets={"2027": "≥ 400"}, weight="40")))


def main(passages: int = 20_000, cards: int = 1_000) -> int:
    """Measure both; 1 where a floor is missed."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        measured: dict[str, dict[str, float]] = {}
        for name, size in (("vuoto", None), ("pieno", (passages, cards))):
            with app(Path(folder) / name, size) as (url, draft):
                page = browser.new_context(viewport={"width": 1366, "height": 768}, locale="it-IT").new_page()
                page.set_default_timeout(120_000)
                measured[name] = {**paints(page, url), **dict(interactions(page, url, draft, size is not None))}
        browser.close()
    return told(measured, passages, cards)


@contextmanager
def app(folder: Path, size: tuple[int, int] | None) -> Iterator[tuple[str, str]]:
    """A server on an archive of that size with its drafts."""
    home = folder / "archivio"
    home.mkdir(parents=True)
    with Archive.open(Settings(home=home)) as archive:
        if size:
            fill(archive, passages=size[0], cards=size[1])
            archive.prepare_search()  # as every ingestion does at its end: the first pages have the processor to themselves
        for number in range(1, DRAFTS):
            archive.save_draft(CARD.replace(title=f"Obiettivo {number}", unit=f"Settore {number % 8}"))
        draft = archive.save_draft(CARD).id
    server = Server(home)
    server.start()
    try:
        yield server.url, draft
    finally:
        server.kill()


def paints(page: Page, url: str) -> dict[str, float]:
    """Seconds from the address to the page's title on the screen, and to all of the page; the first visit warms the server up
    and is not counted."""
    found = {}
    for name in PAGES:
        go(page, f"{url}/{name}")
        shown, whole = [], []
        for _ in range(5):
            begin = time.perf_counter()
            page.goto(f"{url}/{name}", wait_until="commit")
            page.wait_for_function("() => document.querySelector('h1') !== null")
            shown.append(time.perf_counter() - begin)
            rest(page)
            whole.append(time.perf_counter() - begin)
        found[f"pagina {name or 'scrivania'}"] = statistics.median(shown)
        found[f"pagina {name or 'scrivania'}, tutta"] = statistics.median(whole)
    return found


def told(measured: dict[str, dict[str, float]], passages: int, cards: int) -> int:
    """The table, and 1 where a floor is missed."""
    failed = 0
    print(f"| che cosa | archivio vuoto | {passages} passaggi, {cards} schede | rapporto | |\n|---|---|---|---|---|")
    for name, full in measured["pieno"].items():
        empty = measured["vuoto"].get(name)
        floor = PAINT if name.startswith("pagina") else CLICK
        good = full < floor and (empty is None or full / empty < RATIO or full < floor / 4)
        failed += not good
        beside = f"{empty:.2f} s | {full:.2f} s | {full / empty:.2f}" if empty else f"— | {full:.2f} s | —"
        print(f"| {name} | {beside} | {'ok' if good else 'NO'} |")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
