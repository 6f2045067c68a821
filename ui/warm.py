"""What the first page does not need is loaded once it has been drawn, so that the next one finds it ready.

A second's work of the processor: in a thread of its own, one module at a time, after a pause in which the browser has the
machine to itself. Whoever opens a page meanwhile loads what is missing and waits for nothing else.
"""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

PAUSE, BREATH = 2.0, 0.05  # seconds after the first page, and between a module and the next
PAGES = ("cards", "archive", "precedents", "check", "plan", "results", "variations", "settings")
NEXT = (*(f"ui.pages.{name}" for name in PAGES), "ui.start", "pandas")  # pandas: what Streamlit draws tables with
_drawn = threading.Event()


def first_page_drawn() -> None:
    """A page has been drawn: from now on there is time."""
    _drawn.set()


@asynccontextmanager
async def warming(_app: object) -> AsyncIterator[None]:
    """For the life of the server: see above."""
    threading.Thread(target=_warm, name="warm", daemon=True).start()
    yield


def _warm() -> None:
    _drawn.wait()
    time.sleep(PAUSE)
    for name in NEXT:
        import_module(name)
        time.sleep(BREATH)
    gc.collect()
    gc.freeze()  # modules live as long as the process: the collector need not look at them again
