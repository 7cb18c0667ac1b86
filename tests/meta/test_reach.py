"""
A role that is limited to a marketplace, a territory or a brand, on every page and in every operation of the API.

Everything is there twice: on bazaar, sold in Germany, under the brand Alder; and on lumina, sold in Italy, under the
brand Birch. Each has words of its own. Whoever is limited to the one reads nothing of the other, and still reads all of
the one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.api.test_matrix import BODIES, OPERATIONS
from tests.factories import accounts, catalog, clients, registry
from tests.factories.clients import Program
from tests.flows.world import LATER, appeal_form
from tests.meta.test_routes import ROUTES, guard_of, patterns

from touchmark.apps.accounts.access import actor_for
from touchmark.apps.accounts.models import Membership, Organisation, OrganisationKind, Team
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import Named
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import drafts
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.apps.screening import queries as screened
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import BeyondReach, NoticeAnswer, Seen, decide
from touchmark.flows.report_listing import report

HERE, THERE = ("bazaar", "DE", "Alder"), ("lumina", "IT", "Birch")


@pytest.fixture(autouse=True)
def unhurried(settings: Any) -> None:
    """Every operation by everybody is more than a program asks in a minute."""
    settings.TOUCHMARK_API_RATE = 10**9


@dataclass
class Side:
    """One half of the world: its references by what they are of, and the words that stand nowhere else."""

    name: str
    right: Right
    listing: Listing
    open_listing: Listing
    refs: dict[str, str] = field(default_factory=dict)

    @property
    def words(self) -> dict[str, str]:
        """Give the planted words by where each stands."""
        kinds = ("right", "listing", "open", "seller", "statement", "facts", "grounds")
        return {kind: f"canary{kind}{self.name.lower()}" for kind in kinds}


@dataclass
class Scene:
    """The world, and who looks at it: each with a client, a program and an actor."""

    sides: dict[str, Side]
    holder: Organisation
    shop: Organisation
    others: dict[str, Any]

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

    def pages(self, actor: Actor) -> Iterator[str]:
        """Give the address of every page that admits the actor, for the things of either side."""
        for route in ROUTES:
            if not guard_of(route).admits(actor):
                continue
            pattern = next(p for p in patterns() if p.name == route).pattern
            wanted = getattr(pattern, "converters", {}) or pattern.regex.groupindex
            for side in self.sides.values():
                refs: dict[str, Any] = self.others | _keywords(side)
                if "ref" in wanted:
                    besides = {key: refs.get(key, 1) for key in wanted}
                    yield from (reverse(route, kwargs=besides | {"ref": ref}) for ref in side.refs.values())
                elif "letter_id" in wanted:
                    for key in Letter.objects.values_list("pk", flat=True):
                        yield reverse(route, kwargs={"letter_id": key})
                else:
                    yield reverse(route, kwargs={key: refs.get(key, 1) for key in wanted})
                if "listing_id" in wanted:
                    waits = refs | {"listing_id": side.open_listing.listing_id}
                    yield reverse(route, kwargs={key: waits.get(key, 1) for key in wanted})

    def operations(self) -> Iterator[tuple[str, str]]:
        """Give every reading operation's address, for the things of either side."""
        for method, path, _ in OPERATIONS:
            if method != "GET":
                continue
            for side in self.sides.values():
                refs = [*side.refs.values(), *self.messages()] if "{" in path else [""]
                for ref in refs:
                    yield path, re.sub(r"{[^}]+}", ref, path)

    def messages(self) -> list[str]:
        return [str(key) for key in Message.objects.filter(kind="webhook").values_list("pk", flat=True)]


def _keywords(side: Side) -> dict[str, Any]:
    return {
        "marketplace": side.listing.marketplace.slug,
        "listing_id": side.listing.listing_id,
        "seller_id": side.listing.seller.seller_id if side.listing.seller else "",
    }


