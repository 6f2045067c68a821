"""The page's head: Italian, ours, whole; and nothing else that the server sends is touched."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import streamlit

from ui.head import ItalianPage, italian_page

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def answered(path: str, content_type: str, *bodies: bytes, query: bytes = b"") -> tuple[dict[str, Any], bytes, list[bytes]]:
    """What a browser gets for a page request: start message, body, and the header names that reached the app."""
    sent: list[Any] = []
    asked: list[bytes] = []

    async def inner(scope: Any, _receive: Any, send: Any) -> None:
        asked.extend(name for name, _value in scope["headers"])
        await send({"type": "http.response.start", "status": 200, "headers": [
            (b"content-type", content_type.encode()), (b"content-length", b"1"), (b"etag", b'"x"')]})
        for number, body in enumerate(bodies, 1):
            await send({"type": "http.response.body", "body": body, "more_body": number < len(bodies)})

    async def receive() -> Any:
        raise AssertionError("a page request has no body")

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query,
             "headers": [(b"accept", b"text/html,*/*"), (b"accept-encoding", b"gzip"), (b"if-none-match", b'"x"')]}
    asyncio.run(ItalianPage(inner)(scope, receive, send))
    return sent[0], b"".join(message.get("body", b"") for message in sent[1:]), asked


def test_streamlits_page_becomes_italian_and_carries_our_scripts():
    page = italian_page(INDEX)
    assert '<html lang="it">' in page
    assert "<title>PIAO</title>" in page
    assert "lang=\"en\"" not in page
    assert "Aggiungi una riga" in page
    assert "window.piao = " in page
    assert page.index("window.piao = ") < page.index("= window.piao;"), "what the others use comes first"
    assert page.index("<script>") < page.index("</head>")


def test_a_page_sent_in_pieces_is_changed_whole_and_its_length_is_right():
    half = len(INDEX) // 2
    start, body, asked = answered("/archivio", "text/html; charset=utf-8", INDEX[:half].encode(), INDEX[half:].encode())
    headers = dict(start["headers"])
    assert int(headers[b"content-length"]) == len(body)
    assert b"etag" not in headers
    assert b'lang="it"' in body
    assert asked == [b"accept"], "compressed or unchanged answers could not be rewritten"


@pytest.mark.parametrize(("path", "kind"), [("/static/js/a.js", "text/html"), ("/media/x.docx", "application/octet-stream"),
                                            ("/_stcore/health", "text/plain")])
def test_what_is_not_a_page_passes_as_it_is(path: str, kind: str):
    start, body, _asked = answered(path, kind, b'<html lang="en">')
    assert (dict(start["headers"])[b"content-length"], body) == (b"1", b'<html lang="en">')


def test_the_desk_has_the_address_of_its_name():
    start, _body, _asked = answered("/scrivania", "text/html", b"", query=b"a=1")
    assert (start["status"], dict(start["headers"])[b"location"]) == (307, b"./?a=1")
