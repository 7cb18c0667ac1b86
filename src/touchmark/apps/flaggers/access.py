"""Who sees who is a trusted flagger, and keeps it: those who run the installation, and those who write its policy."""

from django.db.models import QuerySet

from touchmark.apps.flaggers.models import Flagger
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.flagger import OFFICERS
from touchmark.engine.terms import Actor, Role


class NoSuchFlagger(TouchmarkError):
    """There is no such trusted flagger, or none that this actor may see."""


def flaggers_for(actor: Actor) -> QuerySet[Flagger]:
    """Give the trusted flaggers that the actor may see, those of the past too, the latest first."""
    found = Flagger.objects.select_related("organisation")
    return found if actor.has(*OFFICERS) else found.none()


def own(actor: Actor) -> Flagger:
    """
    Give the status of the organisation that the actor acts for, the latest one.

    :raises NoSuchFlagger: if a coordinator never awarded it one that was entered here
    """
    found = Flagger.objects.filter(organisation=actor.organisation_id).select_related("organisation").first()
    if found is None or not actor.has(Role.HOLDER, Role.AGENT):
        raise NoSuchFlagger("Your organisation is not entered as a trusted flagger here.")
    return found


def flagger_for(actor: Actor, ref: str, *, lock: bool = False) -> Flagger:
    """
    Give one; ``lock`` takes its row until the transaction ends.

    :raises NoSuchFlagger: if there is none that the actor may see
    """
    found = flaggers_for(actor).filter(ref=ref)
    one = (found.select_for_update(of=("self",)) if lock else found).first()
    if one is None:
        raise NoSuchFlagger(f"There is no trusted flagger {ref} that you can see.")
    return one
