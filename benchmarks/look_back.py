"""
Looking back over a catalogue of a million: ``python -m benchmarks.look_back``, on a database of its own.

Wants ``TOUCHMARK_DATABASE_URL`` of an empty database that it may fill, SQLite or PostgreSQL. One shop offers a tenth of
the catalogue, the others fifty listings each. Listings of so many shops are removed, one of the large shop's among
them; every tenth listing of the large shop, and every seventh of the others, is the one that was removed, with a word
changed. The worker's passes run until there is nothing left; printed is the CPU time that one takes, and how many
listings were known.
"""

import argparse
import os
import random
import statistics
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)
CHUNK, SMALL = 20_000, 50
WORDS = [f"{first}{second}" for first in ("ba", "ko", "li", "mu", "ne", "po", "ru", "sa") for second in "bcdfghklmnpr"]


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.look_back")
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--removals", type=int, default=200, help="of as many shops")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchmark.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    sellers = _fill(options.listings)
    _remove(sellers[: options.removals])
    taken, found = _passes()
    print(f"{options.listings:,} listings, {len(sellers):,} shops, {options.removals:,} removals")
    print(f"{len(taken)} passes, {found:,} known, {sum(taken):.1f} s of CPU time in all")
    print(f"one pass: median {statistics.median(taken):.2f} s, most {max(taken):.2f} s")


def _fill(count: int) -> list[int]:
    """Make a marketplace with so many listings; give its shops, the large one first."""
    from touchmark.apps.catalog.actions import Company, open_marketplace
    from touchmark.apps.catalog.models import Seller
    from touchmark.engine.terms import Actor

    company = Company(established="NL", calendar="nl", zone="Europe/Amsterdam")
    market = open_marketplace(
        slug="bazaar", name="Bazaar", regime="eu", territories=["DE"], company=company, actor=Actor.system(), at=AT
    )
    large = count // 10
    shops = [Seller(marketplace=market, seller_id=str(n)) for n in range(1 + (count - large) // SMALL)]
    Seller.objects.bulk_create(shops, batch_size=CHUNK)
    keys = list(Seller.objects.order_by("pk").values_list("pk", flat=True))
    dice = random.Random(5)  # noqa: S311  # to be the same each time
    kept = [_title(dice) for _ in keys]

    def row(number: int) -> tuple[str, int, str]:
        shop = 0 if number < large else 1 + (number - large) % (len(keys) - 1)
        again = number % (10 if number < large else 7) == 0
        return (
            str(number),
            keys[shop],
            f"{kept[shop].rsplit(' ', 1)[0]} {dice.choice(WORDS)}" if again else _title(dice),
        )

    _removable(market, keys, kept)
    for first in range(0, count, CHUNK):
        _write([row(number) for number in range(first, min(first + CHUNK, count))])
    return keys


def _write(rows: list[tuple[str, int, str]]) -> None:
    """Write listings that differ in number, shop and title alone, past the models: a million of them take minutes."""
    from django.db import connection

    from touchmark.apps.catalog.models import Listing

    said = {"listing_id": "%s", "seller_id": "%s", "title": "%s"}
    columns = [field.column for field in Listing._meta.concrete_fields if field.column != "id"]
    values = ", ".join(said.get(column, column) for column in columns)
    first = Listing.objects.order_by("pk").values_list("pk", flat=True)[0]
    table = Listing._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} FROM {table} WHERE id = {first}",  # noqa: S608
            rows,
        )


def _title(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=9))


def _removable(market: Any, keys: list[int], kept: list[str]) -> None:
    """Give each shop the listing that is removed of it."""
    from touchmark.apps.catalog.models import Listing

    same: dict[str, Any] = {"marketplace": market, "digest": "0" * 64, "received_at": AT, "changed_at": AT}
    pairs = zip(keys, kept, strict=True)
    made = (Listing(seller_id=key, listing_id=f"r-{key}", title=title, **same) for key, title in pairs)
    Listing.objects.bulk_create(made, batch_size=CHUNK)


def _remove(sellers: list[int]) -> None:
    """Remove one listing of each of these shops."""
    from django.contrib.auth import get_user_model

    from touchmark.apps.catalog.models import Listing, ListingSnapshot
    from touchmark.apps.decisions.models import Decision

    rita = get_user_model().objects.create(email="rita@platform.example", name="Rita", joined_at=AT)
    for number, listing in enumerate(Listing.objects.filter(listing_id__in=[f"r-{key}" for key in sellers])):
        frozen = ListingSnapshot.objects.create(
            listing=listing, digest=listing.digest, content={"title": listing.title}, taken_at=LATER
        )
        Decision.objects.create(
            ref=f"D-B-{number}",
            listing=listing,
            snapshot=frozen,
            kind="remove",
            ground="law",
            facts="Made for a measurement.",
            automated_detection=False,
            decided_by=rita,
            decided_at=LATER,
            effective_at=LATER,
            status="in_force",
            request_key=uuid4(),
        )


def _passes() -> tuple[list[float], int]:
    """Let the worker look back until there is nothing left; give the CPU time of each pass, and how many were known."""
    from touchmark.apps.penalties import queries
    from touchmark.flows import stay_down

    taken, found, before = [], 0, None
    while (place := queries.looking_back()) != before:
        begun = time.process_time()
        found += stay_down.look_back(at=LATER + timedelta(hours=1))
        taken.append(time.process_time() - begun)
        before = place
    return taken, found


if __name__ == "__main__":
    main()
