"""
A world of which everything is there twice: on bazaar, sold in Germany, under the brand Alder; and on lumina, sold in
Italy, under the brand Birch. Each has words of its own that stand nowhere else.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from tests.api.test_matrix import OPERATIONS
from tests.factories import accounts, catalog, clients, registry, safety
from tests.factories.clients import Program
from tests.flows.world import LATER, appeal_form
from tests.meta.test_routes import guard_of, patterns

from touchmark.apps import lately
from touchmark.apps.accounts.access import actor_for
from touchmark.apps.accounts.models import Membership, Organisation, OrganisationKind, Team
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import Named
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.desk import bulk, notes
from touchmark.apps.desk.bulk import SeenOne
from touchmark.apps.desk.kinds import Alike
from touchmark.apps.desk.models import Bulk
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import drafts
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.report_listing import report
from touchmark.flows.second_eyes import decide_or_propose

HERE, THERE = ("bazaar", "DE", "Alder"), ("lumina", "IT", "Birch")


@dataclass
class Side:
    """One half of the world: its references by what they are of, and the words that stand nowhere else."""

    name: str
    right: Right
    listing: Listing
    open_listing: Listing
    many: Listing
    refs: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, str]:
        """Give the planted words by where each stands."""
        kinds = ("right", "listing", "open", "many", "seller", "statement", "facts", "grounds", "proposed", "note")
        return {kind: f"canary{kind}{self.name.lower()}" for kind in kinds}


@dataclass(frozen=True)
class Door:
    """An address of a page, or of a reading operation; and of what the reference in it is, where there is one."""

    name: str
    kind: str
    address: str
    program: bool = False


@dataclass
class Scene:
    """The world, and who looks at it: each with a client, a program and an actor."""

    sides: dict[str, Side]
    holder: Organisation
    shop: Organisation
    others: dict[str, Any]
    #: What opens for whom: the names of doors, and the kinds of references that somebody in the role found there.
    known: dict[Role, set[tuple[str, str]]] = field(default_factory=dict)

    def person(self, role: Role, **limits: Any) -> tuple[Client, Program, Actor]:
        """Give somebody in a role, limited as said."""
        of = {Role.AGENT: self.holder, Role.HOLDER: self.holder, Role.SELLER: self.shop}.get(role)
        made = accounts.member(role, of=of)
        membership = Membership.objects.get(user=made)
        team = Team.objects.create(
            organisation=membership.organisation, name=uuid4().hex, made_at=accounts.AT, **limits
        )
        Membership.objects.filter(pk=membership.pk).update(team=team)
        actor = actor_for(made, membership.organisation_id)
        return accounts.signed_in(made), clients.with_every_scope(actor), actor

    def doors(self, role: Role, actor: Actor) -> list[Door]:
        """
        Give every page that admits the actor and every reading operation, for the things of either side.

        Most references are of a kind that a door is not about. Which those are is found out by somebody in the same
        role without limits, once.
        """
        if role not in self.known:
            self.known[role] = self._opened(role)
        return [door for door in self._all_doors(actor) if not door.kind or (door.name, door.kind) in self.known[role]]

    def _opened(self, role: Role) -> set[tuple[str, str]]:
        with transaction.atomic():
            client, program, actor = self.person(role)
            one_of_each = {(door.name, door.kind): door for door in self._all_doors(actor) if door.kind}
            found = {
                said
                for said, door in one_of_each.items()
                if (program if door.program else client).get(door.address).status_code not in (404, 405)
            }
            transaction.set_rollback(True)
        return found

    def _all_doors(self, actor: Actor) -> Iterator[Door]:
        doors = [*self._pages(actor), *self._operations()]
        yield from {(door.address, door.program): door for door in doors}.values()

    def _pages(self, actor: Actor) -> Iterator[Door]:
        for pattern in patterns():
            route = str(pattern.name)
            if not guard_of(route).admits(actor):
                continue
            wanted = getattr(pattern.pattern, "converters", {}) or pattern.pattern.regex.groupindex
            for side in self.sides.values():
                refs: dict[str, Any] = self.others | _keywords(side)
                besides = {key: refs.get(key, 1) for key in wanted}
                if "ref" in wanted:
                    for kind, ref in side.refs.items():
                        yield Door(route, kind, reverse(route, kwargs=besides | {"ref": ref}))
                elif "letter_id" in wanted:
                    for key in Letter.objects.values_list("pk", flat=True):
                        yield Door(route, "", reverse(route, kwargs={"letter_id": key}))
                else:
                    yield Door(route, "", reverse(route, kwargs=besides))
                if "listing_id" in wanted:
                    waits = besides | {"listing_id": side.open_listing.listing_id}
                    yield Door(route, "", reverse(route, kwargs=waits))

    def _operations(self) -> Iterator[Door]:
        for method, path, _ in OPERATIONS:
            if method != "GET":
                continue
            for side in self.sides.values():
                refs = [*side.refs.items(), *((f"message {key}", key) for key in self.messages())]
                for kind, ref in refs if "{" in path else [("", "")]:
                    yield Door(path, kind, re.sub(r"{[^}]+}", ref, path), program=True)

    def messages(self) -> list[str]:
        return [str(key) for key in Message.objects.filter(kind="webhook").values_list("pk", flat=True)]


def _keywords(side: Side) -> dict[str, Any]:
    return {
        "marketplace": side.listing.marketplace.slug,
        "listing_id": side.listing.listing_id,
        "seller_id": side.listing.seller.seller_id if side.listing.seller else "",
    }


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Build the world in a transaction that is never committed; a test's own is a savepoint in it."""
    folder: Path = tmp_path_factory.mktemp("two_sides")
    with (
        django_db_blocker.unblock(),
        override_settings(BLOBS=folder / "b", SNAPSHOTS=folder / "s", SHARDS=folder / "d"),
        pytest.MonkeyPatch.context() as patch,
        transaction.atomic(),
    ):
        patch.setattr(lately, "COUNTS", 0.0)
        yield _scene()
        transaction.set_rollback(True)


