"""Whose disputes somebody may see: those of the appeals that they may see, a party its own; a marketplace none."""

from django.db.models import QuerySet

from touchmark.apps.appeals import access as appeals
from touchmark.apps.disputes.models import Dispute
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role


class NoSuchDispute(TouchmarkError):
    """There is no such dispute, or none that this actor may see; which of the two is not said."""


def disputes_for(actor: Actor) -> QuerySet[Dispute]:
    """Give the disputes that the actor may see, newest first."""
    found = Dispute.objects.select_related(
        "party", "appeal__decision__listing__marketplace", "appeal__decision__seller__marketplace", "appeal__item"
    ).order_by("-told_at", "-id")
    if actor.has(Role.MARKETPLACE):
        return found.none()
    return found.filter(appeal__in=appeals.appeals_for(actor).order_by())


def dispute_for(actor: Actor, ref: str, *, lock: bool = False) -> Dispute:
    """
    Give one dispute; ``lock`` takes its row until the transaction ends.

    :raises NoSuchDispute: if there is none that the actor may see
    """
    refusal = NoSuchDispute(f"There is no dispute {ref} that you can see.")
    return one_of(disputes_for(actor).filter(ref=ref), refusal, lock=lock)
