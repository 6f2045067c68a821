"""What is typed stays: at speed, across reloads, with the server killed, with two people on one card."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from cards.model import Card, Phase
from settings import Settings
from store.archive import Archive
from tests.browser.cable import Cable
from tests.browser.conftest import Server, at_rest
from tests.browser.grid import cell, next_column, saved, type_down

pytestmark = pytest.mark.browser

CARD = Card(title="Sportello unico", unit="Servizi Demografici", year=2027, purpose="Meno code.",
            phases=tuple(Phase(number=str(n), text=f"Fase {n}", weight="10") for n in range(1, 11)))
COLUMNS = ("number", "text", "weight", "start", "end")  # in the order of the table


def put(home: Path, card: Card = CARD) -> str:
    """One draft in the archive of the running app."""
    with Archive.open(Settings(home=home)) as archive:
        return archive.save_draft(card).id


def kept(home: Path, draft: str) -> Card:
    """The draft as another process finds it."""
    with Archive.open(Settings(home=home)) as archive:
        return archive.draft(draft).card


def columns(home: Path, draft: str) -> dict[str, list[str | None]]:
    """The phases' columns as the database has them."""
    phases = kept(home, draft).phases
    return {name: [getattr(phase, name) for phase in phases] for name in COLUMNS}


def within(seconds: float, look: Callable[[], Any], wanted: Any) -> Any:
    """What ``look`` gives, as soon as it is what is wanted, or after that time."""
    end = time.monotonic() + seconds
    while (found := look()) != wanted and time.monotonic() < end:
        time.sleep(0.3)
    return found


def drawn(page: Page) -> None:
    """Wait until every part of the card is there: a server that hears nothing any more sends nothing either."""
    at_rest(page)
    for table in ("Indicatori", "Fasi"):
        page.get_by_role("table", name=table, exact=True).wait_for()
    page.wait_for_load_state("networkidle")


def test_three_hundred_edits_at_speed_across_reloads_are_all_in_the_database(sample_server: Server, open_page):
    """Twenty rows by five columns, three times over with a reload in between; typed downwards without a pause, twenty cells a
    second, with nothing but the keyboard once the first cell is chosen. The first and last reload come at once, before all is
    saved; the first time half of the rows are new."""
    draft = put(sample_server.home)
    page: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    numbers, rates = random.Random(7), []
    for round_ in range(3):
        cell(page, "N.", 1, "Fasi").click()
        page.keyboard.press("Control+a")
        typed = {name: [str(numbers.randrange(10, 99)) for _ in range(20)] for name in COLUMNS}
        for name in COLUMNS:
            rates.append(type_down(page, typed[name]))
            next_column(page, 20)
        if round_ == 1:
            saved(page)
            assert columns(sample_server.home, draft) == typed
        page.reload()
        assert within(60, partial(columns, sample_server.home, draft), typed) == typed
    print(f"300 modifiche, {sum(rates) / len(rates):.1f} al secondo")  # noqa: T201


def test_a_long_text_is_saved_without_leaving_the_field(sample_server: Server, open_page):
    """Typed, paused: in the database, and only then does the browser forget it."""
    draft = put(sample_server.home)
    page: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    field = page.get_by_role("textbox", name="Finalità")
    at_rest(page)
    field.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" Un solo sportello", delay=15)
    assert page.evaluate("Object.keys(localStorage).some((name) => name.endsWith('purpose'))")
    saved(page)
    assert kept(sample_server.home, draft).purpose == "Meno code. Un solo sportello"
    assert not page.evaluate("Object.keys(localStorage).some((name) => name.endsWith('purpose'))")
    expect(field).to_be_focused()


