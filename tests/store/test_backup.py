"""A backup brings back the same archive; one that is not whole is refused; nothing that happens to it harms the archive."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from chromadb import HttpClient
from chromadb.config import Settings as ChromaSettings

from cards.errors import ArchiveError, PiaoError, UnreadableFile
from cards.model import Card, Indicator
from settings import Settings
from store import backup_file
from store.archive import Archive
from store.backup import backup
from store.restore import restore
from store.vectors import _close
from tests.store.fakes import WordEmbedder

ROOT = Path(__file__).resolve().parents[2]
TEXT = """Comune di Roccamora
Relazione sulla performance 2024

Il tempo medio di pagamento delle fatture è sceso a 21 giorni grazie alla fattura elettronica.

Lo sportello polifunzionale ha servito 4.180 cittadini con un'attesa media di 9 minuti.
"""
QUESTION = "tempo medio di pagamento delle fatture"
Write = Callable[[str, str], Path]


def fill(archive: Archive, write: Write) -> str:
    """A document, another that took its place, and a draft with three versions; the draft's id."""
    list(archive.ingest([write("relazione.txt", TEXT)], entity="Comune di Roccamora", year=2024))
    list(archive.ingest([write("relazione.txt", TEXT.replace("21 giorni", "19 giorni"))]))
    draft = archive.save_draft(Card(title="Pagare prima", unit="Ragioneria", year=2027), author="Anna")
    indicator = Indicator(name="Tempo medio di pagamento", targets={"2027": "≤ 25"})
    archive.save_draft(draft.card.replace(indicators=(indicator,)), draft.id, author="Bruno")
    archive.undo_draft(draft.id)
    return draft.id


def content(archive: Archive) -> dict[str, Any]:
    """All that a person can see of an archive."""
    documents = archive.documents()
    drafts, found = archive.drafts(), archive.search(QUESTION)
    return {
        "documents": documents, "cards": archive.cards(), "drafts": drafts,
        "readings": [archive.reading(d.id) for d in documents], "history": [archive.history(d.id) for d in documents],
        "versions": [archive.draft_versions(d.id) for d in drafts],
        "files": [hashlib.sha256(path.read_bytes()).hexdigest() if (path := archive.source_file(d.id)) else None
                  for d in documents],
        "search": [(h.document, h.page, h.lines, h.text, round(h.score, 5)) for h in (*found.hits, *found.nearest)],
        "passages": [(p.id, p.text) for p in archive.passages()],
    }


@pytest.fixture
def filled(archive: Archive, write: Write) -> Archive:
    """An archive with something of everything."""
    fill(archive, write)
    return archive


@pytest.fixture
def small(local: Settings, write: Write, in_process: None) -> Settings:
    """The settings of a filled archive on this machine, closed."""
    with Archive.open(local, WordEmbedder()) as archive:
        fill(archive, write)
    return local


@pytest.fixture
def copy(small: Settings, tmp_path: Path) -> Path:
    """A good backup of it."""
    backup(small, tmp_path / "copia.zip")
    return tmp_path / "copia.zip"


def test_a_backup_brings_back_the_same_archive_on_any_engine(filled: Archive, tmp_path: Path):
    """Taken from files or from servers, while open; restored on files."""
    before = content(filled)
    assert before["documents"]
    assert before["search"]
    assert before["files"][0]
    report = backup(filled.settings, tmp_path / "copia.zip")
    assert report.counts["drafts"] == 1
    assert not report.missing
    there = Settings(home=tmp_path / "altrove")
    restore(there, tmp_path / "copia.zip")
    embedder = WordEmbedder()
    with Archive.open(there, embedder) as archive:
        assert archive.pending_vectors() == len(before["passages"])
        archive.resume()
        assert archive.pending_vectors() == 0
        assert embedder.seen == [], "i vettori vengono dalla copia, non dal modello"
        assert content(archive) == before
        assert archive.vectors.query(embedder.query(QUESTION), 3)
        assert archive.redo_draft(before["drafts"][0].id).card.indicators


