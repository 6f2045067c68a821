"""Secrets planted in every setting: whatever fails, no message, no log, no page and no command tells one."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import cli
from cards.model import Card
from settings import Settings, load_settings
from store.archive import Archive
from tests.store.fakes import WordEmbedder

PLANTED = ("segreto-della-base!", "segreto-di-chroma", "segreto-del-modello-url", "segreto-del-modello-chiave-sk-123456", "segreto-degli-embedding",
           "segreto-del-client-oidc", "segreto-dei-cookie-" + "x" * 32, "segreto-nella-query")
DB, CHROMA, MODEL, KEY, EMBED, OIDC, COOKIE, QUERY = PLANTED
KEYS = {"LLM": "openai:prova", "LLM_API_KEY": KEY, "OIDC_CLIENT_SECRET": OIDC, "COOKIE_SECRET": COOKIE,
        "OIDC_METADATA_URL": f"https://piao:{OIDC}@idp.example/x", "OIDC_CLIENT_ID": "piao", "PUBLIC_URL": "https://piao.example"}
WRITE = ["draft", "--title", "Ridurre i tempi", "--unit", "U", "--year", "2027", "--llm"]

COMMANDS = {  # what can go wrong, and the commands that meet it
    "database": [["cards"], ["migrate"]], "chroma": [["rebuild"], ["ingest", "altro.csv"]], "model": [WRITE],
    "embedding": [["rebuild"], ["ingest", "altro.csv"]], "bad database": [["cards"], ["migrate"]], "no driver": [["cards"]],
    "bad chroma": [["rebuild"], ["doctor", "--json"]], "bad model": [WRITE],
}


class Echo(BaseHTTPRequestHandler):
    """A server that refuses and, as some do, quotes what it was sent."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = json.dumps({"error": {"message": f"Incorrect API key provided: {self.headers.get('Authorization')} at {self.path}"}}).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_PUT = do_POST

    def log_message(self, *_args: object) -> None:
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def refusing() -> Iterator[str]:
    """host:port of a server that answers 401 to everything."""
    server = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def plant(monkeypatch: pytest.MonkeyPatch, where: str, host: str) -> None:
    """All keys, and one address with a password in it."""
    there = {
        "database": {"DATABASE_URL": f"postgresql+psycopg://piao:{quote(DB)}@{host}/x?password={QUERY}&connect_timeout=2"},
        "chroma": {"CHROMA_URL": f"http://piao:{CHROMA}@{host}"},
        "model": {"LLM_BASE_URL": f"http://piao:{MODEL}@{host}/v1?chiave={QUERY}"},
        "embedding": {"EMBEDDING": "openai:prova", "EMBEDDING_BASE_URL": f"http://piao:{EMBED}@{host}/v1"},
        "bad database": {"DATABASE_URL": f"postgresql+psycopg://piao:{DB}@[non-un-indirizzo/x"},
        "no driver": {"DATABASE_URL": f"oracolo://piao:{DB}@{host}/x"},
        "bad chroma": {"CHROMA_URL": f"ftp://piao:{CHROMA}@[x"},
        "bad model": {"LLM": f"nessuno:{MODEL}", "LLM_BASE_URL": f"http://piao:{MODEL}@[x"},
    }[where]
    for name, value in {**KEYS, **there}.items():
        monkeypatch.setenv(f"PIAO_{name}", value)
    load_settings.cache_clear()


@pytest.fixture
def card(home: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[str]:
    import ingest.worker
    from ingest.reading import read

    if "embedding" not in request.node.name:
        monkeypatch.setattr(Archive, "embedder", property(lambda _self: WordEmbedder()))
    monkeypatch.setattr(ingest.worker, "read_safely", read)
    monkeypatch.chdir(home.parent)
    Path("piano.csv").write_text("Obiettivo;Indicatore;Valore atteso 2026\nRidurre i tempi;Giorni;3\n", encoding="utf-8")
    Path("altro.csv").write_text("Obiettivo;Indicatore;Valore atteso 2026\nAltri tempi;Giorni;4\n", encoding="utf-8")
    load_settings.cache_clear()
    with Archive.open(Settings(home=home), WordEmbedder()) as archive:
        list(archive.ingest(["piano.csv"]))
        made = archive.save_draft(Card(title="Ridurre i tempi", unit="U", year=2026, purpose="Ridurre i tempi")).id
    yield made
    load_settings.cache_clear()


def told(text: str) -> list[str]:
    """Which secrets a text tells, as they are or as an address writes them."""
    return [one for one in PLANTED if one in text or quote(one) in text]


@pytest.mark.parametrize("where", COMMANDS)
def test_no_command_tells_a_secret(
    card: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, refusing: str,
    where: str,
) -> None:
    plant(monkeypatch, where, refusing if where in ("model", "embedding", "chroma") else "127.0.0.1:9")
    caplog.set_level(logging.DEBUG)
    failed = 0
    for words in COMMANDS[where]:
        code = cli.run([word.format(card=card) for word in words])
        said = capsys.readouterr()
        assert told(said.out + said.err) == [], words
        assert "Traceback" not in said.err
        failed += code != 0
    assert failed, "qualcosa doveva andare male"
    log = home / "piao.log"
    assert told(log.read_text(encoding="utf-8") if log.exists() else "") == []
    ours = [one.getMessage() for one in caplog.records if one.levelno >= logging.INFO]
    assert told(" ".join(ours)) == [], [one for one in caplog.records if told(one.getMessage())]


@pytest.mark.parametrize("where", ["chroma", "model"])
def test_no_page_tells_a_secret(card: str, home: Path, monkeypatch: pytest.MonkeyPatch, refusing: str, where: str) -> None:
    from tests.security.test_injection import page_script
    from tests.security.test_pages_and_roles import words
    from ui.state import background_archive

    plant(monkeypatch, where, refusing)
    for name in KEYS:
        if name.startswith(("OIDC", "COOKIE", "PUBLIC")):
            monkeypatch.delenv(f"PIAO_{name}")
    load_settings.cache_clear()
    st.cache_resource.clear()
    for name in ("settings", "precedents"):
        app = AppTest.from_function(page_script, default_timeout=120, args=(name,))
        app.query_params["domanda"] = "tempi"
        app.run()
        assert told(words(app).replace("\\", "").replace("\u2060", "")) == []
        for button in [one for one in app.button if one.label.startswith("Prova")]:
            button.click().run()
            assert told(words(app).replace("\\", "").replace("\u2060", "")) == []
    background_archive().close()
    st.cache_resource.clear()