def test_saves_that_wait_for_the_database_are_not_taken_for_another_person(sample_server: Server, open_page):
    """A slow disk, another process that writes: what is typed meanwhile is saved after it, and nobody is asked to choose between
    her own text and her own text."""
    draft = put(sample_server.home)
    page: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    drawn(page)
    other = sqlite3.connect(sample_server.home / "archivio.sqlite", isolation_level=None)
    for round_ in range(3):
        other.execute("BEGIN IMMEDIATE")
        cell(page, "Fase", 1, "Fasi").evaluate(TYPED_AND_ASKED_AGAIN, f"Fase {round_}")
        page.wait_for_timeout(700)
        page.get_by_role("textbox", name="Finalità").fill(f"Testo {round_}")
        page.wait_for_timeout(1200)
        other.execute("ROLLBACK")
        wanted = (f"Testo {round_}", f"Fase {round_}")
        assert within(30, lambda: typed(kept(sample_server.home, draft)), wanted) == wanted
        saved(page)
        expect(page.get_by_role("button", name="Tieni il mio testo")).to_have_count(0)
    other.close()


# The cell goes to the server and, at once, the page asks for another run, as after a lost connection.
TYPED_AND_ASKED_AGAIN = """(box, text) => {
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  window.dispatchEvent(new Event("pagehide"));
  window.piao.again();
}"""


def typed(card: Card) -> tuple[str | None, str | None]:
    """The texts that the slow saves were about."""
    return card.purpose, card.phases[0].text


def test_a_cable_pulled_out_loses_nothing_and_the_same_session_goes_on(sample_server: Server, open_page):
    """Typed as the connection goes and while there is none: sent again when it is back, the cursor where it was."""
    draft, cable = put(sample_server.home), Cable(sample_server.port)
    page: Page = open_page(f"http://127.0.0.1:{cable.port}/schede?bozza={draft}")
    drawn(page)
    page.get_by_role("textbox", name="Finalità").fill("Scritta prima")
    cable.pull()
    page.locator('[data-testid="stApp"]:not([data-test-connection-state="CONNECTED"])').wait_for()
    cell(page, "Fase", 2, "Fasi").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Scritta senza")
    cable.out = False
    at_rest(page)
    page.keyboard.type(" rete")
    saved(page)
    card = kept(sample_server.home, draft)
    assert (card.purpose, card.phases[1].text) == ("Scritta prima", "Scritta senza rete")
    page.close()
    cable.close()


def test_typed_as_the_server_dies_is_saved_when_it_comes_back_without_a_reload(server: Server, open_page):
    """Typed and sent to a server that no longer listens, which then dies; a table is typed into even then. Nobody reloads the
    page: it finds the new server by itself, what was typed is saved, and what another person saved meanwhile in other fields
    stays: the old values of this page's fields overwrite nothing."""
    draft, lines = put(server.home), []
    page: Page = open_page("about:blank")
    page.on("websocket", lambda line: lines.append(line))
    page.goto(f"{server.url}/schede?bozza={draft}")
    page.get_by_role("textbox", name="Finalità").click()
    page.keyboard.press("Control+End")
    drawn(page)
    server.freeze()
    with lines[-1].expect_event("framesent"):
        page.keyboard.type(" Un solo sportello.")
    server.kill()
    cell(page, "Fase", 2, "Fasi").fill("Scritta a server spento")
    with Archive.open(Settings(home=server.home)) as archive:
        archive.save_draft(CARD.replace(unit="Ufficio nuovo"), draft_id=draft)
    server.start()
    wanted = "Meno code. Un solo sportello."
    assert within(60, lambda: kept(server.home, draft).purpose, wanted) == wanted
    assert within(60, lambda: kept(server.home, draft).phases[1].text, "Scritta a server spento") == "Scritta a server spento"
    expect(page.get_by_role("textbox", name="Settore o servizio")).to_have_value("Ufficio nuovo")
    saved(page)
    page.reload()
    expect(page.get_by_role("textbox", name="Finalità")).to_have_value(wanted)
    assert kept(server.home, draft).unit == "Ufficio nuovo"


