"""What is typed stays: at speed, across reloads, with the server killed, with two people on one card."""

from __future__ import annotations

import random

import pytest
from playwright.sync_api import Page

from cards.model import Card, Phase
from settings import Settings
from store.archive import Archive
from tests.browser.conftest import Server, at_rest
from tests.browser.grid import choose_cell, next_column, saved, table, type_down

pytestmark = pytest.mark.browser

CARD = Card(title="Sportello unico", unit="Servizi Demografici", year=2027, purpose="Meno code.",
            phases=tuple(Phase(number=str(n), text=f"Fase {n}", weight="10") for n in range(1, 11)))
COLUMNS = ("number", "text", "weight", "start", "end")


def put(home, card: Card = CARD) -> str:
    """One draft in the archive of the running app."""
    with Archive.open(Settings(home=home)) as archive:
        return archive.save_draft(card).id


def kept(home, draft: str) -> Card:
    """The draft as another process finds it."""
    with Archive.open(Settings(home=home)) as archive:
        return archive.draft(draft).card


def test_three_hundred_edits_at_speed_across_reloads_are_all_in_the_database(sample_server: Server, open_page):
    """Ten rows by five columns, six times over with a reload in between; typed downwards without a pause, twenty cells a second,
    with nothing but the keyboard once the first cell is chosen."""
    draft = put(sample_server.home)
    page: Page = open_page(f"{sample_server.url}/schede?bozza={draft}")
    numbers, rates = random.Random(7), []
    for _round in range(6):
        at_rest(page)
        choose_cell(page, table(page, 1), 0, 60)
        typed = {name: [str(numbers.randrange(10, 99)) for _ in range(10)] for name in COLUMNS}
        for name in COLUMNS:
            rates.append(type_down(page, typed[name]))
            next_column(page, 10)
        saved(page)
        phases = kept(sample_server.home, draft).phases
        assert {name: [getattr(phase, name) for phase in phases] for name in typed} == typed
        page.reload()
    print(f"300 modifiche, {sum(rates) / len(rates):.1f} al secondo")  # noqa: T201
