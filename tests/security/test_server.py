"""The server as it runs, with a login configured: doors that no page draws, cookies, headers, error pages."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from settings import Settings
from store import people
from store.archive import Archive
from store.people import Person
from tests.browser.conftest import ROOT, Server

SECRET, CLIENT = "c" * 40, "segreto-del-client-oidc"
UPLOAD = "/_stcore/upload_file/una-sessione/un-file"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the module; nobody logs in, so the provider is never asked."""
    home = tmp_path_factory.mktemp("server") / "archivio"
    with Archive.open(Settings(home=home)) as archive, archive.transaction() as connection:
        people.put(connection, Person("rita@ente.it", "lettore"))
        people.put(connection, Person("ugo@ente.it", "amministratore", active=False))
    before = dict(os.environ)
    os.environ.update({
        "PIAO_PUBLIC_URL": "https://piao.example", "PIAO_OIDC_METADATA_URL": "https://idp.example/.well-known/openid-configuration",
        "PIAO_OIDC_CLIENT_ID": "piao", "PIAO_OIDC_CLIENT_SECRET": CLIENT, "PIAO_COOKIE_SECRET": SECRET})
    running = Server(home)
    running.start()
    os.environ.clear()
    os.environ.update(before)
    yield running
    running.kill()
    said = (home.parent / "server.log").read_text(errors="replace")
    assert SECRET not in said
    assert CLIENT not in said


def cookie(secret: str = SECRET, **claims: Any) -> dict[str, str]:
    """A session's cookie as the framework signs it."""
    who = {"origin": "https://piao.example", "is_logged_in": True, "iss": "i", "sub": "1", **claims}
    return {"Cookie": f"_streamlit_user={create_signed_value(secret, '_streamlit_user', json.dumps(who)).decode()}"}


def ask(server: Server, path: str, method: str = "GET", headers: dict[str, str] | None = None, **more: Any) -> httpx.Response:
    """A request whose path is sent as it is written."""
    url = httpx.URL(server.url).copy_with(raw_path=path.encode("latin-1"))
    return httpx.request(method, url, headers=headers, timeout=30, **more)


@pytest.mark.parametrize("path", [
    "/_stcore/metrics", "/_stcore/metrics/", "//_stcore//metrics", "/_stcore/metrics?families=session_events", "/_stcore/script-health-check",
    "/_stcore/agent/interact", "/_stcore/agent/mcp", "/_stcore/agent/openapi.json",
])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_nothing_to_watch_or_drive_the_app_from_outside(server: Server, path: str, method: str) -> None:
    answer = ask(server, path, method)
    assert answer.status_code in (400, 404)
    assert "metric" not in answer.text.lower()
    assert len(answer.content) < 100


@pytest.mark.parametrize(("headers", "known"), [
    ({}, False), ({"Cookie": "_streamlit_user=x"}, False), (cookie(email="ignota@ente.it"), False), (cookie(email="ugo@ente.it"), False),
    (cookie("d" * 40, email="rita@ente.it"), False), (cookie(email="rita@ente.it", is_logged_in=False), False), (cookie(), False),
    ({"Cookie": "_streamlit_user=\"; _streamlit_user__1=\xff"}, False), (cookie(email="rita@ente.it"), True),
], ids=["anonymous", "forged", "unknown", "suspended", "other key", "logged out", "no address", "broken", "reader"])
def test_uploads_and_files_are_for_who_may_enter(server: Server, headers: dict[str, str], known: bool) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    for path in (UPLOAD, f"//_stcore/./{UPLOAD[9:]}", "/media/0123456789abcdef.docx", "//media/x.docx"):
        method = "PUT" if "upload" in path else "GET"
        answer = ask(server, path, method, raw, **({"files": {"file": ("a.csv", b"x" * 10)}} if method == "PUT" else {}))  # type: ignore[arg-type]
        assert answer.status_code != 200
        if not known:
            assert answer.status_code in (400, 403, 404, 405), (path, answer.status_code)
        elif path == UPLOAD:
            assert answer.status_code == 403
            assert "XSRF" in answer.text, "passata la porta, resta la prova che la richiesta viene dalla nostra pagina"


@pytest.mark.parametrize("path", [
    "/", "/impostazioni", "/archivio?bozza=x", "/_stcore/health", "/_stcore/host-config", "/media/x", "/nessuna/pagina", UPLOAD,
    "/oauth2callback", "/oauth2callback?code=x&state=y", "/auth/login", "/app/static/fonts/x.woff2", "/component/x/y",
])
def test_every_answer_has_our_headers_and_tells_nothing(server: Server, path: str) -> None:
    answer = ask(server, path)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["x-frame-options"] == "DENY"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert not any(char.isdigit() for char in answer.headers.get("server", ""))
    assert answer.headers.get("access-control-allow-origin") != "*"
    for one in answer.headers.get_list("set-cookie"):
        assert "; Secure" in one, one
        assert "SameSite=" in one or "samesite=" in one, one
    for leak in ("Traceback", str(ROOT), str(server.home), SECRET, CLIENT, "site-packages"):
        assert leak not in answer.text


def test_health_says_one_word(server: Server) -> None:
    assert ask(server, "/_stcore/health").text == "ok"
    told = ask(server, "/_stcore/host-config").json()
    assert told["allowedOrigins"] == []
    assert not told["useExternalAuthToken"]


@pytest.mark.parametrize("path", [
    "/app/static/../../settings.py", "/app/static/..%2f..%2fsettings.py", "/app/static/%2e%2e/%2e%2e/settings.py", "/static/../../../etc/passwd",
    "/static/..%5c..%5csettings.py", "/component/../settings.py", "/component/x/../../../../etc/passwd", "/media/../settings.py",
    "/media/%2e%2e%2f%2e%2e%2fetc%2fpasswd", "/app/static//etc/passwd", "/app/static/\\\\server\\share", "/..%00/settings.py",
    "/_stcore/bidi-components/../../settings.py", "/_stcore/bidi-components/piao/..%2f..%2fsettings.py", "/.env", "/.git/config", "/archivio.sqlite",
])
def test_no_path_leads_out(server: Server, path: str) -> None:
    text = ask(server, path).text
    for leak in ("pydantic", "root:", "PIAO_", "SQLite format", "[core]"):
        assert leak not in text


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1.evil.example", "null"])
def test_another_sites_page_opens_no_session(server: Server, origin: str) -> None:
    handshake = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "x" * 22 + "==",
                 "Origin": origin, **cookie(email="rita@ente.it")}
    assert ask(server, "/_stcore/stream", headers=handshake).status_code in (400, 403)


def test_what_is_too_big_is_refused_before_it_is_sent(server: Server) -> None:
    jar = ask(server, "/_stcore/health").headers["set-cookie"].split(";")[0]
    token = jar.partition("=")[2]
    headers = {"Cookie": f"{jar}; {cookie(email='rita@ente.it')['Cookie']}", "X-Xsrftoken": token, "Content-Length": str(10**12),
               "Content-Type": "multipart/form-data; boundary=x"}
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as line:
        lines = [f"PUT {UPLOAD} HTTP/1.1", f"Host: 127.0.0.1:{server.port}", *(f"{name}: {value}" for name, value in headers.items())]
        line.sendall("\r\n".join([*lines, "", "--x"]).encode("latin-1"))
        assert line.recv(64).split()[1] in (b"400", b"413"), "rifiutato mentre il corpo non è ancora arrivato"
