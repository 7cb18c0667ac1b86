"""
Filing a notice of 300 listings in a catalogue of a million, on PostgreSQL: ``python -m benchmarks.notices``.

Wants ``TOUCHMARK_DATABASE_URL`` of an empty database that it may fill. Every round files a notice through the action
that the site and the API call, in the transaction that they open, on 300 listings drawn over the whole catalogue, half
named by address and half by number, and prints the median and the slowest round, and the number of queries. Then the
worker's first look is measured: from the notice being there until what was found of its right stands beside each of its
listings, in a register of many other marks, none of the listings screened before. Every third title uses the mark.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
NAMED = 300
CHUNK = 20_000


def main() -> None:
    """Fill, measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.notices")
    parser.add_argument("--listings", type=int, default=1_000_000)
    parser.add_argument("--rights", type=int, default=10_000, help="marks of other holders beside the one reported")
    parser.add_argument("--times", type=int, default=9, help="rounds; the median counts")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchmark.site.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    holder, right = _world(options.listings)
    _more_rights(right, options.rights)
    with tempfile.TemporaryDirectory() as folder:
        _keep_in(Path(folder))
        _warm()
        rounds = [_round(holder, right, options.listings, seed) for seed in range(options.times)]
    seconds = [taken for taken, *_ in rounds]
    looks = [looked for *_, looked in rounds]
    print(f"{options.listings:,} listings, {NAMED} in a notice, {options.times} rounds")
    print(f"filed: median {statistics.median(seconds):.3f} s, slowest {max(seconds):.3f} s, {rounds[-1][1]} queries")
    rights = f"{options.rights + 1:,} rights"
    print(f"first look, {rights}: median {statistics.median(looks):.2f} s, slowest {max(looks):.2f} s")


def _world(count: int) -> tuple[Any, str]:
    """Make a holder with a verified right, and a marketplace with so many listings."""
    from django.contrib.auth import get_user_model

    from touchmark.apps.accounts.models import Organisation
    from touchmark.apps.catalog.actions import Company, open_marketplace
    from touchmark.apps.registry import actions as registry
    from touchmark.apps.registry.content import RightContent
    from touchmark.engine.terms import Actor, RightKind, Role

    company = Company(established="NL", calendar="nl", zone="Europe/Amsterdam")
    system = Actor.system()
    market = open_marketplace(
        slug="bazaar", name="Bazaar", regime="eu", territories=["DE"], company=company, actor=system, at=AT
    )
    people = get_user_model().objects
    vera = people.create(email="vera@holder.example", name="Vera", joined_at=AT)
    rita = people.create(email="rita@platform.example", name="Rita", joined_at=AT)
    house = Organisation.objects.create(kind="holder", name="Aldermoor", country="NL", created_at=AT)
    desk = Organisation.objects.create(kind="platform", name="Platform", country="NL", created_at=AT)
    holder = Actor(vera.pk, house.pk, frozenset({Role.HOLDER}))
    content = RightContent(kind=RightKind.WORD_MARK, text="ALDERMOOR", office="EUIPO", number="018000001")
    right = registry.submit(content=content, actor=holder, at=AT)
    reviewer = Actor(rita.pk, desk.pk, frozenset({Role.REVIEWER}))
    registry.verify(ref=right.ref, seen=right.digest, actor=reviewer, at=AT)
    _fill(market, count)
    return holder, right.ref


def _fill(market: Any, count: int) -> None:
    from django.db import connection

    from touchmark.apps.catalog.addresses import key_of
    from touchmark.apps.catalog.models import Listing

    words = " leather shoulder bag with pockets, brown, fits a laptop of 13 inches" * 8
    for first in range(0, count, CHUNK):
        Listing.objects.bulk_create(
            Listing(
                marketplace=market,
                listing_id=str(number),
                title=f"ALDERMOOR bag {number}" if number % 3 == 0 else f"Bag {number}",
                description=words,
                url=_address(number),
                url_key=key_of(_address(number)),
                digest=f"{number:064x}",
                received_at=AT,
                changed_at=AT,
            )
            for number in range(first, min(first + CHUNK, count))
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _address(number: int) -> str:
    return f"https://bazaar.example/item/{number}"


def _more_rights(ref: str, count: int) -> None:
    """Register so many marks of words that nobody writes, beside the one that is reported."""
    from touchmark.apps.registry.models import Right

    known = {field.attname: getattr(Right.objects.get(ref=ref), field.attname) for field in Right._meta.concrete_fields}
    known.pop("id")
    letters = random.Random(7)  # noqa: S311  # to be the same each time
    Right.objects.bulk_create(
        (
            Right(**known | {"ref": f"R-B-{n}", "right_id": f"b-{n}", "digest": f"{n:064x}", "text": _mark(letters)})
            for n in range(count)
        ),
        batch_size=CHUNK,
    )


def _mark(letters: random.Random) -> str:
    return "".join(letters.choice("bcdfghklmnprstvwz") + letters.choice("aeiou") for _ in range(5)).upper()


def _keep_in(folder: Path) -> None:
    from django.conf import settings

    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = folder / "blobs", folder / "snapshots", folder / "shards"


def _warm() -> None:
    """Compile the register, as the worker has before the first notice comes."""
    from touchmark.apps.screening.actions import Tools

    begun = time.perf_counter()
    Tools.in_force(AT)
    print(f"the register compiled in {time.perf_counter() - begun:.1f} s")


def _round(holder: Any, right: str, count: int, seed: int) -> tuple[float, int, float]:
    """Give the seconds that one notice took, its queries, and the seconds of the first look at it."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from touchmark.apps.catalog.naming import Named
    from touchmark.apps.notices.actions import NoticeForm
    from touchmark.apps.notices.reasons import NoticeReason
    from touchmark.flows.report_listing import report_all

    drawn = random.Random(seed).sample(range(count), NAMED)  # noqa: S311  # to be the same each time
    names = [Named(address=_address(n)) if n % 2 else Named(str(n), "bazaar") for n in drawn]
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "These are not ours: the clasp is round.", True, uuid4())
    with CaptureQueriesContext(connection) as asked:
        begun = time.perf_counter()
        sent = report_all(right=right, listings=names, form=form, actor=holder, at=AT)
        taken = time.perf_counter() - begun
    return taken, len(asked), _looked(sent.notice.items.count())


def _looked(named: int) -> float:
    from touchmark.apps.screening.models import Finding
    from touchmark.flows import look_first

    before, begun = Finding.objects.count(), time.perf_counter()
    done = look_first.keep_up(at=AT)
    taken = time.perf_counter() - begun
    if done != named or Finding.objects.count() <= before:
        raise SystemExit(f"{done} listings were looked at, not {named}, or nothing was found in them.")
    return taken


if __name__ == "__main__":
    main()
