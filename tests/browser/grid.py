"""The editor's tables from a test: which cell, how fast, and when what was typed is in the database."""

from __future__ import annotations

import time
from collections.abc import Sequence

from playwright.sync_api import Locator, Page

from tests.browser.conftest import at_rest


def cell(page: Page, column: str, row: int, table: str) -> Locator:
    """A cell by heading and row (from 1) of «Indicatori», «Fasi» or «Personale»."""
    return page.get_by_role("table", name=table, exact=True).get_by_label(f"{column}, riga {row}", exact=True)


def type_down(page: Page, values: Sequence[str], per_second: float = 20) -> float:
    """Each value and Enter, from the chosen cell downwards, at that pace. Returns how many a second were really typed."""
    began = time.monotonic()
    for number, value in enumerate(values, 1):
        page.keyboard.type(value)
        page.keyboard.press("Enter")
        time.sleep(max(0.0, began + number / per_second - time.monotonic()))
    return len(values) / (time.monotonic() - began)


def next_column(page: Page, rows: int) -> None:
    """With the keyboard alone: ``rows`` up again and one column to the right."""
    for _ in range(rows):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")


def saved(page: Page) -> None:
    """Wait until the server has said that all that was typed is saved."""
    page.locator('html[data-typed="saved"]').wait_for(state="attached")
    at_rest(page)
