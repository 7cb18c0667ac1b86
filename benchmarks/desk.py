"""
What the desk costs with a million assessments: server time of its pages, p50 and p95, on the PostgreSQL it is given.

    createdb touchmark_desk
    python -m benchmarks.desk --database postgres://…/touchmark_desk [--assessments 1000000] [--waiting 100000]
                              [--requests 200] [--keep] [--only find]

The database must be empty; with ``--keep`` one that an earlier run has filled is measured again, with ``--only`` just
the pages whose names have this word in them. Rows are made from one row of each table by bulk SQL; what waits is
written as the site writes it. Then a reviewer who has signed in asks for pages through the whole stack of handlers, in
this process, one at a time.

*Server* is the processor's time of this process and of the database's that serves it, read from ``/proc``: what a page
takes on a machine that has nothing else to do. Of a database on another machine it holds nothing.
"""

# ruff: noqa: S608  # every statement is put together here, of nothing that anybody gave
import argparse
import os
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from uuid import uuid4

AT = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
SELLERS, RIGHTS, PICTURES, MARKETS, DECIDED, NOTICES = 20_000, 500, 30_000, 3, 50_000, 500
#: Whose keys go on behind the rows that were made here.
TABLES = (
    "catalog_seller",
    "catalog_listing",
    "catalog_listingsnapshot",
    "catalog_listingimage",
    "registry_right",
    "screening_assessment",
    "screening_finding",
    "decisions_decision",
)
CATEGORIES = [f"Fashion > Kind {n}" for n in range(36)] + ["Toys", "Chargers", "Medicines", "Helmets"]
TITLES = [
    "ALDERMOOR leather shoulder bag for women, brown, number {n}",
    "Schultertasche aus Leder von ALDERMOOR, braun, Nummer {n}",
    "Sac en cuir ALDERMOOR pour femme, marron, numéro {n}",
    "ALDERMOOR 女士真皮单肩包 棕色 {n} 号",
]