def test_a_text_changed_elsewhere_meanwhile_is_offered_not_put_back(server: Server, open_page):
    draft = put(server.home)
    page: Page = open_page(f"{server.url}/schede?bozza={draft}")
    drawn(page)
    server.freeze()
    page.get_by_role("textbox", name="Finalità").fill("Il mio testo")
    cell(page, "Peso", 1, "Fasi").fill("5")
    cell(page, "Fase", 11, "Fasi").fill("La mia fase")
    server.kill()
    others = (CARD.phases[1], CARD.phases[0].replace(text="Di un'altra persona"), *CARD.phases[2:])
    with Archive.open(Settings(home=server.home)) as archive:
        archive.save_draft(CARD.replace(purpose="Il testo di un'altra persona", phases=others), draft_id=draft)
    server.start()
    page.goto(f"{server.url}/schede?bozza={draft}")
    text = page.get_by_role("status").filter(has_text="non salvato, ma nel frattempo")
    table = page.get_by_role("status").filter(has_text="non salvata, ma nel frattempo")
    expect(text).to_be_visible()
    expect(table).to_be_visible()
    card = kept(server.home, draft)
    assert (card.purpose, card.phases) == ("Il testo di un'altra persona", others)
    text.get_by_role("button", name="Riprendi il mio testo").click()
    assert within(60, lambda: kept(server.home, draft).purpose, "Il mio testo") == "Il mio testo"
    table.get_by_role("button", name="Riprendi il mio testo").click()
    assert within(60, lambda: kept(server.home, draft).phases[0].weight, "5") == "5"
    assert [one.text for one in kept(server.home, draft).phases] == [*(f"Fase {n}" for n in range(1, 11)), "La mia fase"]


def test_the_keys_of_a_table_and_a_block_from_a_sheet(sample_server: Server, open_page):
    """Enter at the last row makes another, Alt and an arrow move the row with what belongs to it, a row taken out comes back, a
    copied block fills the cells from the present one on; letters that look like markup stay letters."""
    phases = (Phase(number="1", text="Prima", weight="40", schedule={"2027-01": "100%"}), Phase(number="2", text="Seconda", weight="60"))
    draft = put(sample_server.home, CARD.replace(phases=phases))
    page: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")

    def texts() -> list[tuple[str | None, str | None]]:
        return [(one.text, one.weight) for one in kept(sample_server.home, draft).phases]

    cell(page, "Fase", 1, "Fasi").click()
    page.keyboard.press("Alt+ArrowDown")
    saved(page)
    assert texts() == [("Seconda", "60"), ("Prima", "40")]
    assert kept(sample_server.home, draft).phases[1].schedule == {"2027-01": "100%"}
    page.get_by_role("table", name="Fasi").get_by_role("button", name="Togli, riga 1").click()
    saved(page)
    assert texts() == [("Prima", "40")]
    page.get_by_role("button", name="Annulla", exact=True).and_(page.locator(".piao-foot button")).click()
    saved(page)
    assert texts() == [("Seconda", "60"), ("Prima", "40")]
    cell(page, "Fase", 6, "Fasi").click()
    page.keyboard.press("Enter")
    expect(cell(page, "Fase", 7, "Fasi")).to_be_focused()
    cell(page, "Fase", 7, "Fasi").evaluate("""(box, text) => {
        const data = new DataTransfer();
        data.setData("text/plain", text);
        box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        '<b>Gara</b>\t10\n"Due\nrighe"\t5\n')
    saved(page)
    assert texts() == [("Seconda", "60"), ("Prima", "40"), ("<b>Gara</b>", "10"), ("Due\nrighe", "5")]


def test_two_people_on_one_card_are_asked_in_the_browser(sample_server: Server, open_page):
    """The second to save is asked; whichever she takes, the first one's text stays in the history."""
    draft = put(sample_server.home)
    first: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    second: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    for page in (first, second):
        page.get_by_role("textbox", name="Titolo dell'obiettivo").wait_for()
        at_rest(page)
    first.get_by_role("textbox", name="Titolo dell'obiettivo").fill("Titolo della prima")
    assert within(60, lambda: kept(sample_server.home, draft).title, "Titolo della prima") == "Titolo della prima"
    second.get_by_role("textbox", name="Titolo dell'obiettivo").fill("Titolo della seconda")
    expect(second.get_by_role("button", name="Tieni il mio testo")).to_be_visible()
    assert kept(sample_server.home, draft).title == "Titolo della prima"
    second.get_by_role("button", name="Tieni il mio testo").click()
    assert within(60, lambda: kept(sample_server.home, draft).title, "Titolo della seconda") == "Titolo della seconda"
    with Archive.open(Settings(home=sample_server.home)) as archive:
        assert "Titolo della prima" in [one.card.title for one in archive.draft_versions(draft)]