def test_a_backup_of_files_is_restored_on_servers(small: Settings, copy: Path, tmp_path: Path, postgres, chroma_server: str):
    with Archive.open(small, WordEmbedder()) as archive:
        before = content(archive)
    there = Settings(home=tmp_path / "server", database_url=postgres(), chroma_url=chroma_server)
    restore(there, copy)
    with Archive.open(there, WordEmbedder()) as archive:
        archive.resume()
        assert content(archive) == before
        archive.delete_document(before["documents"][0].id)  # counted columns go on from where they were
        assert archive.documents() == []
        list(archive.ingest([copy.parent / "fonti" / "relazione.txt"]))
        replaced = archive.vectors.store
        assert replaced.count()
    with pytest.raises(ArchiveError, match="non è vuoto"):
        restore(there, copy)
    report = restore(there, copy, force=True)
    assert report.kept
    assert backup_file.verify(Path(report.kept)).counts["drafts"] == 1
    client = HttpClient(port=urlsplit(chroma_server).port or 0, settings=ChromaSettings(anonymized_telemetry=False))
    assert replaced.name not in {collection.name for collection in client.list_collections()}, "i vettori di prima se ne vanno"
    _close(client)
    with Archive.open(there, WordEmbedder()) as archive:
        assert len(archive.documents()) == 1


def test_a_full_archive_is_replaced_only_on_request_and_kept_aside(small: Settings, copy: Path):
    with Archive.open(small, WordEmbedder()) as archive:
        before = content(archive)
        archive.save_draft(Card(title="Dopo la copia"))
    with pytest.raises(ArchiveError, match="non è vuoto"):
        restore(small, copy)
    with Archive.open(small, WordEmbedder()) as archive:
        assert len(archive.drafts()) == 2
    report = restore(small, copy, force=True)
    with Archive.open(small, WordEmbedder()) as archive:
        archive.resume()
        assert content(archive) == before
    assert report.kept
    with closing(sqlite3.connect(Path(report.kept) / "archivio.sqlite")) as old:
        assert old.execute("SELECT count(*) FROM drafts").fetchone() == (2,)
    assert list((Path(report.kept) / "originali").iterdir())


def test_a_damaged_archive_is_replaced_too(small: Settings, copy: Path):
    (small.root / "archivio.sqlite").write_bytes(b"rotto" * 5000)
    with pytest.raises(ArchiveError, match="non è vuoto"):
        restore(small, copy)
    restore(small, copy, force=True)
    with Archive.open(small, WordEmbedder()) as archive:
        assert len(archive.documents()) == 1


def test_an_archive_that_is_open_elsewhere_is_not_replaced(small: Settings, copy: Path):
    with Archive.open(small, WordEmbedder()) as archive:
        assert archive.documents()
        with pytest.raises(ArchiveError, match="aperto da un altro processo"):
            restore(small, copy, force=True)
        assert archive.drafts()


def test_an_existing_backup_is_not_overwritten(small: Settings, copy: Path):
    was = copy.read_bytes()
    with pytest.raises(ArchiveError, match="esiste già"):
        backup(small, copy)
    assert copy.read_bytes() == was
    backup(small, copy, force=True)


def test_a_folder_takes_a_backup_named_by_the_moment(small: Settings, tmp_path: Path):
    folder = tmp_path / "copie"
    folder.mkdir()
    report = backup(small, folder)
    assert [str(path) for path in folder.iterdir()] == [report.path]
    assert os.stat(report.path).st_mode & 0o077 == 0, "una copia è leggibile solo da chi l'ha fatta"
    assert report.sha256 == hashlib.sha256(Path(report.path).read_bytes()).hexdigest()


def test_no_archive_no_backup(tmp_path: Path):
    with pytest.raises(ArchiveError, match="non c'è nulla da copiare"):
        backup(Settings(home=tmp_path / "vuoto"), tmp_path / "copia.zip")
    assert not (tmp_path / "copia.zip").exists()


def test_a_file_that_was_not_kept_is_named(small: Settings, tmp_path: Path):
    kept = sorted((small.root / "originali").iterdir())
    kept[0].unlink()
    assert backup(small, tmp_path / "copia.zip").missing == (kept[0].stem,)
    restore(Settings(home=tmp_path / "altrove"), tmp_path / "copia.zip")