@pytest.fixture
def scene(db: None, settings: Any, tmp_path: Path) -> Scene:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    holder = accounts.organisation(name="Timber Brands")
    shop = accounts.organisation(OrganisationKind.SELLER, name="Wide Shop")
    vera, sam = accounts.actor(Role.HOLDER, of=holder), accounts.actor(Role.SELLER, of=shop)
    rita = accounts.actor(Role.REVIEWER)
    sides = {name: _side(vera, shop, rita, *place) for name, place in (("here", HERE), ("there", THERE))}
    screening.screen_catalogue(at=accounts.AT)
    for side in sides.values():
        _happen(side, vera, sam, rita)
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
    return Side(brand, right, listing, waits)


def _happen(side: Side, vera: Actor, sam: Actor, rita: Actor) -> None:
    """Report, decide, appeal; a second listing is reported and waits."""
    words, slug = side.words, side.listing.marketplace.slug
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, words["statement"], True, uuid4())
    about: dict[str, Any] = {"right": side.right.ref, "marketplace": slug, "actor": vera, "at": accounts.AT}
    notice = report(listing_id=side.listing.listing_id, form=form, **about)
    waiting = NoticeForm(NoticeReason.SUSPECTED_FAKE, words["statement"], True, uuid4())
    open_one = report(listing_id=side.open_listing.listing_id, form=waiting, **about)
    decision = _decided(side.listing, side.right, rita, words["facts"], notice.ref)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(words["grounds"]), actor=sam, at=LATER)
    side.refs = {
        "right": side.right.ref,
        "notice": notice.ref,
        "open notice": open_one.ref,
        "decision": decision.ref,
        "appeal": appeal.ref,
        "draft": _draft(side, vera),
    }


def _draft(side: Side, vera: Actor) -> str:
    begun = drafts.begin(right=side.right, actor=vera, at=LATER)
    names = [Named(side.open_listing.listing_id, side.open_listing.marketplace.slug)]
    drafts.name(ref=begun.ref, listings=names, actor=vera, at=LATER)
    drafts.say(ref=begun.ref, reason="suspected_fake", statement=side.words["statement"], actor=vera, at=LATER)
    return begun.ref


def _decided(listing: Listing, right: Right, by: Actor, facts: str, *notices: str) -> Any:
    assessment = screened.current(listing)
    choice = Choice(
        kind=DecisionKind.REMOVE,
        facts=facts,
        request_key=uuid4(),
        right=right,
        ground=Ground.LAW,
        ground_reference="Regulation (EU) 2017/1001, art. 9",
        ground_explanation="The sign is identical.",
    )
    return decide(
        marketplace=listing.marketplace.slug,
        listing_id=listing.listing_id,
        choice=choice,
        seen=Seen(listing.digest, assessment.pk if assessment else None, frozenset(notices)),
        answers={ref: NoticeAnswer(upheld=True, reasons="As reported.") for ref in notices},
        actor=by,
        at=LATER,
    )


def brand(scene: Scene, side: str) -> int:
    return int(scene.sides[side].right.brand_id or 0)


LIMITS = ("marketplaces", "territories", "brands")
ALL = {"right", "listing", "open", "seller", "statement", "facts", "grounds"}
OWN = {"right", "listing", "open", "statement"}
#: Who is limited how, and which words of their own side they read on pages and through programs.
CASES = [
    *((Role.REVIEWER, limit, ALL) for limit in LIMITS),
    *((Role.AGENT, limit, OWN) for limit in LIMITS),
    (Role.POLICY_OWNER, "marketplaces", ALL),
    (Role.HOLDER, "brands", OWN),
    (Role.INVESTIGATOR, "territories", {"right", "listing", "open", "seller"}),
    (Role.SELLER, "marketplaces", {"right", "listing", "facts", "grounds"}),
]


def limits(scene: Scene, limit: str) -> dict[str, Any]:
    return {limit: {"marketplaces": [HERE[0]], "territories": [HERE[1]], "brands": [brand(scene, "here")]}[limit]}


