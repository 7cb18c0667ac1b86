"""Suspicions of a crime against life or safety: raised, told to the police, dropped; who sees them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.factories import accounts, safety
from tests.flows.world import LATER, World, built

from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog.access import NoSuchListing
from touchmark.apps.catalog.models import Listing, Marketplace, Seller
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.apps.safety import access, queries, suspicions
from touchmark.apps.safety.access import NoSuchSuspicion
from touchmark.apps.safety.kinds import Basis
from touchmark.apps.safety.suspicions import RaisedAlready
from touchmark.apps.safety.told import NotSaid, ToldPolice
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.flows.lapse import lapse_due

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built()


def officer(role: Role = Role.POLICY_OWNER) -> Actor:
    return accounts.actor(role)


def told(**changed: Any) -> ToldPolice:
    said: dict[str, Any] = {
        "country": "DE",
        "authority": "Bundeskriminalamt",
        "basis": Basis.SELLER,
        "given": "The listing, its pictures, the trader details.",
        "told_at": LATER,
        "reference": "BKA-1",
    }
    return ToldPolice(**said | changed)


def test_a_reviewer_raises_it_and_an_officer_tells_the_police_within_a_day(world: World) -> None:
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    deadline = Deadline.objects.get(subject=f"suspicion:{raised.ref}")
    assert (deadline.rule, deadline.due_at) == ("eu.dsa.18.tell-police", LATER + DAY)
    with pytest.raises(NotYours):
        suspicions.report(ref=raised.ref, told=told(), actor=world.rita, at=LATER)
    done = suspicions.report(ref=raised.ref, told=told(), actor=officer(), at=LATER)
    assert (done.status, done.due_at) == ("reported", None)
    suspicions.report(ref=raised.ref, told=told(country="FR", authority="OCLAESP"), actor=officer(), at=LATER)
    assert [one.country for one in done.reports.all()] == ["DE", "FR"]
    assert [event.kind for event in audit.events_of(f"suspicion:{raised.ref}")] == ["raise", "report", "report_more"]


def test_nobody_is_told_of_it_here(world: World) -> None:
    letters, messages = Letter.objects.count(), Message.objects.count()
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    suspicions.report(ref=raised.ref, told=told(), actor=officer(), at=LATER)
    assert (Letter.objects.count(), Message.objects.count()) == (letters, messages)


@pytest.mark.parametrize("role", sorted(Role))
def test_only_who_tells_the_police_and_whoever_raised_it_see_it(world: World, role: Role) -> None:
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    actor = Actor(user_id=world.sam.user_id, organisation_id=world.sam.organisation_id, roles=frozenset({role}))
    sees = access.suspicions_for(actor).filter(ref=raised.ref).exists()
    assert sees == (role in (Role.POLICY_OWNER, Role.INVESTIGATOR))
    assert access.suspicion_for(world.rita, raised.ref) == raised
    with pytest.raises(NoSuchSuspicion):
        access.suspicion_for(world.ravi, raised.ref)


def test_a_seller_raises_none(world: World) -> None:
    with pytest.raises(NotYours):
        safety.suspicion(world.listing, by=world.sam)
    with pytest.raises(NoSuchListing):
        suspicions.suspect(marketplace="bazaar", listing_id="none", reasons="x", actor=world.rita, at=LATER)


def test_one_waits_per_listing_and_a_dropped_one_can_be_raised_again(world: World) -> None:
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    with pytest.raises(RaisedAlready):
        safety.suspicion(world.listing, by=world.ravi, at=LATER)
    with pytest.raises(NotSaid):
        suspicions.drop(ref=raised.ref, why=" ", actor=officer(), at=LATER)
    assert suspicions.drop(ref=raised.ref, why="A toy, not a charger.", actor=officer(), at=LATER).status == "dropped"
    with pytest.raises(IllegalMove):
        suspicions.report(ref=raised.ref, told=told(), actor=officer(), at=LATER)
    other = safety.suspicion(world.listing, by=world.ravi, at=LATER)
    with pytest.raises(RaisedAlready):
        suspicions.drop(ref=raised.ref, why="It is.", actor=officer(), at=LATER)
    suspicions.report(ref=other.ref, told=told(), actor=officer(Role.INVESTIGATOR), at=LATER)
    again = suspicions.drop(ref=raised.ref, why="It is a charger.", actor=officer(), at=LATER)
    assert (again.status, again.due_at) == ("raised", LATER + DAY)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"authority": " "}, "authority"),
        ({"given": ""}, "given"),
        ({"country": "US"}, "country"),
        ({"country": "EUROPOL"}, "country"),
        ({"basis": Basis.EUROPOL}, "country"),
        ({"told_at": LATER + DAY}, "told_at"),
    ],
)
def test_a_record_names_what_it_lacks(world: World, changed: dict[str, Any], field: str) -> None:
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    with pytest.raises(NotSaid) as refusal:
        suspicions.report(ref=raised.ref, told=told(**changed), actor=officer(), at=LATER)
    assert refusal.value.field == field


def test_reasons_are_needed(world: World) -> None:
    with pytest.raises(NotSaid):
        suspicions.suspect(
            marketplace="bazaar", listing_id=world.listing.listing_id, reasons=" ", actor=world.rita, at=LATER
        )


@pytest.mark.parametrize(
    ("seller", "offered", "established", "proposed"),
    [
        ("de", ["FR"], "IE", [("DE", "seller"), ("FR", "victim")]),
        ("CN", ["FR", "US"], "IE", [("FR", "victim")]),
        ("DE", ["DE"], "IE", [("DE", "seller")]),
        # nothing certain: where it is established, or Europol, or both
        ("CN", ["US"], "IE", [("IE", "establishment"), ("EUROPOL", "europol")]),
        ("", ["US"], "US", [("EUROPOL", "europol")]),
    ],
)
def test_whose_police_it_is(
    world: World, seller: str, offered: list[str], established: str, proposed: list[tuple[str, str]]
) -> None:
    Seller.objects.update(country=seller)
    Marketplace.objects.update(established=established, territories=[])
    Listing.objects.update(offered_in=offered)
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    assert [(code, str(basis)) for code, basis in suspicions.concerned(raised, LATER)] == proposed


def test_a_late_one_still_waits_and_is_counted(world: World) -> None:
    raised = safety.suspicion(world.listing, by=world.rita, at=LATER)
    assert lapse_due(LATER + 2 * DAY) >= 1
    raised.refresh_from_db()
    found = queries.suspicion_counts(officer(), LATER + 2 * DAY)
    assert (raised.status, found.waiting, found.late) == ("raised", 1, 1)