def rewritten(copy: Path, change: Callable[[dict[str, bytes]], None], sign: bool = True) -> Path:
    """A zip made by an enemy: the members of a good backup, changed; with ``sign`` the manifest agrees with them."""
    with zipfile.ZipFile(copy) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    if sign:
        manifest = json.loads(members["manifest.json"])
        manifest["files"] = [{"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                             for name, data in members.items() if name != "manifest.json"]
        members["manifest.json"] = json.dumps(manifest).encode()
    target = copy.with_name("altra.zip")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target


def flipped(copy: Path, place: float) -> Path:
    data = bytearray(copy.read_bytes())
    data[int(len(data) * place)] ^= 0xFF
    target = copy.with_name("altra.zip")
    target.write_bytes(data)
    return target


def truncated(copy: Path, place: float) -> Path:
    target = copy.with_name("altra.zip")
    target.write_bytes(copy.read_bytes()[: int(copy.stat().st_size * place)])
    return target


def with_trigger(members: dict[str, bytes]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(members["archivio.sqlite"])
        connection.execute("CREATE TRIGGER spia AFTER INSERT ON drafts BEGIN DELETE FROM documents; END")
        connection.commit()
        members["archivio.sqlite"] = connection.serialize()


def from_tomorrow(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    members["manifest.json"] = json.dumps({**manifest, "schema": "9999"}).encode()


def fewer_rows(members: dict[str, bytes]) -> None:
    manifest = json.loads(members["manifest.json"])
    manifest["counts"]["drafts"] += 1
    members["manifest.json"] = json.dumps(manifest).encode()


HOSTILE: dict[str, Callable[[Path], Path]] = {
    **{f"byte cambiato a {place}": lambda copy, place=place: flipped(copy, place) for place in (0.1, 0.3, 0.5, 0.8)},
    **{f"troncato a {place}": lambda copy, place=place: truncated(copy, place) for place in (0.0, 0.2, 0.9, 0.999)},
    "percorso che esce": lambda copy: rewritten(copy, lambda m: m.update({"../fuori.txt": b"x"})),
    "percorso che esce da originali": lambda copy: rewritten(copy, lambda m: m.update({"originali/../../fuori.txt": b"x"})),
    "percorso assoluto": lambda copy: rewritten(copy, lambda m: m.update({"/tmp/fuori.txt": b"x"})),
    "file in piu": lambda copy: rewritten(copy, lambda m: m.update({"originali/" + "0" * 64 + ".txt": b"x"}), sign=False),
    "file estraneo": lambda copy: rewritten(copy, lambda m: m.update({".env": b"PIAO_LLM=x"})),
    "bomba": lambda copy: rewritten(copy, lambda m: m.update({"originali/" + "1" * 64 + ".txt": bytes(200_000_000)})),
    "senza database": lambda copy: rewritten(copy, lambda m: m.pop("archivio.sqlite")),
    "senza elenco": lambda copy: rewritten(copy, lambda m: m.pop("manifest.json"), sign=False),
    "database che non lo e": lambda copy: rewritten(copy, lambda m: m.update({"archivio.sqlite": b"x" * 9000})),
    "istruzioni estranee": lambda copy: rewritten(copy, with_trigger),
    "versione futura": lambda copy: rewritten(copy, from_tomorrow),
    "righe che mancano": lambda copy: rewritten(copy, fewer_rows),
    "non uno zip": lambda copy: Path(__file__),
    "inesistente": lambda copy: copy.with_name("manca.zip"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_backup_that_is_not_whole_is_refused_with_the_archive_unchanged(name: str, small: Settings, copy: Path, tmp_path: Path):
    with Archive.open(small, WordEmbedder()) as archive:
        before = content(archive)
    bad = HOSTILE[name](copy)
    for settings in (small, Settings(home=tmp_path / "altrove")):
        with pytest.raises(PiaoError):
            restore(settings, bad, force=True)
    with Archive.open(small, WordEmbedder()) as archive:
        assert content(archive) == before
    assert not [path for path in small.root.iterdir() if path.name.startswith((".ripristino", "precedente"))]
    assert not list(tmp_path.rglob("fuori.txt"))
    assert not (tmp_path / "altrove" / "archivio.sqlite").exists()


def test_a_damaged_backup_says_so(copy: Path, tmp_path: Path):
    with pytest.raises(UnreadableFile, match="danneggiata"):
        restore(Settings(home=tmp_path / "altrove"), flipped(copy, 0.5))


def enlarge(settings: Settings) -> None:
    """Thousands of earlier selves with their files, so that copying them takes a while."""
    names = [f"{n:064x}" for n in range(1500)]
    for name in names:
        (settings.root / "originali" / f"{name}.txt").write_text(name * 20)
    with closing(sqlite3.connect(settings.root / "archivio.sqlite")) as connection, connection:
        connection.executemany(
            "INSERT INTO document_history SELECT id, ?, 'x', ?, reading, ingested_at, ingested_at FROM documents",
            [(100 + number, name) for number, name in enumerate(names)])


def killed(job: str, delays: tuple[float, ...], *arguments: object) -> Iterator[bool]:
    """Run ``job`` (a module of ``store`` and its function of the same name) again and again, each killed after a delay."""
    code = (f"import sys; from pathlib import Path; from settings import Settings; from store.{job} import {job};"
            f"print('via', flush=True); {job}(Settings(home=sys.argv[1]), Path(sys.argv[2]), force=True)")
    for delay in delays:
        with subprocess.Popen([sys.executable, "-c", code, *map(str, arguments)], cwd=ROOT, stdout=subprocess.PIPE) as run:
            assert run.stdout
            run.stdout.readline()
            time.sleep(delay)
            run.kill()
            yield run.wait() == -signal.SIGKILL


def test_a_kill_during_backup_loses_nothing(small: Settings, copy: Path):
    """The archive reads as before; under the backup's name there is always a whole one."""
    enlarge(small)
    with Archive.open(small, WordEmbedder()) as archive:
        before = content(archive)
    dead = 0
    for died in killed("backup", (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6), small.root, copy):
        dead += died
        with Archive.open(small, WordEmbedder()) as archive:
            assert content(archive) == before
        backup_file.verify(copy)
    assert dead >= 4


def test_a_kill_during_restore_leaves_the_old_archive_or_the_new(small: Settings, copy: Path):
    """What was there is in its place or set aside; a restore made again ends well."""
    enlarge(small)
    backup(small, copy, force=True)
    with Archive.open(small, WordEmbedder()) as archive:
        archive.save_draft(Card(title="Dopo la copia"))
    dead = 0
    for died in killed("restore", (0.0, 0.1, 0.3, 0.5, 0.8, 1.1, 1.4), small.root, copy):
        dead += died
        with Archive.open(small, WordEmbedder()) as archive:
            titles = sorted(draft.card.title or "" for draft in archive.drafts())
        aside = [path for path in small.root.glob("precedente-*") if (path / "archivio.sqlite").exists()]
        assert titles == ["Dopo la copia", "Pagare prima"] or aside
    assert dead >= 3
    restore(small, copy, force=True)
    with Archive.open(small, WordEmbedder()) as archive:
        assert [draft.card.title for draft in archive.drafts()] == ["Pagare prima"]
        assert archive.source_file("relazione.txt")
    assert not list(small.root.glob(".ripristino-*"))


def test_the_body_s_own_profile_and_accepted_findings_travel_with_the_archive(small: Settings, tmp_path: Path, postgres):
    for name, words in (("profili/comune-di-prova.toml", "a"), ("profili/in-uso.txt", "b"), ("segnalazioni-accettate.toml", "c"),
                        ("modello.docx", "e"), ("profili/Altro file.txt", "d")):
        (small.root / name).parent.mkdir(exist_ok=True)
        (small.root / name).write_text(words)
    report = backup(small, tmp_path / "con-profilo.zip")
    for there in (Settings(home=tmp_path / "qui"), Settings(home=tmp_path / "server", database_url=postgres())):
        restore(there, Path(report.path))
        found = {path.relative_to(there.root).as_posix(): path.read_text() for path in there.root.rglob("*")
                 if path.suffix in (".toml", ".txt", ".docx") and "originali" not in path.parts}
        assert found == {"profili/comune-di-prova.toml": "a", "profili/in-uso.txt": "b", "segnalazioni-accettate.toml": "c",
                         "modello.docx": "e"}
