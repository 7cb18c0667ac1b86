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


def is_claimed_work(right: Right) -> bool:
    """Whether a right is a work that no office registered, whose holder's claim no reviewer has looked at yet."""
    return right.status == RightStatus.SUBMITTED and right.kind == RightKind.COPYRIGHT and bool(right.claimed)


def good_on(on: date) -> Q:
    """Give what holds of rights that can ground a notice on a day: ``why_not``, as the database asks it."""
    work = Q(status=RightStatus.SUBMITTED, kind=RightKind.COPYRIGHT) & ~Q(claimed={})
    in_time = Q(expires_on=None) | Q(expires_on__gt=on)
    return (Q(status=RightStatus.VERIFIED) | work) & in_time & Q(office_status=OfficeStatus.REGISTERED)