def main() -> None:
    """Fill the database, measure, say how long."""
    asked = arguments()
    ready(asked.database)
    if not asked.keep:
        timed("filled", lambda: fill(asked.assessments, asked.waiting))
    measure(asked.requests, only=asked.only)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--database", required=True)
    parser.add_argument("--assessments", type=int, default=1_000_000)
    parser.add_argument("--waiting", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--only", default="")
    return parser.parse_args()


def ready(database: str) -> None:
    """Set Django up on the database, with files in a folder that goes away."""
    os.environ.update(
        TOUCHMARK_DATABASE_URL=database,
        TOUCHMARK_VAR=tempfile.mkdtemp(prefix="touchmark-desk-"),
        DJANGO_SETTINGS_MODULE="touchmark.site.settings",
        TOUCHMARK_PUBLIC_URL="http://127.0.0.1",
    )
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["*"]
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    if connection.vendor != "postgresql":
        sys.exit("The desk is measured on PostgreSQL: give --database postgres://…")
    call_command("migrate", verbosity=0, interactive=False)


def timed(what: str, do: Callable[[], Any]) -> None:
    begun = time.perf_counter()
    do()
    print(f"{what}: {time.perf_counter() - begun:.0f} s", flush=True)


def fill(assessments: int, waiting: int) -> None:
    """Make people, rights, sellers, listings, assessments, findings, decisions; then what waits."""
    from django.db import connection

    templates = first_rows()
    with connection.cursor() as cursor:
        for statement in statements(templates, assessments, waiting):
            cursor.execute(statement)
        for table in TABLES:
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    timed("the rows that wait", lambda: write_what_waits(waiting))
    report_some()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def first_rows() -> dict[str, int]:
    """Make one row of each table as the site would, to be multiplied."""
    from tests.factories import accounts, catalog, registry

    from touchmark.apps.accounts.models import OrganisationKind
    from touchmark.apps.blobs.models import Blob
    from touchmark.apps.catalog.models import ListingImage, ListingSnapshot
    from touchmark.apps.decisions.models import Decision
    from touchmark.apps.screening.models import Assessment, Finding, Run
    from touchmark.engine.terms import Role

    platform = accounts.organisation(OrganisationKind.PLATFORM)
    rita = accounts.member(Role.REVIEWER, of=platform, name="Rita Keller", email="rita@desk.test")
    accounts.member(Role.POLICY_OWNER, of=platform, name="Paul Ng", email="paul@desk.test")
    accounts.member(Role.REVIEWER, of=platform, name="Ravi Mehta", email="ravi@desk.test")
    for number in range(MARKETS):
        catalog.marketplace(f"market-{number}", regime="eu")
    right = registry.verified(text="ALDERMOOR")
    listing = catalog.listing(on="market-0", title=TITLES[0], category=CATEGORIES[0], price=20.0, currency="EUR")
    blob = Blob.objects.create(sha256="0" * 64, size=1, media_type="image/jpeg", width=400, height=400, stored_at=AT)
    image = ListingImage.objects.create(listing=listing, place=1, name="a.jpg", blob=blob)
    content = {"title": TITLES[0], "marketplace": {"name": "Market"}, "listing_id": "L", "images": []}
    frozen = ListingSnapshot.objects.create(listing=listing, content=content, digest="x", taken_at=AT)
    run = Run.objects.create(snapshot_id="s", model_version="m", basis="b", covers=True, started_at=AT, finished_at=AT)
    assessment = Assessment.objects.create(
        listing=listing, run=run, risk=0.1, verdict="clear", reasons=[], basis="b", made_at=AT
    )
    finding = Finding.objects.create(
        assessment=assessment, right=right, way="plain", confidence=0.9, reasons=[], field="title",
        start=0, end=9, surface="ALDERMOOR",
    )  # fmt: skip
    decision = Decision.objects.create(
        ref="D-0", listing=listing, snapshot=frozen, kind="none", facts="Nothing.", automated_detection=True,
        decided_by=rita, decided_at=AT, status="dismissed", request_key=uuid4(),
    )  # fmt: skip
    made = {"listing": listing, "right": right, "assessment": assessment, "finding": finding, "decision": decision}
    assert listing.seller is not None
    keys = {name: row.pk for name, row in made.items()}
    return keys | {"image": image.pk, "frozen": frozen.pk, "seller": listing.seller.pk, "rita": rita.pk}


def statements(first: dict[str, int], assessments: int, waiting: int) -> Iterator[str]:
    """Give the statements that multiply the first rows. Listing n has assessment n; the first ``waiting`` ones wait."""
    titles = ", ".join("'" + title.format(n="' || n || '") + "'" for title in TITLES)
    categories = ", ".join(f"'{category}'" for category in CATEGORIES)
    decided = min(DECIDED, assessments - waiting - 1)
    late = f"timestamptz '{AT.isoformat()}' - make_interval(secs => (random() * 2000000)::int)"
    yield times("catalog_seller", first["seller"], SELLERS, {
        "seller_id": "'s-' || n", "marketplace_id": f"(SELECT min(id) FROM catalog_marketplace) + n % {MARKETS}",
        "name": "'Shop ' || n",
    })  # fmt: skip
    yield times("registry_right", first["right"], RIGHTS, {
        "ref": "'R-' || n", "right_id": "'right-' || n", "text": "'MARK' || n",
    })  # fmt: skip
    yield (
        "INSERT INTO blobs_blob (sha256, size, media_type, width, height, problem, stored_at) SELECT "
        f"lpad(to_hex(n), 64, '0'), 1, 'image/jpeg', 400, 400, '', now() FROM generate_series(1, {PICTURES}) n"
    )
    yield times("catalog_listing", first["listing"], assessments, {
        "listing_id": "'L-' || n", "title": f"(ARRAY[{titles}])[1 + n % {len(TITLES)}]",
        "category": f"(ARRAY[{categories}])[1 + n % {len(CATEGORIES)}]",
        "seller_id": f"(SELECT min(id) FROM catalog_seller) + 1 + (power(random(), 3) * {SELLERS - 1})::int",
        "marketplace_id": f"(SELECT min(id) FROM catalog_marketplace) + n % {MARKETS}",
        "views": "(power(random(), 6) * 1000000)::int", "sold_count": "(power(random(), 6) * 20000)::int",
        "digest": "md5(n::text)",
    })  # fmt: skip
    yield times("catalog_listingimage", first["image"], waiting, {
        "listing_id": listing_of(), "blob_id": f"lpad(to_hex(1 + n % {PICTURES}), 64, '0')",
    })  # fmt: skip
    yield times("screening_assessment", first["assessment"], assessments, {
        "listing_id": listing_of(), "risk": "round(random()::numeric, 3)", "made_at": late,
        "verdict": f"CASE WHEN n > {waiting} THEN 'clear' WHEN n % 5 = 0 THEN 'act' ELSE 'review' END",
    })  # fmt: skip
    yield times("screening_finding", first["finding"], waiting * 2, {
        "assessment_id": f"(SELECT id FROM screening_assessment ORDER BY id LIMIT 1) + 1 + n % {waiting}",
        "right_id": f"(SELECT min(id) FROM registry_right) + (power(random(), 2) * {RIGHTS})::int",
        "confidence": "0.5 + random() / 2",
    })  # fmt: skip
    yield times("catalog_listingsnapshot", first["frozen"], decided, {
        "listing_id": listing_of(f"n + {waiting}"), "digest": "md5(n::text)",
    })  # fmt: skip
    yield times("decisions_decision", first["decision"], decided, {
        "ref": "'D-' || n", "listing_id": listing_of(f"n + {waiting}"), "request_key": "gen_random_uuid()",
        "snapshot_id": f"{first['frozen']} + n", "decided_at": late,
    })  # fmt: skip


def listing_of(number: str = "n") -> str:
    return f"(SELECT min(id) FROM catalog_listing) + {number}"


def times(table: str, first: int, count: int, changes: dict[str, str]) -> str:
    """Give the statement that makes ``count`` rows of one; what is not changed is as in the first."""
    said = ", ".join(f"'{name}', {value}" for name, value in ({"id": f"{first} + n"} | changes).items())
    return (
        f"INSERT INTO {table} SELECT made.* FROM generate_series(1, {count}) n CROSS JOIN LATERAL "
        f"jsonb_populate_record((SELECT x FROM {table} x WHERE id = {first}), jsonb_build_object({said})) made"
    )


def write_what_waits(waiting: int) -> None:
    """Write the rows of what waits as the site does, two thousand at a time."""
    from touchmark.apps.screening import waiting as queue
    from touchmark.apps.screening.models import Assessment

    first = Assessment.objects.order_by("pk").values_list("listing_id", flat=True)[0]
    for start in range(first + 1, first + waiting + 1, 2_000):
        queue.renew(range(start, min(start + 2_000, first + waiting + 1)))


def report_some() -> None:
    """Let a holder report some of the listings that wait."""
    from tests.factories import accounts

    from touchmark.apps.accounts.models import Membership
    from touchmark.apps.notices.actions import NoticeForm
    from touchmark.apps.notices.reasons import NoticeReason
    from touchmark.apps.registry.models import Right
    from touchmark.apps.screening.models import Waiting
    from touchmark.engine.terms import Actor, Role
    from touchmark.flows.report_listing import report

    right = Right.objects.order_by("pk")[0]
    held = Membership.objects.filter(organisation=right.holder).first()
    person = held.user if held else accounts.member(Role.HOLDER, of=right.holder)
    holder = Actor(person.pk, right.holder_id, frozenset({Role.HOLDER}))
    for number, row in enumerate(Waiting.objects.order_by("doubt").select_related("listing__marketplace")[:NOTICES]):
        form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "This is not ours.", good_faith=True, request_key=uuid4())
        said = {"marketplace": row.listing.marketplace.slug, "listing_id": row.listing.listing_id}
        at = AT + number * timedelta(minutes=5)  # as fast as one holder may
        report(right=right.ref, form=form, actor=holder, at=at, **said)


