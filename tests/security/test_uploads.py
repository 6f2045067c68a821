"""A hundred hostile uploads, as bytes with a name: refused clearly or read as text, nothing written elsewhere, nothing told."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from store.guarded import Guarded
from store.people import local_person
from tests.bad.makers import excel, pdf, png, word
from tests.bad.test_hostile import REFUSED
from tests.security.payloads import live, strings
from tests.store.fakes import WordEmbedder
from ui.uploads import discard, safe_name, store_uploads

NAMES = (
    "../../../../etc/cron.d/evil.csv", "/etc/passwd.csv", "..\\..\\windows\\evil.csv", "C:\\evil.csv", "\\\\server\\share\\evil.csv",
    "a\0.csv", "evil\n.csv", "evil\r\nSet-Cookie: a=b.csv", "\x1b[31mevil.csv", "con.csv", "nul.csv", "COM1.csv", ".htaccess.csv",
    "...csv", "~root.csv", "-rf.csv", "$(evil).csv", "`evil`.csv", "evil;rm -rf ~.csv", "%2e%2e%2fevil.csv", "x" * 300 + ".csv",
    "\U0001f4a5" * 200 + ".csv", "é" * 300 + ".csv", "e\u0301" * 200 + ".csv", "evil\u202evsc.exe.csv", "<script>evil()</script>.csv",
    "[evil](javascript:evil()).csv", "=evil().csv", ":red[evil].csv", "\ud800evil.csv",
)
WRONG = (("evil.exe", b"MZ\x90\x00" + b"\0" * 90), ("evil.pdf.exe", pdf()), ("evil", png()), ("evil.svg", b"<svg onload='evil()'/>"),
         ("evil.js", b"evil()"), ("evil.docm", word()), ("evil.zip", excel()), ("evil.csv", b"MZ\x90\x00" + b"\0" * 90),
         ("evil.PDF ", b"%PDF-"), ("oversize.csv", b"a;b\n" * 1_500_000))
SECRET = "chiave-molto-segreta-del-modello"


class Upload:
    """What the framework gives for a file."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name, self.content = name, content

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


def hostile() -> list[Upload]:
    """A hundred of them."""
    table = b"Obiettivo;Indicatore;Valore atteso 2026\nUno;Due;3\n"
    return [*(Upload(name, make()) for name, make, _says in REFUSED), *(Upload(name, table + name[:9].encode("utf-8", "ignore")) for name in NAMES),
            *(Upload(name, content) for name, content in WRONG)]


def everything(root: Path) -> dict[str, int]:
    """Each file under a folder with its size."""
    return {str(path.relative_to(root)): path.stat().st_size for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def archive(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Guarded]:
    import ingest.worker
    from ingest.reading import read
    from store.archive import Archive

    for name, value in {"MAX_FILE_MB": "4", "MAX_PAGES": "50", "MAX_UNPACKED_MB": "30", "MAX_CELLS": "50000", "LLM_API_KEY": SECRET}.items():
        monkeypatch.setenv(f"PIAO_{name}", value)
    st.cache_resource.clear()
    words = WordEmbedder()
    monkeypatch.setattr(Archive, "embedder", property(lambda _self: words))
    monkeypatch.setattr(ingest.worker, "read_safely", read)  # the process apart has its own tests
    from ui import jobs
    from ui.state import background_archive

    jobs.registry().clear()
    whole = background_archive()
    yield Guarded(whole, local_person())
    jobs.registry().clear()
    whole.close()
    st.cache_resource.clear()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_one_part_that_the_disk_takes(tmp_path: Path, name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert "/" not in safe
    assert "\\" not in safe
    assert safe.isprintable()
    assert not safe.startswith(".")
    assert len(safe.encode()) < 200
    paths = store_uploads([Upload(name, b"x")] * 3, tmp_path / "caricamenti")
    assert [path.read_bytes() for path in paths] == [b"x"] * 3
    assert {path.parent.parent for path in paths} == {tmp_path / "caricamenti"}
    discard(paths)
    assert everything(tmp_path) == {}


def archive_page() -> None:
    from ui.pages import archive

    archive.page()


def check_page() -> None:
    from ui.pages import check

    check.page()


def drawn(app: AppTest) -> list[tuple[str, str]]:
    def walk(node: Any) -> Iterator[tuple[str, str]]:
        for child in node.children.values():
            if (proto := getattr(child, "proto", None)) is not None:
                yield from strings(proto, proto.DESCRIPTOR.name.lower())
            if hasattr(child, "children"):
                yield from walk(child)

    return list(walk(app._tree))


def test_a_hundred_hostile_uploads_through_the_page(archive: Guarded, home: Path, caplog: pytest.LogCaptureFixture) -> None:
    from store.logs import start_log
    from ui import archive_intake, jobs

    uploads, before = hostile(), everything(home.parent)
    assert len(uploads) >= 100
    start_log(archive.settings)
    caplog.set_level(logging.INFO)
    paths = store_uploads(uploads, home / archive_intake.FOLDER)
    archive_intake.read(archive, paths)  # type: ignore[arg-type]
    job = jobs.registry()[archive_intake.JOB]
    deadline = time.monotonic() + 120
    while not job.finished and time.monotonic() < deadline:
        time.sleep(0.05)
    assert job.finished
    assert not job.error, job.error
    reports = [one.to_json() for one in job.results]
    assert len(reports) == len(uploads)
    refused = [one for one in reports if one["status"] == "failed"]
    assert len(refused) >= len(REFUSED)
    for one in refused:
        assert "\n" not in one["error"]
        assert "Traceback" not in one["error"]
        assert str(home) not in one["error"], one["error"]
    outside = {name for name in everything(home.parent) if not name.startswith(home.name)} - set(before)
    assert outside == set()
    while any((home / archive_intake.FOLDER).glob("carico-*")):
        assert time.monotonic() < deadline, "i file caricati se ne vanno a lavoro finito"
        time.sleep(0.05)
    log = home / "piao.log"
    said = caplog.text + (log.read_text(encoding="utf-8") if log.exists() else "")
    assert SECRET not in said
    assert "carico-" not in said
    app = AppTest.from_function(archive_page, default_timeout=120).run()
    assert not app.exception, app.exception
    for place, text in drawn(app):
        assert live(text) is None, (place, text)
        assert str(home) not in text.replace("\\", ""), (place, text)
        assert SECRET not in text


def test_the_check_page_reads_a_hostile_upload_and_leaves_nothing(archive: Guarded, home: Path) -> None:
    from cards.errors import UnreadableFile
    from ui.check_sources import read_once

    refused: list[str] = []
    for upload in hostile()[::4]:
        st.session_state.clear()
        try:
            read_once(upload.name, upload.content)
        except UnreadableFile as error:
            refused.append(str(error))
    assert len(refused) > 10
    assert [line for line in refused if str(home) in line or "\n" in line] == []
    assert everything(home / "caricamenti") == {}


def test_the_same_by_the_command(archive: Guarded, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from cli import app

    folder = tmp_path / "da leggere"
    paths = store_uploads(hostile()[::3], folder)
    before = everything(tmp_path)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["ingest", *map(str, paths), "--json"])
    data = json.loads(result.stdout)
    reports = data["documents"] if isinstance(data, dict) else data
    assert len(reports) == len(paths)
    assert "Traceback" not in result.output
    assert SECRET not in result.output
    assert {name for name in everything(tmp_path) if not name.startswith(home.name)} == {
        name for name in before if not name.startswith(home.name)}
