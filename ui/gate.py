"""What the server gives before any page is drawn: nothing to watch it from outside, uploads and files only to whom may enter.

The framework asks for a login on its pages alone. Uploads (kept in memory) and the files of downloads would be open to whoever
reaches the port: here they ask for the session's signed cookie and for the person behind it, at every request.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from http.cookies import CookieError, SimpleCookie

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from cards.errors import PiaoError
from settings import Settings
from store import people
from store.archive import Archive

CLOSED = ("/_stcore/metrics", "/_stcore/script-health-check", "/_stcore/agent")
INSIDE = ("/_stcore/upload_file", "/media")


class Gate:
    """Middleware: see above. Without a login configured only the closed doors are closed: the app is of this PC."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.secret = settings.cookie_secret.get_secret_value() if settings.login and settings.cookie_secret else None

    @cached_property
    def archive(self) -> Archive:
        """Who the people are."""
        return Archive.open(self.settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        path = scope["path"] if scope["type"] == "http" else ""
        if _under(path, CLOSED):
            await PlainTextResponse("Non trovato", 404)(scope, receive, send)
        elif self.secret and _under(path, INSIDE) and not await run_in_threadpool(self.admits, _cookies(scope)):
            await PlainTextResponse("Accesso non consentito", 403)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def admits(self, cookies: Mapping[str, str]) -> bool:
        """Whether the session's cookie is ours and stands for a person who may use the program now."""

        def signed(name: str) -> bytes | None:
            value = cookies.get(name)
            return decode_signed_value(self.secret or "", name, value.encode("latin-1", "replace")) if value else None

        try:
            who = json.loads(get_cookie_with_chunks(signed, USER_COOKIE_NAME) or b"{}")
            if not who.get("is_logged_in") or not who.get("email"):
                return False
            with self.archive.connection() as connection:
                people.admit(connection, str(who["email"]), f"{who.get('iss')}|{who.get('sub')}")
        except (ValueError, AttributeError, PiaoError):
            return False
        return True


def _under(path: str, roots: tuple[str, ...]) -> bool:
    """Whether a path, however many slashes it has, is one of these or below it."""
    plain = "/" + "/".join(part for part in path.split("/") if part)
    return any(plain == root or plain.startswith(root + "/") for root in roots)


def _cookies(scope: Scope) -> dict[str, str]:
    jar: dict[str, str] = {}
    for name, value in scope["headers"]:
        if name == b"cookie":
            try:
                jar |= {key: one.value for key, one in SimpleCookie(value.decode("latin-1")).items()}
            except CookieError:
                continue
    return jar
