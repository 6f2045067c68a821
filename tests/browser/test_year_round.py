"""The later journeys in a real browser: a variation from facts to Word, results typed at speed, the plan of the year exported."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from cards.model import Card, Indicator, Phase
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import at_rest

pytestmark = pytest.mark.browser

CARD = Card(
    title="Sportello unico", unit="Servizi Demografici", year=2027, weight="100",
    phases=(Phase(number="1", text="Gara per gli arredi", weight="100"),),
    indicators=(Indicator(name="Giorni di attesa", targets={"2027": "≤ 12"}, weight="60"),
                Indicator(name="Appuntamenti del sabato", targets={"2027": "≥ 400"}, weight="40")),
)


def put(home: Path, card: Card = CARD) -> str:
    """One draft in the archive of the running app."""
    with Archive.open(Settings(home=home)) as archive:
        return archive.save_draft(card).id


def words_of(path: Path) -> str:
    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_results_typed_at_speed_are_all_kept_and_the_plan_is_exported(server, open_page, tmp_path: Path):
    draft = put(server.home)
    page: Page = open_page(f"{server.url}/consuntivo?bozza={draft}")
    first = page.get_by_role("textbox", name="Risultato di «Giorni di attesa»")
    expect(first).to_be_visible()
    first.click()
    page.keyboard.type("10", delay=20)
    page.keyboard.press("Tab")
    page.keyboard.type("una nota", delay=20)
    page.keyboard.press("Tab")
    page.keyboard.type("360", delay=20)
    expect(page.get_by_text("Totale dell'obiettivo: 96,00 %")).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="Risultato di «Appuntamenti del sabato»")).to_have_value("360")
    expect(page.get_by_role("textbox", name="Nota su «Giorni di attesa»")).to_have_value("una nota")
    expect(page.get_by_text("Totale dell'obiettivo: 96,00 %")).to_be_visible()

    page.get_by_role("link", name="Piano").click()
    expect(page.get_by_role("heading", name="Piano", level=1)).to_be_visible()  # until then the page left has its own «Scarica»
    at_rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Scarica la scheda in Word").click()
    saved = tmp_path / "piano.docx"
    waiting.value.save_as(saved)
    assert "Sportello unico" in words_of(saved)
    assert "Appuntamenti del sabato" in words_of(saved)


@pytest.mark.model
def test_a_variation_from_the_facts_to_the_request_sheet(server, open_page, tmp_path: Path):
    draft = put(server.home)
    page: Page = open_page(f"{server.url}/variazioni?bozza={draft}")
    page.get_by_role("combobox", name="Oggetto").first.click()
    page.get_by_role("option", name="Un valore atteso").click()
    new = page.get_by_role("textbox", name="Nuovo valore atteso")
    new.fill("≤ 20")
    facts = page.get_by_role("textbox", name="I fatti")
    facts.fill("Con nota prot. 4521 del 15/05/2027 due operatori sono stati trasferiti ad altro settore.")
    page.get_by_role("button", name="Scrivi la motivazione").click()
    expect(page.get_by_text("La scheda dopo la variazione")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("(tolto)").first).to_be_visible()
    expect(page.get_by_text("(nuovo)").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("textbox", name="I fatti")).to_have_value(
        "Con nota prot. 4521 del 15/05/2027 due operatori sono stati trasferiti ad altro settore.")
    page.get_by_role("button", name="Salva nella scheda").click()
    expect(page.get_by_text("La scheda variata è salvata")).to_be_visible()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Scarica Word").click()
    saved = tmp_path / "variazione.docx"
    waiting.value.save_as(saved)
    assert "4521" in words_of(saved)
    assert "≤ 20" in words_of(saved)
