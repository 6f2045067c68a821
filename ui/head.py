"""The page Streamlit serves, made ours on its way out: Italian as its language, our name, and the scripts of ``ui/browser``.

Streamlit has no setting for the language of the page, for its own English words, or for text typed and not yet sent. This is
ASGI middleware: it touches the one HTML page and nothing else.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import streamlit
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BROWSER = Path(__file__).resolve().parent / "browser"
UNASKED = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
STALE = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
HOME = "/scrivania"


def italian_page(html: str) -> str:
    """The page with its language, title, style and scripts.

    >>> italian_page('<html lang="en"><head><title>Streamlit</title></head></html>')[:16]
    '<html lang="it">'
    """
    html = html.replace('<html lang="en">', '<html lang="it">', 1).replace("<title>Streamlit</title>", "<title>PIAO</title>", 1)
    return html.replace("</head>", f"{_ours()}</head>", 1)


@cache
def _ours() -> str:
    """Style and scripts of ``ui/browser``, read once: their hashes are in the headers (``ui/headers.py``)."""
    style = (BROWSER / "page.css").read_text(encoding="utf-8")
    scripts = "".join(f"<script>{path.read_text(encoding='utf-8')}</script>" for path in sorted(BROWSER.glob("*.js")))
    return f"<style>{style}</style>{scripts}"


def served_page() -> str:
    """The page as it leaves, with what is written inside it."""
    return italian_page((Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))


class ItalianPage:
    """Middleware: every HTML answer goes through ``italian_page``; the first page has also the address of its name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "GET" or "/static/" in scope["path"]:
            await self.app(scope, receive, send)
        elif scope["path"].rstrip("/").endswith(HOME):
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse("./" + (f"?{query}" if query else ""), 307)(scope, receive, send)
        else:
            whole = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in UNASKED]}
            await self.app(whole if _asks_page(scope) else scope, receive, _Patched(send))


def _asks_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


class _Patched:
    """Hold an HTML answer back until it is whole, then send it changed; everything else passes as it comes."""

    def __init__(self, send: Send) -> None:
        self.send, self.body = send, b""
        self.start: dict[str, Any] | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = dict(message)
        elif self.start is None or message["type"] != "http.response.body":
            await self.send(message)
        else:
            self.body += message.get("body", b"")
            if not message.get("more_body"):
                await self._finish(self.start)

    async def _finish(self, start: dict[str, Any]) -> None:
        body = italian_page(self.body.decode("utf-8")).encode("utf-8")
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in STALE]
        await self.send({**start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self.send({"type": "http.response.body", "body": body, "more_body": False})


def _is_page(message: Message) -> bool:
    """An HTML answer that nobody has compressed."""
    headers = {name.lower(): value for name, value in message["headers"]}
    return headers.get(b"content-type", b"").startswith(b"text/html") and b"content-encoding" not in headers
