from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from touchmark.apps.outbox.access import shown
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State

DeliveryState = State


def deliveries_about(*, subject: str, kind: str = "webhook") -> QuerySet[Message, dict[str, Any]]:
    """
    What the world was told about a subject, oldest first, as ``access.shown``.

    The caller has got the subject itself through its own room's access.
    """
    return shown(Message.objects.filter(kind=kind, subject=subject).order_by("created_at", "sequence"))


def last_about(message: Message, *, besides: Collection[str] = ()) -> Message:
    """Give the last message about the same subject to the same receiver, of another type; it may be this one."""
    return _same(message).exclude(payload__type__in=list(besides)).order_by("-sequence")[0]


def last_note_about(message: Message) -> str:
    """Give what was last noted about the subject of a message; blank where nothing was."""
    noted = _same(message).exclude(note="").order_by("-sequence").values_list("note", flat=True)
    return noted.first() or ""


def subjects_to(receiver: str, subjects: Iterable[str]) -> set[str]:
    """Give which of these subjects a marketplace was ever told about."""
    told = Message.objects.filter(kind="webhook", to=receiver, subject__in=list(subjects))
    return set(told.order_by().values_list("subject", flat=True).distinct())


def carried_since(message: Message) -> bool:
    """Whether the receiver of a message took another of its kind that was put after it, or tried after it was."""
    later = Attempt.objects.filter(message__kind=message.kind, message__to=message.to, outcome=Outcome.CARRIED)
    return later.filter(at__gte=message.created_at).exists()


def _same(message: Message) -> QuerySet[Message]:
    return Message.objects.filter(kind=message.kind, to=message.to, subject=message.subject)


def tries_at(message: Message) -> QuerySet[Attempt]:
    """Give every try at a message, the first one first. The caller may see the message."""
    return Attempt.objects.filter(message=message).order_by("number")


@dataclass(frozen=True, slots=True)
class Standing:
    """How the outbox stands: what waits, since when the oldest has been due, what was given up."""

    waiting: int
    overdue_since: datetime | None
    given_up: int


def standing(*, at: datetime) -> Standing:
    """Give the counts that tell an operator whether the world is being told."""
    waiting = Q(state=State.WAITING)
    found = Message.objects.exclude(state=State.CARRIED).aggregate(
        waiting=Count("pk", filter=waiting),
        overdue_since=Min("due_at", filter=waiting & Q(due_at__lt=at)),
        given_up=Count("pk", filter=Q(state=State.GIVEN_UP)),
    )
    return Standing(**found)
