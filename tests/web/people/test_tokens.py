"""Tokens on pages: made with scopes and an end after a fresh proof, shown once, used, taken back."""

import re
from datetime import timedelta
from typing import Any

import pytest
from tests.factories import accounts, catalog
from tests.factories.clients import Program

from touchmark.apps.clients import actions
from touchmark.apps.clients.models import Client
from touchmark.apps.clients.scopes import Scope
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock
from touchmark.web.tokens import SCOPES

pytestmark = pytest.mark.django_db
SAID = {"name": "till  no. 3", "scopes": ["rights:read"], "days": "30"}
TOKEN = re.compile(r"tmk_[\w-]{43}")


def test_every_scope_has_its_words() -> None:
    assert set(SCOPES) == set(Scope)


def test_one_is_made_shown_once_used_and_taken_back() -> None:
    vera = accounts.member(Role.HOLDER)
    client = accounts.just_proven(accounts.signed_in(vera))
    made = client.post("/account/tokens/new", SAID)
    token = TOKEN.search(made.text)
    assert token
    assert "no-store" in made["Cache-Control"]
    kept = Client.objects.get()
    assert (kept.name, kept.scopes, kept.user, kept.last_used_at) == ("till no. 3", ["rights:read"], vera, None)
    assert kept.expires_at
    assert timedelta(days=29) < kept.expires_at - clock.now() <= timedelta(days=30)
    program = Program(token[0])
    assert program.get("/rights").status_code == 200
    assert program.get("/notices").status_code == 403
    kept.refresh_from_db()
    assert kept.last_used_at
    listed = client.get("/account/tokens").text
    assert "till no. 3" in listed
    assert not TOKEN.search(listed)
    assert client.post(f"/account/tokens/{kept.pk}/end").status_code == 302
    assert program.get("/rights").status_code == 401
    assert "taken back" in client.get("/account/tokens").text


def test_last_used_is_written_once_a_minute(django_assert_num_queries: Any) -> None:
    actor = accounts.actor(Role.HOLDER)
    actions.issue_own(name="n", scopes=[Scope.RIGHTS_READ], actor=actor, at=accounts.AT)
    held = Client.objects.get()
    actions.note_use(held, at=accounts.AT)
    held.refresh_from_db()
    with django_assert_num_queries(0):
        actions.note_use(held, at=accounts.AT + timedelta(seconds=59))
    with django_assert_num_queries(1):
        actions.note_use(held, at=accounts.AT + timedelta(seconds=60))


@pytest.mark.parametrize("wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["rules:write"]}, {"days": "9999"}])
def test_what_cannot_be_had_is_refused(wrong: dict[str, Any]) -> None:
    client = accounts.just_proven(accounts.signed_in(accounts.member(Role.HOLDER)))
    answer = client.post("/account/tokens/new", SAID | wrong)
    assert "Please mend this first" in answer.text
    assert not Client.objects.exists()


def test_a_stale_session_makes_none() -> None:
    client = accounts.signed_in(accounts.member(Role.REVIEWER))
    assert client.post("/account/tokens/new", SAID)["Location"].startswith("/sign-in/again")
    assert not Client.objects.exists()


def test_a_role_without_programs_is_told_so() -> None:
    client = accounts.just_proven(accounts.signed_in(accounts.member(Role.MEMBER)))
    assert "There is nothing for programs in your role" in client.get("/account/tokens").text
    client.post("/account/tokens/new", SAID)
    assert not Client.objects.exists()


def test_an_operators_own_page_shows_their_own_and_takes_back_no_others() -> None:
    catalog.marketplace("bazaar")
    theirs = accounts.actor(Role.HOLDER)
    actions.issue_own(name="canary program", scopes=[Scope.RIGHTS_READ], actor=theirs, at=accounts.AT)
    actions.issue(marketplace="bazaar", name="canary till", scopes=[Scope.SCREEN], actor=Actor.system(), at=accounts.AT)
    client = accounts.signed_in(accounts.member(Role.OPERATOR))
    assert "canary" not in client.get("/account/tokens").text
    for kept in Client.objects.all():
        assert client.post(f"/account/tokens/{kept.pk}/end").status_code == 404
    assert not Client.objects.exclude(ended_at=None).exists()


def test_tokens_are_those_of_the_organisation_acted_for() -> None:
    vera = accounts.member(Role.HOLDER)
    other = accounts.organisation(name="Other House")
    accounts.member(Role.HOLDER, of=other, person=vera)
    client = accounts.just_proven(accounts.signed_in(vera))
    client.post("/account/tokens/new", SAID)
    client.post("/account/act-for", {"organisation": other.pk})
    assert "till no. 3" not in client.get("/account/tokens").text
