"""Long work in its own thread: a page starts it, leaves, comes back and finds it. Progress is read by a polling fragment."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from cards.errors import PiaoError

log = logging.getLogger("piao.jobs")


class Stopped(Exception):
    """The person asked to stop: raised at the next step of the work, which stays as far as it came."""


@dataclass
class Job:
    """A running or finished piece of work: ``results`` grow as items are done; ``error`` is a clear line or None, ``note`` what a
    person should know although it went well.

    ``left`` are the seconds that remain, as far as the work can tell; ``stopped`` whether a person ended it.
    """

    name: str
    started: float = field(default_factory=time.monotonic)
    stage: str = "in coda"
    item: str = ""
    done: int = 0
    total: int = 0
    left: float | None = None
    stopped: bool = False
    results: list[Any] = field(default_factory=list)
    error: str | None = None
    note: str | None = None
    finished: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    def progress(self, stage: str, item: str, done: int, total: int, left: float | None = None) -> None:
        """The callback handed to the work; raises ``Stopped`` once somebody cancelled."""
        self.stage, self.item, self.done, self.total, self.left = stage, item, done, total, left
        if self.cancelled.is_set():
            raise Stopped

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return min(1.0, self.done / self.total) if self.total else 0.0


@st.cache_resource
def registry() -> dict[str, Job]:
    """All jobs of this process, by name."""
    return {}


def start(name: str, work: Callable[[Job], Iterable[Any]], after: Callable[[], None] | None = None) -> Job:
    """Run ``work`` in a thread; it yields results one by one. A job of that name still running is returned instead."""
    running = registry().get(name)
    if running and not running.finished:
        return running
    job = registry()[name] = Job(name)
    threading.Thread(target=_run, args=(job, work, after), name=name, daemon=True).start()
    return job


def _run(job: Job, work: Callable[[Job], Iterable[Any]], after: Callable[[], None] | None) -> None:
    try:
        for result in work(job):
            job.results.append(result)
            if job.cancelled.is_set():
                raise Stopped
    except Stopped:
        job.stopped = True
    except PiaoError as error:
        job.error = str(error)
    except Exception:
        log.exception("lavoro %s", job.name)
        job.error = "Qualcosa non ha funzionato nel programma; il dettaglio è nel registro. Quanto già concluso è salvo."
    finally:
        if after:
            after()
        job.finished = True
