"""
Every route × every role: whoever the guard does not admit is turned away, and nobody reads what is another tenant's.

Names planted with Nils (a holder) and with a second seller must never appear on any page of anybody but them and those
who see all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.factories import accounts, catalog, disputes, mandates, registry, rules, safety
from tests.flows.test_resolve_appeal import filed
from tests.flows.world import LATER, World, built, disputed

from touchmark.apps.accounts.models import Organisation, User
from touchmark.apps.catalog.naming import named
from touchmark.apps.desk import bulk
from touchmark.apps.desk.bulk import SeenOne
from touchmark.apps.desk.models import Redraw
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import drafts
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import NOBODYS, Actor, Role
from touchmark.flows import answer_notice
from touchmark.web.guard import Guard

SECRETS = ("Secretum Brand House", "PLANTEDMARK", "planted-alias", "Hidden Seller Trading")
#: Who may read what is another's: it is their work. An operator administers organisations by name, and sees no case.
SEE_ALL = {Role.REVIEWER, Role.POLICY_OWNER, Role.OPERATOR}

#: Of what a route's ``ref`` is the reference.
REFS = {
    "desk_appeal": "appeal",
    "flagger": "appeal",  # any reference: there is none here
    "order": "appeal",  # any reference: there is none here
    "order_change": "appeal",
    "order_data": "appeal",
    "authority_order": "appeal",
    "authority_order_complete": "appeal",
    "authority_order_withdraw": "appeal",
    "desk_decision": "decision",
    "desk_many": "bulk",
    "desk_confirm": "bulk",  # any reference: what is there for nobody turns away as well
    "desk_send_back": "bulk",
    "desk_many_go_on": "bulk",
    "desk_many_undo": "bulk",
    "desk_right": "right",
    "desk_right_verify": "right",
    "desk_right_decline": "right",
    "holder_right": "right",
    "holder_right_change": "right",
    "holder_right_withdraw": "right",
    "holder_notice": "notice",
    "holder_notice_sent": "notice",
    "holder_notice_withdraw": "notice",
    "holder_notice_complete": "notice",
    "holder_draft_listings": "draft",
    "holder_draft_refused": "draft",
    "holder_draft_reason": "draft",
    "holder_draft_words": "draft",
    "holder_draft_check": "draft",
    "holder_draft_template": "draft",
    "holder_draft_delete": "draft",
    "guest_confirm": "draft",  # of a guest's notice there is none here, and no secret opens it
    "guest_follow": "draft",
    "guest_complete": "draft",
    "guest_withdraw": "draft",
    "guest_appeal": "draft",
    "guest_answer": "draft",
    "guest_picture": "draft",
    "guest_retract": "draft",
    "guest_dispute_tell": "draft",
    "guest_examination": "draft",
    "guest_dispute": "draft",
    "guest_dispute_end": "draft",
    "seller_decision": "decision",
    "seller_appeal": "decision",
    "seller_corrected": "decision",
    "seller_messages": "decision",
    "desk_messages": "decision",
    "desk_seller_answer": "decision",
    "seller_proof_file": "gate",
    "seller_proof_withdraw": "proof",
    "desk_gate_close": "gate",
    "desk_proof": "proof",
    "seller_answer_notice": "notice",
    "holder_notice_retract": "notice",
    "holder_notice_appeal": "notice",
    "holder_appeal_withdraw": "appeal",
    "own_record_appeal": "measure",
    "desk_dispute": "dispute",
    "desk_dispute_step": "dispute",
    "dispute": "dispute",
    "dispute_end": "dispute",
    "dispute_tell": "appeal",
    "holder_examination": "examination",
    "mandate": "mandate",
    "desk_examinations": "notice",
    "desk_notice": "notice",
    "desk_statement_again": "decision",
    "desk_buyers": "decision",
    "safety_duty": "duty",
    "suspicion": "suspicion",
    "seller_answer": "counter",
    "seller_answer_complete": "counter",
    "seller_answer_withdraw": "counter",
    "holder_answer": "counter",
    "desk_answer": "counter",
    "seller_appeal_sent": "appeal",
    "seller_appeal_withdraw": "appeal",
}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Give every address of the site; those of the API ask for tokens, and have tests of their own."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry) if entry.namespace != "api-1" else ()
        else:
            yield entry


ROUTES = sorted({str(pattern.name) for pattern in patterns()})


def guard_of(name: str) -> Guard:
    """Give the guard of a route; a route without one fails the test that asks."""
    view = next(pattern.callback for pattern in patterns() if pattern.name == name)
    return view.guard  # type: ignore[attr-defined,no-any-return]


@dataclass
class Scene:
    """A world with a decision, an appeal, notices and letters in it, and what another tenant keeps to itself."""

    world: World
    values: dict[str, object]
    people: dict[Role | None, Client]

    def address(self, route: str) -> str:
        """Give an address of the route that names things which are there."""
        pattern = next(p for p in patterns() if p.name == route).pattern
        wanted = getattr(pattern, "converters", {}) or pattern.regex.groupindex
        return reverse(route, kwargs={key: self.values[REFS[route] if key == "ref" else key] for key in wanted})


@pytest.fixture
def scene(db: None, settings: object, tmp_path: Path) -> Scene:
    """Build the world, let things happen in it, and plant what is another tenant's."""
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"  # type: ignore[attr-defined]
    settings.SHARDS = tmp_path / "shards"  # type: ignore[attr-defined]
    world = built()
    notice = world.report()
    decision = world.restrict()
    appeal = filed(world, decision)
    counter = answer_notice.answer(item=notice.ref, form=disputes.form("platform"), actor=world.sam, at=LATER)
    _plant()
    version = rules.live()
    letter = Letter.objects.filter(organisation_id=world.vera.organisation_id).latest("id")
    mandate = mandates.given(world.vera, registry.holder("Union of Makers"))
    values: dict[str, object] = {
        "mandate": mandate.ref,
        "right": world.right.ref,
        "notice": notice.ref,
        "draft": _draft(world),
        "template_id": 1,
        "kind": "copyright",
        "appeal": appeal.ref,
        "dispute": disputed(appeal),
        "decision": decision.ref,
        "counter": counter.ref,
        "measure": "W-2026-0000-0000",
        "examination": "E-2026-0000-0000",
        "side": "notifier",
        "bulk": _on_many(world),
        "redraw": Redraw.objects.create(decision=decision, drawn_at=LATER).pk,
        "marketplace": "bazaar",
        "listing_id": world.listing.listing_id,
        "seller_id": world.listing.seller.seller_id if world.listing.seller else "",
        "gate": "G-2026-0000-0000",
        "proof": "P-2026-0000-0000",
        "duty": safety.duty(world.listing).ref,
        "suspicion": safety.suspicion(world.listing, by=accounts.actor(Role.POLICY_OWNER)).ref,
        "letter_id": letter.pk,
        "message_id": Message.objects.latest("created_at").pk,
        "sha256": "0" * 64,
        "width": 320,
        "secret": "x" * 32,
        "organisation_id": world.vera.organisation_id,
        "invitation_id": 1,
        "membership_id": 1,
        "team_id": 1,
        "session_id": 1,
        "pk": 1,
        "client_id": 1,
        "slug": "bazaar",
        "uidb36": "1",
        "key": "x",
        "name": version.name,
        "number": version.number,
        "event": "retire",
    }
    return Scene(world, values, _everybody(world))


