"""Every page in both themes: no serious violation by axe-core, Italian as language, no English word of the framework."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from samples.build import build
from tests.browser.conftest import Server, at_rest

pytestmark = [pytest.mark.browser, pytest.mark.model]

AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = ("", "archivio", "precedenti", "precedenti?domanda=carta d'identità", "schede", "schede?bozza={draft}",
         "variazioni?bozza={draft}", "verifica", "consuntivo?bozza={draft}", "piano", "impostazioni")
WINDOW: Any = {"width": 1366, "height": 768}
ENGLISH = {"help for", "browse files", "drag and drop", "press enter", "choose an option", "add row", "close", "search", "fullscreen",
           "collapse sidebar", "skip to main content", "link to heading", "app pages", "no results", "upload", "per file", "running"}


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker's script, where ``tests/axe.sh`` could install it."""
    if not AXE.is_file():
        pytest.skip("axe-core non è installato (sh tests/axe.sh, serve npm): prova di accessibilità saltata")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def draft(sample_server: Server) -> str:
    """A draft with something to say about it."""
    from cards.model import Card, Indicator, Phase
    from settings import Settings
    from store.archive import Archive

    card = Card(title="Sportello unico", unit="Servizi Demografici", year=2027, start="01/01/2027", end="31/12/2027",
                phases=(Phase(number="1", text="Gara per gli arredi", weight="60", start="01/02/2027", end="30/06/2027"),
                        Phase(number="2", text="Apertura", weight="50", start="01/07/2027", end="31/12/2027")),
                indicators=(Indicator(name="Giorni di attesa", targets={"2027": "≤ 12"}, weight="100"),))
    with Archive.open(Settings(home=sample_server.home)) as archive:
        return archive.save_draft(card).id


def test_no_serious_violation_in_either_theme_and_nothing_cut_at_200_percent(
    chromium: Browser, sample_server: Server, draft: str, axe: str,
):
    """200 % on 1366×768 is a window of 683×384: there no page may scroll sideways."""
    context = chromium.new_context(viewport=WINDOW, locale="it-IT")
    page = context.new_page()
    page.set_default_timeout(60_000)
    found = []
    for path in PAGES:
        page.goto(f"{sample_server.url}/{path.format(draft=draft)}")
        expect(page.locator("h1").first).to_be_visible()
        at_rest(page)
        page.evaluate(axe)
        assert page.evaluate("document.documentElement.lang") == "it"
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.wait_for_function("dark => (getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor "
                                   "!== 'rgb(255, 255, 255)') === dark", arg=scheme == "dark")
            page.wait_for_timeout(600)  # the colours of a heading change by degrees
            found += [f"/{path} ({scheme}): {one['impact']} {one['id']}: {one['nodes'][0]['html'][:160]}"
                      for one in page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)")
                      if one["impact"] in ("serious", "critical")]
        found += [f"/{path}: inglese «{text}»" for text in english(page)]
        page.set_viewport_size({"width": 683, "height": 384})
        page.wait_for_timeout(300)
        if page.evaluate("[document.scrollingElement, document.querySelector('[data-testid=stMain]')].some("
                         "(one) => one.scrollWidth > one.clientWidth + 1)"):
            found.append(f"/{path}: al 200 % scorre di lato")
        page.set_viewport_size(WINDOW)
    context.close()
    assert not found, "\n".join(found)


def english(page) -> set[str]:
    """Words of the framework that were left in English: visible texts and what a screen reader says."""
    texts = page.evaluate("""() => {
        const said = [...document.querySelectorAll('[aria-label],[title],[placeholder]')].flatMap(
            (one) => ['aria-label', 'title', 'placeholder'].map((name) => one.getAttribute(name) || ''));
        const leaves = [...document.querySelectorAll('[data-testid="stApp"] *')].filter(
            (one) => !one.children.length && one.checkVisibility() && one.dataset.testid !== 'stIconMaterial');
        return [...said, ...leaves.map((one) => one.textContent)];
    }""")
    return {text for text in texts if any(text.strip().lower() == word or text.lower().startswith(f"{word} ") for word in ENGLISH)}


def test_the_keyboard_goes_through_a_page_in_reading_order(chromium: Browser, sample_server: Server, tmp_path: Path):
    """From the head of the page, Tab reaches the navigation and then the page's own controls from top to bottom, each visible."""
    build(tmp_path)
    context = chromium.new_context(viewport={"width": 1366, "height": 768}, locale="it-IT")
    page = context.new_page()
    page.goto(f"{sample_server.url}/verifica")
    expect(page.locator("h1").first).to_be_visible()
    at_rest(page)
    seen = []
    for _ in range(30):
        page.keyboard.press("Tab")
        spot = page.evaluate("""() => { const one = document.activeElement, box = one.getBoundingClientRect();
            return [one === document.body, Boolean(one.closest('[data-testid="stSidebar"]')), box.top, box.width * box.height]; }""")
        if spot[0]:
            break
        seen.append(spot)
    context.close()
    inside = [top for _body, sidebar, top, _area in seen if not sidebar]
    assert [sidebar for _body, sidebar, _top, _area in seen].count(True) >= 9, "tutte le pagine si raggiungono con Tab"
    assert len(inside) >= 4
    assert inside[-1] >= inside[0]
