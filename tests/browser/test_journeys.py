"""The journeys of a clerk's year in a real browser, on the sample archive; what can be done with the keyboard alone is."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from cards.model import Card
from samples.archive import draft_table
from samples.build import build
from settings import Settings
from store.archive import Archive
from store.lookup import read_file
from tests.browser.conftest import Server, at_rest
from tests.browser.grid import choose_cell, measured, next_column, saved, table, type_down
from tests.browser.test_nothing_lost import kept, within

pytestmark = [pytest.mark.browser, pytest.mark.model]


def press_to(page: Page, name: str, most: int = 80) -> None:
    """Tab until what has that name (its beginning) is chosen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate("(document.activeElement.getAttribute('aria-label') || document.activeElement.innerText || '')")
        if said.replace("\n", " ").strip().endswith(name) or said.strip().startswith(name):
            return
    raise AssertionError(f"«{name}» non si raggiunge con Tab")


def test_first_run_with_the_keyboard_alone(server: Server, open_page):
    """An empty archive: the desk offers the examples, they are read, and the first question finds an answer."""
    page: Page = open_page(server.url + "/scrivania")
    expect(page.get_by_text("Il primo giro")).to_be_visible()
    at_rest(page)
    press_to(page, "Prova con gli esempi")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Metti dei documenti (fatto)")).to_be_visible(timeout=120_000)
    at_rest(page)
    press_to(page, "Prova con questa")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Riduzione dei tempi di rilascio").first).to_be_visible(timeout=90_000)


def test_a_batch_with_one_bad_file_reads_the_others_and_says_why(server: Server, open_page, tmp_path: Path):
    good = [path for path in build(tmp_path / "esempio") if path.name.startswith("valle-chiara_relazione-gestione")]
    bad = tmp_path / "guasto.pdf"
    bad.write_bytes(b"%PDF-1.7\nnon e' un documento")
    page: Page = open_page(server.url + "/archivio")
    page.locator("input[type=file]").set_input_files([str(bad), *map(str, good)])
    button = page.get_by_role("button", name="Leggi nell'archivio")
    expect(button).to_be_enabled()
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Documenti (1)")).to_be_visible(timeout=120_000)
    expect(page.get_by_text("guasto.pdf").filter(visible=True).first).to_be_visible(timeout=60_000)


@measured
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
    choose_cell(page, table(page, 0), 0, 60)
    for values in indicators:
        type_down(page, values)
        next_column(page, 5)
    saved(page)
    phases = ([str(n) for n in range(1, 7)], ["Analisi", "Accordi", "Turni", "Prova", "Avvio", "Verifica"],
              ["10", "10", "20", "20", "30", "10"])
    choose_cell(page, table(page, 1), 0, 60)
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


def test_a_draft_table_is_checked_mended_and_checked_again(sample_server: Server, open_page, tmp_path: Path):
    source = draft_table(tmp_path / "esempio")
    page: Page = open_page(sample_server.url + "/verifica")
    page.locator("input[type=file]").first.set_input_files(str(source))
    expect(page.get_by_text("PES001").first).to_be_attached(timeout=60_000)
    mended = tmp_path / "corretta.xlsx"
    mend(source, mended)
    page.reload()
    page.locator("input[type=file]").first.set_input_files(str(mended))
    expect(page.get_by_text("corretta.xlsx").first).to_be_visible()
    at_rest(page)
    expect(page.get_by_text("PES001")).to_have_count(0)
    expect(page.get_by_text("TGT001")).to_have_count(0)


def mend(source: Path, target: Path) -> None:
    """What a person does in Excel: weights of each objective brought to 100, targets filled in."""
    book = openpyxl.load_workbook(source)
    for sheet in book:
        head = next(row for row in sheet.iter_rows() if any("peso" in str(cell.value or "").lower() for cell in row))
        place = {str(cell.value or "").strip().lower(): cell.column for cell in head}
        weight = next(column for name, column in place.items() if "peso" in name)
        target_ = next(column for name, column in place.items() if "atteso" in name or "target" in name)
        title = next(column for name, column in place.items() if "obiettivo" in name)
        groups: dict[str, list[int]] = {}
        last = ""
        for row in range(head[0].row + 1, sheet.max_row + 1):
            if not any(cell.value for cell in sheet[row]):
                continue
            last = str(sheet.cell(row, title).value or last)
            groups.setdefault(last, []).append(row)
            if not str(sheet.cell(row, target_).value or "").strip():
                sheet.cell(row, target_).value = "≥ 80%"
        for rows in groups.values():
            for number, row in enumerate(rows):
                sheet.cell(row, weight).value = 100 // len(rows) + (100 % len(rows) if number == 0 else 0)
    book.save(target)


def test_section_2_2_in_word_reads_back(sample_server: Server, open_page, tmp_path: Path):
    with Archive.open(Settings(home=sample_server.home)) as archive:
        from tests.browser.test_year_round import CARD

        archive.save_draft(CARD.replace(title="Sportello da esportare", year=2028))
    page: Page = open_page(sample_server.url + "/piano")
    expect(page.locator("h1").first).to_be_visible()
    at_rest(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Scarica").first.click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    reading = read_file(path, Settings(home=sample_server.home))
    assert reading.cards, "quanto esportato si rilegge"
    assert all(card.title for card in reading.cards)
    assert Document(str(path)).paragraphs
