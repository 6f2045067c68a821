"""The antivirus hook, against a server that speaks clamd's INSTREAM."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cards.errors import SettingsError, UnreadableFile
from ingest.antivirus import examine
from ingest.child import _environment
from ingest.limits import Limits
from ingest.worker import read_safely

SIGN = b"SEGNO-DI-PROVA"


@pytest.fixture
def clamd(tmp_path: Path) -> Iterator[Callable[[bytes | None], str]]:
    """``clamd(answer)``: the address of a server that gives this answer (None: the one for what it was sent)."""
    servers: list[socket.socket] = []

    def serve(answer: bytes | None = None) -> str:
        server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        server.bind(str(tmp_path / f"clamd-{len(servers)}"))
        server.listen()
        servers.append(server)
        threading.Thread(target=_answer, args=(server, answer), daemon=True).start()
        return f"unix:{server.getsockname()}"

    yield serve
    for server in servers:
        server.close()


def _answer(server: socket.socket, answer: bytes | None) -> None:
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as stream:
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(stream.read(4), "big"):
            content += stream.read(size)
        found = b"stream: Prova.Test FOUND\0" if SIGN in content else b"stream: OK\0"
        connection.sendall(found if answer is None else answer)


def test_a_clean_file_passes_and_a_marked_one_does_not(clamd: Callable[..., str], tmp_path: Path) -> None:
    clean, marked = tmp_path / "pulito.txt", tmp_path / "segnato.txt"
    clean.write_bytes(b"x" * 200_000)
    marked.write_bytes(b"x" * 200_000 + SIGN)
    examine(clean, clamd())
    with pytest.raises(UnreadableFile, match=r"segnato.txt: l'antivirus lo segnala \(Prova.Test\)"):
        examine(marked, clamd())


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR\0", b"", b"\0", b"x" * 10_000])
def test_no_verdict_is_no_entry(clamd: Callable[..., str], tmp_path: Path, answer: bytes) -> None:
    (tmp_path / "a.txt").write_text("a")
    with pytest.raises(UnreadableFile, match="non ha dato un esito"):
        examine(tmp_path / "a.txt", clamd(answer))


def test_an_antivirus_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    for address in (f"unix:{tmp_path / 'manca'}", "127.0.0.1:9"):
        with pytest.raises(UnreadableFile, match="non risponde"):
            examine(tmp_path / "a.txt", address)
    with pytest.raises(SettingsError, match="PIAO_CLAMD"):
        examine(tmp_path / "a.txt", "clamd")


def test_every_reading_passes_by_the_antivirus(clamd: Callable[..., str], tmp_path: Path) -> None:
    marked = tmp_path / "segnato.txt"
    marked.write_bytes(b"Obiettivo: " + SIGN)
    with pytest.raises(UnreadableFile, match="antivirus"):
        read_safely(marked, Limits(antivirus=clamd()))


def test_the_process_that_opens_files_does_not_know_the_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIAO_LLM_API_KEY", "chiave")
    assert not [name for name in _environment() if name.startswith("PIAO_")]
