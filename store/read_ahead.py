"""The next files of a batch are read while the present one is stored: two at once, each in its own confined process.

Nothing is decided here: whoever stores a file asks for its reading in the batch's order, and gets what was read ahead only if
it is of the same content under the same corrections. What a file does to its reader is told when that file's turn comes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cards.model import Reading

if TYPE_CHECKING:
    from ingest.corrections import Corrections

READERS = 2  # files read at once: as many as cores
WINDOW = READERS + 1  # files begun or read and not yet stored: more would only take memory
Read = Callable[[Path, "Corrections"], Reading]


@dataclass(frozen=True, slots=True)
class _Begun:
    sha256: str
    known: Corrections
    work: Future[tuple[Reading, float]]


class ReadAhead:
    """Readings begun before they are asked for. Close it: what still runs is given up."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._pool = ThreadPoolExecutor(READERS, "lettura")
        self._begun: dict[Path, _Begun] = {}
        self._threads: set[int] = set()
        self._closed = False

    def begin(self, path: Path, sha256: str, known: Corrections) -> None:
        """Begin to read a file, unless it or another of its content is begun already."""
        if path not in self._begun and all(one.sha256 != sha256 for one in self._begun.values()):
            self._begun[path] = _Begun(sha256, known, self._pool.submit(self._work, path, known))

    def reading(self, path: Path, sha256: str, known: Corrections) -> tuple[Reading, float]:
        """The reading of a file and the seconds it took, read now if it was not before; raises what the reader raises."""
        begun = self._begun.get(path)
        if begun and begun.sha256 == sha256 and begun.known == known:
            reading, seconds = begun.work.result()
            if reading.document.sha256 in (None, sha256):  # else it changed on the disk in the meantime
                return reading, seconds
        return self._pool.submit(self._work, path, known).result()

    def forget(self, path: Path) -> None:
        """The file is done with."""
        if begun := self._begun.pop(path, None):
            begun.work.cancel()

    def close(self) -> None:
        """Give up what nobody will ask for any more: the processes at work are ended, and waited for."""
        from ingest import child

        self._closed = True
        self._pool.shutdown(wait=False, cancel_futures=True)
        child.interrupt(tuple(self._threads))
        self._pool.shutdown(wait=True)

    def _work(self, path: Path, known: Corrections) -> tuple[Reading, float]:
        if self._closed:
            raise RuntimeError("reading given up")
        self._threads.add(threading.get_ident())
        start = time.monotonic()
        return self._read(path, known), time.monotonic() - start
