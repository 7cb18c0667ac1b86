"""Who is let through to a view, and where the others are sent."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils import timezone
from tests.factories import accounts

from touchmark.apps.accounts.models import OrganisationKind
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Role
from touchmark.site import urls
from touchmark.web import refusals
from touchmark.web.guard import PersonRequest, public, roles, signed_in

pytestmark = pytest.mark.django_db


class NoSuchThing(TouchmarkError):
    """For the tests."""


class TooLate(TouchmarkError):
    """For the tests."""


@public
def anybody(request: PersonRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.user_id} {sorted(request.actor.roles)}")


@signed_in
def someone(request: PersonRequest) -> HttpResponse:
    return HttpResponse(f"{request.actor.user_id} {timezone.get_current_timezone()}")


@roles(Role.REVIEWER, Role.POLICY_OWNER)
def desk(request: PersonRequest) -> HttpResponse:
    return HttpResponse(f"organisation {request.actor.organisation_id}")


@roles(Role.REVIEWER)
def refused(request: PersonRequest) -> HttpResponse:
    raise {"none": NoSuchThing, "late": TooLate}[request.GET["why"]]("It was <b>decided</b> already.")


class Routes:
    """The views above beside the site's own."""

    urlpatterns = [
        path("test/anybody", anybody),
        path("test/someone", someone),
        path("test/desk", desk),
        path("test/refused", refused),
        *urls.urlpatterns,
    ]
    handler403, handler404, handler500 = urls.handler403, urls.handler404, urls.handler500


@pytest.fixture(autouse=True)
def _routes(settings: Any) -> None:
    settings.ROOT_URLCONF = Routes


def test_a_stranger() -> None:
    client = Client()
    assert client.get("/test/anybody").content == b"None []"
    for address in ("/test/someone", "/test/desk"):
        answer = client.get(f"{address}?a=1")
        assert (answer.status_code, answer["Location"]) == (302, f"/sign-in?next={address}%3Fa%3D1")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.REVIEWER, 200),
        (Role.POLICY_OWNER, 200),
        (Role.OPERATOR, 403),  # runs the installation, and sees no case
        (Role.HOLDER, 403),
        (Role.SELLER, 403),
        (Role.INVESTIGATOR, 403),
    ],
)
def test_a_role(role: Role, status: int) -> None:
    assert accounts.signed_in(accounts.member(role)).get("/test/desk").status_code == status


def test_another_role_than_needed_is_told_so_in_words() -> None:
    answer = accounts.signed_in(accounts.member(Role.SELLER)).get("/test/desk")
    assert "for somebody in another role than yours" in answer.text


def test_a_role_counts_only_for_the_organisation_acted_for() -> None:
    person = accounts.member(Role.SELLER)
    accounts.member(Role.REVIEWER, person=person)
    client = accounts.signed_in(person)
    assert client.get("/test/desk").status_code == 403
    platform = accounts.organisation(OrganisationKind.PLATFORM)
    client.post("/account/act-for", {"organisation": platform.pk})
    assert client.get("/test/desk").text == f"organisation {platform.pk}"


def test_acting_for_an_organisation_that_is_not_ones_own_changes_nothing() -> None:
    client = accounts.signed_in(accounts.member(Role.SELLER))
    client.post("/account/act-for", {"organisation": accounts.organisation(OrganisationKind.PLATFORM).pk})
    client.post("/account/act-for", {"organisation": "nonsense"})
    assert client.get("/test/desk").status_code == 403


def test_a_role_taken_away_is_gone_with_the_next_click() -> None:
    person = accounts.member(Role.REVIEWER)
    client = accounts.signed_in(person)
    assert client.get("/test/desk").status_code == 200
    person.memberships.update(ended_at=accounts.AT)
    assert client.get("/test/desk").status_code == 403


def test_pages_of_somebody_signed_in_are_kept_nowhere() -> None:
    client = accounts.signed_in(accounts.member(Role.SELLER))
    assert "no-store" in client.get("/test/someone")["Cache-Control"]
    assert "no-store" in client.get("/test/anybody")["Cache-Control"]


