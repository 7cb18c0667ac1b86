"""Webhooks through the API: the log, replays, the address, the secret."""

from datetime import timedelta
from typing import Any

import pytest
from standardwebhooks.webhooks import Webhook

from tests.factories import clients
from tests.factories.accounts import AT
from tests.factories.clients import Program
from tests.flows.test_resolve_appeal import filed
from tests.flows.world import LATER, World, built
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog import reaching
from touchmark.apps.decisions.models import Restriction
from touchmark.apps.outbox import work
from touchmark.apps.outbox.handlers import Handler
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.engine.terms import Actor
from touchmark.flows import hear_marketplace
from touchmark.flows.resolve_appeal import resolve
from touchmark.integrations.answers import Answer
from touchmark.integrations.webhooks.sign import headers_of


@pytest.fixture
def world(db: None) -> World:
    return built()


def carried(at: Any = LATER) -> list[Message]:
    """Let a worker carry out what waits; give what it told."""
    told: list[Message] = []

    def carry(message: Message, at: Any) -> Answer:
        told.append(message)
        return Answer(200, "done")

    handler = Handler(carry=carry, answered=lambda message, _, at: hear_marketplace.hear(message.payload, at=at))
    work.work(handlers={"webhook": handler}, clock=lambda: at, owner="w")
    return told


def test_the_log_shows_what_was_sent_and_every_try(world: World) -> None:
    decision = world.restrict()
    (message,) = carried()
    shop = clients.of_marketplace()
    (line,) = shop.get("/deliveries").json()["items"]
    assert (line["id"], line["state"], line["to"], line["sequence"]) == (str(message.pk), "carried", "bazaar", 1)
    whole = shop.get(f"/deliveries/{message.pk}").json()
    assert whole["payload"]["data"]["decision"] == decision.ref
    assert [(one["number"], one["outcome"], one["answer_code"]) for one in whole["tries"]] == [(1, "carried", 200)]
    assert shop.get("/deliveries", state="waiting").json()["items"] == []


def test_a_replay_tells_it_again_under_its_old_id_and_changes_nothing_that_stands(world: World) -> None:
    world.restrict()
    (message,) = carried()
    shop = clients.of_marketplace()
    assert shop.post(f"/deliveries/{message.pk}/replay").json()["state"] == "waiting"
    assert [again.pk for again in carried(LATER + timedelta(days=900))] == [message.pk]
    tries = Attempt.objects.order_by("number").values_list("number", "outcome")
    assert list(tries) == [(1, Outcome.CARRIED), (2, Outcome.CARRIED)]
    assert Restriction.objects.get().status == "in_place"
    assert Event.objects.filter(stream=f"message:{message.pk}", kind="replayed").count() == 1


def test_what_was_overtaken_or_is_on_its_way_is_not_sent_again(world: World) -> None:
    decision = world.restrict()
    first = Message.objects.get(kind="webhook")
    shop = clients.of_marketplace()
    assert shop.post(f"/deliveries/{first.pk}/replay").status_code == 409  # it waits
    carried()
    resolve(ref=filed(world, decision).ref, event="reverse", text="The invoice holds.", actor=world.ravi, at=LATER)
    carried()
    assert shop.post(f"/deliveries/{first.pk}/replay").status_code == 409
    told = shop.post("/deliveries/replay", {"since": AT.isoformat()})
    assert told.json() == {"messages": 1}
    (again,) = carried(LATER + timedelta(days=900))
    assert again.payload["type"] == "listing.restored"


def test_a_marketplace_without_a_webhook_asks_and_confirms(world: World) -> None:
    decision = world.restrict()
    shop = clients.of_marketplace()
    (open_one,) = shop.get("/decisions", status="in_force").json()["items"]
    assert open_one["restriction"]["status"] == "ordered"
    done = {"type": "listing.restricted"}
    for _ in range(2):
        said = shop.post(f"/decisions/{decision.ref}/confirmation", done).json()
        assert said["restriction"]["status"] == "in_place"
    assert carried() == []  # nobody is told what they have done already
    message = Message.objects.get(kind="webhook")
    assert (message.state, message.tries.get().answer_excerpt) == (State.CARRIED, "confirmed through the API")
    early = shop.post(f"/decisions/{decision.ref}/confirmation", {"type": "listing.restored"})
    assert (early.status_code, "nobody asked" in early.json()["detail"]) == (409, True)


@pytest.mark.parametrize(
    "url",
    [
        "https://10.0.0.7/hook",
        "https://127.0.0.1/hook",
        "https://[::1]/hook",
        "https://169.254.169.254/latest",
        "https://[::ffff:10.0.0.7]/hook",
        "http://93.184.216.34/hook",
        "https://",
        "https://nowhere.invalid/hook",
    ],
)
def test_an_address_on_a_private_network_in_the_clear_or_nowhere_is_refused(db: None, url: str) -> None:
    shop = clients.of_marketplace()
    answer = shop.send("PUT", "/webhook", {"url": url})
    assert answer.status_code in (409, 422), answer.content
    assert shop.get("/webhook").json() == {"url": "", "secrets": 0, "secret": None, "stopped_at": None}


def test_an_address_is_agreed_on_and_put_on_record(db: None) -> None:
    shop = clients.of_marketplace()
    assert shop.send("PUT", "/webhook", {"url": "https://93.184.216.34/hook"}).status_code == 200
    assert shop.get("/webhook").json()["url"] == "https://93.184.216.34/hook"
    assert Event.objects.filter(stream="marketplace:bazaar", kind="agree_webhook").count() == 1


def test_a_secret_is_changed_without_a_gap(db: None) -> None:
    shop: Program = clients.of_marketplace()
    old, new = (shop.post("/webhook/secret").json()["secret"] for _ in range(2))
    assert shop.get("/webhook").json()["secrets"] == 2
    assert _verifies(old)
    assert _verifies(new)
    assert shop.post("/webhook/secret/retirement").json()["secrets"] == 1
    assert not _verifies(old)
    assert _verifies(new)
    assert shop.post("/webhook/secret/retirement").status_code == 409
    assert old not in str(list(Event.objects.values_list("payload", flat=True)))


def _verifies(secret: str) -> bool:
    from touchmark.api import clock

    signing = reaching.webhook_of("bazaar").secret
    headers = headers_of(secret=signing, id="m-1", body=b"{}", at=clock.now())
    try:
        Webhook(secret).verify(b"{}", headers)
    except Exception:
        return False
    return True


def test_a_trial_is_sent_and_asks_for_nothing(world: World) -> None:
    shop = clients.of_marketplace()
    sent = shop.post("/webhook/test")
    assert sent.status_code == 202
    (told,) = carried(LATER + timedelta(days=900))
    assert (str(told.pk), told.payload["type"]) == (sent.json()["id"], "webhook.test")


def test_a_persons_token_has_no_webhook_of_its_own(world: World) -> None:
    reviewer = clients.with_every_scope(world.ravi)
    assert reviewer.get("/webhook").status_code == 403
    assert clients.with_every_scope(Actor.program_of("bazaar")).get("/webhook").status_code == 200