def _on_many(world: World) -> str:
    """Let a reviewer choose to decide on many listings at once; give the reference."""
    seen = [SeenOne(world.listing.pk, world.listing.digest, None)]
    return bulk.ask(alike="picked", choice=world.choice(), seen=seen, actor=world.ravi, at=LATER).ref


def _draft(world: World) -> str:
    """Let the holder write most of a notice; give the reference."""
    begun = drafts.begin(right=world.right, actor=world.vera, at=LATER)
    drafts.name(ref=begun.ref, listings=[named(world.listing.listing_id)], actor=world.vera, at=LATER)
    drafts.say(ref=begun.ref, reason="suspected_fake", statement="The clasp.", actor=world.vera, at=LATER)
    return begun.ref


def _plant() -> None:
    """Give another holder a verified right, and another seller a listing, each with names that are theirs alone."""
    other = registry.holder(SECRETS[0])
    registry.verified(other, text=SECRETS[1], aliases=(SECRETS[2],))
    shop = accounts.organisation("seller", name=SECRETS[3])
    catalog.listing(title=f"{SECRETS[1]} bag", seller_id="hidden", of=shop, price=5.0, currency="EUR")


def _everybody(world: World) -> dict[Role | None, Client]:
    """Give a client for each role; holder, seller and reviewer are the world's own people."""
    own: dict[Role, Actor] = {Role.HOLDER: world.vera, Role.SELLER: world.sam, Role.REVIEWER: world.ravi}
    people: dict[Role | None, Client] = {None: Client()}
    for role in Role:
        if role in NOBODYS:
            continue
        person = User.objects.get(pk=own[role].user_id) if role in own else accounts.member(role, of=_home(role, world))
        people[role] = accounts.signed_in(person)
    return people