@pytest.mark.parametrize(("role", "limit", "reads"), CASES)
def test_a_limited_role_reads_nothing_beyond_and_all_within(
    scene: Scene, role: Role, limit: str, reads: set[str]
) -> None:
    client, program, actor = scene.person(role, **limits(scene, limit))
    own, beyond = scene.sides["here"].words, scene.sides["there"].words
    if limit == "marketplaces":  # a right is of no marketplace: whose role is limited to one sees the register
        beyond.pop("right")
    shown, seen = [], set()
    answers = [(page, client.get(page, follow=True)) for page in scene.pages(actor)]
    answers += [(f"API {address}", program.get(address)) for _, address in scene.operations()]
    for address, answer in answers:
        assert answer.status_code < 500, address
        body = b"".join(answer).decode("utf-8", "replace") if answer.streaming else answer.content.decode()
        body = body.lower()
        shown += [f"{address}: {word}" for word in beyond.values() if word in body and word not in address]
        seen |= {kind for kind, word in own.items() if word in body}
    assert shown == []
    assert seen >= reads


def test_without_a_limit_both_sides_are_read(scene: Scene) -> None:
    """The walk finds every word that it looks for."""
    client, _, actor = scene.person(Role.REVIEWER)
    pages = [client.get(page, follow=True) for page in scene.pages(actor)]
    bodies = "".join(page.content.decode("utf-8", "replace").lower() for page in pages)
    assert all(word in bodies for side in scene.sides.values() for word in side.words.values())


@pytest.mark.parametrize("limit", LIMITS)
def test_what_lies_beyond_can_be_changed_by_nobody_limited(scene: Scene, limit: str) -> None:
    before = Message.objects.count()
    for role in (Role.REVIEWER, Role.AGENT):
        _, program, _ = scene.person(role, **limits(scene, limit))
        for method, path, _ in OPERATIONS:
            if method == "GET" or "{" not in path or "/deliveries/" in path:
                continue
            for kind, ref in scene.sides["there"].refs.items():
                if limit == "marketplaces" and kind == "right":
                    continue
                body = next((body for end, body in BODIES.items() if path.endswith(end)), None)
                answer = program.send(method, re.sub(r"{[^}]+}", ref, path), None if body is None else str(body))
                assert answer.status_code in (400, 403, 404, 422), (role, method, path, kind, answer.content)
    assert Message.objects.count() == before


def test_a_listing_that_is_about_two_brands_is_decided_by_somebody_who_sees_both(scene: Scene) -> None:
    here, there = scene.sides["here"], scene.sides["there"]
    vera = accounts.actor(Role.HOLDER, of=scene.holder)
    beyond = registry.verified(vera, text="canarybeyond", brand=there.name)
    both = catalog.listing(title=f"{here.words['right']} and canarybeyond", on="bazaar", offered_in=["DE"])
    screening.screen_catalogue(at=LATER)
    assert len({finding.right_id for finding in screened.findings_of(screened.current(both))}) == 2
    client, _, limited = scene.person(Role.REVIEWER, brands=[here.right.brand_id])
    page = client.get(f"/desk/bazaar/{both.listing_id}/").content.decode()
    assert "also about a brand that your role does not reach" in page
    assert beyond.ref not in page
    with pytest.raises(BeyondReach):
        _decided(both, here.right, limited, "facts")
    wide_client, _, wide = scene.person(Role.REVIEWER)
    assert beyond.ref in wide_client.get(f"/desk/bazaar/{both.listing_id}/").content.decode()
    assert _decided(both, here.right, wide, "facts").ref


def test_letters_go_to_those_of_the_organisation_whom_they_concern(scene: Scene) -> None:
    _, _, agent = scene.person(Role.AGENT, brands=[brand(scene, "here")])
    address = Membership.objects.get(user_id=agent.user_id).user.email
    for side in scene.sides.values():
        _decided(side.open_listing, side.right, accounts.actor(Role.REVIEWER), "Facts.", side.refs["open notice"])
    told = [message.payload["body"] for message in Message.objects.filter(kind="email", to=address)]
    assert len(told) == 1
    assert scene.sides["here"].words["open"] in told[0]


def test_an_agent_enters_no_right_beyond_the_limit(scene: Scene) -> None:
    _, program, _ = scene.person(Role.AGENT, brands=[brand(scene, "here")])
    count = Right.objects.count()
    beyond = program.post("/rights", {"kind": "word_mark", "text": "CEDAR", "brand": "Birch"}, key="1")
    within = program.post("/rights", {"kind": "word_mark", "text": "ELM", "brand": "Alder"}, key="2")
    assert (beyond.status_code, within.status_code) == (403, 201)
    assert Right.objects.count() == count + 1
