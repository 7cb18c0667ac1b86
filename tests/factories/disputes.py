"""A listing restricted on a notice, under the laws that know answers: the United States, China, platform policy."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from touchmark.apps.blobs import actions as blobs
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import named
from touchmark.apps.counters.actions import CounterForm, GivenFile
from touchmark.apps.counters.kinds import FileKind
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices import guests, queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.addresses import secret_of
from touchmark.apps.notices.guests import Who
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.content import RightContent
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.flows.answer_notice import answer
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.report_as_guest import GuestNotice, report_as_guest
from touchmark.flows.report_listing import report_all

LATER = AT + timedelta(hours=3)
#: What the laws ask for beyond what the account and the register say.
IN_NOTICES: Mapping[str, Mapping[str, Any]] = {
    "us": {
        "signature": "Vera Stone",
        "work": "The photograph of our bag.",
        "address": "1 Main Street, Boston MA, United States",
        "phone": "+1 617 555 0100",
        "statement_good_faith": True,
        "statement_accuracy": True,
        "statement_authority": True,
    },
    "cn": {"evidence": "Pictures compared, in the file.", "statement_truthfulness": True},
    "platform": {},
}
IN_ANSWERS: Mapping[str, Mapping[str, Any]] = {
    "us": {
        "signature": "Sam Crate",
        "name": "Sam Crate",
        "address": "2 Side Street, Austin TX, United States",
        "phone": "+1 512 555 0100",
        "statement_mistake": True,
        "consent_jurisdiction": True,
        "accept_service": True,
    },
    "cn": {"name": "Blue Crate", "statement_truthfulness": True},
    "platform": {"statement_accuracy": True},
}
PLACES = {
    "us": ("US", Company(established="US", calendar="us", zone="America/New_York"), RightKind.COPYRIGHT),
    "cn": ("CN", Company(established="CN", calendar="cn", zone="Asia/Shanghai"), RightKind.WORD_MARK),
    "platform": ("AU", Company(established="AU", calendar="weekdays", zone="UTC"), RightKind.WORD_MARK),
}


@dataclass
class Dispute:
    """Who is in it, and what it is about."""

    law: str
    vera: Actor
    sam: Actor
    rita: Actor
    right: Right
    listing: Listing
    item: NoticeItem
    decision: Decision

    def answered(self, *, at: datetime = LATER, key: UUID | None = None, **changes: Any) -> CounterNotice:
        """Let the seller answer the notice."""
        return answer(item=self.item.ref, form=form(self.law, key=key, **changes), actor=self.sam, at=at)

    def status(self) -> tuple[str, str, str]:
        """Give where the answer, the item and the decision stand."""
        self.item.refresh_from_db()
        self.decision.refresh_from_db()
        counter = CounterNotice.objects.filter(item=self.item).order_by("-id").first()
        return (counter.status if counter else "", self.item.status, self.decision.status)


def picture(number: int = 1) -> str:
    """Keep a picture and give its digest."""
    from tests.factories.pictures import drawn

    return str(blobs.keep(drawn(number), at=AT).sha256)


def form(law: str, *, key: UUID | None = None, **changes: Any) -> CounterForm:
    """Give a whole answer under a law."""
    said: dict[str, Any] = {
        "ground": "genuine_resale",
        "explanation": "We bought these from the maker; the invoice is attached.",
        "particulars": dict(IN_ANSWERS[law]),
        "files": [GivenFile(FileKind.INVOICE, picture(1)), GivenFile(FileKind.IDENTITY, picture(2))],
    }
    return CounterForm(request_key=key or uuid4(), **said | changes)


def dispute(law: str = "platform", *, at: datetime = AT, decided_at: datetime = LATER) -> Dispute:
    """Make a listing that was restricted because a notice was upheld, under a law."""
    country, company, kind = PLACES[law]
    vera = registry.holder("Aldermoor Ltd")
    sam = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    rita = accounts.actor(Role.REVIEWER)
    catalog.marketplace(f"shop-{law}", territories=[country], company=company)
    listing = catalog.listing(on=f"shop-{law}", of=registry.organisation_of(sam), title="A leather bag")
    said: dict[str, Any] = {"text": "ALDERMOOR", "territories": (country,)}
    if kind == RightKind.COPYRIGHT:
        said = {"text": "", "image_name": "bag.jpg"}
    right = registry.verified(vera, kind=kind, **said)
    reason = NoticeReason.COPIED_PICTURE if kind == RightKind.COPYRIGHT else NoticeReason.SUSPECTED_FAKE
    notice = NoticeForm(reason, "This is not ours.", True, uuid4(), IN_NOTICES[law])
    names = [named(f"shop-{law}:{listing.listing_id}")]
    filed = report_all(right=right.ref, listings=names, form=notice, actor=vera, at=at).notice
    item = queries.items_of(filed)[0]
    decision = restricted(item, right, rita, at=decided_at)
    return Dispute(law, vera, sam, rita, right, listing, item, decision)


def from_a_guest(law: str = "platform", *, at: datetime = AT, decided_at: datetime = LATER) -> Dispute:
    """Make the same because of a notice by the public form, confirmed and complete. ``vera`` is the guest."""
    filed, listing, sam = filed_by_a_guest(law, at=at)
    rita, item = accounts.actor(Role.REVIEWER), queries.items_of(filed)[0]
    decision = restricted(item, filed.right, rita, at=decided_at)
    return Dispute(law, guests.actor_of(filed), sam, rita, filed.right, listing, item, decision)


def filed_by_a_guest(law: str = "platform", *, at: datetime = AT) -> tuple[Notice, Listing, Actor]:
    """Let a guest report a listing by the public form, and confirm the address; the notice is whole and waits."""
    country, company, kind = PLACES[law]
    sam = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    catalog.marketplace(f"shop-{law}", territories=[country], company=company)
    listing = catalog.listing(on=f"shop-{law}", of=registry.organisation_of(sam), title="A leather bag")
    reason = NoticeReason.COPIED_PICTURE if kind == RightKind.COPYRIGHT else NoticeReason.SUSPECTED_FAKE
    said = GuestNotice(
        Who("Mara Voss", "mara@example.test", "en", "192.0.2.1"),
        RightContent(kind=kind, text="ALDERMOOR", owner="Mara Voss", number="0179", territories=(country,)),
        [named(f"shop-{law}:{listing.listing_id}")],
        NoticeForm(
            reason, "This is not mine.", True, uuid4(), IN_NOTICES[law] | {"proof_of_right": "The certificate."}
        ),
    )
    filed = report_as_guest(said, at=at).notice
    guests.confirm(ref=filed.ref, secret=secret_of(filed.ref, "confirm"), at=at)
    return filed, listing, sam


def restricted(item: NoticeItem, right: Right, by: Actor, *, at: datetime = LATER) -> Decision:
    """Let a reviewer uphold a notice."""
    choice = Choice(
        kind=DecisionKind.REMOVE,
        facts="The pictures show it.",
        request_key=uuid4(),
        right=right,
        ground=Ground.LAW,
        ground_reference="Copyright Act",
        ground_explanation="The picture is the holder's.",
    )
    return decide(
        marketplace=item.listing.marketplace.slug,
        listing_id=item.listing.listing_id,
        choice=choice,
        seen=Seen(item.listing.digest, None, frozenset({item.ref})),
        answers={item.ref: NoticeAnswer(upheld=True, reasons="As reported.")},
        actor=by,
        at=at,
    )


def refused(item: NoticeItem, by: Actor, *, at: datetime = LATER) -> Decision:
    """Let a reviewer refuse a notice."""
    choice = Choice(kind=DecisionKind.NONE, facts="It names what it fits.", request_key=uuid4())
    return decide(
        marketplace=item.listing.marketplace.slug,
        listing_id=item.listing.listing_id,
        choice=choice,
        seen=Seen(item.listing.digest, None, frozenset({item.ref})),
        answers={item.ref: NoticeAnswer(upheld=False, reasons="It names what it fits.")},
        actor=by,
        at=at,
    )
