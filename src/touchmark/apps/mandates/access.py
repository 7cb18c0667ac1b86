"""
Who sees a mandate: who gave it and whom it was given to, those who judge notices all. What an agent may file under.
"""

from datetime import date

from django.db.models import Q, QuerySet

from touchmark.apps.mandates import queries
from touchmark.apps.mandates.models import Mandate
from touchmark.apps.registry import access as registry
from touchmark.apps.registry.access import NoSuchRight
from touchmark.apps.registry.models import Right
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)
#: Whose role is limited sees none: a mandate is the whole organisation's.
PARTIES = (Role.HOLDER, Role.AGENT)


class NoSuchMandate(TouchmarkError):
    """There is no such mandate, or none that this actor may see; which of the two is not said."""


def mandates_for(actor: Actor) -> QuerySet[Mandate]:
    """Give the mandates that the actor may see, those of the past too, the latest first."""
    found = Mandate.objects.select_related("principal", "agent", "given_by")
    if actor.has(*SEE_ALL):
        return found
    if actor.reaches_everywhere(*PARTIES) and actor.organisation_id is not None:
        return found.filter(Q(principal=actor.organisation_id) | Q(agent=actor.organisation_id))
    return found.none()


def mandate_for(actor: Actor, ref: str, *, lock: bool = False) -> Mandate:
    """
    Give one; ``lock`` takes its row until the transaction ends.

    :raises NoSuchMandate: if there is none that the actor may see
    """
    return one_of(
        mandates_for(actor).filter(ref=ref), NoSuchMandate(f"There is no mandate {ref} that you can see."), lock=lock
    )


def covering(actor: Actor, right: Right, on: date) -> QuerySet[Mandate]:
    """Give the mandates under which others may file under a right on this day or later, as far as the actor sees."""
    covers = queries.covers(right) & Q(principal=right.holder_id)
    found = mandates_for(actor).filter(covers, queries.not_over_on(on))
    return found.select_related("agent").distinct().order_by("agent__name", "id")


def given_to(actor: Actor) -> QuerySet[Mandate]:
    """Give the mandates under which the actor's organisation was let to file, in force or not."""
    return mandates_for(actor).filter(agent=actor.organisation_id)


def rights_for(actor: Actor, on: date) -> QuerySet[Right]:
    """Give the rights of others under which the actor may file on a day, by holder and words."""
    found = queries.rights_under(given_to(actor).filter(queries.in_force_on(on)))
    return found.order_by("holder__name", "text", "id")


def reportable_for(actor: Actor, on: date) -> QuerySet[Right]:
    """Give the rights under which the actor may file on a day, its own and its members', whatever their state."""
    own, theirs = registry.rights_for(actor).order_by(), rights_for(actor, on).order_by()
    either = Q(pk__in=own.values("pk")) | Q(pk__in=theirs.values("pk"))
    return Right.objects.filter(either).select_related("holder", "brand", "image")


def right_to_report(actor: Actor, ref: str) -> Right:
    """
    Give a right that is the actor's own, or that a mandate covers or once covered: filing says then that it ended.

    :raises NoSuchRight: if there is none such
    """
    own = registry.rights_for(actor).filter(ref=ref).first()
    if own is not None:
        return own
    under = queries.rights_under(given_to(actor)).filter(ref=ref)
    return one_of(under, NoSuchRight(f"There is no right {ref} that you can report under."))
