"""What names people and has served its purpose is forgotten: how long each kind is kept is dated data."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files

from django.contrib.sessions.models import Session
from django.db.models import Q

from touchmark.apps.accounts.models import Invitation, SignUp

#: So many rows at a time: the worker comes again.
BATCH = 1_000


@dataclass(frozen=True, slots=True)
class Kept:
    """How long a kind is kept, from a day on, and why."""

    kind: str
    first: date
    days: int
    why: str


@cache
def all_kept() -> tuple[Kept, ...]:
    """Give every period there was, is and will be."""
    text = (files("touchmark.apps.accounts") / "retention.toml").read_text("utf-8")
    return tuple(Kept(one["kind"], one["from"], one["days"], one["why"]) for one in tomllib.loads(text)["kept"])


def kept(kind: str, on: date) -> timedelta | None:
    """Give how long a kind is kept by the period in force on a day; None where none is."""
    found = [one for one in all_kept() if one.kind == kind and one.first <= on]
    return timedelta(days=max(found, key=lambda one: one.first).days) if found else None


def keep_to_it(at: datetime) -> int:
    """Forget what is kept no longer; give how many rows that were."""
    return _invitations(at) + _sign_ups(at) + _sessions(at)


def _invitations(at: datetime) -> int:
    period = kept("invitations", at.date())
    if period is None:
        return 0
    before = at - period
    over = Q(accepted_at__lte=before) | Q(withdrawn_at__lte=before) | Q(accepted_at=None, expires_at__lte=before)
    named = Invitation.objects.filter(over).exclude(email="").values_list("pk", flat=True)
    return Invitation.objects.filter(pk__in=list(named[:BATCH])).update(email="")


def _sign_ups(at: datetime) -> int:
    """Forget addresses that never came in, and where from; of those that did, the account has the address itself."""
    period = kept("sign_ups", at.date())
    if period is None:
        return 0
    named = (
        SignUp.objects.filter(asked_at__lte=at - period).exclude(email="", sent_from="").values_list("pk", flat=True)
    )
    return SignUp.objects.filter(pk__in=list(named[:BATCH])).update(email="", sent_from="")


def _sessions(at: datetime) -> int:
    period = kept("sessions", at.date())
    if period is None:
        return 0
    over = Session.objects.filter(expire_date__lte=at - period).values_list("pk", flat=True)
    return Session.objects.filter(pk__in=list(over[:BATCH])).delete()[0]
