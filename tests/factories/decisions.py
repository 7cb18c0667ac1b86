"""A desk with work on it: listings of every shape, found by a real screening, and one that a holder reports."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.factories.pictures import Folder, drawn
from touchmark.apps.accounts.models import Organisation, OrganisationKind, User
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.blobs import actions as blobs
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices import queries as reported
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.report_listing import report

LATER = AT + timedelta(hours=3)

DISGUISED = "АLDЕRМООR leather bag"  # А, Е, М and О are Cyrillic
ASTRAL = "👜 ALDERMOOR bag 👜 with box"  # each bag is one code point beyond the first plane
HOSTILE = '<script>alert("x")</script><img src=x onerror=alert(1)> ALDERMOOR bag & "more"'
LONG = "ALDERMOOR leather shoulder bag " + "very soft, with many pockets, " * 9
ARABIC = "حقيبة يد جلدية ALDERMOOR أصلية للنساء"


@dataclass
class Desk:
    """Who works at the desk, whose rights and shops there are, and the listings by what is special about them."""

    rita: User
    ravi: User
    paul: User
    vera: Actor
    nils: Actor
    sam: Actor
    mark: Right
    photo: Right
    other_mark: Right
    listings: dict[str, Listing] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Listing:
        return self.listings[name]


def desk(*, plain: int = 0) -> Desk:
    """
    Make a desk with one listing of each shape, screened; the one called ``reported`` has a notice of Vera's on it.

    :param plain: so many more listings that use the mark as it is
    """
    made = people()
    own = drawn(7, (640, 480), "JPEG", quality=90)
    made.photo = _photo(made.vera, made.rita, own)
    _marketplaces()
    files = {"own.jpg": own, "other.jpg": drawn(3, (500, 700)), "third.jpg": drawn(5), "broken.jpg": b"no picture"}
    for name, said in _offers().items():
        made.listings[name] = _listing(made, Folder(files), name, said)
    for number in range(plain):
        said = {"title": f"ALDERMOOR bag number {number}", "price": 20.0 + number % 7, "currency": "EUR"}
        made.listings[f"plain-{number}"] = _listing(made, Folder(files), f"plain-{number}", said)
    screening.screen_catalogue(at=AT)
    notice(made, "reported")
    return made


def people() -> Desk:
    """Make the people of a desk, and two holders' marks; nothing is on sale yet."""
    platform = accounts.organisation(OrganisationKind.PLATFORM)
    rita, ravi, paul = (
        accounts.member(role, of=platform, name=name)
        for role, name in (
            (Role.REVIEWER, "Rita Keller"),
            (Role.REVIEWER, "Ravi Mehta"),
            (Role.POLICY_OWNER, "Paul Ng"),
        )
    )
    vera, nils = registry.holder("Aldermoor Ltd"), registry.holder("Norrvik AB")
    sam = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    mark = registry.verified(
        vera,
        by=acting(rita),
        text="ALDERMOOR",
        owner="Aldermoor Ltd",
        office="EUIPO",
        number="018000001",
        nice_classes=(18, 25),
        registered_on=date(2019, 3, 4),
        expires_on=date(2029, 3, 4),
        reference_price=Decimal(220),
        currency="EUR",
    )
    other = registry.verified(
        nils,
        by=acting(rita),
        text="NORRVIK",
        owner="Norrvik AB",
        office="USPTO",
        number="7001234",
        reference_price=Decimal(180),
        currency="USD",
    )
    return Desk(rita, ravi, paul, vera, nils, sam, mark, mark, other)


def acting(person: User) -> Actor:
    """Give a person of the desk as an actor."""
    held = person.memberships.get(ended_at=None)
    return Actor(person.pk, held.organisation_id, frozenset({Role(held.role)}))


def _photo(vera: Actor, rita: User, data: bytes) -> Right:
    kept = blobs.keep(data, at=AT)
    return registry.verified(
        vera, by=acting(rita), text="", kind=RightKind.COPYRIGHT, owner="Aldermoor Ltd", image=kept.sha256
    )


