"""Login with a real OIDC exchange: who is unknown stays out, each role sees what it may, nothing by typing an address."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from cards.model import Card
from settings import Settings
from store import audit, people
from store.archive import Archive
from store.people import Person
from tests.browser.conftest import Server, at_rest, free_port
from tests.browser.provider import CLIENT, SECRET, Provider

pytestmark = pytest.mark.browser
PAGES = ("archivio", "precedenti", "schede", "variazioni", "verifica", "consuntivo", "piano", "impostazioni")


@pytest.fixture
def provider() -> Iterator[Provider]:
    running = Provider(free_port())
    yield running
    running.stop()


@pytest.fixture
def guarded(provider: Provider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """An app with login, a reader and a writer of one unit, one draft of another unit."""
    home = tmp_path / "archivio"
    with Archive.open(Settings(home=home)) as archive:
        archive.save_draft(Card(title="Scheda dei tributi", unit="Tributi", year=2026))
        with archive.transaction() as connection:
            people.put(connection, Person("lia@ente.it", "lettore", "Lia"))
            people.put(connection, Person("rita@ente.it", "redattore", "Rita", units=("Ambiente",)))
    server = Server(home)
    for name, value in {"PUBLIC_URL": server.url, "OIDC_METADATA_URL": f"{provider.url}/.well-known/openid-configuration",
                        "OIDC_CLIENT_ID": CLIENT, "OIDC_CLIENT_SECRET": SECRET, "COOKIE_SECRET": "c" * 40}.items():
        monkeypatch.setenv(f"PIAO_{name}", value)
    server.start()
    yield server
    server.kill()


def log_in(page: Page, provider: Provider, email: str) -> None:
    provider.claims = {"sub": email, "email": email, "email_verified": True}
    page.get_by_role("button", name="Entra").click()


def test_nobody_passes_without_credentials_and_each_role_sees_its_own(
    guarded: Server, provider: Provider, open_page: Callable[[str], Page],
) -> None:
    page = open_page(guarded.url)
    for name in PAGES:
        page.goto(f"{guarded.url}/{name}")
        expect(page.get_by_role("button", name="Entra")).to_be_visible()
        assert "Scheda dei tributi" not in page.content()
    log_in(page, provider, "ignoto@ente.it")
    expect(page.get_by_text("non è tra gli utenti")).to_be_visible()
    page.get_by_role("button", name="Esci e cambia utente").click()

    log_in(page, provider, "lia@ente.it")
    expect(page.get_by_text("Lia · lettore")).to_be_visible()
    at_rest(page)
    expect(page.get_by_role("link", name="Impostazioni")).to_have_count(0)
    page.goto(f"{guarded.url}/impostazioni")
    expect(page.get_by_text("Lia · lettore")).to_be_visible()
    at_rest(page)
    expect(page.get_by_role("heading", name="Impostazioni")).to_have_count(0)

    with Archive.open(Settings(home=guarded.home)) as archive, archive.transaction() as connection:
        people.put(connection, Person("lia@ente.it", "lettore", "Lia", active=False))
    page.goto(f"{guarded.url}/schede")
    expect(page.get_by_text("non è tra gli utenti")).to_be_visible()


def test_a_writer_of_another_unit_reads_a_draft_and_cannot_change_it(
    guarded: Server, provider: Provider, open_page: Callable[[str], Page],
) -> None:
    with Archive.open(Settings(home=guarded.home)) as archive:
        draft = archive.drafts()[0]
    page = open_page(guarded.url)
    log_in(page, provider, "rita@ente.it")
    expect(page.get_by_text("Rita · redattore")).to_be_visible()
    page.goto(f"{guarded.url}/schede?bozza={draft.id}")
    title = page.get_by_role("textbox", name="Titolo").first
    title.fill("Titolo di un'altra")
    title.press("Enter")
    expect(page.get_by_text("non puoi scrivere bozze nel servizio «Tributi»").first).to_be_visible()
    with Archive.open(Settings(home=guarded.home)) as archive, archive.connection() as connection:
        assert archive.draft(draft.id).card.title == "Scheda dei tributi"
        told = [(row.person, row.action) for row in audit.entries(connection)]
    assert ("Rita <rita@ente.it>", "lettura") in told
