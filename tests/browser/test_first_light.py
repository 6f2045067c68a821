"""The whole way in a real browser: upload a PDF, ask, start a card from a result, see a finding come and go, reload, download."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page, expect

from samples.build import build

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_from_a_pdf_to_a_checked_card_in_word(server, open_page, tmp_path: Path):
    pdf = next(path for path in build(tmp_path / "esempio") if path.name == "montelario_relazione-performance_2025.pdf")
    page: Page = open_page(server.url + "/archivio")
    page.locator("input[type=file]").set_input_files(str(pdf))
    page.get_by_role("button", name="Leggi nell'archivio").click()
    expect(page.get_by_text("montelario_relazione-performance_2025.pdf").filter(visible=True).first).to_be_visible(timeout=120_000)
    expect(page.get_by_text("Documenti (1)")).to_be_visible(timeout=120_000)

    page.get_by_role("link", name="Precedenti").click()
    box = page.get_by_role("textbox", name="Es.: che target")
    box.fill("quanto si aspetta per avere la carta d'identità elettronica?")
    box.press("Enter")
    expect(page.get_by_role("heading", name="Precedenti trovati")).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Riduzione dei tempi di rilascio").first).to_be_visible()
    page.get_by_role("button", name="Usa come base").first.click()
    page.get_by_role("button", name="Crea la bozza").click()

    title = page.get_by_role("textbox", name="Titolo dell'obiettivo")
    expect(title).to_be_visible(timeout=60_000)
    page.get_by_text("Collegamenti, tempi e peso").click()
    end = page.get_by_role("textbox", name="Fine", exact=True)
    end.fill("31/09/2027")
    end.press("Tab")
    expect(page.get_by_text("31/09/2027").first).to_be_visible()
    expect(page.get_by_text("TMP001").first).to_be_attached()
    end.fill("30/09/2027")
    end.press("Tab")
    expect(page.get_by_text("TMP001")).to_have_count(0)

    title.fill("Carta d'identità in dieci giorni")
    title.press("Tab")
    expect(page.get_by_text("Salvata").first).to_be_visible()
    page.wait_for_timeout(1500)
    page.reload()
    expect(page.get_by_role("textbox", name="Titolo dell'obiettivo")).to_have_value("Carta d'identità in dieci giorni")

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Scarica Word").click()
    saved = tmp_path / "scheda.docx"
    waiting.value.save_as(saved)
    words = "\n".join(p.text for p in Document(str(saved)).paragraphs)
    words += "\n".join(cell.text for table in Document(str(saved)).tables for row in table.rows for cell in row.cells)
    assert "Carta d'identità in dieci giorni" in words
