"""The app in a browser with 20,000 passages and 1,000 cards, and with an empty archive, in one run: first paint of each page,
median of each interaction, and their ratio. Floors: first paint under 2 s, interactions under 400 ms (median), ratio under 1.5.

    python -m benchmarks.app [passages] [cards]
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.synthetic import fill
from cards.model import Card, Indicator, Phase
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import FLAGS, Server

PAGES = ("", "archivio", "precedenti", "schede", "variazioni", "verifica", "consuntivo", "piano", "impostazioni")
PAINT, CLICK, RATIO, TIMES = 2.0, 0.4, 1.5, 7
REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'
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
                measured[name] = {**paints(page, url), **interactions(page, url, draft)}
        browser.close()
    return told(measured, passages, cards)


@contextmanager
def app(folder: Path, size: tuple[int, int] | None) -> Iterator[tuple[str, str]]:
    """A server on an archive of that size with one draft."""
    home = folder / "archivio"
    home.mkdir(parents=True)
    with Archive.open(Settings(home=home)) as archive:
        if size:
            fill(archive, passages=size[0], cards=size[1])
        draft = archive.save_draft(CARD).id
    server = Server(home)
    server.start()
    try:
        yield server.url, draft
    finally:
        server.kill()


def paints(page: Page, url: str) -> dict[str, float]:
    """Seconds from the address to the page's title on the screen; the first visit warms the server up and is not counted."""
    found = {}
    for name in PAGES:
        page.goto(f"{url}/{name}")
        page.locator("h1").first.wait_for()
        page.locator(REST).wait_for()
        times = []
        for _ in range(3):
            begin = time.perf_counter()
            page.goto(f"{url}/{name}", wait_until="commit")
            page.locator("h1").first.wait_for()
            times.append(time.perf_counter() - begin)
            page.locator(REST).wait_for()
        found[f"pagina {name or 'scrivania'}"] = statistics.median(times)
    return found


def interactions(page: Page, url: str, draft: str) -> dict[str, float]:
    """Median seconds of what a clerk does most: the answer of the page to each."""
    found = {}
    page.goto(f"{url}/schede?bozza={draft}")
    field = page.get_by_role("textbox", name="Responsabile")
    field.wait_for()
    page.locator(REST).wait_for()

    def typed(number: int) -> None:
        field.fill(f"Responsabile {number}")
        field.press("Enter")

    found["un campo della scheda"] = each(page, typed, lambda n: f"Salvata (versione {n + 2})")
    page.goto(f"{url}/consuntivo?bozza={draft}")
    result = page.get_by_role("textbox", name="Risultato di «Giorni di attesa»")
    result.wait_for()
    page.locator(REST).wait_for()

    def scored(number: int) -> None:
        result.fill(str(13 + number))
        result.press("Enter")

    found["un risultato"] = each(page, scored, None)
    return found


def each(page: Page, act: Callable[[int], Any], sign: Callable[[int], str] | None) -> float:
    """Median seconds from an act to the page at rest again (and the sign of it, where there is one)."""
    times = []
    for number in range(TIMES):
        begin = time.perf_counter()
        act(number)
        if sign:
            page.get_by_text(sign(number), exact=False).first.wait_for()
        else:
            page.locator('[data-testid="stApp"][data-test-script-state="running"]').wait_for(timeout=5_000)
        times.append(time.perf_counter() - begin if sign else -1.0)
        page.locator(REST).wait_for()
        if not sign:
            times[-1] = time.perf_counter() - begin
        page.wait_for_timeout(200)
    return statistics.median(times)


def told(measured: dict[str, dict[str, float]], passages: int, cards: int) -> int:
    """The table, and 1 where a floor is missed."""
    failed = 0
    print(f"| che cosa | archivio vuoto | {passages} passaggi, {cards} schede | rapporto | |\n|---|---|---|---|---|")
    for name, empty in measured["vuoto"].items():
        full = measured["pieno"][name]
        floor = PAINT if name.startswith("pagina") else CLICK
        good = full < floor and (full / empty < RATIO or full < floor / 4)
        failed += not good
        print(f"| {name} | {empty:.2f} s | {full:.2f} s | {full / empty:.2f} | {'ok' if good else 'NO'} |")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
