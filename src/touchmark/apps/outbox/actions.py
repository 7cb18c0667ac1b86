from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef

from touchmark.apps.audit import actions as audit
from touchmark.apps.outbox import access
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.record.canonical import Json
from touchmark.engine.terms import Actor, Role


class NotGivenUp(TouchmarkError):
    """The message is on its way or has been carried: there is nothing to put back."""


class NothingToReplay(TouchmarkError):
    """The message was not for a webhook, or is still on its way: there is nothing to send a second time."""


class LaterOneFollowed(TouchmarkError):
    """A later message about the same thing was put meanwhile: putting the older one back would undo it."""


def put(*, kind: str, to: str, payload: Mapping[str, Any], at: datetime, subject: str = "") -> Message:
    """
    Write down what is to be told, within the caller's transaction: it will be told if, and only if, that is kept.

    :param kind: names the handler
    :param to: what the handler finds the receiver by
    :param subject: what it is about; messages of one kind to one receiver about one subject go in the order put
    :raises RuntimeError: if the caller has opened no transaction
    """
    if not connection.in_atomic_block:
        raise RuntimeError("put() belongs in the transaction that does what it tells of")
    message = Message(kind=kind, to=to, subject=subject, payload=dict(payload), created_at=at, due_at=at)
    if not subject:
        message.save(force_insert=True)
        return message
    while True:
        message.sequence = _last_sequence(message) + 1
        try:
            with transaction.atomic():
                message.save(force_insert=True)
        except IntegrityError:
            if _last_sequence(message) < message.sequence:
                raise
        else:
            return message


def tell_marketplace(
    marketplace: str, event: str, data: Mapping[str, Any], *, at: datetime, subject: str = ""
) -> Message:
    """
    Put a message to a marketplace, by its slug, in the form of Standard Webhooks; otherwise as ``put``.

    :param event: what happened, as the documents of webhooks name it
    """
    payload = {"type": event, "timestamp": at.isoformat(), "data": dict(data)}
    return put(kind=access.TO_MARKETPLACES, to=marketplace, payload=payload, at=at, subject=subject)


def _last_sequence(message: Message) -> int:
    same = Message.objects.filter(kind=message.kind, to=message.to, subject=message.subject).exclude(subject="")
    return same.order_by("-sequence").values_list("sequence", flat=True).first() or 0


@transaction.atomic
def put_back(*, message_id: UUID, actor: Actor, at: datetime) -> Message:
    """
    Try a message that was given up again, from the start of the schedule, under its old id.

    :raises NotYours: if the actor neither reviews nor runs the installation, nor is the marketplace's program
    :raises NoSuchMessage: if there is none that the actor may see
    :raises NotGivenUp: if it has not been given up
    :raises LaterOneFollowed: if it is not the last about its subject
    """
    message = _held(message_id, actor)
    if message.state != State.GIVEN_UP:
        raise NotGivenUp("This message is on its way or has arrived: there is nothing to send again.")
    return _again(message, "put_back", actor, at)


@transaction.atomic
def replay(*, message_id: UUID, actor: Actor, at: datetime) -> Message:
    """
    Tell a marketplace, or an organisation, once more what it was told, or what was given up, under the old id.

    A receiver that carried it out knows the id and does nothing; one that lost it, carries it out now.

    :raises NotYours: if the actor neither reviews nor runs the installation, nor is the marketplace's program
    :raises NoSuchMessage: if there is none that the actor may see
    :raises NothingToReplay: if it is on its way, or was no webhook's
    :raises LaterOneFollowed: if it is not the last about its subject
    """
    message = _held(message_id, actor)
    if message.kind not in access.WEBHOOKS or message.state == State.WAITING:
        raise NothingToReplay("This message is on its way, or was no webhook's: there is nothing to replay.")
    return _again(message, "replayed", actor, at)


@transaction.atomic
def replay_since(*, to: str, since: datetime, actor: Actor, at: datetime) -> int:
    """
    Tell a marketplace once more the last of what it was told about each subject since a moment; give how many it is.

    For one that was put back to an earlier day: afterwards it stands as it should.

    :raises NotYours: if the actor neither reviews nor runs the installation, nor is the marketplace's program
    """
    _require_may_send(actor)
    told = access.messages_for(actor).filter(kind=access.TO_MARKETPLACES, to=to, created_at__gte=since)
    later = Message.objects.filter(
        kind=OuterRef("kind"), to=OuterRef("to"), subject=OuterRef("subject"), sequence__gt=OuterRef("sequence")
    )
    last = told.filter(~Exists(later), state__in=(State.CARRIED, State.GIVEN_UP)).exclude(subject="")
    count = last.update(state=State.WAITING, attempts=0, due_at=at)
    payload: dict[str, Json] = {"since": since.isoformat(), "messages": count}
    audit.append(stream=f"marketplace:{to}", kind="replayed", actor=actor, at=at, payload=payload)
    return count


@transaction.atomic
def repeat_since(*, since: datetime, actor: Actor, at: datetime) -> int:
    """
    Tell the actor's organisation once more all that it was told, or that was given up, since a moment; give how many.

    :raises NotYours: if the actor does not see what the organisation was told
    """
    _require_may_send(actor)
    told = access.messages_for(actor).filter(kind=access.TO_ORGANISATIONS, to=str(actor.organisation_id))
    over = told.filter(created_at__gte=since, state__in=(State.CARRIED, State.GIVEN_UP))
    count = over.update(state=State.WAITING, attempts=0, due_at=at)
    if count:
        said: dict[str, Json] = {"since": since.isoformat(), "messages": count}
        audit.append(stream=f"receiver:{actor.organisation_id}", kind="replayed", actor=actor, at=at, payload=said)
    return count


@transaction.atomic
def carried_otherwise(*, message_id: UUID, how: str, at: datetime) -> None:
    """
    Take note that the receiver has carried a waiting message out without our telling it: it is told no more.

    The caller has heard so from the receiver, and tells the room that asked.
    """
    message = Message.objects.select_for_update().get(pk=message_id)
    if message.state != State.WAITING:
        return
    message.state, message.lease_until, message.lease_owner = State.CARRIED, None, ""
    message.save(update_fields=["state", "lease_until", "lease_owner"])
    last = Attempt.objects.filter(message=message).order_by("-number").values_list("number", flat=True).first() or 0
    about = {"at": at, "finished_at": at, "outcome": Outcome.CARRIED, "answer_excerpt": how}
    Attempt.objects.create(message=message, number=last + 1, **about)


def note(*, message_id: UUID, text: str) -> None:
    """Note how things were before a message is carried out. The first note stands: a later try finds them changed."""
    Message.objects.filter(pk=message_id, note="").update(note=text)


def _held(message_id: UUID, actor: Actor) -> Message:
    message = access.message_for(actor, message_id, lock=True)
    _require_may_send(actor)
    return message


def _require_may_send(actor: Actor) -> None:
    own = actor.reaches_everywhere(*access.OF_ORGANISATIONS)
    if not own and not actor.has(Role.REVIEWER, Role.OPERATOR, Role.MARKETPLACE):
        raise NotYours("A message is sent again by a reviewer, by whoever runs the installation, or by its receiver.")


def _again(message: Message, event: str, actor: Actor, at: datetime) -> Message:
    if message.subject and _last_sequence(message) > message.sequence:
        raise LaterOneFollowed("A later message about the same thing was sent since. This one would undo it.")
    message.state, message.attempts, message.due_at = State.WAITING, 0, at
    message.save(update_fields=["state", "attempts", "due_at"])
    audit.append(stream=f"message:{message.pk}", kind=event, actor=actor, at=at, payload={})
    return message
