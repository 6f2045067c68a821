"""The editor's tables from a test: which cell, how fast, and when what was typed is in the database."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import at_rest

ROW = 35
PACE = float(os.environ.get("PIAO_TYPING") or 0)  # cells a second
measured = pytest.mark.skipif(not PACE, reason="misura a macchina libera: PIAO_TYPING=20 (celle al secondo) per farla")


def table(page: Page, number: int) -> Locator:
    """The table with that number from the top (0: indicators, 1: phases), once it can be typed into."""
    found = page.locator('[data-testid="stDataFrame"]').nth(number)
    found.scroll_into_view_if_needed()
    found.locator('canvas[data-testid="data-grid-canvas"]').wait_for()
    at_rest(page)
    return found


def choose_cell(page: Page, grid: Locator, row: int, x: int) -> None:
    """Click a cell: its row from 0, and how far from the left edge it is in pixels; once nothing on the page moves any more."""
    box, before = grid.bounding_box(), None
    while box is None or box != before:
        page.wait_for_timeout(200)
        grid.scroll_into_view_if_needed()
        box, before = grid.bounding_box(), box
    page.mouse.click(box["x"] + x, box["y"] + ROW * (row + 1) + ROW / 2)


def type_down(page: Page, values: Sequence[str], per_second: float = PACE or 20) -> float:
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
    page.keyboard.press("ArrowRight")


def saved(page: Page) -> None:
    """Wait until what was typed is on the server and worked off."""
    page.wait_for_timeout(200)
    page.locator('html[data-typed="saved"]').wait_for(state="attached")
    at_rest(page)
