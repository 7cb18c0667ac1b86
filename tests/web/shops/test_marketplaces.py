"""Connected marketplaces on pages: how they stand, secrets turned over, what they were told, programs, pulls."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from tests.factories import accounts, catalog
from tests.factories.clients import Program

from touchmark.apps.catalog import pulls, reaching
from touchmark.apps.catalog.models import Marketplace, Pull
from touchmark.apps.clients.models import Client
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox.models import Attempt, Message
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor, Role
from touchmark.integrations.oscar.shop import SCHEME
from touchmark.ops import pulling

pytestmark = pytest.mark.django_db
AT = accounts.AT


@pytest.fixture
def operator() -> Browser:
    return accounts.just_proven(accounts.signed_in(accounts.member(Role.OPERATOR)))


@pytest.fixture
def bazaar() -> Marketplace:
    found = catalog.marketplace("bazaar")
    agreed: dict[str, Any] = {"url": "https://shop.example/hook", "secret": "whsec_old"}
    reaching.agree_webhook(marketplace="bazaar", **agreed, actor=Actor.system(), at=AT)
    return found


def given_up(to: str = "bazaar") -> Message:
    payload = {"type": "listing.restored", "data": {"statement": "canary-of-a-case"}}
    with transaction.atomic():
        made = outbox.put(kind="webhook", to=to, payload=payload, subject="listing:7", at=AT)
    Message.objects.filter(pk=made.pk).update(state="given_up", attempts=10)
    Attempt.objects.create(message=made, number=1, at=AT, outcome="later", answer_code=503, error="come back later")
    return made


def test_the_list_says_how_each_stands(operator: Browser, bazaar: Marketplace) -> None:
    given_up()
    catalog.marketplace("lumina")
    page = operator.get("/marketplaces").text
    assert "1 given up" in page
    assert "webhook" in page
    assert "its program asks" in page


def test_a_secret_is_shown_once_and_the_older_one_retired(operator: Browser, bazaar: Marketplace) -> None:
    page = operator.post("/marketplaces/bazaar/secret")
    made = re.search(r"whsec_[\w+/=]{20,}", page.text)
    assert made
    assert "no-store" in page["Cache-Control"]
    assert reaching.webhook_of("bazaar").secret == f"{made[0]} whsec_old"
    assert made[0] not in operator.get("/marketplaces/bazaar").text
    operator.post("/marketplaces/bazaar/secret/retire")
    assert reaching.webhook_of("bazaar").secret == made[0]
    assert operator.post("/marketplaces/bazaar/secret/retire").status_code == 409


def test_a_stale_session_proves_itself_and_comes_back_to_the_page(bazaar: Marketplace) -> None:
    client = accounts.signed_in(accounts.member(Role.OPERATOR))
    there = {"referer": "http://testserver/marketplaces/bazaar"}
    answer = client.post("/marketplaces/bazaar/secret", headers=there)
    assert answer["Location"] == "/sign-in/again/code?next=/marketplaces/bazaar"
    elsewhere = client.post("/marketplaces/bazaar/secret", headers={"referer": "https://evil.example/x"})
    assert elsewhere["Location"] == "/sign-in/again/code?next=/marketplaces/bazaar/secret"
    assert reaching.webhook_of("bazaar").secret == "whsec_old"


def test_a_private_address_is_refused_and_a_public_one_taken(
    operator: Browser, bazaar: Marketplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = operator.post("/marketplaces/bazaar/address", {"url": "https://127.0.0.1/hook"})
    assert "not on the public network" in refused.text
    assert "Please mend this first" in operator.post("/marketplaces/bazaar/address", {"url": "no address"}).text
    assert reaching.webhook_of("bazaar").url == "https://shop.example/hook"
    assert operator.post("/marketplaces/bazaar/address", {"url": "https://8.8.8.8/hook"}).status_code == 302
    assert reaching.webhook_of("bazaar").url == "https://8.8.8.8/hook"


def test_what_it_was_told_without_what_the_case_says(operator: Browser, bazaar: Marketplace) -> None:
    message = given_up()
    for address in ("", "?state=given_up", "?state=given_up&page=0", "?page=x"):
        log = operator.get(f"/marketplaces/bazaar/deliveries{address}").text
        assert "come back later" in log
    assert "come back later" not in operator.get("/marketplaces/bazaar/deliveries?state=carried").text
    one = operator.get(f"/marketplaces/bazaar/deliveries/{message.pk}").text
    assert f"msg_{message.pk}" in one
    assert "canary-of-a-case" not in one + log
    assert operator.post(f"/marketplaces/bazaar/deliveries/{message.pk}/replay").status_code == 302
    message.refresh_from_db()
    assert message.state == "waiting"
    again = operator.post(f"/marketplaces/bazaar/deliveries/{message.pk}/replay", follow=True)
    assert "nothing to replay" in again.text


def test_a_message_of_another_marketplace_or_an_e_mail_is_not_there(operator: Browser, bazaar: Marketplace) -> None:
    catalog.marketplace("lumina")
    message = given_up("lumina")
    letter = outbox.put(kind="email", to="a@b.test", payload={"body": "canary"}, at=AT)
    for found in (message, letter):
        address = f"/marketplaces/bazaar/deliveries/{found.pk}"
        assert operator.get(address).status_code == 404
        assert operator.post(f"{address}/replay").status_code == 404
    message.refresh_from_db()
    assert message.state == "given_up"


def test_a_trial_is_sent(operator: Browser, bazaar: Marketplace) -> None:
    operator.post("/marketplaces/bazaar/test")
    assert Message.objects.get(to="bazaar").payload["type"] == "webhook.test"


def test_a_programs_token_is_made_and_taken_back(operator: Browser, bazaar: Marketplace) -> None:
    said = {"name": "till", "scopes": ["listings:read"], "days": "365"}
    page = operator.post("/marketplaces/bazaar/tokens/new", said).text
    token = re.search(r"tmk_[\w-]{43}", page)
    assert token
    program = Program(token[0])
    assert program.get("/listings").status_code == 200
    catalog.marketplace("lumina")
    kept = Client.objects.get()
    assert operator.post(f"/marketplaces/lumina/tokens/{kept.pk}/end").status_code == 404
    assert "till" in operator.get("/marketplaces/bazaar").text
    operator.post(f"/marketplaces/bazaar/tokens/{kept.pk}/end")
    assert program.get("/listings").status_code == 401


def test_what_is_not_open_is_not_there(operator: Browser) -> None:
    for address in ("", "/deliveries", "/tokens/new"):
        assert operator.get(f"/marketplaces/none{address}").status_code == 404
    for address in ("/address", "/secret", "/secret/retire", "/test", "/plan"):
        assert operator.post(f"/marketplaces/none{address}").status_code == 404


def test_nobody_but_an_operator_comes_in(bazaar: Marketplace) -> None:
    message = given_up()
    paths = ["", "/deliveries", f"/deliveries/{message.pk}", "/tokens/new"]
    for role in (Role.REVIEWER, Role.POLICY_OWNER, Role.HOLDER, Role.SELLER):
        client = accounts.just_proven(accounts.signed_in(accounts.member(role)))
        assert client.get("/marketplaces").status_code == 403
        assert [client.get(f"/marketplaces/bazaar{path}").status_code for path in paths] == [403] * 4
        assert client.post("/marketplaces/bazaar/secret").status_code == 403
        assert client.post(f"/marketplaces/bazaar/deliveries/{message.pk}/replay").status_code == 403
    message.refresh_from_db()
    assert message.state == "given_up"


def test_pulls_are_kept_and_shown(operator: Browser, bazaar: Marketplace) -> None:
    Marketplace.objects.filter(pk=bazaar.pk).update(webhook_url=f"{SCHEME}https://shop.example")
    first = pulls.began(slug="bazaar", at=AT)
    assert "no end yet" in operator.get("/marketplaces").text
    pulls.ended(first, Intake(new=3, unchanged=2), error="", at=AT)
    assert "3 new, 0 changed, 2 as they were" in operator.get("/marketplaces").text
    second = pulls.began(slug="bazaar", at=AT + timedelta(hours=1))
    pulls.ended(second, Intake(), error="The shop answered 500", at=AT)
    assert "The shop answered 500" in operator.get("/marketplaces").text
    for n in range(pulls.KEPT + 5):
        pulls.began(slug="bazaar", at=AT + timedelta(days=1, minutes=n))
    assert Pull.objects.count() == pulls.KEPT
    assert operator.get("/marketplaces/bazaar").status_code == 200


def test_the_worker_pulls_what_is_due_and_keeps_what_went_wrong(operator: Browser, bazaar: Marketplace) -> None:
    Marketplace.objects.filter(pk=bazaar.pk).update(webhook_url=f"{SCHEME}http://127.0.0.1:1")
    operator.post("/marketplaces/bazaar/plan", {"hours": "6"})
    bazaar.refresh_from_db()
    assert bazaar.next_pull_at
    assert pulling.pull_due(bazaar.next_pull_at - timedelta(seconds=1)) == 0
    due = bazaar.next_pull_at
    assert pulling.pull_due(due) == 1
    assert pulling.pull_due(due) == 0
    bazaar.refresh_from_db()
    assert bazaar.next_pull_at == due + timedelta(hours=6)
    kept = Pull.objects.get()
    assert kept.ended_at
    assert "not on the public network" in kept.error
    operator.post("/marketplaces/bazaar/plan", {"hours": ""})
    assert pulling.pull_due(due + timedelta(days=9)) == 0


def test_two_workers_pull_a_shop_once(bazaar: Marketplace) -> None:
    pulls.plan(slug="bazaar", every=timedelta(hours=1), actor=Actor.system(), at=AT)
    assert [pulls.claim_due(at=AT), pulls.claim_due(at=AT)] == ["bazaar", None]
