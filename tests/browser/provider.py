"""A small OpenID Connect provider for the tests: whoever ``person`` names is the one who logs in. Never used by the program."""

from __future__ import annotations

import threading
import time
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "piao", "segreto-del-client"


class Provider:
    """Runs in a thread; ``claims`` are those of the next login."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "prova"})
        self.claims: dict[str, Any] = {}
        self.codes: dict[str, dict[str, Any]] = {}
        routes = [Route("/.well-known/openid-configuration", self.metadata), Route("/authorize", self.authorize),
                  Route("/token", self.token, methods=["POST"]), Route("/jwks", self.jwks)]
        self.server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_level="error"))
        threading.Thread(target=self.server.run, daemon=True).start()
        while not self.server.started:
            time.sleep(0.05)

    def stop(self) -> None:
        """Close it."""
        self.server.should_exit = True

    async def metadata(self, _request: Request) -> Response:
        """Discovery."""
        return JSONResponse({
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize", "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/jwks", "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        })

    async def authorize(self, request: Request) -> Response:
        """Consent is given at once."""
        asked = request.query_params
        code = f"codice-{len(self.codes)}"
        self.codes[code] = {**self.claims, "nonce": asked.get("nonce")}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: Request) -> Response:
        """The identity of a code, signed."""
        form = await request.form()
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 600, **self.codes.pop(str(form["code"]))}
        token = jwt.encode({"alg": "RS256", "kid": "prova"}, claims, self.key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "expires_in": 600, "id_token": token})

    async def jwks(self, _request: Request) -> Response:
        """The public key."""
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})