class Fields(HTMLParser):
    """What a form on a page would send: its inputs, areas and selected options, by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.sent: dict[str, str] = {}
        self.area = self.select = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        name = said.get("name") or ""
        if tag == "input" and name and (said.get("type") not in ("radio", "checkbox") or "checked" in said):
            self.sent[name] = said.get("value") or ""
        elif tag == "textarea":
            self.area, self.sent[name] = name, ""
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in said:
            self.sent[self.select] = said.get("value") or ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        self.area = "" if tag == "textarea" else self.area


def measure(requests: int, *, only: str = "") -> None:
    """Ask for each page so often (of those whose names have ``only`` in them), and print what it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from tests.factories import accounts

    from touchmark.apps.accounts.models import User
    from touchmark.apps.screening.models import Assessment, Waiting

    print(f"{Assessment.objects.count():,} assessments, {Waiting.objects.count():,} wait, {requests} requests each")
    rita, paul = (accounts.signed_in(User.objects.get(email=f"{name}@desk.test")) for name in ("rita", "paul"))
    print(f"{'milliseconds':34}{'server p50':>11}{'p95':>8}{'Python p50':>11}{'clock p50':>11}{'p95':>8}  queries")
    for name, ask in pages(rita, paul, Waiting.objects.count(), requests + 2 if only in "decide" else 0):
        if only not in name:
            continue
        ask()  # once to warm what is read once a process
        taken, worked, served = [], [], []
        for _ in range(requests):
            begun, busy, database = time.perf_counter(), time.process_time(), database_time()
            ask()
            worked.append(1000 * (time.process_time() - busy))
            taken.append(1000 * (time.perf_counter() - begun))
            served.append(worked[-1] + 1000 * (database_time() - database))
        with CaptureQueriesContext(connection) as queries:
            ask()
        server, cpu, clock = of(served), of(worked), of(taken)
        print(
            f"{name:34}{server[0]:11.1f}{server[1]:8.1f}{cpu[0]:11.1f}{clock[0]:11.1f}{clock[1]:8.1f}  {len(queries)}"
        )
        sys.stdout.flush()
    print("load of the machine in the last minute:", os.getloadavg()[0])