def _marketplaces() -> None:
    catalog.marketplace("bazaar", name="Bazaar", regime="eu", territories=["DE", "FR", "NL"])
    catalog.marketplace("lumina", name="Lumina", territories=["US", "GB"])


def _offers() -> dict[str, dict[str, Any]]:
    cheap = {"price": 1.9, "currency": "EUR"}
    return {
        "disguised": {"title": DISGUISED, "views": 12_345, "sold_count": 410, **cheap},
        "copied": {"title": "Leather bag, brown", "images": ["other.jpg", "own.jpg", "third.jpg"], **cheap},
        "reported": {"title": "Shoulder bag in brown", "images": ["third.jpg"], **cheap},
        "astral": {"title": ASTRAL, **cheap},
        "hostile": {"title": HOSTILE, "description": HOSTILE, "brand": "<b>ALDERMOOR</b>", **cheap},
        "long": {"title": LONG, "description": "ALDERMOOR, ALDERMOOR and again ALDERMOOR.\n" * 6, **cheap},
        "arabic": {"title": ARABIC, **cheap},
        "other": {"title": "NORRVIK wool blanket", "marketplace": "lumina", "price": 1.0, "currency": "USD"},
        "referring": {"title": "Shoulder strap for ALDERMOOR bags", "price": 9.0, "currency": "EUR"},
        "attributes": {
            "title": "Bag ALDERMOOR",
            "attributes": '{"Brand": "ALDERMOOR \\u00e9dition", "Colour": "brown", "Sizes": ["S", "M"]}',
            "images": ["broken.jpg"],
            **cheap,
        },
        "unbranded": {"title": "A teapot", "price": 12.0, "currency": "EUR"},
    }


def _listing(made: Desk, files: Folder, name: str, said: dict[str, Any]) -> Listing:
    market = said.get("marketplace", "bazaar")
    whole = {"listing_id": f"L-{name}", "seller_id": "blue-crate"} | said
    shop = Organisation.objects.get(pk=made.sam.organisation_id) if market == "bazaar" else None
    return catalog.listing(on=market, of=shop, pictures=files, **whole)


def notice(
    made: Desk, name: str, *, by: Actor | None = None, right: Right | None = None, at: datetime = AT
) -> NoticeItem:
    """Let a holder report one of the listings."""
    statement = "We do not make this bag. The stitching in the second photo is not ours."
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, statement, good_faith=True, request_key=uuid4())
    return report(
        right=(right or made.mark).ref,
        marketplace=made[name].marketplace.slug,
        listing_id=made[name].listing_id,
        form=form,
        actor=by or made.vera,
        at=at,
    )


def restriction(made: Desk, name: str, *, by: User | None = None, at: datetime = LATER, **changes: Any) -> Decision:
    """Let a reviewer take one of the listings off sale; notices on it are upheld."""
    listing = made[name]
    listing.refresh_from_db()
    assessment = screened.current(listing)
    waits = assessment is not None and assessment.settled_at is None
    refs = frozenset(waiting.ref for waiting in reported.open_on(listing))
    said: dict[str, Any] = {
        "kind": DecisionKind.REMOVE,
        "facts": "The title shows the mark in letters of another alphabet.",
        "request_key": uuid4(),
        "right": made.mark,
        "ground": Ground.LAW,
        "ground_reference": "Regulation (EU) 2017/1001, art. 9(2)",
        "ground_explanation": "The sign is used for goods that the mark protects.",
    }
    return decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=Choice(**said | changes),
        seen=Seen(listing.digest, assessment.pk if assessment and waits else None, refs),
        answers={ref: NoticeAnswer(upheld=True, reasons="The mark is used as reported.") for ref in refs},
        actor=acting(by or made.rita),
        at=at,
    )


def appeal(made: Desk, decision: Decision, *, at: datetime = LATER) -> Appeal:
    """Let the seller appeal a decision."""
    form = AppealForm(grounds="We bought these from the maker; see the invoice 4711.", request_key=uuid4())
    return appeals.file(decision_ref=decision.ref, form=form, actor=made.sam, at=at)
