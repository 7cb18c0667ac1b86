"""
Who agrees where an organisation hears of what concerns it, and sees what it was told: its holder or seller in person,
whose role is not limited, for what is told is about all that the organisation has.
"""

from touchmark.apps.hooks.models import Receiver
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Actor, Role

AGREES = (Role.HOLDER, Role.SELLER)


def may_agree(actor: Actor) -> bool:
    """Whether the actor speaks for all of an organisation that can be told."""
    return actor.organisation_id is not None and actor.reaches_everywhere(*AGREES)


def organisation_of(actor: Actor) -> int:
    """
    Give the key of the organisation whose webhook the actor agrees.

    :raises NotYours: if there is none, or the actor's role is limited to a part of it
    """
    if actor.organisation_id is None or not may_agree(actor):
        raise NotYours("A webhook is agreed by a holder or a seller whose role is not limited to a part.")
    return actor.organisation_id


def receiver_for(actor: Actor, *, lock: bool = False) -> Receiver | None:
    """
    Give where the actor's organisation is told; None while nothing is agreed.

    :raises NotYours: as ``organisation_of``
    """
    found = Receiver.objects.filter(organisation=organisation_of(actor))
    return (found.select_for_update() if lock else found).first()
