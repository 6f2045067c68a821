"""Faults on purpose: 200 kills at random points of five jobs, 15 of a rebuild, a disk full or read-only, a damaged page or index.

    python -m benchmarks.faults [KILLS]

After each fault the archive is opened again and compared with what had been promised: a save that was acknowledged is there,
a document is whole or absent, a backup under its name can be verified, a migration was done or was not. Prints one row a job,
exits 1 if anything was lost. Disk faults need a mount of their own (root); elsewhere they are said to be skipped.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import text

from benchmarks import rebuild_faults
from benchmarks.synthetic import fill
from cards.errors import PiaoError
from cards.model import Card
from settings import Settings
from store import backup_file
from store.archive import Archive
from store.migrate import HEAD, KNOWN, schema_version, upgrade
from store.snapshot import server
from tests.store.fakes import WordEmbedder

ROOT = Path(__file__).resolve().parent.parent
SEED, KILLS, LONGEST = 11, 200, 1.2  # LONGEST: seconds a job may run before it is killed
HEAD_OF_CHILD = """
import sys
from pathlib import Path
from settings import Settings
from store.archive import Archive
from cards.model import Card
from tests.store.fakes import WordEmbedder
home, n = Settings(home=sys.argv[1]), 0
def told(*words): print(*words, flush=True)
told("via")
"""
CHILDREN = {
    "ingest": """
import ingest.worker
from ingest.reading import read
ingest.worker.read_safely = read
with Archive.open(home, WordEmbedder(pause=0.01)) as archive:
    for report in archive.ingest([Path(sys.argv[2])]): told(report.status)
""",
    "save": """
with Archive.open(home, WordEmbedder()) as archive:
    while True:
        draft = archive.draft(sys.argv[2])
        told(archive.save_draft(Card(title=f"titolo {draft.version + 1}"), draft.id, draft.version).version)
""",
    "approve": """
with Archive.open(home, WordEmbedder()) as archive:
    while True:
        draft = archive.approve_draft(sys.argv[2], who="Prova", why="prova dei guasti")
        told(draft.version)
        told(archive.save_draft(draft.card, draft.id, draft.version, state="draft").version)
""",
    "backup": """
from store.backup import backup
while True:
    backup(home, Path(sys.argv[2]), force=True)
    told("copia")
""",
    "migrate": """
from store.migrate import ensure_schema
from store.snapshot import server
with server(home) as engine: ensure_schema(engine)
told("fatto")
""",
}


def killed(job: str, delay: float, *arguments: object) -> list[str]:
    """Run a job, kill it after a delay from its start; what it had acknowledged by then."""
    command = [sys.executable, "-W", "ignore", "-c", HEAD_OF_CHILD + CHILDREN[job], *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as child:
        assert child.stdout
        child.stdout.readline()
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)
        return child.stdout.read().split("\n")[:-1]  # the last piece was cut, or is empty


def whole(archive: Archive) -> bool:
    """Every document has all that it says it has."""
    for document in archive.documents():
        reading = archive.reading(document.id)
        if (len(reading.passages), len(reading.cards)) != (document.passages, document.cards):
            return False
    return True


def ingest(home: Path, delay: float, folder: Path) -> bool:
    """The archive grows by whole documents."""
    killed("ingest", delay, home, folder)
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        return whole(archive)


def save(home: Path, delay: float, draft: str) -> bool:
    """Every acknowledged version is there, with its words."""
    last = [int(line) for line in killed("save", delay, home, draft)]
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        versions = {one.version: one.card.title for one in archive.draft_versions(draft)}
    return all(versions.get(number) == f"titolo {number}" for number in last)


def approve(home: Path, delay: float, draft: str) -> bool:
    """Every acknowledged approval is in the history, signed."""
    told = [int(line) for line in killed("approve", delay, home, draft)]
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        versions = {one.version: one for one in archive.draft_versions(draft)}
    states_hold = all(one.author == "Prova" for one in versions.values() if one.state == "approved")
    return states_hold and all(number in versions for number in told)


def backup(home: Path, delay: float, target: Path) -> bool:
    """Under the backup's name there is a whole one, or none; the archive is whole."""
    acknowledged = killed("backup", delay, home, target)
    if target.exists():
        backup_file.verify(target)
    elif acknowledged:
        return False
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        return whole(archive)


def migrate(home: Path, delay: float, old: Path) -> bool:
    """The database is of the old schema or of the new, with everything in it; a second time ends well."""
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(old, home)
    killed("migrate", delay, home)
    with server(Settings(home=home)) as engine:
        if schema_version(engine) not in (KNOWN[0], HEAD):
            return False
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        return whole(archive) and len(archive.documents()) == 2


def old_archive(home: Path) -> Path:
    """An archive of the first schema, with two documents."""
    settings = Settings(home=home)
    home.mkdir(parents=True)
    with server(settings) as engine, engine.execution_options(writing=True).begin() as connection:
        upgrade(connection, KNOWN[0])
    with server(settings) as engine, engine.begin() as connection:
        for number in range(2):
            connection.execute(text(
                "INSERT INTO documents (id, name, sha256, size, cards, passages, version, given, reading, ingested_at) VALUES "
                f"('d{number}', 'd{number}.txt', 's{number}', 1, 0, 0, 1, '{{}}', "
                f"'{{\"document\": {{\"name\": \"d{number}.txt\"}}}}', '2026-01-01')"))
    return home


