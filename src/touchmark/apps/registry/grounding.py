"""Whether a right can ground a notice now: verified, registered and in time; or a work, claimed and judged with it."""

from datetime import date
from enum import StrEnum

from django.db.models import Q

from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import OfficeStatus, RightKind


class NotGood(StrEnum):
    """Why a right grounds nothing now."""

    UNVERIFIED = "unverified"
    UNREGISTERED = "unregistered"
    EXPIRED = "expired"


def why_not(right: Right, on: date) -> NotGood | None:
    """Give why a right grounds nothing on a day; None where it does."""
    if right.office_status != OfficeStatus.REGISTERED:
        return NotGood.UNREGISTERED
    if right.expires_on is not None and right.expires_on <= on:
        return NotGood.EXPIRED
    if right.status == RightStatus.VERIFIED or is_claimed_work(right):
        return None
    return NotGood.UNVERIFIED


#: What of a right's life in our register ends all that was begun under it; one that is amended is only looked at anew.
ENDED = (RightStatus.WITHDRAWN, RightStatus.DECLINED)


def ended_on(on: date) -> Q:
    """Give what holds of rights that do not count any more on a day: cancelled, expired, withdrawn or declined."""
    return Q(status__in=ENDED) | ~Q(office_status=OfficeStatus.REGISTERED) | Q(expires_on__lte=on)


def has_ended(right: Right, on: date) -> bool:
    """Whether a right does not count any more: ``ended_on``, of one."""
    gone = right.status in ENDED or right.office_status != OfficeStatus.REGISTERED
    return gone or (right.expires_on is not None and right.expires_on <= on)


def is_stated(right: Right) -> bool:
    """Whether a right is known only as a notice says it: a guest's, or one that a trusted flagger states."""
    return right.status == RightStatus.CLAIMED


def is_claimed_work(right: Right) -> bool:
    """Whether a right is a work that no office registered, whose holder's claim no reviewer has looked at yet."""
    return right.status == RightStatus.SUBMITTED and right.kind == RightKind.COPYRIGHT and bool(right.claimed)


def good_on(on: date) -> Q:
    """Give what holds of rights that can ground a notice on a day: ``why_not``, as the database asks it."""
    work = Q(status=RightStatus.SUBMITTED, kind=RightKind.COPYRIGHT) & ~Q(claimed={})
    in_time = Q(expires_on=None) | Q(expires_on__gt=on)
    return (Q(status=RightStatus.VERIFIED) | work) & in_time & Q(office_status=OfficeStatus.REGISTERED)
