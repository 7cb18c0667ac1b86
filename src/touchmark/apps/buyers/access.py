"""Who sees that buyers are to be informed: whoever sees the decision that asks for it; a seller and a holder do not."""

from django.db.models import QuerySet

from touchmark.apps.buyers.models import Duty
from touchmark.apps.decisions import access as decisions
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE = (*decisions.SEE_ALL, Role.MARKETPLACE)


class NoSuchDuty(TouchmarkError):
    """There is no such decision of which buyers are to be informed, or none that this actor may see."""


def duties_for(actor: Actor) -> QuerySet[Duty]:
    """Give the duties to inform buyers that the actor may see, the latest first."""
    found = Duty.objects.select_related("decision__listing__marketplace", "decision__listing__seller")
    found = found.prefetch_related("said")
    found = found.order_by("-asked_at", "-id")
    if actor.has(*decisions.SEE_ALL):
        return found.filter(decisions.within(actor.reaches(*decisions.SEE_ALL), "decision__"))
    if actor.has(Role.MARKETPLACE):
        return found.filter(decision__listing__marketplace__slug=actor.marketplace)
    return found.none()


def duty_for(actor: Actor, decision: str, *, lock: bool = False) -> Duty:
    """
    Give the duty of a decision; ``lock`` takes its row until the transaction ends.

    :raises NoSuchDuty: if there is none that the actor may see
    """
    missing = NoSuchDuty(f"Decision {decision} asks for no buyers to be informed, or you cannot see it.")
    return one_of(duties_for(actor).filter(decision__ref=decision), missing, lock=lock)
