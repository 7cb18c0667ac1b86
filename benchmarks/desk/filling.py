"""Rows of everything that a desk looks at, made from one row of each table by bulk SQL."""

# ruff: noqa: S608  # every statement is put together here, of nothing that anybody gave
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

#: Lately: what is counted of the last days and weeks is there to be counted.
AT = datetime.now(UTC).replace(microsecond=0) - timedelta(days=3)  # noqa: TID251  # a command reads the clock
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


def timed(what: str, do: Callable[[], Any]) -> None:
    begun = time.perf_counter()
    do()
    print(f"{what}: {time.perf_counter() - begun:.0f} s", flush=True)
