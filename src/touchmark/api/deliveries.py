"""``/deliveries`` and ``/webhook``: what a marketplace or an organisation is told, how that goes, by which address."""

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
from touchmark.api.once import Key, once
from touchmark.api.pages import Cursor, Limit, page
from touchmark.api.parameters import Since
from touchmark.api.problems import refusing
from touchmark.apps.catalog import reaching
from touchmark.apps.clients.scopes import Scope
from touchmark.apps.hooks import access as receivers
from touchmark.apps.hooks import actions as hooks
from touchmark.apps.outbox import access, actions, queries
from touchmark.engine.terms import Role
from touchmark.flows import hear_marketplace
from touchmark.integrations.webhooks import guard

router = Router(tags=["webhooks"])


class DeliveryOut(Schema):
    """
    A message to a webhook, and how telling it goes. ``to`` is blank for an organisation's own; ``id`` is that of the
    header webhook-id, without msg_.
    """

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
    """A message with every try, and, for whoever is told, with what it says."""

    tries: list[TryOut]
    payload: dict[str, Any] | None


class ReplayIn(Body):
    """From when on you are to be told once more; or which marketplace, where you are not its program."""

    since: Moment
    marketplace: Annotated[str, Field(max_length=60)] = ""


class ReplayedOut(Schema):
    """How many messages are sent again."""

    messages: int


class WebhookOut(Schema):
    """
    Where you hear, and with how many secrets it is signed. ``secret`` is told once, with the first address of an
    organisation; ``stopped_at``: nothing is sent any more, because nobody took it.
    """

    url: str
    secrets: int
    stopped_at: datetime | None = None
    secret: str | None = None


class WebhookIn(Body):
    """Where you hear from now on."""

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
    """Give the messages to webhooks that you may know of."""
    filters = {"state": state, "created_at__gte": created_since}
    given = {name: value for name, value in filters.items() if value is not None}
    rows = access.messages_for(request.actor).filter(kind=_kind(request), **given)
    items, following = page(request, "list_deliveries", rows, cursor, limit, _delivery)
    return DeliveriesOut(items=items, next=following)


@router.get(
    "/deliveries/{uuid:delivery}",
    response={200: WholeDeliveryOut, **refusing(404)},
    auth=may(Scope.WEBHOOKS_READ),
    operation_id="get_delivery",
    summary="Read one message and every try at it",
)
def get_delivery(request: Asking, delivery: UUID) -> WholeDeliveryOut:
    """Give one message with every try."""
    found = access.message_for(request.actor, delivery)
    looked(request, "get_delivery", 1)
    tries = [TryOut.from_orm(one) for one in queries.tries_at(found)]
    own = request.actor.has(Role.MARKETPLACE) or _kind(request) == access.TO_ORGANISATIONS
    return WholeDeliveryOut(**_delivery(found).dict(), tries=tries, payload=found.payload if own else None)


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
    return HTTPStatus.OK, _delivery(sent)


@router.post(
    "/deliveries/replay",
    response={200: ReplayedOut, **refusing(404)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="replay_deliveries",
    summary="Send the last message about each listing again",
)
@once
def replay_deliveries(request: Asking, replayed: ReplayIn, idempotency_key: Key = None) -> tuple[int, ReplayedOut]:
    """
    Tell a marketplace once more how things stand, for one that was put back to an earlier day; an organisation all that
    it was told since.
    """
    if _kind(request) == access.TO_ORGANISATIONS:
        return HTTPStatus.OK, ReplayedOut(
            messages=actions.repeat_since(since=replayed.since, actor=request.actor, at=clock.now())
        )
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
    """Say where your marketplace, or your organisation, hears."""
    return _webhook(request)


@router.put(
    "/webhook",
    response={200: WebhookOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="set_webhook",
    summary="Say where orders go",
)
def set_webhook(request: Asking, webhook: WebhookIn) -> WebhookOut:
    """
    Say where you hear from now on, what waits too. A private address is refused. One that was stopped starts again.
    """
    _require_own(request)
    guard.look(webhook.url, allow_loopback=settings.TOUCHMARK_WEBHOOKS_TO_LOOPBACK)
    about: Any = {"url": webhook.url, "actor": request.actor, "at": clock.now()}
    if request.actor.marketplace:
        reaching.move_webhook(marketplace=request.actor.marketplace, **about)
        return _webhook(request)
    secret = hooks.agree(**about)
    return _webhook(request).model_copy(update={"secret": secret or None})


@router.post(
    "/webhook/secret",
    response={201: SecretOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="rotate_secret",
    summary="Make a new secret",
)
@once
def rotate_secret(request: Asking, idempotency_key: Key = None) -> tuple[int, SecretOut]:
    """Make a new secret. What you are told is signed with it and with the one before, until you retire that."""
    about: Any = {"actor": request.actor, "at": clock.now()}
    own = _require_own(request)
    made = reaching.rotate_secret(marketplace=own, **about) if own else hooks.rotate(**about)
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
    """Have what you are told signed with the newest secret alone."""
    about: Any = {"actor": request.actor, "at": clock.now()}
    own = _require_own(request)
    if own:
        reaching.retire_secret(marketplace=own, **about)
    else:
        hooks.retire(**about)
    return HTTPStatus.OK, _webhook(request)


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
    at, own = clock.now(), _require_own(request)
    if own:
        return HTTPStatus.ACCEPTED, _delivery(hear_marketplace.try_out(marketplace=own, at=at))
    return HTTPStatus.ACCEPTED, _delivery(hooks.try_out(actor=request.actor, at=at))


@router.post(
    "/webhook/end",
    response={200: WebhookOut, **refusing(409)},
    auth=may(Scope.WEBHOOKS_WRITE),
    operation_id="end_webhook",
    summary="Hear nothing any more",
)
@once
def end_webhook(request: Asking, idempotency_key: Key = None) -> tuple[int, WebhookOut]:
    """Tell your organisation nothing any more: address and secrets are forgotten. A marketplace keeps its webhook."""
    if _require_own(request):
        raise hooks.NothingAgreed("A marketplace keeps its webhook: move it, or ask whoever runs the installation.")
    hooks.give_up(actor=request.actor, at=clock.now())
    return HTTPStatus.OK, _webhook(request)


def _require_own(request: Asking) -> str:
    """
    Give the marketplace that asks; blank where it is an organisation that can agree a webhook.

    :raises NotYours: if it is neither
    """
    if not request.actor.marketplace:
        receivers.organisation_of(request.actor)
    return request.actor.marketplace


def _kind(request: Asking) -> str:
    return access.TO_ORGANISATIONS if receivers.may_agree(request.actor) else access.TO_MARKETPLACES


def _delivery(row: Any) -> DeliveryOut:
    told = DeliveryOut.from_orm(row)
    return told if row.kind == access.TO_MARKETPLACES else told.model_copy(update={"to": ""})


def _webhook(request: Asking) -> WebhookOut:
    if own := _require_own(request):
        market = reaching.webhook_of(own)
        return WebhookOut(url=market.url, secrets=market.secrets)
    found = receivers.receiver_for(request.actor)
    if found is None:
        return WebhookOut(url="", secrets=0)
    return WebhookOut(url=found.url, secrets=len(found.secret.split()), stopped_at=found.stopped_at)
