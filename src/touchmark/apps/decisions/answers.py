"""What marketplaces say that they have done of what they were told."""

from datetime import datetime

from django.db import transaction

from touchmark.apps.decisions.models import Restriction
from touchmark.apps.decisions.record import record_restriction
from touchmark.apps.decisions.told import (
    OF_A_SELLER,
    RESTORED,
    RESTRICTED,
    SELLER_BANNED,
    SELLER_RESTORED,
    SELLER_RESTRICTED,
    SELLER_UNBANNED,
)
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import RestrictionStatus
from touchmark.engine.terms import Actor


class NotTold(TouchmarkError):
    """A marketplace says that it has done what it was not told to do."""


@transaction.atomic
def hear(*, ref: str, event_type: str, at: datetime) -> Restriction:
    """
    Record that the marketplace has carried out what it was told. An answer that comes twice changes nothing.

    :param event_type: ``listing.restricted`` or ``listing.restored``, or the same of a seller: what it answers to
    """
    restriction = Restriction.objects.select_for_update().select_related("decision").get(decision__ref=ref)
    status = RestrictionStatus(restriction.status)
    if (restriction.decision.seller_id is None) == (event_type in OF_A_SELLER):
        return restriction  # one product of a seller says nothing of the whole
    event = _answer_to(event_type, status)
    if event == "confirm":
        restriction.confirmed_at = at
    elif event == "confirm_lift":
        restriction.lifted_at = at
    elif event is None:
        return restriction
    return record_restriction(restriction, event, actor=Actor.system(), at=at)


def require_told(restriction: Restriction, event_type: str) -> None:
    """
    Pass if the marketplace was told what it says that it has done.

    :raises NotTold: if it was not
    """
    lifting = {RestrictionStatus.LIFT_ORDERED, RestrictionStatus.LIFTED}
    if (
        event_type in (RESTORED, SELLER_RESTORED, SELLER_UNBANNED)
        and RestrictionStatus(restriction.status) not in lifting
    ):
        raise NotTold(f"Decision {restriction.decision.ref} is in force: nobody asked for the listing to be put back.")


def _answer_to(event_type: str, status: RestrictionStatus) -> str | None:
    """Give the event that an answer is from here, or None where the same answer was heard before."""
    done = event_type in (RESTRICTED, SELLER_RESTRICTED, SELLER_BANNED)
    answers = {
        (True, RestrictionStatus.ORDERED): "confirm",
        (True, RestrictionStatus.LIFT_ORDERED): "confirm_late",
        (False, RestrictionStatus.LIFT_ORDERED): "confirm_lift",
    }
    return answers.get((done, status))
