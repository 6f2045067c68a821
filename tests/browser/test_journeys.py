"""A new card typed fast in a real browser: no keystroke is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from cards.model import Card
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import Server
from tests.browser.grid import cell, next_column, saved, type_down
from tests.browser.test_nothing_lost import kept, within

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_a_new_card_typed_fast_keeps_every_keystroke(sample_server: Server, open_page):
    """Six phases and five indicators, one cell after the other without a pause."""
    with Archive.open(Settings(home=sample_server.home)) as archive:
        draft = archive.save_draft(Card(title="Nuova", unit="Cultura", year=2027)).id
    page: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    title = page.get_by_role("textbox", name="Titolo dell'obiettivo")
    title.click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Biblioteca aperta la sera", delay=10)
    page.keyboard.press("Tab")
    indicators = (["Ore di apertura serale", "Prestiti la sera", "Iscritti nuovi", "Gradimento", "Costo per ora"],
                  [">= 200", "almeno 3.000", ">= 150", "superiore a 8", "<= 45"], ["30", "20", "20", "20", "10"])
    cell(page, "Indicatore", 1, "Indicatori").click()
    for values in indicators:
        type_down(page, values)
        next_column(page, 5)
    saved(page)
    phases = ([str(n) for n in range(1, 7)], ["Analisi", "Accordi", "Turni", "Prova", "Avvio", "Verifica"],
              ["10", "10", "20", "20", "30", "10"])
    cell(page, "N.", 1, "Fasi").click()
    for values in phases:
        type_down(page, values)
        next_column(page, 6)
    saved(page)

    def now() -> tuple[object, ...]:
        card = kept(sample_server.home, draft)
        return (card.title, tuple([getattr(i, name) for i in card.indicators] for name in ("name", "weight")),
                [i.targets.get("2027") for i in card.indicators],
                tuple([getattr(p, name) for p in card.phases] for name in ("number", "text", "weight")))

    wanted = ("Biblioteca aperta la sera", (indicators[0], indicators[2]), indicators[1], phases)
    assert within(20, now, wanted) == wanted
    page.reload()
    expect(page.get_by_text("Totale pesi: 100")).to_have_count(2)
