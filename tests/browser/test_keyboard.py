"""The journeys of a clerk's year with the keyboard alone, on the sample archive."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Page, expect

from samples.archive import draft_table
from samples.build import build
from settings import Settings
from store.archive import Archive
from store.lookup import read_file
from tests.browser.conftest import Server, at_rest
from tests.browser.keys import choose_files, pick, press_to, ready
from tests.browser.test_nothing_lost import kept
from tests.browser.test_year_round import CARD, put

pytestmark = [pytest.mark.browser, pytest.mark.model]


def test_first_run_with_the_keyboard_alone(server: Server, open_page):
    """An empty archive: the desk offers the examples, they are read, and the first question finds an answer."""
    page: Page = open_page(server.url + "/scrivania")
    expect(page.get_by_text("Il primo giro")).to_be_visible()
    at_rest(page)
    press_to(page, "Prova con gli esempi")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Metti dei documenti (fatto)")).to_be_visible(timeout=240_000)
    at_rest(page)
    press_to(page, "Prova con questa")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Riduzione dei tempi di rilascio").first).to_be_visible(timeout=180_000)


def test_a_batch_with_one_bad_file_reads_the_others_and_says_why(server: Server, open_page, tmp_path: Path):
    good = [path for path in build(tmp_path / "esempio") if path.name.startswith("valle-chiara_relazione-gestione")]
    bad = tmp_path / "guasto.pdf"
    bad.write_bytes(b"%PDF-1.7\nnon e' un documento")
    page = ready(open_page(server.url + "/archivio"))
    choose_files(page, bad, *good)
    expect(page.get_by_role("button", name="Leggi nell'archivio")).to_be_enabled()
    press_to(page, "Leggi nell'archivio")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Documenti (1)")).to_be_visible(timeout=240_000)
    expect(page.get_by_text("guasto.pdf").filter(visible=True).first).to_be_visible(timeout=120_000)


def test_a_question_a_follow_up_its_page_and_a_card_from_it(sample_server: Server, open_page):
    """From the question to the editor with the keyboard alone; the page is shown as it is printed, with the passage marked."""
    page = ready(open_page(sample_server.url + "/precedenti"))
    press_to(page, "Es.: che target")
    page.keyboard.type("quanto si aspetta per avere la carta d'identità elettronica?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Precedenti trovati")).to_be_visible(timeout=180_000)
    at_rest(page)
    press_to(page, "Es.: che target")
    page.keyboard.type("e a Montelario?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Inteso come: quanto si aspetta")).to_be_visible()
    expect(page.get_by_text("Dalla domanda:")).to_be_visible()
    expect(page.get_by_text("1. Riduzione dei tempi di rilascio")).to_be_visible()
    at_rest(page)
    press_to(page, "Apri la pagina")
    page.keyboard.press("Enter")
    window = page.get_by_role("dialog")
    expect(window.locator("img")).to_be_visible()
    page.keyboard.press("Escape")
    expect(window).to_have_count(0)
    at_rest(page)
    press_to(page, "Usa come base")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_text("Dal precedente: Riduzione dei tempi")).to_be_visible()
    at_rest(page)
    press_to(page, "Crea la bozza")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Titolo dell'obiettivo")).to_have_value(
        "Riduzione dei tempi di rilascio della carta d'identità elettronica")
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop === 0")  # another page begins at its top


def test_a_variation_with_its_motivation_by_the_keyboard(sample_server: Server, open_page):
    """What changes, the facts, the text that names its act; saved in the draft."""
    draft = put(sample_server.home, CARD)
    page = ready(open_page(f"{sample_server.url}/variazioni?bozza={draft}"))
    pick(page, "Oggetto", "Un valore atteso", page.get_by_role("textbox", name="Nuovo valore atteso"))
    press_to(page, "Nuovo valore atteso")
    page.keyboard.type("≤ 20")
    press_to(page, "I fatti")
    page.keyboard.type("Con nota prot. 4521 del 15/05/2027 due operatori sono stati trasferiti ad altro settore.")
    press_to(page, "Scrivi la motivazione")
    page.keyboard.press("Enter")
    expect(page.get_by_text("La scheda dopo la variazione")).to_be_visible(timeout=180_000)
    at_rest(page)
    press_to(page, "Salva nella scheda")
    page.keyboard.press("Enter")
    expect(page.get_by_text("La scheda variata è salvata")).to_be_visible()
    card = kept(sample_server.home, draft)
    assert card.indicators[0].targets["2027"] == "≤ 20"
    assert "4521" in (card.variations[0].reason or "")


def test_the_published_total_of_a_unit_comes_out_and_follows_what_is_typed(sample_server: Server, open_page):
    """94,00 % is what the sample report of the second unit publishes: weights 60 and 40, achievements 100 % and 85 %."""
    page = ready(open_page(sample_server.url + "/consuntivo"))
    press_to(page, "Dalle mie schede")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(page.get_by_role("combobox", name="Documento")).to_be_visible()
    at_rest(page)
    pick(page, "Documento", "valle-chiara_relazione-piano", page.get_by_text("Totale della tabella: 97,00 %"))
    published = page.get_by_text("Totale della tabella: 94,00 %")
    pick(page, "Settore o linea", "2° Settore", published)
    agrees = page.get_by_text("dichiarato 94,00 %: coincide")
    expect(agrees).to_be_visible()
    press_to(page, "Percentuale finale di «Recupero")
    for figure, total in (("70", "88,00 %"), ("85", "94,00 %")):
        page.keyboard.press("Control+a")
        page.keyboard.type(figure)
        expect(page.get_by_text(f"Totale della tabella: {total}")).to_be_visible()
    expect(agrees).to_be_visible()


def test_a_draft_table_is_checked_mended_and_checked_again(sample_server: Server, open_page, tmp_path: Path):
    source = draft_table(tmp_path / "esempio")
    page = ready(open_page(sample_server.url + "/verifica"))
    choose_files(page, source)
    expect(page.get_by_text("PES001").first).to_be_attached(timeout=120_000)
    mended = tmp_path / "corretta.xlsx"
    mend(source, mended)
    page.reload()
    choose_files(ready(page), mended)
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
        archive.save_draft(CARD.replace(title="Sportello da esportare", year=2028))
    page = ready(open_page(sample_server.url + "/piano"))
    press_to(page, "Scarica le")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    reading = read_file(path, Settings(home=sample_server.home))
    assert reading.cards, "quanto esportato si rilegge"
    assert all(card.title for card in reading.cards)
    assert Document(str(path)).paragraphs
