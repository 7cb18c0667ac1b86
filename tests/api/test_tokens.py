"""Tokens: what they may do, for how long, and what ends them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import accounts, catalog, clients, registry
from tests.factories.accounts import AT
from tests.factories.clients import Program
from touchmark.apps.accounts import actions as people
from touchmark.apps.audit.models import Event
from touchmark.apps.clients import access, actions
from touchmark.apps.clients.actions import ScopeNotForThis
from touchmark.apps.clients.models import Client
from touchmark.apps.clients.scopes import Scope
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role
from touchmark.ops import cli


def test_an_expired_token_opens_nothing_and_says_until_when_it_was_good(db: None) -> None:
    shop = clients.of_marketplace(lasts=timedelta(days=1))
    answer = shop.get("/listings")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert "until 2026-08-02" in answer.json()["detail"]


def test_a_token_taken_back_opens_nothing(db: None) -> None:
    shop = clients.of_marketplace()
    assert shop.get("/listings").status_code == 200
    assert actions.take_back(whose="bazaar", name="shop", actor=Actor.system(), at=AT) == 1
    assert shop.get("/listings").status_code == 401


def test_a_persons_token_ends_with_their_membership(db: None) -> None:
    vera = registry.holder()
    token = actions.issue_own(name="cli", scopes=[Scope.RIGHTS_READ], actor=vera, at=AT, lasts=timedelta(days=36_500))
    assert Program(token).get("/rights").status_code == 200
    membership = registry.organisation_of(vera).memberships.get(user_id=vera.user_id)
    people.end_membership(membership_id=membership.pk, actor=vera, at=AT)
    assert Program(token).get("/rights").status_code == 401


def test_a_token_of_one_organisation_never_speaks_for_another(db: None) -> None:
    """Whoever leaves one of two organisations keeps no program that would act for the other by mistake."""
    person = accounts.member(Role.HOLDER)
    other = accounts.organisation(name="Second home")
    accounts.member(Role.HOLDER, of=other, person=person)
    actor = Actor(person.pk, other.pk, frozenset({Role.HOLDER}))
    token = actions.issue_own(name="cli", scopes=[Scope.RIGHTS_READ], actor=actor, at=AT, lasts=timedelta(days=36_500))
    other.memberships.update(ended_at=AT)
    assert Program(token).get("/rights").status_code == 401


def test_a_token_has_no_scope_that_its_kind_has_no_use_for(db: None) -> None:
    catalog.marketplace()
    with pytest.raises(ScopeNotForThis, match="rights:read"):
        actions.issue(marketplace="bazaar", name="shop", scopes=[Scope.RIGHTS_READ], actor=Actor.system(), at=AT)
    with pytest.raises(ScopeNotForThis, match="screen"):
        actions.issue_own(name="cli", scopes=[Scope.SCREEN], actor=registry.holder(), at=AT)
    with pytest.raises(NotYours):
        actions.issue(marketplace="bazaar", name="shop", scopes=[], actor=registry.holder(), at=AT)


def test_whose_tokens_somebody_sees_and_ends(db: None) -> None:
    vera, nils, operator = registry.holder(), registry.holder(), accounts.actor(Role.OPERATOR)
    actions.issue_own(name="cli", scopes=[Scope.RIGHTS_READ], actor=vera, at=AT)
    (own,) = access.clients_for(vera)
    assert not access.clients_for(nils).exists()
    with pytest.raises(access.NoSuchToken):
        actions.take_back_one(client_id=own.pk, actor=nils, at=AT)
    assert actions.take_back_one(client_id=own.pk, actor=vera, at=AT) == 1
    assert list(access.clients_for(operator)) == [own]
    kinds = Event.objects.filter(stream=f"person:{vera.user_id}").values_list("kind", flat=True)
    assert list(kinds.order_by("number")) == ["issue_token", "end_token"]


def test_only_a_digest_is_kept(db: None) -> None:
    shop = clients.of_marketplace()
    assert shop.token not in str(list(Client.objects.values()))
    assert shop.token not in str(list(Event.objects.values_list("payload")))


def test_the_command_issues_to_marketplaces_and_to_people(db: None, capsys: Any) -> None:
    catalog.marketplace()
    accounts.member(Role.HOLDER, email="vera@example.test")
    assert cli.main(["issue-token", "bazaar", "--name", "shop", "--scope", "listings:read", "--days", "30"]) == 0
    assert cli.main(["issue-token", "vera@example.test", "--name", "cli"]) == 0
    shop, vera = (Program(line.split()[-1]) for line in capsys.readouterr().out.splitlines())
    assert (shop.get("/listings").status_code, shop.get("/decisions").status_code) == (200, 403)
    assert (vera.get("/rights").status_code, vera.get("/notices").status_code) == (200, 200)
    assert cli.main(["issue-token", "vera@example.test", "--name", "cli", "--end"]) == 0
    assert vera.get("/rights").status_code == 401


@pytest.mark.parametrize("said", [["nowhere", "--name", "x"], ["a@b.test", "--name", "x"]])
def test_the_command_refuses_whom_it_does_not_know(db: None, capsys: Any, said: list[str]) -> None:
    assert cli.main(["issue-token", *said]) == 2


def test_a_nul_is_refused_everywhere(db: None) -> None:
    shop, vera = clients.of_marketplace(), clients.with_every_scope(registry.holder())
    assert shop.get("/listings", listing_id="a\0b").status_code == 400
    assert vera.post("/rights", {"kind": "word_mark", "text": "A\0B"}).status_code == 422
    assert vera.get("/rights/a%00b").status_code == 404
