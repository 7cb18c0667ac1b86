from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from touchmark.apps.audit import actions as audit
from touchmark.apps.outbox import access
from touchmark.apps.outbox.models import Message, State
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role


class NotGivenUp(TouchmarkError):
    """The message is on its way or has been carried: there is nothing to put back."""


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


def _last_sequence(message: Message) -> int:
    same = Message.objects.filter(kind=message.kind, to=message.to, subject=message.subject).exclude(subject="")
    return same.order_by("-sequence").values_list("sequence", flat=True).first() or 0


@transaction.atomic
def put_back(*, message_id: UUID, actor: Actor, at: datetime) -> Message:
    """
    Try a message that was given up again, from the start of the schedule, under its old id.

    :raises NotYours: if the actor neither reviews nor runs the installation
    :raises NoSuchMessage: if there is none that the actor may see
    :raises NotGivenUp: if it has not been given up
    :raises LaterOneFollowed: if it is not the last about its subject
    """
    message = access.message_for(actor, message_id, lock=True)
    if not actor.has(Role.REVIEWER, Role.OPERATOR):
        raise NotYours("A message is sent again by a reviewer, or by whoever runs the installation.")
    if message.state != State.GIVEN_UP:
        raise NotGivenUp("This message is on its way or has arrived: there is nothing to send again.")
    if message.subject and _last_sequence(message) > message.sequence:
        raise LaterOneFollowed("A later message about the same thing was sent since. This one would undo it.")
    message.state, message.attempts, message.due_at = State.WAITING, 0, at
    message.save(update_fields=["state", "attempts", "due_at"])
    audit.append(stream=f"message:{message.pk}", kind="put_back", actor=actor, at=at, payload={})
    return message
