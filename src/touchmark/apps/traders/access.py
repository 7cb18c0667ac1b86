"""Whose details somebody may see: a seller its own, an operator all, anybody else none."""

from django.db.models import QuerySet

from touchmark.apps.rows import one_of
from touchmark.apps.traders.models import TraderDetails
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role


class NoSuchTrader(TouchmarkError):
    """There are no such details, or none that this actor may see; which of the two is not said."""


def details_for(actor: Actor) -> QuerySet[TraderDetails]:
    """Give the details that the actor may see, those that fall due first on top."""
    details = TraderDetails.objects.select_related("organisation", "verified_by").order_by("due_at", "id")
    if actor.has(Role.OPERATOR):
        return details
    if actor.has(Role.SELLER) and actor.organisation_id is not None:
        return details.filter(organisation_id=actor.organisation_id)
    return details.none()


def details_of(actor: Actor, organisation_id: int, *, lock: bool = False) -> TraderDetails:
    """
    Give one trader's details; ``lock`` takes the row until the transaction ends.

    :raises NoSuchTrader: if there are none that the actor may see
    """
    return one_of(
        details_for(actor).filter(organisation_id=organisation_id),
        NoSuchTrader("There are no such details that you can see."),
        lock=lock,
    )


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether it is a document among the details that the actor may see."""
    return details_for(actor).filter(id_document_id=sha256).exists()
