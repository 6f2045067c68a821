"""Two tabs of one browser on the same fields: each keeps its own copy of what is typed, and takes back only what nobody holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

SCRIPTS = [(Path(__file__).resolve().parents[2] / "ui" / "browser" / name).read_text(encoding="utf-8")
           for name in ("kept.js", "typed.js", "table.js", "table_keys.js")]
PAGE = """<body><div data-testid="stApp" data-test-connection-state="CONNECTED" data-test-script-state="notRunning">
<div class="st-key-b1-m00000001-purpose"><div data-testid="stTextArea"><textarea aria-label="Finalità">prima</textarea></div></div>
<div id="tables"></div></div>""" + "".join(f"<script>{one}</script>" for one in SCRIPTS)
TABLE = {"mount": "m1", "name": "b1-fasi", "title": "Fasi", "columns": [{"name": "Fase", "width": "wide", "help": "", "options": None}],
         "rows": [{"id": "b0", "from": 0, "cells": ["prima"]}], "locked": False, "most": 9, "longest": 99, "seen": 0, "saved": 0,
         "notes": []}

pytestmark = pytest.mark.browser


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context()
    context.route("**/*", lambda route: route.fulfill(body=PAGE, content_type="text/html; charset=utf-8"))
    yield context
    context.close()


def tab(context: BrowserContext) -> Page:
    page = context.new_page()
    page.goto("http://piao.test/schede")
    return at_rest(page)


def at_rest(page: Page) -> Page:
    """Once the tabs have told each other that they live, and the fields have been looked at twice."""
    page.evaluate("window.piao.ready")
    told(page)
    page.wait_for_timeout(500)
    return page


def told(page: Page, saved: int = 0) -> None:
    """What the server says of the table."""
    data = json.dumps(TABLE | {"seen": saved, "saved": saved})
    page.evaluate(f"window.piao.table({{data: {data}, parentElement: document.getElementById('tables'), setStateValue() {{}}}})")


def written(page: Page) -> tuple[str, str]:
    return page.get_by_label("Finalità").input_value(), page.get_by_label("Fase, riga 1").input_value()


def write(page: Page, text: str) -> None:
    page.get_by_label("Finalità").fill(text)
    page.get_by_label("Fase, riga 1").fill(text)


def test_what_one_tab_has_not_saved_is_neither_put_in_the_other_nor_dropped_with_it(context: BrowserContext) -> None:
    one = tab(context)
    write(one, "della prima")
    other = tab(context)
    assert written(other) == ("prima", "prima")
    write(other, "della seconda")
    other.evaluate("window.piao.receipt({data: {kept: {'b1-m00000001-purpose': 'della seconda'}, forget: 'b1:1'}})")
    told(other, saved=1)
    one.reload()
    assert written(at_rest(one)) == ("della prima", "della prima")


def test_what_a_closed_tab_has_not_saved_is_there_for_the_next(context: BrowserContext) -> None:
    one = tab(context)
    write(one, "della prima")
    one.close()
    assert written(tab(context)) == ("della prima", "della prima")