def sources(folder: Path) -> Path:
    """Thirty small documents."""
    folder.mkdir()
    for number in range(30):
        body = "\n\n".join(f"Paragrafo {n}: nel rione {number} si piantano alberi ogni anno, con le scuole." for n in range(60))
        (folder / f"relazione{number}.txt").write_text(f"Comune di Prova {number}\nRelazione sulla performance 2025\n\n{body}")
    return folder


def main(kills: int = KILLS) -> int:
    """All faults; the number of jobs in which something was lost."""
    chance, lost = random.Random(SEED), 0
    print("| guasto | volte | perdite |\n|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        with Archive.open(Settings(home=base / "archivio"), WordEmbedder()) as archive:
            fill(archive, passages=2_000, cards=100)
            drafts = [archive.save_draft(Card(title="titolo 1")).id for _ in range(2)]
        jobs: dict[str, Callable[[float], bool]] = {
            "ingest": lambda delay: ingest(base / "letto", delay, texts),
            "save": lambda delay: save(base / "archivio", delay, drafts[0]),
            "approve": lambda delay: approve(base / "archivio", delay, drafts[1]),
            "backup": lambda delay: backup(base / "archivio", delay, base / "copia.zip"),
            "migrate": lambda delay: migrate(base / "vecchio", delay, old),
        }
        texts, old = sources(base / "fonti"), old_archive(base / "primo")
        for job, once in jobs.items():
            wrong = sum(not once(chance.uniform(0.0, LONGEST)) for _ in range(kills // len(jobs)))
            lost += wrong
            print(f"| kill -9 durante {job} | {kills // len(jobs)} | {wrong} |", flush=True)
        lost += rebuild_faults.main()
        for title, fault in (("disco pieno", full_disk), ("disco in sola lettura", read_only_disk),
                             ("pagina del database guasta", damaged_page), ("indice dei vettori guasto", damaged_vectors)):
            outcome = fault(base)
            lost += outcome is False
            print(f"| {title} | {'saltato: serve root' if outcome is None else 1} | {int(outcome is False)} |", flush=True)
    return min(lost, 1)


@contextmanager
def small_disk(base: Path, size: str) -> Iterator[Path | None]:
    """A disk of its own, None where it cannot be mounted."""
    where = base / "disco"
    where.mkdir(exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(where)], capture_output=True, check=False)
    try:
        yield where if made.returncode == 0 else None
    finally:
        if made.returncode == 0:
            subprocess.run(["umount", "-l", str(where)], check=False)


def full_disk(base: Path) -> bool | None:
    """Saves go on until there is no room: the refusal is one line, all that was acknowledged is there."""
    with small_disk(base, "3m") as disk:
        if disk is None:
            return None
        settings, told = Settings(home=disk / "archivio"), []
        with Archive.open(settings, WordEmbedder()) as archive:
            draft = archive.save_draft(Card(title="1"))
            said = ""
            for number in range(2, 2000):
                try:
                    archive.save_draft(Card(title=str(number), description="x" * 20_000 + str(number)), draft.id)
                    told.append(str(number))
                except PiaoError as error:
                    said = str(error)
                    break
            titles = {version.card.title for version in archive.draft_versions(draft.id)}
        return "spazio" in said and set(told) <= titles and bool(told)


def read_only_disk(base: Path) -> bool | None:
    """What is there is read, what cannot be written is said."""
    with small_disk(base, "20m") as disk:
        if disk is None:
            return None
        settings = Settings(home=disk / "archivio")
        with Archive.open(settings, WordEmbedder()) as archive:
            draft = archive.save_draft(Card(title="resta"))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        try:
            with Archive.open(settings, WordEmbedder()) as archive:
                if archive.draft(draft.id).card.title != "resta":
                    return False
                archive.save_draft(Card(title="cambia"), draft.id)
        except PiaoError as error:
            return any(words in str(error) for words in ("sola lettura", "non si può aprire"))
        finally:
            subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=False)
        return False


def damaged_page(base: Path) -> bool:
    """A page overwritten: the archive says that it is damaged and what to do, a copy brings everything back."""
    from store.backup import backup as write_backup
    from store.restore import restore

    home, copy = base / "guasto", base / "buona.zip"
    shutil.copytree(base / "archivio", home)
    settings = Settings(home=home)
    with Archive.open(settings, WordEmbedder()) as archive:
        before = sorted(document.name for document in archive.documents())
    write_backup(settings, copy, force=True)
    with closing(sqlite3.connect(home / "archivio.sqlite")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'documents'").fetchone()[0]
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    with (home / "archivio.sqlite").open("r+b") as file:
        file.seek((root - 1) * size)
        file.write(os.urandom(size))
    said = ""
    try:
        with Archive.open(settings, WordEmbedder()) as archive:
            archive.documents()
    except PiaoError as error:
        said = str(error)
    restore(settings, copy, force=True)
    with Archive.open(settings, WordEmbedder()) as archive:
        return "danneggiato" in said and sorted(document.name for document in archive.documents()) == before


def damaged_vectors(base: Path) -> bool:
    """The index overwritten: words go on answering, ``rebuild`` makes it again from the database."""
    settings = Settings(home=base / "archivio")
    for path in (settings.root / "chroma").rglob("*"):
        if path.is_file():
            path.write_bytes(os.urandom(min(path.stat().st_size, 100_000) or 10))
    with Archive.open(settings, WordEmbedder()) as archive:
        passage = next(iter(archive.passages()))
        found = archive.search(passage.text)
        by_words = bool(found.hits or found.nearest)
    with Archive.open(settings, WordEmbedder()) as archive:
        archive.rebuild()
        again = archive.vectors.store.ids() == {one.id for one in archive.passages()}
        return by_words and again and bool(archive.vectors.query(archive.embedder.query(passage.text), 1))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
