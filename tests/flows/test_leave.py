"""Somebody leaves: sessions and tokens end at once, what they held goes to somebody by name, the record stays."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client as Browser

from tests.factories import accounts
from tests.factories.accounts import AT, PASSWORD
from tests.factories.clients import Program
from tests.flows.world import World
from touchmark.apps.accounts import actions, queries
from touchmark.apps.accounts.models import Membership, User
from touchmark.apps.audit.models import Event
from touchmark.apps.clients import actions as clients
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.desk import filters, holds
from touchmark.engine.terms import Role
from touchmark.flows.leave import SuccessorMissing, leave

URGENT = Wanted(order="due")


def signed_in_for_real(person: User) -> Browser:
    browser = Browser()
    browser.post("/sign-in", {"login": person.email, "password": PASSWORD})
    return browser


def membership_of(user_id: int | None) -> int:
    return Membership.objects.get(user_id=user_id, ended_at=None).pk


def test_all_that_somebody_had_ends_at_once(world: World) -> None:
    olga = accounts.actor(Role.OPERATOR)
    sam = User.objects.get(pk=world.sam.user_id)
    browser = signed_in_for_real(sam)
    assert browser.get("/account").status_code == 200
    token = clients.issue_own(name="cli", scopes=[Scope.LISTINGS_READ], actor=world.sam, at=AT)
    left = leave(membership_id=membership_of(sam.pk), to=None, actor=olga, at=AT)
    assert (left.roles, left.tokens, left.sessions, left.handed_over) == (1, 1, 1, 0)
    assert browser.get("/account").status_code == 302
    assert Program(token).get("/listings").status_code == 401
    assert queries.organisations_of(sam.pk) == []
    assert not UserSession.objects.exists()
    assert User.objects.get(pk=sam.pk).name == sam.name  # their record stays
    event = Event.objects.filter(kind="person_left").get()
    assert (event.payload["person"], event.user_id) == (sam.pk, olga.user_id)


def test_what_a_reviewer_holds_goes_to_somebody_by_name(world: World) -> None:
    olga = accounts.actor(Role.OPERATOR)
    holds.hold(listing=world.listing, actor=world.rita, at=AT)
    said: dict[str, Any] = {"membership_id": membership_of(world.rita.user_id), "actor": olga, "at": AT}
    for nobody in (None, world.sam.user_id, world.rita.user_id):
        with pytest.raises(SuccessorMissing):
            leave(to=nobody, **said)
    assert queries.organisations_of(world.rita.user_id or 0)
    assert leave(to=world.ravi.user_id, **said).handed_over == 1
    held = holds.holder_of(world.listing, at=AT)
    assert held is not None
    assert held.by_id == world.ravi.user_id
    passed = Event.objects.get(kind="passed_on")
    assert (passed.payload["to"], passed.user_id) == (world.ravi.user_id, olga.user_id)


def test_what_a_reviewer_shares_with_the_team_goes_to_somebody_by_name(world: World) -> None:
    olga = accounts.actor(Role.OPERATOR)
    mine, shared = (filters.keep(name=name, wanted=URGENT, actor=world.rita, at=AT) for name in ("mine", "ours"))
    filters.share(key=shared.pk, actor=world.rita)
    filters.keep(name="ours", wanted=URGENT, actor=world.ravi, at=AT)
    said: dict[str, Any] = {"membership_id": membership_of(world.rita.user_id), "actor": olga, "at": AT}
    with pytest.raises(SuccessorMissing):
        leave(to=None, **said)
    leave(to=world.ravi.user_id, **said)
    kept = dict(filters.kept_by(world.ravi).values_list("name", "shared_with"))
    assert kept == {"ours": None, f"ours ({shared.pk})": world.ravi.organisation_id}
    assert filters.kept_by(world.rita).get() == mine
    assert Event.objects.get(kind="filters_passed_on").payload["filters"] == 1


def test_filters_that_nobody_is_left_to_see_hold_nobody_back(world: World) -> None:
    olga = accounts.actor(Role.OPERATOR)
    filters.share(key=filters.keep(name="ours", wanted=URGENT, actor=world.rita, at=AT).pk, actor=world.rita)
    Membership.objects.filter(user_id=world.ravi.user_id).update(ended_at=AT)
    assert leave(membership_id=membership_of(world.rita.user_id), to=None, actor=olga, at=AT).roles == 1


def test_the_last_operator_does_not_leave(db: None) -> None:
    olga = accounts.actor(Role.OPERATOR)
    with pytest.raises(actions.LastOperator):
        leave(membership_id=membership_of(olga.user_id), to=None, actor=olga, at=AT)
    assert queries.has_operator()


def test_a_holder_lets_own_people_leave_and_nobody_elses(world: World) -> None:
    stranger = accounts.actor(Role.HOLDER)
    with pytest.raises(actions.access.NoSuchOrganisation):
        leave(membership_id=membership_of(world.vera.user_id), to=None, actor=stranger, at=AT)
    assert Session.objects.count() == 0
