"""
Who may see how telling the world goes: those who decide, those who run the installation, and a marketplace's program, a
holder and a seller what they themselves are told.

They see that a message waits or was given up, to whom and why; what it says is seen where the thing itself is seen.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, Q, QuerySet, Subquery

from touchmark.apps.outbox.models import Attempt, Message, State
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Reach, Role

MAY_SEE = (Role.REVIEWER, Role.POLICY_OWNER, Role.OPERATOR)
#: The kind of message that marketplaces are told by, under their slugs.
TO_MARKETPLACES = "webhook"
#: The kind of message that organisations of holders and sellers are told by, under their keys.
TO_ORGANISATIONS = "organisation"
#: Kinds of which the receiver itself sees what it was told, and has it sent again.
WEBHOOKS = (TO_MARKETPLACES, TO_ORGANISATIONS)
#: Who sees what their own organisation was told, unless the role is limited to a part of it.
OF_ORGANISATIONS = (Role.HOLDER, Role.SELLER)
SHOWN = ("id", "kind", "to", "subject", "sequence", "created_at", "due_at", "state", "attempts")


class NoSuchMessage(TouchmarkError):
    """There is no such message, or none that this actor may see; which of the two is not said."""


def deliveries_for(actor: Actor) -> QuerySet[Message, dict[str, Any]]:
    """Give the messages that the actor may see, newest first: ``SHOWN`` and the last try, never the payload."""
    return shown(messages_for(actor).order_by("-created_at", "-sequence", "id"))


def standing_of(actor: Actor, receivers: Iterable[str]) -> dict[str, dict[str, Any]]:
    """
    Give how telling each of these marketplaces goes, by slug: ``waiting``, ``given_up``, ``carried_at`` of the last.

    Of those that the actor may not know of, nothing.
    """
    told = messages_for(actor).filter(kind=TO_MARKETPLACES, to__in=list(receivers)).order_by()
    counted = told.values("to").annotate(
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        given_up=Count("pk", filter=Q(state=State.GIVEN_UP)),
        carried_at=Max("created_at", filter=Q(state=State.CARRIED)),
    )
    return {row["to"]: row for row in counted}


def message_for(actor: Actor, message_id: UUID, *, lock: bool = False) -> Message:
    """
    Give one message; ``lock`` takes its row until the transaction ends.

    :raises NoSuchMessage: if there is none that the actor may see
    """
    return one_of(
        messages_for(actor).filter(pk=message_id),
        NoSuchMessage(f"There is no message {message_id} that you can see."),
        lock=lock,
    )


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


def messages_for(actor: Actor) -> QuerySet[Message]:
    """Give the messages that the actor may know of."""
    if actor.has(*MAY_SEE):
        return Message.objects.filter(_within(actor.reaches(*MAY_SEE)))
    if actor.has(Role.MARKETPLACE) and actor.marketplace:
        return Message.objects.filter(kind=TO_MARKETPLACES, to=actor.marketplace)
    if actor.organisation_id is not None and actor.reaches_everywhere(*OF_ORGANISATIONS):
        return Message.objects.filter(kind=TO_ORGANISATIONS, to=str(actor.organisation_id))
    return Message.objects.none()


def _within(reaches: Iterable[Reach]) -> Q:
    """
    Give what holds of messages within one of the reaches: orders to its marketplaces, and nothing else.

    A message says neither which brand it is about nor where: whose role is limited to those sees none.
    """
    if any(reach.everywhere for reach in reaches):
        return Q()
    slugs = {slug for reach in reaches if not (reach.brands or reach.territories) for slug in reach.marketplaces}
    return Q(kind=TO_MARKETPLACES, to__in=sorted(slugs))
