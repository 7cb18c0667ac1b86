"""A listing that was restricted, with everybody concerned, made the way the site makes it; and notices on listings."""

import itertools
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils.html import strip_tags
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.factories.pictures import EMPTY, Folder

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.models import Appeal
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.flows import report_listing, resolve_appeal
from touchmark.flows.decide import NoticeAnswer, Seen, decide

DAY = timedelta(days=1)

#: What a right's page holds that nobody but its holder may read.
SECRETS = {"aliases": ("SECRETALIAS",), "authorised_sellers": ("secret-shop-77",), "brand": "Secretbrand"}

_numbers = itertools.count(1)


@dataclass
class Case:
    """A decision in force and everybody around it. ``seller`` has signed in."""

    shop: Organisation
    seller: Client
    seller_actor: Actor
    holder: Actor
    right: Right
    listing: Listing
    reviewer: Actor
    decision: Decision

    @property
    def address(self) -> str:
        return f"/seller/decisions/{self.decision.ref}/"


def person(role: Role, name: str, *, time_zone: str = "UTC") -> tuple[Client, Actor, Organisation]:
    """Make an organisation with one person in it, signed in."""
    of = accounts.organisation(accounts.KIND_OF.get(role, "platform"), name=name)
    made = accounts.member(role, of=of, time_zone=time_zone)
    actor = Actor(user_id=made.pk, organisation_id=of.pk, roles=frozenset({role}))
    return accounts.signed_in(made), actor, of


def restricted(
    *,
    shop: str = "Teapots Unlimited",
    kind: DecisionKind = DecisionKind.REMOVE,
    facts: str = "The title uses the mark for a teapot that its owner did not make.",
    time_zone: str = "UTC",
    at: datetime = AT,
    market: dict[str, Any] | None = None,
    pictures: Folder = EMPTY,
    seller: tuple[Client, Actor, Organisation] | None = None,
    **said: Any,
) -> Case:
    """Make a listing of a seller who signs in here, and restrict it."""
    client, seller_actor, of = seller or person(Role.SELLER, shop, time_zone=time_zone)
    holder = registry.holder()
    right = registry.verified(holder, text=f"ALDERMOOR{next(_numbers)}", **SECRETS)
    catalog.marketplace("bazaar", **(market or {}))
    listing = catalog.listing(of=of, pictures=pictures, seller_id=f"s-{of.pk}", **said)
    reviewer = accounts.actor(Role.REVIEWER)
    decision = decided(listing, right, reviewer, kind=kind, facts=facts, at=at)
    return Case(of, client, seller_actor, holder, right, listing, reviewer, decision)


def decided(
    listing: Listing,
    right: Right | None,
    reviewer: Actor,
    *,
    kind: DecisionKind = DecisionKind.REMOVE,
    facts: str = "The title uses the mark.",
    answers: dict[str, NoticeAnswer] | None = None,
    at: datetime = AT,
) -> Decision:
    """Decide on a listing as a reviewer does who has just seen it."""
    restricts = kind != DecisionKind.NONE
    choice = Choice(
        kind=kind,
        facts=facts,
        request_key=uuid4(),
        right=right if restricts else None,
        ground=Ground.TERMS if restricts else None,
        ground_reference="Rules for sellers, 4.2",
        ground_explanation="A mark is used for the goods of its owner only.",
        territories=("DE",) if kind == DecisionKind.DISABLE else (),
    )
    return decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=choice,
        seen=Seen(listing.digest, None, frozenset(answers or {})),
        answers=answers or {},
        actor=reviewer,
        at=at,
    )


def appealed(case: Case, grounds: str = "I bought it from the owner.", *, at: datetime = AT + DAY) -> Appeal:
    """File the seller's appeal."""
    form = AppealForm(grounds=grounds, request_key=uuid4())
    return appeals.file(decision_ref=case.decision.ref, form=form, actor=case.seller_actor, at=at)


def resolved(appeal: Appeal, event: str, text: str = "The invoice is right.", *, at: datetime = AT + 2 * DAY) -> Appeal:
    """Have somebody who did not take the decision decide on the appeal."""
    other = accounts.actor(Role.REVIEWER)
    return resolve_appeal.resolve(ref=appeal.ref, event=event, text=text, actor=other, at=at)


def noticed(
    holder: Actor,
    right: Right,
    listing: Listing,
    statement: str = "The clasp is wrong.",
    reason: NoticeReason = NoticeReason.SUSPECTED_FAKE,
) -> NoticeItem:
    """File a holder's notice."""
    form = NoticeForm(reason, statement, good_faith=True, request_key=uuid4())
    return report_listing.report(
        right=right.ref,
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        form=form,
        actor=holder,
        at=AT,
    )


def words_of(html: str) -> str:
    """Give the text of a page's main part on one line, as a person reads it."""
    main = html[html.index("<main") : html.index("</main>")]
    return " ".join(unescape(strip_tags(re.sub(r"<(?!/)", " <", main))).split())