@pytest.fixture
def scene(built: Scene, db: None) -> Scene:
    return built


def _scene() -> Scene:
    holder = accounts.organisation(name="Timber Brands")
    shop = accounts.organisation(OrganisationKind.SELLER, name="Wide Shop")
    vera, sam = accounts.actor(Role.HOLDER, of=holder), accounts.actor(Role.SELLER, of=shop)
    rita = accounts.actor(Role.REVIEWER)
    sides = {name: _side(vera, shop, rita, *place) for name, place in (("here", HERE), ("there", THERE))}
    screening.screen_catalogue(at=accounts.AT)
    for side in sides.values():
        _happen(side, vera, sam, rita)
        _wait_at_the_desk(side, rita)
    mixed = _many(rita, *sides.values())
    for side in sides.values():
        side.refs["many"] = mixed
    others = {
        "sha256": "0" * 64,
        "width": 320,
        "secret": "x" * 32,
        "organisation_id": holder.pk,
        "invitation_id": 1,
        "membership_id": 1,
        "team_id": 1,
        "client_id": 1,
        "slug": "bazaar",
        "session_id": 1,
        "pk": 1,
        "uidb36": "1",
        "key": "x",
        "name": "none",
        "kind": "copyright",
        "number": 1,
        "event": "retire",
        "side": "notifier",
        "message_id": Message.objects.latest("created_at").pk,
    }
    return Scene(sides, holder, shop, others)


def _side(vera: Actor, shop: Organisation, rita: Actor, slug: str, country: str, brand: str) -> Side:
    mark = f"canaryright{brand.lower()}"
    right = registry.verified(vera, by=rita, text=mark, brand=brand, territories=(country,))
    catalog.marketplace(slug, territories=[country])
    said = {"on": slug, "of": shop, "price": 9.0, "currency": "EUR", "seller_id": f"canaryseller{brand.lower()}"}
    listing = catalog.listing(title=f"{mark} canarylisting{brand.lower()}", **said)
    waits = catalog.listing(title=f"{mark} canaryopen{brand.lower()}", offered_in=[country], **said)
    many = catalog.listing(title=f"{mark} canarymany{brand.lower()}", **said)
    return Side(brand, right, listing, waits, many)


