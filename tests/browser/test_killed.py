"""A server killed in the middle: after restart nothing saved is missing and nothing is half-written."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cards.model import Card, Phase
from samples.build import build
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import Server, at_rest
from tests.browser.grid import cell
from tests.browser.test_nothing_lost import kept, within

pytestmark = [pytest.mark.browser, pytest.mark.model]

CARD = Card(title="Sportello unico", unit="Servizi Demografici", year=2027,
            phases=tuple(Phase(number=str(n), text=f"Fase {n}", weight="25") for n in range(1, 5)))


def whole(home: Path) -> None:
    """The database is sound and every draft, version and document in it can be read."""
    with sqlite3.connect(home / "archivio.sqlite") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with Archive.open(Settings(home=home)) as archive:
        for draft in archive.drafts():
            versions = archive.draft_versions(draft.id)
            assert versions[0].card == draft.card
            assert [one.version for one in versions] == list(range(draft.version, 0, -1))
        for document in archive.documents():
            assert len(archive.reading(document.id).cards) == document.cards
            assert len(archive.cards(document=document.id)) == document.cards


def test_killed_while_typing_nothing_saved_is_missing_and_nothing_typed_is_lost(server: Server, open_page):
    """Killed at the first letter, and as soon as a version was saved while one goes on typing: each time the database is whole,
    and what was typed is in it as soon as the page is opened again."""
    with Archive.open(Settings(home=server.home)) as archive:
        draft = archive.save_draft(CARD).id
    page: Page = open_page(f"{server.url}/schede?bozza={draft}")
    for round_, words in enumerate(("Raccolta delle domande", "Raccolta e protocollo delle domande di iscrizione")):
        cell(page, "Fase", round_ + 1, "Fasi").click()
        at_rest(page)
        page.keyboard.press("Control+a")
        with Archive.open(Settings(home=server.home)) as archive:
            before = archive.draft(draft)
            page.keyboard.type(words[:20])
            while round_ and archive.draft(draft).version == before.version:
                page.keyboard.press("End")
            page.keyboard.type(words[20:])
        server.kill()
        whole(server.home)
        with Archive.open(Settings(home=server.home)) as archive:
            assert archive.draft(draft).version >= before.version + round_
        server.start()
        page.goto(f"{server.url}/schede?bozza={draft}")
        assert within(60, lambda n=round_: kept(server.home, draft).phases[n].text, words) == words


def test_killed_while_exporting_the_file_is_whole_or_not_there(server: Server, open_page, tmp_path: Path):
    with Archive.open(Settings(home=server.home)) as archive:
        draft = archive.save_draft(CARD).id
        before = archive.draft(draft)
    page: Page = open_page(f"{server.url}/schede?bozza={draft}")
    page.get_by_role("button", name="Scarica Word").wait_for()
    at_rest(page)
    page.get_by_role("button", name="Scarica Word").click(no_wait_after=True)
    server.kill()
    whole(server.home)
    server.start()
    with Archive.open(Settings(home=server.home)) as archive:
        assert archive.draft(draft) == before
    page.goto(f"{server.url}/schede?bozza={draft}")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Scarica Word").click()
    waiting.value.save_as(tmp_path / "scheda.docx")
    assert (tmp_path / "scheda.docx").read_bytes()[:2] == b"PK"


def test_killed_while_reading_documents_goes_on_after_restart(server: Server, open_page, tmp_path: Path):
    files = [path for path in build(tmp_path / "esempio") if path.suffix in (".pdf", ".txt", ".docx")]
    page: Page = open_page(server.url + "/archivio")
    page.locator("input[type=file]").set_input_files([str(path) for path in files])
    button = page.get_by_role("button", name="Leggi nell'archivio")
    expect(button).to_be_enabled()
    button.click()
    expect(page.get_by_text("Puoi andare in un'altra pagina").first).to_be_visible()
    server.kill()
    whole(server.home)
    server.start()
    page.goto(server.url + "/archivio")
    expect(page.get_by_text("Documenti (").first).to_be_visible()
    whole(server.home)
