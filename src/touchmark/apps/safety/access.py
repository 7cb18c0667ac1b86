"""
Who sees what: duties whoever reviews, within reach; a suspicion those who tell the police, and whoever raised it.

A seller, a holder, a marketplace's program and an operator see neither.
"""

from django.db.models import QuerySet

from touchmark.apps.catalog.reach import within
from touchmark.apps.rows import one_of
from touchmark.apps.safety.models import SafetyDuty, Suspicion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.safety import OFFICERS, REVIEWS
from touchmark.engine.terms import Actor


class NoSuchDuty(TouchmarkError):
    """There is no such duty, or none that this actor may see."""


class NoSuchSuspicion(TouchmarkError):
    """There is no such suspicion, or none that this actor may see; which of the two is not said."""


def duties_for(actor: Actor) -> QuerySet[SafetyDuty]:
    """Give the duties that the actor may see, the latest first."""
    found = SafetyDuty.objects.select_related("listing__marketplace", "listing__seller", "decision")
    found = found.order_by("-began_at", "-id")
    return found.filter(within(actor.reaches(*REVIEWS), "listing__")) if actor.has(*REVIEWS) else found.none()


def duty_for(actor: Actor, ref: str, *, lock: bool = False) -> SafetyDuty:
    """
    Give one; ``lock`` takes its row until the transaction ends.

    :raises NoSuchDuty: if there is none that the actor may see
    """
    missing = NoSuchDuty(f"There is no safety duty {ref} that you can see.")
    return one_of(duties_for(actor).filter(ref=ref), missing, lock=lock)


def suspicions_for(actor: Actor) -> QuerySet[Suspicion]:
    """Give the suspicions that the actor may see, the latest first."""
    found = Suspicion.objects.select_related("listing__marketplace", "listing__seller", "raised_by", "decision")
    found = found.order_by("-raised_at", "-id")
    if actor.has(*OFFICERS):
        return found.filter(within(actor.reaches(*OFFICERS), "listing__"))
    if actor.has(*REVIEWS):
        return found.filter(within(actor.reaches(*REVIEWS), "listing__"), raised_by=actor.user_id)
    return found.none()


def suspicion_for(actor: Actor, ref: str, *, lock: bool = False) -> Suspicion:
    """
    Give one; ``lock`` takes its row until the transaction ends.

    :raises NoSuchSuspicion: if there is none that the actor may see
    """
    missing = NoSuchSuspicion(f"There is no suspicion {ref} that you can see.")
    return one_of(suspicions_for(actor).filter(ref=ref), missing, lock=lock)
