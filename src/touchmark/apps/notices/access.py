"""Whose notices somebody may see: a holder its own, a reviewer all, anybody else none."""

from django.db.models import QuerySet

from touchmark.apps.notices.models import Notice
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)
SEE_OWN = (Role.HOLDER, Role.AGENT)


class NoSuchNotice(TouchmarkError):
    """There is no such notice, or none that this actor may see; which of the two is not said."""


def notices_for(actor: Actor) -> QuerySet[Notice]:
    """Give the notices that the actor may see, newest first."""
    notices = Notice.objects.select_related("right", "listing__marketplace").order_by("-filed_at", "-id")
    if actor.has(*SEE_ALL):
        return notices
    if actor.has(*SEE_OWN):
        return notices.filter(holder_id=actor.organisation_id)
    return notices.none()


def notice_for(actor: Actor, ref: str, *, lock: bool = False) -> Notice:
    """
    Give one notice; ``lock`` takes its row until the transaction ends.

    :raises NoSuchNotice: if there is none that the actor may see
    """
    notices = notices_for(actor).filter(ref=ref)
    notice = (notices.select_for_update(of=("self",)) if lock else notices).first()
    if notice is None:
        raise NoSuchNotice(f"There is no notice {ref} that you can see.")
    return notice
