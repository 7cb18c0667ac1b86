"""The pages of ladders: what each marketplace follows, what another would change, who chooses and says why."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.factories import accounts
from tests.flows.test_consequences import removed
from tests.flows.world import LATER, World
from tests.flows.world import built as build
from tests.web.worlds import words_of

from touchmark.apps.accounts.models import Team
from touchmark.apps.audit.models import Event
from touchmark.apps.penalties.models import Following
from touchmark.engine.penalties import consequences
from touchmark.engine.terms import Role
from touchmark.web import clock
from touchmark.web.ui.tracks import LADDERS

pytestmark = pytest.mark.django_db
PAGE = "/policy/ladders/bazaar/"
OTHER = "platform.strikes-only"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(clock, "now", lambda: LATER + timedelta(days=11))
    return build()


@pytest.fixture
def pia() -> Client:
    """Give a browser in which somebody who owns the policy has signed in."""
    return accounts.signed_in(accounts.member(Role.POLICY_OWNER, name="Pia"))


def words(page: object) -> str:
    return words_of(page.content.decode())  # type: ignore[attr-defined]


def test_every_ladder_has_a_name_that_people_read() -> None:
    assert set(LADDERS) == set(consequences.names(on=LATER.date()))


def test_another_ladder_is_looked_at_before_it_is_chosen(world: World, pia: Client) -> None:
    for day in (0, 10):
        removed(world, LATER + timedelta(days=day))
    assert "Points and strikes" in words(pia.get("/policy/ladders/"))
    assert "What would change" in words(pia.get(PAGE))
    page = words(pia.get(PAGE, {"ladder": OTHER}))
    assert "1 shop was looked at against whom a decision counts. For 1 something else would follow." in page
    assert "no new offers for 14 days a warning milder" in page
    assert not Following.objects.exists()
    silent = pia.post(PAGE, {"ladder": OTHER, "why": ""})
    assert silent.status_code == 422
    assert "Fill in “Why”" in words(silent)
    assert not Following.objects.exists()
    done = words(pia.post(PAGE, {"ladder": OTHER, "why": "Points confuse <b>sellers</b>."}, follow=True))
    assert "It is followed from now on." in done
    assert "Pia chose: Strikes alone" in done
    assert "Points confuse <b>sellers</b>." not in pia.get(PAGE).content.decode()
    assert Event.objects.get(stream="ladder:bazaar").payload["before"] == "platform.consequences"
    assert "Strikes alone" in words(pia.get("/policy/ladders/"))
    again = pia.post(PAGE, {"ladder": OTHER, "why": "Twice."})
    assert again.status_code == 422
    assert "follows this ladder already" in words(again)


@pytest.mark.parametrize("ladder", ["nobody's", "", "x" * 61, "<script>"])
def test_a_ladder_that_there_is_not_changes_nothing(world: World, pia: Client, ladder: str) -> None:
    assert pia.get(PAGE, {"ladder": ladder}).status_code == 200
    assert pia.post(PAGE, {"ladder": ladder, "why": "As a trial."}).status_code == 422
    assert not Following.objects.exists()


def test_where_nothing_counts_it_says_so(world: World, pia: Client) -> None:
    assert "nothing would change today" in words(pia.get(PAGE, {"ladder": OTHER}))
    assert pia.get("/policy/ladders/nowhere/").status_code == 404


def test_a_reviewer_looks_and_whose_role_is_limited_does_not(world: World, pia: Client) -> None:
    rita = accounts.signed_in(accounts.member(Role.REVIEWER))
    assert "Follow it" not in words(rita.get(PAGE, {"ladder": OTHER}))
    assert rita.post(PAGE, {"ladder": OTHER, "why": "I would."}).status_code == 403
    limited = accounts.member(Role.POLICY_OWNER)
    held = limited.memberships.get()
    held.team = Team.objects.create(organisation=held.organisation, name="B", made_at=LATER, marketplaces=["bazaar"])
    held.save()
    assert accounts.signed_in(limited).get(PAGE).status_code == 404
    assert "No ladder to see" in words(accounts.signed_in(limited).get("/policy/ladders/"))
    assert not Following.objects.exists()