def database_time() -> float:
    """Give the seconds that the database's process for this connection has had a processor; 0 where it is not here."""
    from django.db import connection

    connection.ensure_connection()
    try:
        text = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
    except FileNotFoundError:
        return 0.0
    return int(text.split()[0]) / 1e9


def of(taken: Sequence[float]) -> tuple[float, float]:
    """Give the median and what nineteen of twenty stay under."""
    ordered = sorted(taken)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def pages(rita: Any, paul: Any, waiting: int, to_decide: int = 250) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Give what is measured: a name, and a request that draws its own parameters."""
    draw = random.Random(1)  # noqa: S311  # the same pages each time
    last: dict[str, str] = {}

    def got(client: Any, address: str) -> str:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        return str(answer.content.decode())

    def deeper(address: str) -> None:
        page = got(rita, last.get(address) or address)
        found = re.search(r'rel="next" href="([^"]+)"', page)
        last[address] = found.group(1).replace("&amp;", "&") if found else ""

    def following() -> str:
        answer = rita.post("/desk/next/")
        assert answer.status_code == 302
        return str(answer.headers["Location"])

    def some() -> str:
        number = draw.randrange(1, waiting)
        return f"/desk/market-{number % MARKETS}/L-{number}/"

    prepared: list[tuple[str, dict[str, str]]] = []

    def prepare(count: int) -> None:
        for _ in range(count):
            address = following()
            fields = {name: value for name, value in Fields(got(rita, address)).sent.items() if name != "note"}
            answers = {name: "refuse" for name in fields if name.endswith("-reasons")}
            said = {name.replace("-reasons", "-outcome"): "refuse" for name in answers}
            reasons = dict.fromkeys(answers, "It is a lawful use.")
            prepared.append((address, fields | said | reasons | {"kind": "none", "facts": "Nothing.", "decide": "y"}))
            rita.post(f"/desk/skip{address.removeprefix('/desk')}", {"reason": "unsure"})

    def decide() -> None:
        address, fields = prepared.pop()
        answer = rita.post(address, fields)
        assert answer.status_code == 302, (address, answer.status_code)

    yield "queue", lambda: got(rita, "/desk/")
    yield "queue, page after page", lambda: deeper("/desk/")
    for order in ("risk", "due", "age", "views", "sold"):
        yield f"queue by {order}", lambda order=order: got(rita, f"/desk/?order={order}")
    yield "queue by risk, page after page", lambda: deeper("/desk/?order=risk")
    yield "of a right", lambda: got(rita, f"/desk/?right=R-{draw.randrange(1, RIGHTS)}")
    yield "of a brand", lambda: got(rita, "/desk/?brand=aldermoor")
    yield "of a category", lambda: got(rita, f"/desk/?category={draw.choice(CATEGORIES)}".replace(" ", "+"))
    yield "safety-critical goods", lambda: got(rita, "/desk/?goods=safety")
    yield "of a marketplace", lambda: got(rita, f"/desk/?marketplace=market-{draw.randrange(MARKETS)}")
    yield "of a seller", lambda: got(rita, f"/desk/?seller=s-{draw.randrange(1, 3_000)}")
    yield "in a language", lambda: got(rita, f"/desk/?language={draw.choice(['de', 'fr', 'zh', 'en'])}")
    yield "reported ones", lambda: got(rita, "/desk/?part=reported")
    yield (
        "four filters at once",
        lambda: got(
            rita, f"/desk/?marketplace=market-1&language=de&part=act&goods=safety&order={draw.choice(['age', 'risk'])}"
        ),
    )
    yield "find words of every title", lambda: got(rita, "/desk/find/?q=aldermoor")
    yield "find words of one title", lambda: rita.get(f"/desk/find/?q=aldermoor+{draw.randrange(1, waiting)}")
    yield "find Chinese within a title", lambda: got(rita, "/desk/find/?q=单肩包")
    yield "find what no title says", lambda: got(rita, "/desk/find/?q=nowhere+at+all")
    yield "decision page", lambda: got(rita, some())
    yield "next", following
    prepare(to_decide)
    yield "decide, and on to the next", decide
    yield "first page of a reviewer", lambda: got(rita, "/desk/home/")
    yield "first page of who leads", lambda: got(paul, "/desk/home/")


if __name__ == "__main__":
    main()
