"""The shop's pages and its ear, as one WSGI application."""

import json
import mimetypes
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from urllib.parse import parse_qs, quote

from django.template import Context, Engine
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from touchmark.integrations.standin_shop.stock import Stock

Start = Callable[[str, list[tuple[str, str]]], object]
Environ = dict[str, object]

PAGE = 48
LARGEST_ORDER = 64 * 1024
HEADERS = [
    ("Content-Security-Policy", "default-src 'none'; img-src 'self'; style-src 'self'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cache-Control", "no-cache"),  # an offer that was off sale a minute ago may be back
]
NAMES = {"webhook-id", "webhook-timestamp", "webhook-signature"}


class Shop:
    """
    Serves ``/`` (marketplaces), ``/<marketplace>/`` (offers), ``/<marketplace>/<listing>`` (one offer, 410 when it is
    off sale), ``/images/<name>`` and ``POST /hooks/<marketplace>``.

    :param secrets: the webhook secret of each marketplace
    """

    def __init__(self, stock: Stock, images: Path, secrets: dict[str, str]) -> None:
        self._stock = stock
        self._images = images.resolve()
        self._secrets = secrets
        self._pages = Engine(dirs=[str(Path(__file__).parent / "templates")])

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request."""
        parts = tuple(part for part in str(environ.get("PATH_INFO", "/")).split("/") if part)
        query = parse_qs(str(environ.get("QUERY_STRING", "")))
        if environ.get("REQUEST_METHOD") == "POST" and len(parts) == 2 and parts[0] == "hooks":
            return self._hear(start, environ, parts[1])
        return self._show(start, parts, query)

    def _show(self, start: Start, parts: tuple[str, ...], query: Mapping[str, list[str]]) -> Iterable[bytes]:
        match parts:
            case ():
                return self._page(start, "home.html", {"marketplaces": self._stock.marketplaces()})
            case ("images", name):
                return self._image(start, name)
            case ("shop.css",):
                return _answer(start, "200 OK", "text/css", (Path(__file__).parent / "shop.css").read_bytes())
            case (marketplace,):
                return self._offers(start, marketplace, query.get("after", [""])[0])
            case (marketplace, listing):
                return self._offer(start, marketplace, listing, query.get("country", [""])[0].upper())
        return self._page(start, "missing.html", {}, status="404 Not Found")

    def _offers(self, start: Start, marketplace: str, after: str) -> Iterable[bytes]:
        offers = self._stock.page(marketplace, after=after, size=PAGE)
        following = quote(offers[-1].listing_id) if len(offers) == PAGE else ""
        shown = [offer for offer in offers if offer.listed]
        values = {"marketplace": marketplace, "offers": shown, "following": following}
        return self._page(start, "offers.html", values)

    def _offer(self, start: Start, marketplace: str, listing: str, country: str) -> Iterable[bytes]:
        offer = self._stock.offer(marketplace, listing)
        if offer is None:
            return self._page(start, "missing.html", {}, status="404 Not Found")
        if not offer.on_sale_in(country):
            return self._page(start, "off_sale.html", {"offer": offer}, status="410 Gone")
        return self._page(start, "offer.html", {"offer": offer})

    def _image(self, start: Start, name: str) -> Iterable[bytes]:
        path = (self._images / name).resolve()
        if path.parent != self._images or not path.is_file():
            return self._page(start, "missing.html", {}, status="404 Not Found")
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return _answer(start, "200 OK", kind, path.read_bytes())

    def _hear(self, start: Start, environ: Environ, marketplace: str) -> Iterable[bytes]:
        """Check who is speaking, obey, and only then say so."""
        length = int(str(environ.get("CONTENT_LENGTH") or 0))
        if length > LARGEST_ORDER or marketplace not in self._secrets:
            return _answer(start, "400 Bad Request", "text/plain", b"not for us")
        body = environ["wsgi.input"].read(length)  # type: ignore[attr-defined]
        headers = {name: str(environ.get("HTTP_" + name.upper().replace("-", "_"), "")) for name in NAMES}
        try:
            order = Webhook(self._secrets[marketplace]).verify(body, headers)
        except WebhookVerificationError:
            return _answer(start, "401 Unauthorized", "text/plain", b"the signature is not yours")
        data = order["data"]
        known = self._stock.hear(headers["webhook-id"], marketplace, data, order["type"], int(order["sequence"]))
        if not known:
            return _answer(start, "404 Not Found", "text/plain", b"no such listing")
        return _answer(start, "200 OK", "application/json", json.dumps({"done": True}).encode())

    def _page(
        self, start: Start, template: str, values: Mapping[str, object], *, status: str = "200 OK"
    ) -> Iterable[bytes]:
        text = self._pages.get_template(template).render(Context(dict(values)))
        return _answer(start, status, "text/html; charset=utf-8", text.encode())


def _answer(start: Start, status: str, kind: str, body: bytes) -> Iterable[bytes]:
    start(status, [("Content-Type", kind), ("Content-Length", str(len(body))), *HEADERS])
    return [body]


def from_environment() -> Shop:
    """
    Build the shop that a server runs.

    ``TOUCHMARK_SHOP`` names a folder with ``listings.csv``, ``images/`` and ``secrets.json``; the stock is kept there.
    """
    folder = Path(os.environ["TOUCHMARK_SHOP"])
    stock = Stock(folder / "shop.sqlite3")
    stock.fill(folder / "listings.csv")
    secrets = json.loads((folder / "secrets.json").read_text(encoding="utf-8"))
    return Shop(stock, folder / "images", secrets)
