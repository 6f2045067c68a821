"""A reader's process, kept warm between files: an order in, an answer out, killed at its deadline.

An order is a line of JSON on its standard input; the answer a line with its kind, its length and the child's size, then that
many bytes. A child that failed, grew or lay idle is thrown away; the next file gets a new one.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IDLE = 30.0  # seconds: a child without work is let go
FILES = 50  # files that one child reads at most
GROWN = 400  # MB of memory beyond which a child is not kept
_KEPT = 2  # idle children: as many as cores


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of an order: ``kind`` is "reading", "error", "late" (killed at its deadline) or "dead" (with ``code``)."""

    kind: str
    data: bytes = b""
    code: int = 0


class Child:
    """A process that reads files one after the other under fixed limits (``limits`` is their JSON)."""

    def __init__(self, limits: str) -> None:
        self.limits, self.owner, self.files, self.late = limits, os.getpid(), 0, False
        self.complaints = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the child
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ingest.worker"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.complaints, cwd=ROOT, env=_environment(),
        )  # fmt: skip

    def ask(self, order: bytes, seconds: float) -> tuple[Answer, bool]:
        """The answer to an order, and whether the child is fit for another."""
        timer = threading.Timer(seconds, self._kill_late)
        timer.daemon = True
        timer.start()
        try:
            return self._asked(order)
        finally:
            timer.cancel()

    def _asked(self, order: bytes) -> tuple[Answer, bool]:
        assert self.process.stdin
        assert self.process.stdout
        self.files += 1
        try:
            self.process.stdin.write(order + b"\n")
            self.process.stdin.flush()
            head = self.process.stdout.readline().split()
            data = self.process.stdout.read(int(head[1])) if len(head) == 3 else b""
        except (BrokenPipeError, OSError):
            head, data = [], b""
        if len(head) != 3 or len(data) != int(head[1]):
            return self._died(), False
        kind, fit = head[0].decode(), int(head[2]) < GROWN and self.files < FILES
        return Answer(kind, data), fit and kind == "reading" and not self.late

    def _died(self) -> Answer:
        code = self.process.wait()
        self.complaints.seek(0)
        return Answer("late") if self.late else Answer("dead", self.complaints.read(), code)

    def _kill_late(self) -> None:
        self.late = True
        self.process.kill()

    def close(self) -> None:
        """End the process and wait for it."""
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.complaints):
            try:
                if pipe:
                    pipe.close()
            except OSError:
                pass


_lock = threading.Lock()
_idle: list[tuple[Child, threading.Timer]] = []
_working: dict[int, Child] = {}  # by the thread that waits for its answer


def ask(limits: str, order: bytes, seconds: float) -> Answer:
    """Give an order to a warm child of these limits, or to a new one; ``seconds`` count from now."""
    child = _take(limits) or Child(limits)
    fit = False
    _working[threading.get_ident()] = child
    try:
        answer, fit = child.ask(order, seconds)
        return answer
    finally:
        _working.pop(threading.get_ident(), None)
        if fit:
            _keep(child)
        else:
            child.close()


def interrupt(threads: Iterable[int]) -> None:
    """End the children whose answer these threads wait for: their orders come back as "dead"."""
    for child in filter(None, map(_working.get, threads)):
        child.process.kill()


def _take(limits: str) -> Child | None:
    with _lock:
        for number, (child, timer) in enumerate(_idle):
            if child.limits == limits and child.owner == os.getpid() and child.process.poll() is None:
                del _idle[number]
                timer.cancel()
                return child
    return None


def _keep(child: Child) -> None:
    timer = threading.Timer(IDLE, _let_go, (child,))
    timer.daemon = True
    with _lock:
        _idle.insert(0, (child, timer))
        surplus = _idle[_KEPT:]
        del _idle[_KEPT:]
    timer.start()
    for old, clock in surplus:
        clock.cancel()
        old.close()


def _let_go(child: Child) -> None:
    with _lock:
        found = next((pair for pair in _idle if pair[0] is child), None)
        if found:
            _idle.remove(found)
    if found:
        child.close()


@atexit.register
def close_all() -> None:
    """End every idle child of this process."""
    with _lock:
        pairs, _idle[:] = list(_idle), []
    for child, timer in pairs:
        timer.cancel()
        child.close()


def _environment() -> dict[str, str]:
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    ours = {name: value for name, value in os.environ.items() if not name.startswith("PIAO_")}  # keys, addresses: not for files
    return {**ours, **single, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
