"""A person at the keyboard alone: Tab to what has a name, type, Enter; never a pointer."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import at_rest

CHOSEN = """() => { const one = document.activeElement, copy = one.cloneNode(true);
    copy.querySelectorAll('[data-testid="stIconMaterial"]').forEach((icon) => icon.remove());
    return (one.getAttribute('aria-label') || copy.textContent || '').trim(); }"""


def ready(page: Page) -> Page:
    """Wait until the page is drawn and nothing on it runs any more: what is pressed before may be drawn anew under the finger."""
    expect(page.locator("h1").first).to_be_visible()
    at_rest(page)
    return page


def press_to(page: Page, name: str, most: int = 120) -> None:
    """Tab until what has that name (its beginning, or its end) is chosen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        said = page.evaluate(CHOSEN)
        if said.endswith(name) or said.startswith(name):
            return
    raise AssertionError(f"«{name}» non si raggiunge con Tab")


def choose_files(page: Page, *paths: Path) -> None:
    """With the keyboard: to the button that opens the system's own window, Enter, the files."""
    with page.expect_file_chooser() as window:  # asked for before the way there: the browser takes a moment to hear of it
        press_to(page, "Scegli i")
        page.keyboard.press("Enter")
    window.value.set_files([str(path) for path in paths])


def pick(page: Page, name: str, typed: str, shown: Locator) -> None:
    """With the keyboard: to a list, the beginning of a choice, Enter; then wait for what the choice brings."""
    press_to(page, name)
    page.keyboard.type(typed)
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    expect(shown).to_be_visible()
    at_rest(page)
