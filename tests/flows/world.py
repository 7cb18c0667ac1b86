"""A small world in which a listing can go the whole way: two holders, a seller, two reviewers, one listing found."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.cache import cache

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.disputes import actions as disputes
from touchmark.apps.disputes.models import Dispute
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.report_listing import report

LATER = AT + timedelta(hours=3)


@dataclass
class World:
    """Who and what there is."""

    vera: Actor
    nils: Actor
    sam: Actor
    rita: Actor
    ravi: Actor
    right: Right
    other_right: Right
    listing: Listing

    def seen(self) -> Seen:
        """Give what a reviewer sees who opens the listing now."""
        self.listing.refresh_from_db()
        assessment = screened.current(self.listing)
        open_one = assessment if assessment and assessment.settled_at is None else None
        waiting = NoticeItem.objects.filter(listing=self.listing, status="received").values_list("ref", flat=True)
        return Seen(self.listing.digest, open_one.pk if open_one else None, frozenset(waiting))

    def restrict(self, *, by: Actor | None = None, at: datetime = LATER, **changes: object) -> Decision:
        """Restrict the listing as it stands; notices on it are upheld."""
        seen = changes.pop("seen", None) or self.seen()
        answers = changes.pop("answers", None) or {
            ref: NoticeAnswer(upheld=True, reasons="The name is used as reported.") for ref in seen.notice_refs
        }
        return decide(
            marketplace="bazaar",
            listing_id=self.listing.listing_id,
            choice=self.choice(**changes),
            seen=seen,
            answers=answers,
            actor=by or self.rita,
            at=at,
        )

    def choice(self, **changes: object) -> Choice:
        """Give a whole choice: take the listing off sale on the ground of the law."""
        said = {
            "kind": DecisionKind.REMOVE,
            "facts": "The title shows ALDERMOOR in letters of another alphabet.",
            "request_key": uuid4(),
            "right": self.right,
            "ground": Ground.LAW,
            "ground_reference": "Regulation (EU) 2017/1001, art. 9(2)(a)",
            "ground_explanation": "The sign is identical to the eye and used for the goods that the mark protects.",
        }
        return Choice(**said | changes)  # type: ignore[arg-type]

    def report(self, *, by: Actor | None = None, right: Right | None = None, key: UUID | None = None) -> NoticeItem:
        """Let a holder report the listing."""
        form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "This is not ours.", True, key or uuid4())
        return report(
            right=(right or self.right).ref,
            marketplace="bazaar",
            listing_id=self.listing.listing_id,
            form=form,
            actor=by or self.vera,
            at=AT,
        )


def appeal_form(grounds: str = "We bought these from the maker; see the invoice.") -> AppealForm:
    """Give an appeal as a seller writes it."""
    return AppealForm(grounds=grounds, request_key=uuid4())


def disputed(appeal: Appeal, number: str = "2026/41") -> str:
    """Give the reference of a dispute about an appeal, as it stands once somebody told of it."""
    about: dict[str, Any] = {"appeal": appeal, "party": appeal.appellant, "body": "adroit", "number": number}
    made = Dispute(ref="B-2026-AAAA-BBBB", received_on=LATER.date(), request_key=uuid4(), told_at=LATER, **about)
    return disputes.record(made, "open", actor=Actor.system(), at=LATER).ref


def built_of_toys() -> World:
    """A world whose listing is of a toy, of which twelve were sold; nothing counted before counts."""
    cache.clear()
    made = built()
    Listing.objects.update(sold_count=12, category="Baby > Toys")
    return made


def built() -> World:
    """Build the world and screen it."""
    vera, nils = registry.holder("Aldermoor Ltd"), registry.holder("Norrvik AB")
    sam = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    rita, ravi = accounts.actor(Role.REVIEWER), accounts.actor(Role.REVIEWER)
    right = registry.verified(vera, by=rita, text="ALDERMOOR", office="EUIPO", number="018000001")
    other = registry.verified(nils, by=rita, text="NORRVIK")
    catalog.marketplace("bazaar", regime="eu")
    listing = catalog.listing(
        title="АLDЕRMООR leather bag",  # А, Е and О are Cyrillic
        of=registry.organisation_of(sam),
        price=20.0,
        currency="EUR",
    )
    screening.screen_catalogue(at=AT)
    return World(vera, nils, sam, rita, ravi, right, other, listing)
