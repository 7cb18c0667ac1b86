"""Taking in what a shop sells, from the shop itself or from its feed: written to a file first, then taken in as one."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx

from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.integrations.feed import google, jsonld
from touchmark.integrations.files.formats import UnusableFile, require_file
from touchmark.integrations.webhooks.guard import ForbiddenAddress

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
