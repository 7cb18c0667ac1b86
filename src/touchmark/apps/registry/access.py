"""
Whose rights somebody may see: a holder its own, the review team and investigators all, anybody else none.

Holders compete: that a right of another exists, under which name, and how many there are is not theirs to learn.
"""

from django.db.models import QuerySet

from touchmark.apps.registry.models import Right
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR)
SEE_OWN = (Role.HOLDER, Role.AGENT)


class NoSuchRight(TouchmarkError):
    """There is no such right, or none that this actor may see; which of the two is not said."""


def rights_for(actor: Actor) -> QuerySet[Right]:
    """Give the rights that the actor may see, newest first."""
    rights = Right.objects.select_related("holder", "brand", "image").order_by("-submitted_at", "-id")
    if actor.has(*SEE_ALL):
        return rights
    if actor.has(*SEE_OWN):
        return rights.filter(holder_id=actor.organisation_id)
    return rights.none()


def right_for(actor: Actor, ref: str, *, lock: bool = False) -> Right:
    """
    Give one right; ``lock`` takes its row until the transaction ends.

    :raises NoSuchRight: if there is none that the actor may see
    """
    rights = rights_for(actor).filter(ref=ref)
    right = (rights.select_for_update(of=("self",)) if lock else rights).first()
    if right is None:
        raise NoSuchRight(f"There is no right {ref} that you can see.")
    return right


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether a right that the actor may see has this picture."""
    return rights_for(actor).filter(image_id=sha256).exists()