def test_times_are_the_readers_and_the_next_readers_are_not() -> None:
    sam = accounts.member(Role.SELLER, time_zone="Asia/Shanghai")
    assert accounts.signed_in(sam).get("/test/someone").text == f"{sam.pk} Asia/Shanghai"
    assert timezone.get_current_timezone() == ZoneInfo("UTC")


@pytest.mark.parametrize(("why", "status"), [("none", 404), ("late", 409)])
def test_a_refusal_that_no_view_catches_is_a_page_in_its_own_words(why: str, status: int) -> None:
    answer = accounts.signed_in(accounts.member(Role.REVIEWER)).get(f"/test/refused?why={why}")
    assert answer.status_code == status
    assert "It was &lt;b&gt;decided&lt;/b&gt; already." in answer.text


def test_a_refusal_without_a_special_name_is_a_conflict() -> None:
    assert refusals.status_of(TooLate("x")) == 409


# The second factor -------------------------------------------------------------------------------------------------


def without_second_factor(*roles: Role, has_one: bool = False) -> Client:
    """Sign somebody in by password alone."""
    person = accounts.member(*roles)
    if has_one:
        accounts.second_factor(person)
    session = accounts.session_of(person)
    session["account_authentication_methods"] = session["account_authentication_methods"][:1]
    session.save()
    if not has_one:
        person.authenticator_set.all().delete()
    client = Client()
    client.cookies["sessionid"] = session.session_key or ""
    return client


@pytest.mark.parametrize("address", ["/", "/test/anybody", "/test/someone", "/test/desk", "/account", "/people"])
def test_who_owes_a_second_factor_is_sent_to_set_it_up_from_everywhere(address: str) -> None:
    answer = without_second_factor(Role.REVIEWER).get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/account/second-factor")


@pytest.mark.parametrize("address", ["/test/desk", "/account", "/account/codes", "/account/second-factor/end"])
def test_who_has_one_and_has_not_shown_it_is_sent_to_show_it(address: str) -> None:
    answer = without_second_factor(Role.OPERATOR, has_one=True).get(address)
    assert (answer.status_code, answer["Location"]) == (302, "/sign-in/again/code")


def test_who_has_not_shown_theirs_cannot_set_up_another() -> None:
    answer = without_second_factor(Role.OPERATOR, has_one=True).get("/account/second-factor")
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/sign-in/again", "/account/second-factor/end"))


def test_it_counts_for_a_role_held_elsewhere_than_acted_for() -> None:
    person = accounts.member(Role.SELLER)
    client = accounts.signed_in(person)  # as a seller, who owes none
    assert client.get("/test/someone").status_code == 200
    accounts.member(Role.REVIEWER, person=person)
    assert client.get("/test/someone").status_code == 302


def test_who_owes_one_may_sign_out() -> None:
    assert without_second_factor(Role.REVIEWER).post("/sign-out")["Location"] == "/"


@pytest.mark.parametrize("role", [Role.SELLER, Role.HOLDER, Role.AGENT, Role.MEMBER])
def test_who_owes_none_is_not_held(role: Role) -> None:
    assert without_second_factor(role).get("/test/someone").status_code == 200


def test_a_shown_factor_that_was_taken_away_counts_no_longer() -> None:
    person = accounts.member(Role.REVIEWER)
    client = accounts.signed_in(person)
    assert client.get("/test/desk").status_code == 200
    person.authenticator_set.all().delete()
    assert client.get("/test/desk")["Location"] == "/account/second-factor"


def test_another_persons_shown_factor_in_the_session_counts_for_nothing() -> None:
    rita = accounts.member(Role.REVIEWER)
    session = accounts.session_of(rita)
    session["account_authentication_methods_user"] = str(accounts.user().pk)
    session.save()
    client = Client()
    client.cookies["sessionid"] = session.session_key or ""
    assert client.get("/test/desk").status_code == 302


def test_a_session_marked_as_of_the_demo_counts_in_a_demo_only() -> None:
    rita = accounts.member(Role.REVIEWER)
    session = accounts.session_of(rita)
    session["account_authentication_methods"] = [{"method": "demo", "at": 0}]
    session.save()
    client = Client()
    client.cookies["sessionid"] = session.session_key or ""
    assert client.get("/test/desk").status_code == 302
