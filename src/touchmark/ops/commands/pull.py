"""``touchmark pull``: take in what a shop sells, from a shop on django-oscar or from a product feed."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from touchmark.engine.errors import TouchmarkError
from touchmark.ops import clock
from touchmark.ops.django_setup import setup

if TYPE_CHECKING:
    from touchmark.engine.screening.image.unreadable import ImageBytes
    from touchmark.engine.screening.intake import Intake
    from touchmark.ops.refusals import Refusals


class NoShop(TouchmarkError):
    """The marketplace is no shop that can be asked what it sells."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What ``touchmark pull`` takes."""
    add = parser.add_argument
    add("marketplace", metavar="SLUG", help="whose offers they are")
    add("--feed", metavar="FILE", type=Path, help="a product feed: Google's (.xml, .tsv), schema.org's (.json, .html)")
    add("--refused", metavar="FILE", type=Path, help="rows and values that could not be used")


def run(options: argparse.Namespace) -> int:
    """Take it in; 1 where rows were refused."""
    setup()
    from touchmark.integrations.files.writing import Outputs
    from touchmark.ops.commands.import_ import told
    from touchmark.ops.refusals import REFUSED_BY_FILE, Refusals

    with TemporaryDirectory(prefix="touchmark-pull-") as folder, Outputs() as files:
        refusals = Refusals(files.add(options.refused, REFUSED_BY_FILE) if options.refused else None)
        for kind, path, pictures in _sources(options, Path(folder)):
            print(f"{kind}: {told(_taken(kind, path, pictures, options.marketplace, refusals))}")
    for line in refusals.lines():
        print(line)
    return refusals.code


def _sources(options: argparse.Namespace, folder: Path) -> "Iterator[tuple[str, Path, ImageBytes | None]]":
    from django.conf import settings

    from touchmark.apps.catalog import reaching
    from touchmark.integrations.oscar import rows
    from touchmark.integrations.oscar.shop import SCHEME, Shop
    from touchmark.integrations.webhooks.guard import guarded_client
    from touchmark.ops import pulling

    http = guarded_client(allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)
    if options.feed:
        found = pulling.write_rows(pulling.read_feed(options.feed), folder / "listings.jsonl")
        yield "listings", found, pulling.Pictures(http)
        return
    agreed = reaching.webhook_of(options.marketplace)
    if not agreed.url.startswith(SCHEME):
        raise NoShop(f"{options.marketplace} is no shop on django-oscar: name a feed with --feed, or agree on a shop.")
    shop = Shop(agreed.url, agreed.secret, http)
    yield "sellers", pulling.write_rows(rows.sellers(shop.partners()), folder / "sellers.jsonl"), None
    offers = rows.listings(shop.products(), address=shop.address)
    yield "listings", pulling.write_rows(offers, folder / "listings.jsonl"), shop.picture


def _taken(kind: str, path: Path, pictures: "ImageBytes | None", marketplace: str, refusals: "Refusals") -> "Intake":
    from touchmark.engine.screening.intake import Intake
    from touchmark.ops.importing import Source, take_in

    source = Source(path=path, images=path.parent, marketplace=marketplace, pictures=pictures)
    whole = Intake()
    for intake, _, _ in take_in(kind, source, at=clock.now(), refused=lambda found: refusals.add(kind, found)):
        whole += intake
    return whole
