"""Who may see what the engine made of a listing: those who decide on it. Sellers read reasons, holders outcomes."""

from django.db.models import QuerySet

from touchmark.apps.screening.models import Assessment
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)


def assessments_for(actor: Actor) -> QuerySet[Assessment]:
    """Give the assessments that the actor may see, newest first."""
    assessments = Assessment.objects.select_related("listing__marketplace", "run").order_by("-made_at", "-id")
    return assessments if actor.has(*SEE_ALL) else assessments.none()
