"""
Who may see how telling the world goes: those who decide, and those who run the installation.

They see that a message waits or was given up, to whom and why; what it says is seen where the thing itself is seen.
"""

from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from touchmark.apps.outbox.models import Attempt, Message
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

MAY_SEE = (Role.REVIEWER, Role.POLICY_OWNER, Role.OPERATOR)
SHOWN = ("id", "kind", "to", "subject", "sequence", "created_at", "due_at", "state", "attempts")


class NoSuchMessage(TouchmarkError):
    """There is no such message, or none that this actor may see; which of the two is not said."""


def deliveries_for(actor: Actor) -> QuerySet[Message, dict[str, Any]]:
    """Give the messages that the actor may see, newest first: ``SHOWN`` and the last try, never the payload."""
    return shown(_messages_for(actor).order_by("-created_at", "-sequence", "id"))


def message_for(actor: Actor, message_id: UUID, *, lock: bool = False) -> Message:
    """
    Give one message; ``lock`` takes its row until the transaction ends.

    :raises NoSuchMessage: if there is none that the actor may see
    """
    messages = _messages_for(actor).filter(pk=message_id)
    message = (messages.select_for_update() if lock else messages).first()
    if message is None:
        raise NoSuchMessage(f"There is no message {message_id} that you can see.")
    return message


def shown(messages: QuerySet[Message]) -> QuerySet[Message, dict[str, Any]]:
    """Give of each message what may be shown, with ``last_at``, ``last_code``, ``last_error`` of its last try."""
    last = Attempt.objects.filter(message=OuterRef("pk")).order_by("-number")
    rows: QuerySet[Message, dict[str, Any]] = messages.values(
        *SHOWN,
        last_at=Subquery(last.values("at")[:1]),
        last_code=Subquery(last.values("answer_code")[:1]),
        last_error=Subquery(last.values("error")[:1]),
    )
    return rows


def _messages_for(actor: Actor) -> QuerySet[Message]:
    return Message.objects.all() if actor.has(*MAY_SEE) else Message.objects.none()
