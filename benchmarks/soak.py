"""Many people at once for a while: reading, editing the same drafts, checking, asking. Errors, lost updates, waiting times.

    python -m benchmarks.soak [MINUTES] [USERS] [server|locale]

"server": PostgreSQL and a Chroma server of our own, the users spread over two processes; "locale": SQLite and embedded Chroma,
one process. Each person does something every second or so, through the same doors as the pages (``store.guarded``). A person
writes by adding a mark of her own to a shared draft, starting over when somebody was quicker: at the end every mark that was
acknowledged must be there. Prints a row for each kind of action; exits 1 on an error, a lost mark or a p95 of a second or more.
"""

from __future__ import annotations

import json
import random
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, cast

from benchmarks.synthetic import fill
from cards.errors import Conflict
from cards.model import Card
from scoring.check import check
from scoring.profiles import load_profile
from settings import Settings
from store.archive import Archive
from store.guarded import Guarded
from store.lookup import reading_of
from store.people import Person

ROOT = Path(__file__).resolve().parent.parent
PASSAGES, CARDS, DRAFTS, PAUSE, FLOOR = 5_000, 250, 5, 1.0, 1.0  # PAUSE, FLOOR: seconds
QUESTIONS = ("tempi medi di pagamento delle fatture", "iscritti al nido", "raccolta differenziata", "manutenzione delle scuole",
             "accessi allo sportello", "ore di apertura della biblioteca")
Times = dict[str, list[float]]


class User:
    """One person: what she waited for, what she was told was saved, what went wrong."""

    def __init__(self, archive: Archive, number: int, drafts: list[str]) -> None:
        self.name, self.drafts = f"utente{number}", drafts
        self.hands = cast(Archive, Guarded(archive, Person(f"{self.name}@ente.it", "redattore", self.name)))
        self.chance = random.Random(number)
        self.times: Times = {"lettura": [], "modifica": [], "verifica": [], "domanda": []}
        self.saved: list[str] = []
        self.errors: list[str] = []

    def work(self, until: float) -> None:
        """Act and pause until the end."""
        doing: dict[str, Callable[[], None]] = {
            "lettura": self.read, "modifica": self.edit, "verifica": self.check, "domanda": self.ask}
        while time.time() < until:
            what = self.chance.choices(tuple(doing), (3, 4, 2, 2))[0]
            begun = time.perf_counter()
            try:
                doing[what]()
            except Exception:
                self.errors.append(f"{what}: {traceback.format_exc(limit=3)}")
            self.times[what].append(time.perf_counter() - begun)
            time.sleep(self.chance.uniform(0.5, 1.5) * PAUSE)

    def read(self) -> None:
        """The desk and a draft."""
        self.hands.drafts()
        self.hands.draft(self.chance.choice(self.drafts))

    def edit(self) -> None:
        """One more mark in a shared draft, however many others are quicker."""
        mark, draft_id = f"{self.name}-{len(self.saved)}-{self.chance.random()}", self.chance.choice(self.drafts)
        while True:
            draft = self.hands.draft(draft_id)
            text = f"{draft.card.description or ''}\n{mark}".strip()
            try:
                self.hands.save_draft(draft.card.replace(description=text), draft_id, draft.version)
            except Conflict:
                continue
            self.saved.append(mark)
            return

    def check(self) -> None:
        """The checker on a draft, as the editor does."""
        card = self.hands.draft(self.chance.choice(self.drafts)).card
        check(reading_of([card], "bozza"), load_profile("neutro"), year=2026)

    def ask(self) -> None:
        """A question."""
        self.hands.search(self.chance.choice(QUESTIONS), k=5)


def process(order: dict[str, Any]) -> dict[str, Any]:
    """The users of one app process; what they saw."""
    with Archive.open(Settings.model_validate(order["settings"])) as archive:
        users = [User(archive, number, order["drafts"]) for number in order["users"]]
        archive.search(QUESTIONS[0])  # the index of words is made before the first person comes
        threads = [threading.Thread(target=user.work, args=(order["until"],)) for user in users]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    times: Times = {what: [t for user in users for t in user.times[what]] for what in users[0].times}
    return {"times": times, "saved": [mark for user in users for mark in user.saved],
            "errors": [error for user in users for error in user.errors]}


