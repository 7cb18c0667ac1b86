"""``/deliveries`` and ``/webhook``: what a marketplace is told, how that goes, and by which address and secret."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from ninja import Query, Router, Schema
from pydantic import Field

from touchmark.api import clock
from touchmark.api.clients import Asking, looked, may
from touchmark.api.forms import Body, Moment
from touchmark.api.listings import Since
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.problems import refusing
from touchmark.apps.catalog import reaching
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.outbox import access, actions, queries
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Role
from touchmark.flows import hear_marketplace
from touchmark.integrations.webhooks import guard

router = Router(tags=["webhooks"])


class DeliveryOut(Schema):
    """A message to a marketplace, and how telling it goes. ``id`` is that of the header webhook-id, without msg_."""

    id: UUID
    to: str
    subject: str
    sequence: int
    state: str
    attempts: int
    created_at: datetime
    due_at: datetime


class DeliveriesOut(Schema):
    """A page of messages, newest first."""

    items: list[DeliveryOut]
    next: str | None


class TryOut(Schema):
    """One try at a message, and what was answered."""

    number: int
    at: datetime
    finished_at: datetime | None
    outcome: str
    answer_code: int | None
    answer_excerpt: str
    error: str


class WholeDeliveryOut(DeliveryOut):
    """A message with every try, and, for the marketplace itself, with what it says."""

    tries: list[TryOut]
    payload: dict[str, Any] | None


class ReplayIn(Body):
    """From when on a marketplace is to be told once more; which one, where you are not its program."""

    since: Moment
    marketplace: Annotated[str, Field(max_length=60)] = ""


class ReplayedOut(Schema):
    """How many messages are sent again."""

    messages: int


class WebhookOut(Schema):
    """Where the marketplace hears orders, and with how many secrets they are signed."""

    url: str
    secrets: int


class WebhookIn(Body):
    """Where the marketplace hears orders from now on."""

    url: Annotated[str, Field(pattern="^https?://.", max_length=500)]


class SecretOut(Schema):
    """A new secret. It is not shown again."""

    secret: str


@router.get(
    "/deliveries",
    response={200: DeliveriesOut, **refusing(404)},
    auth=may(Scope.WEBHOOKS_READ),
    operation_id="list_deliveries",
    summary="Read what was sent to webhooks",
)
def list_deliveries(
    request: Asking,
    cursor: Cursor = None,
    limit: Limit = 50,
    state: Annotated[queries.DeliveryState | None, Query(description="Only those that stand so.")] = None,
    created_since: Since = None,
) -> DeliveriesOut:
    """Give the messages to marketplaces that you may know of."""
    filters = {"state": state, "created_at__gte": created_since}
    given = {name: value for name, value in filters.items() if value is not None}
    rows = access.messages_for(request.actor).filter(kind=access.TO_MARKETPLACES, **given)
    items, following = page(request, "list_deliveries", rows, cursor, limit, DeliveryOut.from_orm)
    return DeliveriesOut(items=items, next=following)


@router.get(
    "/deliveries/{uuid:delivery}",
    response={200: WholeDeliveryOut, **refusing(404)},
    auth=may(Scope.WEBHOOKS_READ),
    operation_id="get_delivery",
    summary="Read one message and every try at it",
)
def get_delivery(request: Asking, delivery: UUID) -> WholeDeliveryOut:
    """Give one message to a marketplace with every try."""
    found = access.message_for(request.actor, delivery)
    looked(request, "get_delivery", 1)
    tries = [TryOut.from_orm(one) for one in queries.tries_at(found)]
    payload = found.payload if request.actor.has(Role.MARKETPLACE) else None
    return WholeDeliveryOut(**DeliveryOut.from_orm(found).dict(), tries=tries, payload=payload)


@router.post(
    "/deliveries/{uuid:delivery}/replay",
    response={200: DeliveryOut, **refusing(404, 409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="replay_delivery",
    summary="Send one message again",
)
@once
def replay_delivery(request: Asking, delivery: UUID, idempotency_key: Key = None) -> tuple[int, DeliveryOut]:
    """Send a message again that was carried out or given up, under its old id."""
    sent = actions.replay(message_id=delivery, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, DeliveryOut.from_orm(sent)


@router.post(
    "/deliveries/replay",
    response={200: ReplayedOut, **refusing(404)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="replay_deliveries",
    summary="Send the last message about each listing again",
)
@once
def replay_deliveries(request: Asking, replayed: ReplayIn, idempotency_key: Key = None) -> tuple[int, ReplayedOut]:
    """Tell a marketplace once more how things stand, for one that was put back to an earlier day."""
    to = request.actor.marketplace or replayed.marketplace
    count = actions.replay_since(to=to, since=replayed.since, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, ReplayedOut(messages=count)


@router.get(
    "/webhook",
    response={200: WebhookOut, **refusing()},
    auth=may(Scope.WEBHOOKS_READ),
    operation_id="get_webhook",
    summary="Read where orders go",
)
def get_webhook(request: Asking) -> WebhookOut:
    """Say where your marketplace hears orders."""
    return _webhook(_own(request))


@router.put(
    "/webhook",
    response={200: WebhookOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="set_webhook",
    summary="Say where orders go",
)
def set_webhook(request: Asking, webhook: WebhookIn) -> WebhookOut:
    """Say where your marketplace hears orders from now on, those that wait too. A private address is refused."""
    own = _own(request)
    guard.look(webhook.url, allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)
    reaching.move_webhook(marketplace=own, url=webhook.url, actor=request.actor, at=clock.now())
    return _webhook(own)


@router.post(
    "/webhook/secret",
    response={201: SecretOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="rotate_secret",
    summary="Make a new secret",
)
@once
def rotate_secret(request: Asking, idempotency_key: Key = None) -> tuple[int, SecretOut]:
    """Make a new secret. Orders are signed with it and with the one before, until you retire that."""
    made = reaching.rotate_secret(marketplace=_own(request), actor=request.actor, at=clock.now())
    return HTTPStatus.CREATED, SecretOut(secret=made)


@router.post(
    "/webhook/secret/retirement",
    response={200: WebhookOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="retire_secret",
    summary="Retire the older secret",
)
@once
def retire_secret(request: Asking, idempotency_key: Key = None) -> tuple[int, WebhookOut]:
    """Have orders signed with the newest secret alone."""
    own = _own(request)
    reaching.retire_secret(marketplace=own, actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _webhook(own)


@router.post(
    "/webhook/test",
    response={202: DeliveryOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="test_webhook",
    summary="Have a message sent that asks for nothing",
)
@once
def send_test(request: Asking, idempotency_key: Key = None) -> tuple[int, DeliveryOut]:
    """Have a signed message of the type webhook.test sent to your address; look at /deliveries for what came of it."""
    at, own = clock.now(), _own(request)
    return HTTPStatus.ACCEPTED, DeliveryOut.from_orm(hear_marketplace.try_out(marketplace=own, at=at))


def _own(request: Asking) -> str:
    if not request.actor.marketplace:
        raise NotYours("A webhook is agreed with a marketplace: use a token of its program.")
    return request.actor.marketplace


def _webhook(slug: str) -> WebhookOut:
    found = reaching.webhook_of(slug)
    return WebhookOut(url=found.url, secrets=found.secrets)
