"""A small identity provider on this machine, with keys of its own: it says what a test tells it to, signed."""

import base64
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "touchmark", "the client's own secret"


class Provider:
    """
    What it says of whoever comes: ``claims`` go over those that are right.

    ``without`` names claims that are left out; ``key``, ``algorithm`` and ``kid`` sign otherwise than agreed.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.kid = "k-1"
        self.claims: dict[str, Any] = {}
        self.without: tuple[str, ...] = ()
        self.key: Any = None
        self.algorithm = "RS256"
        self.says: dict[str, Any] = {}
        self.answers_with: bytes | None = None
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        } | self.says

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key()))
        return {"keys": [public | {"kid": "k-1", "use": "sig", "alg": "RS256"}]}

    def code_for(self, asked: dict[str, str]) -> str:
        """Let somebody sign in at the provider; give the code that goes back."""
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        return code

    def token(self, asked: dict[str, str]) -> str:
        now = int(time.time())  # noqa: TID251  # a provider has a clock of its own
        right = {
            "iss": self.url,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce"),
            "email": "vera@brand.test",
            "email_verified": True,
            "name": "Vera Brand",
        }
        claims = {name: value for name, value in (right | self.claims).items() if name not in self.without}
        return jwt.encode(claims, self.key or self.private, algorithm=self.algorithm, headers={"kid": self.kid})


class _Handler(BaseHTTPRequestHandler):
    provider: Provider

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        if parts.path == "/.well-known/openid-configuration":
            self._say(self.provider.configuration())
        elif parts.path == "/keys":
            self._say(self.provider.keys())
        elif parts.path == "/authorize":
            self.provider.asked.append(asked)
            back = {"code": self.provider.code_for(asked), "state": asked["state"], "iss": self.provider.url}
            self.send_response(302)
            self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(back)}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        sent = {name: values[0] for name, values in parse_qs(self._body()).items()}
        expected = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        asked = self.provider.codes.pop(sent.get("code", ""), None)
        if asked is None or self.headers["Authorization"] != f"Basic {expected}" or not sent.get("code_verifier"):
            self.send_error(400)
        elif self.provider.answers_with is not None:
            self._send(self.provider.answers_with)
        else:
            self._say({"access_token": "at", "token_type": "Bearer", "id_token": self.provider.token(asked)})

    def _body(self) -> str:
        return self.rfile.read(int(self.headers["Content-Length"])).decode()

    def _say(self, what: Any) -> None:
        self._send(json.dumps(what).encode())

    def _send(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running() -> Iterator[Provider]:
    """Run a provider for as long as the block runs."""
    handler = type("Handler", (_Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    handler.provider = provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
