"""Who gets in: nobody beyond this PC without a login, only who is known with one; headers on every answer."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from cards.errors import SettingsError
from settings import Settings, load_settings
from store import people
from store.archive import Archive
from store.people import Person
from ui.headers import SecureHeaders, policy

LOGIN = {"PIAO_PUBLIC_URL": "https://piao.example", "PIAO_OIDC_METADATA_URL": "https://idp.example/.well-known/openid-configuration",
         "PIAO_OIDC_CLIENT_ID": "piao", "PIAO_OIDC_CLIENT_SECRET": "segreto-del-client", "PIAO_COOKIE_SECRET": "c" * 32}


def shown(app: AppTest) -> str:
    return " ".join(str(element.value) for kind in (app.title, app.markdown, app.error) for element in kind)


def entered() -> None:
    """A page that says who is using it."""
    import streamlit as st

    from ui.state import person

    st.write(f"dentro: {person().email} {person().role}")


@pytest.fixture(autouse=True)
def fresh_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    monkeypatch.setenv("PIAO_HOME", str(tmp_path))
    load_settings.cache_clear()
    yield
    load_settings.cache_clear()


def test_at_this_pc_the_person_is_the_one_who_sits_there() -> None:
    assert "dentro: postazione amministratore" in shown(AppTest.from_function(entered, default_timeout=60).run())


@pytest.mark.parametrize("address", ["0.0.0.0", "192.168.1.20", "::", "piao.comune.it", None])
def test_bound_elsewhere_without_a_login_nothing_opens(monkeypatch: pytest.MonkeyPatch, address: str | None) -> None:
    monkeypatch.setattr(st, "get_option", lambda name: address)
    page = shown(AppTest.from_function(entered, default_timeout=60).run())
    assert "Accesso non consentito" in page
    assert "dentro" not in page


@pytest.mark.parametrize("host", ["piao.comune.it", "192.168.1.20:8501", "127.0.0.1.evil.example", "localhost.evil.example"])
def test_reached_by_another_name_without_a_login_nothing_opens(monkeypatch: pytest.MonkeyPatch, host: str) -> None:
    monkeypatch.setattr("ui.access.st.context", type("Context", (), {"headers": {"Host": host}}))
    assert "Accesso non consentito" in shown(AppTest.from_function(entered, default_timeout=60).run())


@pytest.mark.parametrize(("user", "expected"), [
    ({"is_logged_in": False}, "entra con le credenziali"),
    ({"is_logged_in": True, "email": "ignoto@ente.it", "iss": "i", "sub": "9"}, "non è tra gli utenti"),
    ({"is_logged_in": True, "email": "rita@ente.it", "iss": "i", "sub": "1", "email_verified": False}, "non ha confermato"),
    ({"is_logged_in": True, "email": "rita@ente.it", "iss": "i", "sub": "1", "email_verified": "false"}, "non ha confermato"),
    ({"is_logged_in": True, "iss": "i", "sub": "1"}, "non ha confermato"),
    ({"is_logged_in": True, "email": "rita@ente.it", "iss": "i", "sub": "1", "email_verified": True}, "dentro: rita@ente.it lettore"),
    ({"is_logged_in": True, "email": "rita@ente.it", "iss": "altro", "sub": "1"}, "altra identità"),
])
def test_with_a_login_only_who_is_known_gets_in(monkeypatch: pytest.MonkeyPatch, user: dict[str, Any], expected: str) -> None:
    for name, value in LOGIN.items():
        monkeypatch.setenv(name, value)
    load_settings.cache_clear()
    with Archive.open(load_settings()) as archive, archive.transaction() as connection:
        people.put(connection, Person("rita@ente.it", "lettore"))
        people.bind(connection, "rita@ente.it", "i|1")

    class User(dict[str, Any]):
        is_logged_in = user["is_logged_in"]

    monkeypatch.setattr("ui.access.st.user", User(user))
    page = shown(AppTest.from_function(entered, default_timeout=60).run())
    assert expected in page
    assert ("dentro" in page) == expected.startswith("dentro")


@pytest.mark.parametrize("missing", sorted(set(LOGIN) - {"PIAO_PUBLIC_URL"}))
def test_a_login_configured_by_half_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    for name, value in LOGIN.items():
        if name != missing:
            monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=missing):
        _ = Settings().login


def test_a_weak_session_key_is_refused_and_secrets_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in LOGIN.items():
        monkeypatch.setenv(name, value)
    assert "segreto-del-client" not in repr(Settings())
    monkeypatch.setenv("PIAO_COOKIE_SECRET", "chiavina")
    with pytest.raises(SettingsError, match="32 caratteri") as caught:
        _ = Settings().login
    assert "chiavina" not in str(caught.value)


def test_every_answer_has_the_headers_and_no_script_of_others_runs() -> None:
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"ALLOW")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    asyncio.run(SecureHeaders(app, "<script>noi()</script>")({"type": "http"}, None, send))  # type: ignore[arg-type]
    headers = dict(sent[0]["headers"])
    assert headers[b"x-frame-options"] == b"DENY"
    assert b"X-Frame-Options" not in headers
    rules = dict(rule.strip().split(" ", 1) for rule in headers[b"content-security-policy"].decode().split(";"))
    assert "unsafe" not in rules["script-src"].replace("'wasm-unsafe-eval'", "")
    assert "sha256-" in rules["script-src"]
    assert rules["frame-ancestors"] == "'none'"
    assert policy("<script>noi()</script>") != policy("<script>loro()</script>")
