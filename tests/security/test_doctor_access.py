"""``piao doctor`` on who may enter: login, administrators, the log's seals, the antivirus; each trouble with its remedy."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from settings import Settings
from store import people
from store.archive import Archive
from store.doctor import Check, examine
from store.guarded import Guarded
from store.people import Person, local_person
from tests.store.fakes import WordEmbedder


def login(url: str, **changes: Any) -> dict[str, Any]:
    """A whole login."""
    return {"public_url": "https://piao.example", "oidc_metadata_url": f"{url}/.well-known/openid-configuration",
            "oidc_client_id": "piao", "oidc_client_secret": "segreto", "cookie_secret": "c" * 32} | changes


def seen(settings: Settings) -> dict[str, Check]:
    checks = list(examine(settings, WordEmbedder()))
    assert all(check.remedy for check in checks if check.status != "ok"), checks
    return {check.name: check for check in checks}


@pytest.fixture
def listening() -> Any:
    """A port that answers PONG to whoever speaks."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                one, _ = server.accept()
            except OSError:
                return
            with one:
                one.settimeout(2)
                try:
                    if one.recv(100).startswith(b"zPING"):
                        one.sendall(b"PONG\0")
                except OSError:
                    continue

    threading.Thread(target=serve, daemon=True).start()
    yield f"127.0.0.1:{server.getsockname()[1]}"
    server.close()


def test_login_people_log_and_antivirus(home: Path, listening: str) -> None:
    settings = Settings(home=home, clamd=listening, **login(f"http://{listening}"))
    with Archive.open(settings, WordEmbedder()) as archive:
        Guarded(archive, local_person()).tell("prova", "cosa")
        assert (seen(settings)["Utenti"].status, seen(settings)["Accesso"].status) == ("errore", "ok")
        assert "people set" in seen(settings)["Utenti"].remedy
        with archive.transaction() as connection:
            people.put(connection, Person("ada@ente.it", "amministratore", active=False))
        assert seen(settings)["Utenti"].status == "errore"
        with archive.transaction() as connection:
            people.put(connection, Person("ada@ente.it", "amministratore"))
        checks = seen(settings)
        assert [checks[name].status for name in ("Utenti", "Registro delle attività", "Antivirus")] == ["ok"] * 3
        with archive.transaction() as connection:
            connection.execute(text("DROP TRIGGER audit_no_update"))
            connection.execute(text("UPDATE audit SET person = 'x' WHERE number = 1"))
    check = seen(settings)["Registro delle attività"]
    assert (check.status, "riga 1" in check.text) == ("errore", True)


@pytest.mark.parametrize(("changes", "says"), [
    ({"cookie_secret": None}, "PIAO_COOKIE_SECRET"), ({"cookie_secret": "corta"}, "32 caratteri"),
    ({"public_url": "http://piao.example"}, "https"), ({"oidc_metadata_url": "http://127.0.0.1:1/x"}, "non risponde"),
])
def test_a_login_that_would_not_hold(home: Path, changes: dict[str, Any], says: str) -> None:
    check = seen(Settings(home=home, **login("http://127.0.0.1:1", **changes)))["Accesso"]
    assert check.status == "errore"
    assert says in check.text + check.remedy
    assert "segreto" not in check.text + check.remedy


def test_an_address_without_login_and_an_antivirus_that_is_off(home: Path) -> None:
    checks = seen(Settings(home=home, public_url="https://piao.example", clamd="127.0.0.1:1"))
    assert checks["Accesso"].status == "attenzione"
    assert (checks["Antivirus"].status, "nessun file si apre" in checks["Antivirus"].text) == ("errore", True)
    assert seen(Settings(home=home, clamd="senza-porta"))["Antivirus"].status == "errore"