def _happen(side: Side, vera: Actor, sam: Actor, rita: Actor) -> None:
    """Report, decide, appeal; a second listing is reported and waits."""
    words, slug = side.words, side.listing.marketplace.slug
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, words["statement"], True, uuid4())
    about: dict[str, Any] = {"right": side.right.ref, "marketplace": slug, "actor": vera, "at": accounts.AT}
    notice = report(listing_id=side.listing.listing_id, form=form, **about)
    waiting = NoticeForm(NoticeReason.SUSPECTED_FAKE, words["statement"], True, uuid4())
    open_one = report(listing_id=side.open_listing.listing_id, form=waiting, **about)
    decision = decided(side.listing, side.right, rita, words["facts"], notice.ref)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(words["grounds"]), actor=sam, at=LATER)
    side.refs = {
        "right": side.right.ref,
        "notice": notice.ref,
        "open notice": open_one.ref,
        "decision": decision.ref,
        "appeal": appeal.ref,
        "draft": _draft(side, vera),
    }


def _wait_at_the_desk(side: Side, rita: Actor) -> None:
    """Let a decision wait for a second pair of eyes, with a note beside it; goods be dangerous, a crime suspected."""
    waits = side.open_listing
    notes.write(listing=waits, text=side.words["note"], actor=rita, at=LATER)
    proposal = proposed(waits, side.right, rita, side.words["proposed"], side.refs["open notice"])
    side.refs |= {
        "proposal": proposal.ref,
        "duty": safety.duty(side.listing).ref,
        "suspicion": safety.suspicion(side.listing, by=rita).ref,
    }


def _many(rita: Actor, *sides: Side) -> str:
    """Let one decision on many be about a listing of each side; it waits to be carried out."""
    return many(sides[0].right, rita, *(side.many for side in sides)).ref


def many(right: Right, by: Actor, *listings: Listing) -> Bulk:
    """Let somebody ask for these listings to be taken off sale together."""
    seen = [SeenOne(one.pk, one.digest, _seen(one).assessment_id) for one in listings]
    return bulk.ask(alike=Alike.PICKED, choice=_choice(right, "Facts."), seen=seen, actor=by, at=LATER)


def _draft(side: Side, vera: Actor) -> str:
    begun = drafts.begin(right=side.right, actor=vera, at=LATER)
    names = [Named(side.open_listing.listing_id, side.open_listing.marketplace.slug)]
    drafts.name(ref=begun.ref, listings=names, actor=vera, at=LATER)
    drafts.say(ref=begun.ref, reason="suspected_fake", statement=side.words["statement"], actor=vera, at=LATER)
    return begun.ref


def decided(listing: Listing, right: Right, by: Actor, facts: str, *notices: str) -> Any:
    """Let somebody take a listing off sale, and uphold these notices."""
    return decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=_choice(right, facts),
        seen=_seen(listing, *notices),
        answers={ref: NoticeAnswer(upheld=True, reasons="As reported.") for ref in notices},
        actor=by,
        at=LATER,
    )


def proposed(listing: Listing, right: Right, by: Actor, facts: str, *notices: str) -> Any:
    """Let somebody propose to take a listing off sale, and to uphold these notices."""
    return decide_or_propose(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=_choice(right, facts),
        seen=_seen(listing, *notices),
        answers={ref: NoticeAnswer(upheld=True, reasons="As reported.") for ref in notices},
        asked=True,
        actor=by,
        at=LATER,
    )


def _choice(right: Right, facts: str) -> Choice:
    return Choice(
        kind=DecisionKind.REMOVE,
        facts=facts,
        request_key=uuid4(),
        right=right,
        ground=Ground.LAW,
        ground_reference="Regulation (EU) 2017/1001, art. 9",
        ground_explanation="The sign is identical.",
    )


def _seen(listing: Listing, *notices: str) -> Seen:
    assessment = screened.current(listing)
    return Seen(listing.digest, assessment.pk if assessment else None, frozenset(notices))
