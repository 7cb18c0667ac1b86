"""A holder's program hears of what its organisation is told: signed, only what it may know, stopped with a letter."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from tests.factories import accounts, clients
from tests.factories.disputes import LATER, dispute
from touchmark.apps.accounts.models import Membership, Team
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.hooks import actions, carried
from touchmark.apps.hooks.actions import NothingAgreed
from touchmark.apps.hooks.models import Receiver
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox import access, schedule
from touchmark.apps.outbox import actions as outbox
from touchmark.apps.outbox.models import Message
from touchmark.apps.outbox.work import work
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Reach, Role
from touchmark.flows import reseal, tell_organisations
from touchmark.integrations.webhooks.guard import guarded_client
from touchmark.site import wiring

pytestmark = pytest.mark.django_db
URL = "https://93.184.216.34/hook"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": tmp_path}}


def told(actor: Actor) -> list[Any]:
    found = Message.objects.filter(kind=access.TO_ORGANISATIONS, to=str(actor.organisation_id))
    return [message.payload for message in found.order_by("created_at")]


def types(actor: Actor) -> list[str]:
    return [payload["type"] for payload in told(actor)]


def answering(monkeypatch: pytest.MonkeyPatch, status: int, heard: list[httpx.Request] | None = None) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if heard is not None:
            heard.append(request)
        return httpx.Response(status, stream=httpx.ByteStream(b""))

    monkeypatch.setattr(wiring, "_client", lambda: httpx.Client(transport=httpx.MockTransport(answer)))


def carry(at: Any) -> int:
    handlers = {"organisation": wiring.handlers()["organisation"]}
    return work(handlers=handlers, clock=lambda: at, owner="w")


def test_without_an_address_nobody_is_told() -> None:
    made = dispute("platform")
    assert told(made.vera) == told(made.sam) == []


def test_both_sides_hear_of_a_notice_and_its_answer_what_they_may_know() -> None:
    made = dispute("us")
    for actor in (made.vera, made.sam):
        assert actions.agree(url=URL, actor=actor, at=LATER).startswith("whsec_")
    counter = made.answered(at=LATER + DAY)
    (forwarded,) = told(made.vera)
    assert forwarded["type"] == "counter_notice.forwarded"
    assert set(forwarded["data"]) <= {"about", *carried.EVENTS["counter_forwarded"].carries}
    assert forwarded["data"]["counter"] == counter.ref
    assert forwarded["data"]["declared"]["name"] == "Sam Crate"  # 17 U.S.C. 512(g)(2)(B): the copy of the answer
    assert "identity" not in json.dumps(forwarded)
    assert made.decision.ref not in json.dumps(forwarded)
    assert types(made.sam) == ["counter_notice.received"]


def test_a_letter_says_more_than_an_event_carries() -> None:
    said = {"notice": "N-1", "right": "X", "listing": {}, "outcome": "upheld", "reasons": "As said.", "court": "secret"}
    assert carried.event_of("notice_outcome", "N-1", said) == (
        "notice.upheld",
        {"about": "N-1", "notice": "N-1", "right": "X", "listing": {}, "outcome": "upheld", "reasons": "As said."},
    )
    assert carried.event_of("message_from_desk", "D-1", {"text": "between people"}) is None


def test_every_call_is_signed_by_both_secrets_until_the_older_is_retired(monkeypatch: pytest.MonkeyPatch) -> None:
    made, heard = dispute("platform"), []  # type: ignore[var-annotated]
    first = actions.agree(url=URL, actor=made.vera, at=LATER)
    second = actions.rotate(actor=made.vera, at=LATER)
    held = Receiver.objects.get()
    assert first not in held.secret
    assert second not in held.secret
    answering(monkeypatch, 204, heard)
    actions.try_out(actor=made.vera, at=LATER)
    actions.retire(actor=made.vera, at=LATER)
    with pytest.raises(NothingAgreed):
        actions.retire(actor=made.vera, at=LATER)
    assert carry(LATER) == 1
    signed = heard[0].headers["webhook-signature"].split()
    assert len(signed) == 1
    body = heard[0].content.decode()
    at = int(heard[0].headers["webhook-timestamp"])
    from datetime import UTC, datetime

    right = Webhook(second).sign(heard[0].headers["webhook-id"], datetime.fromtimestamp(at, UTC), body)
    assert signed == [right]
    assert json.loads(body)["type"] == "webhook.test"


def test_secrets_are_sealed_anew_with_the_others() -> None:
    made = dispute("platform")
    actions.agree(url=URL, actor=made.vera, at=LATER)
    before = Receiver.objects.get().secret
    assert reseal.reseal(keep=True)["organisations"].good == 1
    assert Receiver.objects.get().secret != before


def test_what_nobody_takes_stops_the_webhook_with_a_letter_and_it_starts_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = dispute("platform")
    actions.agree(url=URL, actor=made.vera, at=LATER)
    answering(monkeypatch, 500)
    message = actions.try_out(actor=made.vera, at=LATER)
    at = LATER
    for _ in range(schedule.TRIES):
        message.refresh_from_db()
        at = max(at, message.due_at)
        carry(at)
    held = Receiver.objects.get()
    assert held.stopped_at == at
    letter = Letter.objects.get(kind="webhook_stopped")
    assert letter.organisation_id == made.vera.organisation_id
    assert "500" in letter.content["why"]
    made.answered(at=at)  # while it is stopped, what happens is kept, and given up at once
    carry(at)
    assert Letter.objects.filter(kind="webhook_stopped").count() == 1
    answering(monkeypatch, 204)
    actions.start_again(actor=made.vera, at=at)
    assert outbox.repeat_since(since=LATER, actor=made.vera, at=at) == 2
    assert carry(at) == 2
    assert not Message.objects.filter(kind=access.TO_ORGANISATIONS).exclude(state="carried").exists()


def test_one_message_that_is_not_taken_among_others_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    made = dispute("platform")
    actions.agree(url=URL, actor=made.vera, at=LATER)
    poison = actions.try_out(actor=made.vera, at=LATER)
    answering(monkeypatch, 204)
    Message.objects.filter(pk=poison.pk).update(due_at=LATER + DAY)
    actions.try_out(actor=made.vera, at=LATER)
    assert carry(LATER) == 1
    answering(monkeypatch, 410)  # for good, at once
    carry(LATER + DAY)
    poison.refresh_from_db()
    assert poison.state == "given_up"
    assert Receiver.objects.get().stopped_at is None


def test_a_private_address_is_not_called() -> None:
    made = dispute("platform")
    actions.agree(url="https://10.0.0.7/hook", actor=made.vera, at=LATER)
    message = actions.try_out(actor=made.vera, at=LATER)
    assert wiring._client().timeout == guarded_client().timeout
    carry(LATER)
    assert "not on the public network" in message.tries.get().error


def test_a_clock_that_ends_soon_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = dispute("cn")
    actions.agree(url=URL, actor=made.vera, at=LATER)
    made.answered(at=LATER)
    (window,) = Deadline.objects.filter(clock="suit_window", closed_at=None)
    assert window.due_at is not None
    assert tell_organisations.warn_of_ends(at=window.due_at - timedelta(days=3)) == 0
    assert tell_organisations.warn_of_ends(at=window.due_at - timedelta(hours=47)) == 1
    tell_organisations.cache.clear()
    assert tell_organisations.warn_of_ends(at=window.due_at - timedelta(hours=46)) == 0
    soon = told(made.vera)[-1]
    assert (soon["type"], soon["data"]["clock"]) == ("clock.ends_soon", "suit_window")
    assert soon["data"]["by"] == window.due_at.isoformat()


def test_who_does_not_speak_for_all_of_it_agrees_on_nothing_and_sees_nothing() -> None:
    made = dispute("platform")
    actions.agree(url=URL, actor=made.vera, at=LATER)
    message = actions.try_out(actor=made.vera, at=LATER)
    limited = Actor(
        made.vera.user_id,
        made.vera.organisation_id,
        frozenset({Role.HOLDER}),
        limits=((Role.HOLDER, Reach(marketplaces=frozenset({"bazaar"}))),),
    )
    agent = Actor(made.vera.user_id, made.vera.organisation_id, frozenset({Role.AGENT}))
    for actor in (limited, agent, Actor.program_of("shop-platform")):
        with pytest.raises(NotYours):
            actions.agree(url=URL, actor=actor, at=LATER)
    for actor in (limited, agent, made.sam, Actor.program_of("shop-platform")):
        assert not access.messages_for(actor).filter(pk=message.pk).exists()
    with pytest.raises(access.NoSuchMessage):
        outbox.replay(message_id=message.pk, actor=made.sam, at=LATER)


def test_a_program_agrees_by_the_api(settings: Any, tmp_path: Path) -> None:
    settings.TOUCHMARK_LIMITS = tmp_path / "limits"
    made = dispute("platform")
    vera = clients.with_every_scope(made.vera)
    assert vera.get("/webhook").json()["url"] == ""
    assert vera.post("/webhook/test").status_code == 409
    agreed = vera.send("PUT", "/webhook", {"url": URL}).json()
    assert agreed["secret"].startswith("whsec_")
    again = vera.send("PUT", "/webhook", {"url": URL + "2"}).json()
    assert (again["url"], again["secret"]) == (URL + "2", None)
    assert vera.send("PUT", "/webhook", {"url": "https://192.168.0.1/x"}).status_code == 409
    sent = vera.post("/webhook/test").json()
    (listed,) = vera.get("/deliveries").json()["items"]
    assert (listed["id"], listed["to"]) == (sent["id"], "")
    whole = vera.get(f"/deliveries/{sent['id']}").json()
    assert whole["payload"]["type"] == "webhook.test"
    assert clients.with_every_scope(made.sam).get(f"/deliveries/{sent['id']}").status_code == 404
    Message.objects.update(state="carried")
    assert vera.post(f"/deliveries/{sent['id']}/replay").json()["state"] == "waiting"
    Message.objects.update(state="given_up")
    assert vera.post("/deliveries/replay", {"since": "2026-01-01T00:00:00Z"}).json()["messages"] == 1
    assert vera.post("/webhook/end").json()["url"] == ""
    assert vera.post("/webhook/end").status_code == 409


def test_the_pages_take_a_person_through_it(settings: Any) -> None:
    settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK = False
    person = accounts.member(Role.HOLDER)
    browser = accounts.just_proven(accounts.signed_in(person))
    assert "How it works" in browser.get("/webhook/").content.decode()
    refused = browser.post("/webhook/address", {"url": "https://127.0.0.1/hook"})
    assert (refused.status_code, "not on the public network" in refused.content.decode()) == (422, True)
    assert "whsec_" in browser.post("/webhook/address", {"url": URL}).content.decode()
    assert "whsec_" not in browser.get("/webhook/").content.decode()
    assert browser.post("/webhook/test").status_code == 302
    message = Message.objects.get(kind=access.TO_ORGANISATIONS)
    for page in ("/webhook/told/", f"/webhook/told/{message.pk}"):
        assert "webhook.test" in browser.get(page).content.decode()
    stranger = accounts.signed_in(accounts.member(Role.HOLDER))
    assert stranger.get(f"/webhook/told/{message.pk}").status_code == 404
    Message.objects.update(state="given_up")
    assert browser.post(f"/webhook/told/{message.pk}/replay").status_code == 302
    message.refresh_from_db()
    assert message.state == "waiting"
    Receiver.objects.update(stopped_at=LATER, stopped_because="500")
    assert "Stopped" in browser.get("/webhook/").content.decode()
    browser.post("/webhook/start")
    assert Receiver.objects.get().stopped_at is None
    assert accounts.signed_in(accounts.member(Role.REVIEWER)).get("/webhook/").status_code == 403
    assert not (Team.objects.exists() and Membership.objects.filter(team__isnull=False).exists())
