"""Headers of every answer: what the browser may load, frame, send and guess (OWASP Secure Headers; MDN on CSP).

Scripts run only from our own origin: the few written inside the page are allowed by their hash. ``unsafe-eval`` is not
given; styles stay open, since the framework writes them inside the page.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache

from starlette.types import ASGIApp, Message, Receive, Scope, Send

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FIXED = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
STRICT = (b"strict-transport-security", b"max-age=31536000")
NO_STORE = (b"cache-control", b"private, no-store")  # what is downloaded names people: no copy is left on the way
OURS = {name for name, _ in FIXED} | {b"content-security-policy", b"server", STRICT[0]}


@lru_cache(maxsize=4)
def policy(html: str) -> bytes:
    """The Content-Security-Policy of this page: its inline scripts by hash.

    >>> b"script-src 'self'" in policy("<script>a()</script>") and b"sha256-" in policy("<script>a()</script>")
    True
    """
    hashes = " ".join(f"'sha256-{_digest(script)}'" for script in INLINE.findall(html))
    return (f"default-src 'self'; script-src 'self' 'wasm-unsafe-eval' blob: {hashes}; worker-src 'self' blob:; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
            "media-src 'self' blob:; frame-src 'self'; frame-ancestors 'none'; object-src 'none'; base-uri 'self'; "
            "form-action 'self'").encode()


def _digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


class SecureHeaders:
    """Middleware: the headers above on each HTTP answer; ``html`` is the page as it is sent, ``https`` whether people reach it
    by https alone: cookies are then never sent in clear, nor is the address tried without."""

    def __init__(self, app: ASGIApp, html: str, https: bool = False) -> None:
        self.app, self.https = app, https
        self.headers = [*FIXED, (b"content-security-policy", policy(html)), *([STRICT] if https else [])]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [(name, self._sealed(name, value)) for name, value in message["headers"] if name.lower() not in OURS]
                held = [NO_STORE] if scope.get("path", "").startswith("/media/") else []
                message = {**message, "headers": [*kept, *self.headers, *held]}
            await send(message)

        await self.app(scope, receive, sealed)

    def _sealed(self, name: bytes, value: bytes) -> bytes:
        """A cookie that leaves by https only."""
        cookie = self.https and name.lower() == b"set-cookie"
        return value + b"; Secure" if cookie and b"secure" not in value.lower().replace(b" ", b"").split(b";")[1:] else value
