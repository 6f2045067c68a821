"""What a clerk does most in the app, timed in the browser: from the act to the page that has changed and is at rest again."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from playwright.sync_api import Locator, Page

TIMES = 7
QUESTIONS = ("tempi di pagamento delle fatture", "raccolta differenziata", "prestiti della biblioteca", "iscritti ai nidi",
             "carta d'identità elettronica", "controlli sul commercio", "ore di apertura degli sportelli", "piste ciclabili")
REST = "document.querySelector('[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]')"
SHOWN = "document.querySelector('[data-testid=stMain]').innerText"
Act = Callable[[int], Any]


def rest(page: Page) -> None:
    """Wait until the page has nothing left to run; looked at with every frame."""
    page.wait_for_function(f"() => {REST} !== null")


def each(page: Page, act: Act, ready: Act = lambda number: None) -> float:
    """Median seconds of ``TIMES`` acts (their number is handed over), the first one, which warms up, apart; ``ready`` comes
    before the clock: a list opened, what the last act left put away."""
    times = []
    for number in range(TIMES + 1):
        ready(number)
        rest(page)
        before = page.evaluate(SHOWN)
        begin = time.perf_counter()
        act(number)
        page.wait_for_function(f"before => {SHOWN} !== before && {REST} !== null", arg=before)
        times.append(time.perf_counter() - begin)
        page.wait_for_timeout(150)
    return statistics.median(times[1:])


def interactions(page: Page, url: str, draft: str, full: bool) -> Iterator[tuple[str, float]]:
    """Name and median of each; those that need documents only where the archive is ``full``."""
    go(page, f"{url}/schede?bozza={draft}")
    yield "un campo della scheda", each(page, typed(page.get_by_role("textbox", name="Responsabile"), "Responsabile {}"))
    go(page, f"{url}/consuntivo?bozza={draft}")
    yield "un risultato", each(page, typed(page.get_by_role("textbox", name="Risultato di «Giorni di attesa»"), "{}", 13))
    go(page, f"{url}/verifica")
    page.get_by_role("radio", name="Tutto il piano").click()
    page.get_by_role("button", name="Attenzioni").wait_for()
    rest(page)
    yield "un filtro delle segnalazioni", each(page, lambda _: page.get_by_role("button", name="Attenzioni").click())
    ways = [page.get_by_test_id("stSidebarNavItems").get_by_role("link", name=name) for name in ("Scrivania", "Schede", "Piano")]
    yield "da una pagina all'altra", each(page, lambda n: ways[n % 3].click())
    if full:
        yield from with_documents(page, url)


def with_documents(page: Page, url: str) -> Iterator[tuple[str, float]]:
    """What there is to do only with an archive that has something in it."""
    go(page, f"{url}/precedenti")
    box = page.get_by_role("textbox", name="Es.: che target")
    yield "una domanda", each(page, typed(box, "{}", words=QUESTIONS))
    yield "un anno tra i filtri", each(page, lambda n: option(page, str(2015 + n)), lambda n: listed(page, "Anno"))
    go(page, f"{url}/archivio")
    boxes = page.get_by_test_id("stExpander")
    yield "un documento aperto", each(page, lambda n: opened(boxes.nth(n)), lambda n: closed(boxes.nth(n - 1)) if n else None)
    go(page, f"{url}/consuntivo")
    page.get_by_role("radio", name="Da un documento dell'archivio").click()
    page.get_by_role("combobox", name="Settore o linea").wait_for()
    rest(page)
    yield "un altro settore nel consuntivo", each(
        page, lambda n: page.get_by_role("option").nth((n + 1) % 2).click(), lambda n: listed(page, "Settore o linea"))
    go(page, f"{url}/piano")
    yield "un altro anno del piano", each(page, lambda n: option(page, str(2024 - n)), lambda n: listed(page, "Anno"))


def opened(box: Locator) -> None:
    """Click on a box and wait for what its opening makes the server read: its last words."""
    box.locator("summary").click()
    box.get_by_test_id("stDataFrame").wait_for()


def closed(box: Locator) -> None:
    """A box put away: it shuts slowly, and what lies under it can be clicked once it has stopped moving."""
    box.locator("summary").click()
    box.page.wait_for_timeout(800)


def go(page: Page, address: str) -> None:
    """Open a page and wait until it is still."""
    page.goto(address)
    page.locator("h1").first.wait_for()
    rest(page)


def typed(field: Locator, words_: str, first: int = 0, words: tuple[str, ...] = ()) -> Act:
    """Write in a field and press Enter."""
    def act(number: int) -> None:
        field.fill(words_.format(words[number % len(words)] if words else first + number))
        field.press("Enter")
    return act


def listed(page: Page, name: str) -> None:
    """Open a list to choose from."""
    page.get_by_role("combobox", name=name).first.click()
    page.get_by_role("option").first.wait_for()


def option(page: Page, name: str) -> None:
    """Choose from the open list."""
    page.get_by_role("option", name=name, exact=True).click()
