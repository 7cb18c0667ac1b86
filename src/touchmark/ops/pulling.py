"""Taking in what a shop sells, from the shop itself or from its feed: written to a file first, then taken in as one."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx
from django.conf import settings

from touchmark.apps.catalog import pulls, reaching
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.engine.screening.intake import Intake
from touchmark.integrations.answers import Later
from touchmark.integrations.feed import google, jsonld
from touchmark.integrations.files.formats import UnusableFile, require_file
from touchmark.integrations.oscar import rows
from touchmark.integrations.oscar.shop import SCHEME, Shop
from touchmark.integrations.webhooks.guard import ForbiddenAddress, guarded_client
from touchmark.ops import clock
from touchmark.ops.importing import Source, take_in

if TYPE_CHECKING:
    from touchmark.engine.screening.image.unreadable import ImageBytes
    from touchmark.engine.screening.problems import Problem

READERS = {
    ".xml": google.from_xml,
    ".rss": google.from_xml,
    ".tsv": google.from_tsv,
    ".txt": google.from_tsv,
    ".json": jsonld.from_file,
    ".jsonld": jsonld.from_file,
    ".html": jsonld.from_file,
}


def read_feed(path: Path) -> Iterator[Mapping[str, Any]]:
    """
    Give the products of a feed, by the suffix of its name.

    :raises UnusableFile: if it cannot be read
    """
    require_file(path)
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise UnusableFile(f"{path}: the name of a feed ends in one of {', '.join(READERS)}")
    return reader(path)


def write_rows(rows: Iterable[Mapping[str, Any]], into: Path) -> Path:
    """Write rows as JSON Lines, one at a time; what a row does not say is left out."""
    with into.open("w", encoding="utf-8", errors="replace") as file:
        for row in rows:
            said = {name: value for name, value in row.items() if value not in (None, "", [])}
            file.write(json.dumps(said, ensure_ascii=False) + "\n")
    return into


class Pictures:
    """Pictures by their addresses, through the guarded client: an ``ImageBytes``."""

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def __call__(self, name: str, /) -> bytes:
        """
        Give the bytes of a picture.

        :raises UnreadableImage: missing, outside, too_large_file
        """
        if not name.startswith(("http://", "https://")):
            raise UnreadableImage("missing")
        try:
            with self._http.stream("GET", name) as answer:
                answer.raise_for_status()
                return _bounded(answer)
        except ForbiddenAddress as refusal:
            raise UnreadableImage("outside") from refusal
        except (httpx.HTTPError, httpx.InvalidURL) as reason:
            raise UnreadableImage("missing") from reason


def _bounded(answer: httpx.Response) -> bytes:
    data = bytearray()
    for block in answer.iter_raw():
        data += block
        if len(data) > MOST_BYTES:
            raise UnreadableImage("too_large_file", limit=MOST_BYTES // 1_000_000)
    return bytes(data)


class NoShop(TouchmarkError):
    """The marketplace is no shop that can be asked what it sells."""


#: Gets the kind of rows, and what was wrong with them.
Refuse = Callable[[str, "tuple[Problem, ...]"], None]


def pulled(marketplace: str, folder: Path, feed: Path | None, refused: Refuse) -> Iterator[tuple[str, Intake]]:
    """
    Take in what a shop sells; give what became of its sellers, and of its listings.

    :param folder: for what is written on the way; it stays the caller's
    :param feed: a product feed, instead of the shop itself
    :raises NoShop: if there is no feed, and the marketplace is no shop on django-oscar
    :raises Later: if the shop does not answer as it should
    :raises UnusableFile: if the feed cannot be read
    """
    for kind, path, pictures in _sources(marketplace, folder, feed):
        source = Source(path=path, images=path.parent, marketplace=marketplace, pictures=pictures)
        whole = Intake()
        for intake, _, _ in take_in(kind, source, at=clock.now(), refused=partial(refused, kind)):
            whole += intake
        yield kind, whole


def _sources(marketplace: str, folder: Path, feed: Path | None) -> "Iterator[tuple[str, Path, ImageBytes | None]]":
    http = guarded_client(allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)
    if feed:
        yield "listings", write_rows(read_feed(feed), folder / "listings.jsonl"), Pictures(http)
        return
    agreed = reaching.webhook_of(marketplace)
    if not agreed.url.startswith(SCHEME):
        raise NoShop(f"{marketplace} is no shop on django-oscar: name a feed with --feed, or agree on a shop.")
    shop = Shop(agreed.url, agreed.secret, http)
    yield "sellers", write_rows(rows.sellers(shop.partners()), folder / "sellers.jsonl"), None
    offers = rows.listings(shop.products(), address=shop.address)
    yield "listings", write_rows(offers, folder / "listings.jsonl"), shop.picture


def pull_due(at: datetime) -> int:
    """Pull the shops whose pull is due, one after the other; give how many that were. What went wrong is kept."""
    count = 0
    while slug := pulls.claim_due(at=at):
        _pull_one(slug)
        count += 1
    return count


def _pull_one(slug: str) -> None:
    pull, whole, broke = pulls.began(slug=slug, at=clock.now()), Intake(), "broken off"
    try:
        with TemporaryDirectory(prefix="touchmark-pull-") as folder:
            for _kind, found in pulled(slug, Path(folder), None, lambda kind, problems: None):
                whole += found
        broke = ""
    except (TouchmarkError, Later, OSError) as error:
        broke = str(error)
    except (LookupError, TypeError, ValueError, AttributeError) as error:  # a product that lacks what products have
        broke = f"What the shop gave is not what shops give ({type(error).__name__}: {error})"[:500]
    finally:
        pulls.ended(pull, whole, error=broke, at=clock.now())