def _home(role: Role, world: World) -> Organisation | None:
    return registry.organisation_of(world.vera) if role == Role.AGENT else None


def test_every_route_says_who_may_call_it() -> None:
    unguarded = [str(p.pattern) for p in patterns() if not isinstance(getattr(p.callback, "guard", None), Guard)]
    assert unguarded == []


def test_every_route_turns_away_whom_its_guard_does_not_admit_and_shows_nothing_of_another_tenant(scene: Scene) -> None:
    let_in, turned_away, shown = [], [], []
    for role, client in scene.people.items():
        actor = Actor(None if role is None else 1, None, frozenset() if role is None else frozenset({role}))
        seen: set[str] = set()
        for route in ROUTES:
            guard, answer = guard_of(route), client.get(scene.address(route))
            assert answer.status_code < 500, f"{route} as {role}: {answer.status_code}"
            if not guard.admits(actor) and answer.status_code not in (302, 403):
                let_in.append(f"{route} as {role}: {answer.status_code}")
            if guard.admits(actor) and answer.status_code == 403 and guard.roles:
                turned_away.append(f"{route} as {role}: {answer.status_code}")
            if role not in SEE_ALL:
                shown += [f"{route} as {role}: {name}" for name in _secrets_in(client, answer, seen)]
    assert (let_in, turned_away, shown) == ([], [], [])


def _secrets_in(client: Client, answer: Any, seen: set[str]) -> list[str]:
    """Tell which planted names stand on a page, or on the one that it leads to and that was not yet seen."""
    leads_to = urlsplit(answer.get("Location", ""))
    if leads_to.path and leads_to.path not in seen:
        seen.add(leads_to.path)
        answer = client.get(leads_to.geturl(), follow=True)
    body = b"".join(answer) if answer.streaming else answer.content
    return [name for name in SECRETS if name in body.decode("utf-8", "replace")]


def test_a_reference_of_another_tenant_is_not_there(scene: Scene) -> None:
    """Somebody else's reference gives what a made-up one gives: nobody learns which of them exist."""
    stranger = accounts.signed_in(User.objects.get(pk=registry.holder("A third holder").user_id))
    for route in ("holder_right", "holder_notice"):
        theirs = stranger.get(scene.address(route))
        made_up = stranger.get(reverse(route, kwargs={"ref": "R-2026-0000-0000"}))
        assert (theirs.status_code, made_up.status_code) == (404, 404)
