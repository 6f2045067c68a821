"""Who writes vectors: one process at a time. A lock file beside the archive, or a PostgreSQL advisory lock.

Chroma's embedded collection is not safe for two writers, so everything that changes it goes through here. The lock dies
with its process, however that ends; the file's words only say who it is.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Protocol

from sqlalchemy import Connection, Engine, text

from cards.errors import ArchiveError
from store.schema import now

ADVISORY_KEY = 72116962


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the lock: process id, machine, command, since when (UTC, ISO)."""

    pid: int
    host: str
    command: str
    since: str

    def __str__(self) -> str:
        since = datetime.fromisoformat(self.since).astimezone()
        return f"processo {self.pid} ({self.command}) su {self.host}, dal {since:%d/%m/%Y alle %H:%M:%S}"


def this_process() -> Holder:
    """This process, now."""
    return Holder(os.getpid(), socket.gethostname(), Path(sys.argv[0] or "python").name, now())


class WriterLock(Protocol):
    """A lock that never waits longer than asked."""

    def acquire(self, seconds: float = 0) -> bool:
        """Take it, waiting at most this long; whether it was taken."""

    def release(self) -> None:
        """Let it go."""

    def holder(self) -> Holder | None:
        """Who holds it, as far as is known."""


def refused(lock: WriterLock, action: str) -> ArchiveError:
    """The error of somebody who must write and cannot: who writes, since when, what to do."""
    holder = lock.holder()
    who = f"lo sta scrivendo il {holder}" if holder else "lo sta scrivendo un altro processo"
    return ArchiveError(f"{action}: l'archivio è occupato, {who}. Attendi che finisca e riprova.")


class FileLock:
    """The lock of an archive on this machine (flock on ``path``)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def acquire(self, seconds: float = 0) -> bool:
        """See ``WriterLock``."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+", encoding="utf-8")
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    file.close()
                    return False
                time.sleep(0.05)
        me = this_process()
        file.truncate(0)
        file.write(json.dumps({name: getattr(me, name) for name in Holder.__slots__}))
        file.flush()
        self._file = file
        return True

    def release(self) -> None:
        """See ``WriterLock``."""
        if self._file:
            self._file.truncate(0)
            self._file.close()
            self._file = None

    def holder(self) -> Holder | None:
        """See ``WriterLock``."""
        try:
            return Holder(**json.loads(self.path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


class DatabaseLock:
    """The lock of an archive on PostgreSQL, whatever the machine (session advisory lock, its own connection)."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None

    def acquire(self, seconds: float = 0) -> bool:
        """See ``WriterLock``."""
        connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        deadline = time.monotonic() + seconds
        while not connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY}).scalar():
            if time.monotonic() >= deadline:
                connection.close()
                return False
            time.sleep(0.05)
        me = this_process()
        name = f"piao|{me.pid}|{me.host[:20]}|{me.command[:20]}"[:63]
        connection.execute(text("SELECT set_config('application_name', :name, false)"), {"name": name})
        self._connection = connection
        return True

    def release(self) -> None:
        """See ``WriterLock``."""
        if self._connection is not None:
            self._connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_KEY})
            self._connection.execute(text("SELECT set_config('application_name', '', false)"))
            self._connection.close()
            self._connection = None

    def holder(self) -> Holder | None:
        """See ``WriterLock``."""
        query = text("SELECT a.application_name, a.query_start FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid "
                     "WHERE l.locktype = 'advisory' AND l.objid = :key AND l.granted")
        with self._engine.connect() as connection:
            row = connection.execute(query, {"key": ADVISORY_KEY}).first()
        if not row or not str(row[0]).startswith("piao|"):
            return None
        _, pid, host, command = str(row[0]).split("|", 3)
        return Holder(int(pid), host, command, row[1].isoformat())