def main(minutes: float = 10, users: int = 20, engines: str = "server") -> int:
    """Everything; 1 if it does not hold."""
    with ExitStack() as stack:
        stack.enter_context(warnings.catch_warnings())
        settings = stack.enter_context(servers() if engines == "server" else here())
        with Archive.open(settings) as archive:
            fill(archive, passages=PASSAGES, cards=CARDS)
            drafts = [archive.save_draft(Card(title=f"Scheda {n}", unit="Ambiente", year=2026)).id for n in range(DRAFTS)]
        parts = 2 if engines == "server" else 1
        until = time.time() + 20 + 60 * minutes
        orders = [{"settings": json.loads(settings.model_dump_json()), "drafts": drafts, "until": until,
                   "users": list(range(part, users, parts))} for part in range(parts)]
        seen = list(run(orders))
        with Archive.open(settings) as archive:
            marks = {mark for draft in drafts for mark in (archive.draft(draft).card.description or "").split("\n")}
    lost = [mark for part in seen for mark in part["saved"] if mark not in marks]
    errors = [error for part in seen for error in part["errors"]]
    print(f"{users} persone, {minutes:g} minuti, {engines}, {parts} processi\n\n"
          "| azione | volte | mediana s | p95 s |\n|---|---|---|---|")
    slow = False
    for what in seen[0]["times"]:
        times = sorted(t for part in seen for t in part["times"][what])
        p95 = times[int(len(times) * 0.95)] if times else 0.0
        slow |= p95 >= FLOOR
        print(f"| {what} | {len(times)} | {times[len(times) // 2] if times else 0:.3f} | {p95:.3f} |")
    print(f"\nsalvataggi confermati {sum(len(part['saved']) for part in seen)}, persi {len(lost)}, errori {len(errors)}")
    for error in errors[:3]:
        print(error)
    return int(bool(lost or errors or slow))


def run(orders: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each order in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "benchmarks.soak", "--process"]
    children = [subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in orders]
    for child, order in zip(children, orders, strict=True):
        assert child.stdin
        child.stdin.write(json.dumps(order) + "\n")
        child.stdin.flush()
    for child in children:
        yield json.loads(child.communicate()[0])


@contextmanager
def here() -> Iterator[Settings]:
    """A fresh archive on this machine's files."""
    with tempfile.TemporaryDirectory() as folder:
        yield Settings(home=Path(folder) / "archivio")


@contextmanager
def servers() -> Iterator[Settings]:
    """A fresh archive on a PostgreSQL and a Chroma server of our own."""
    import pgserver

    with tempfile.TemporaryDirectory(prefix="piao-soak-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o755)
        warnings.simplefilter("ignore")
        database = pgserver.get_server(folder / "pg", cleanup_mode="delete")
        database.psql("create database archivio;")
        url = str(database.get_uri()).replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", "/archivio?")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [str(Path(sys.executable).with_name("chroma")), "run", "--host", "127.0.0.1", "--port", str(port)]
        with subprocess.Popen([*command, "--path", str(folder / "chroma")], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as chroma:
            _wait(f"http://127.0.0.1:{port}/api/v2/heartbeat")
            yield Settings(home=folder / "archivio", database_url=url, chroma_url=f"http://127.0.0.1:{port}")
            chroma.terminate()
        database.cleanup()


def _wait(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"il server non parte: {url}")


if __name__ == "__main__":
    if sys.argv[1:] == ["--process"]:
        print(json.dumps(process(json.loads(sys.stdin.readline()))))
        sys.exit(0)
    sys.exit(main(*(kind(value) for kind, value in zip((float, int, str), sys.argv[1:], strict=False))))
