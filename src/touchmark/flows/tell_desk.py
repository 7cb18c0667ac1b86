"""
The letter of the day to those who work at the desk: what waits for the platform, late or due within a day.

One for each person, in the morning where they are, and none where nothing is due. It makes up for what has no letter of
its own because it comes by the thousand.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db import transaction

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.inbox import queries as letters
from touchmark.engine.policy.load import regimes
from touchmark.engine.policy.rules import Party
from touchmark.engine.policy.words import gives_time_for
from touchmark.engine.terms import Role

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Organisation, User

#: Who works at the desk, or leads those who do.
TEAM = (Role.REVIEWER, Role.POLICY_OWNER)
KIND = "desk_due"
#: From this hour on, where its reader is, the letter of the day is written.
MORNING = 7
SOON = timedelta(hours=24)
#: So often it is looked whose morning it is, in seconds.
EVERY = 900


def keep_up(*, at: datetime) -> int:
    """Write the letter of the day to everybody whose morning it is; give to how many."""
    platform = accounts.platform()
    if platform is None or not cache.add("desk.letter-of-the-day", 1, EVERY):
        return 0
    held = accounts.members_of(platform.pk).filter(role__in=[role.value for role in TEAM])
    people = {one.user_id: one.user for one in held}
    told = [person for person in people.values() if _is_morning(person, at)]
    rows = waiting(at) if told else []
    return sum(_write(person, platform, rows, at) for person in told) if rows else 0


def waiting(at: datetime) -> list[dict[str, Any]]:
    """Give what waits for the platform: by clock how many are late, how many due within a day, the first of them."""
    names = {rule.clock: rule for regime in regimes().values() for rule in regime.clocks}
    ours = [name for name, rule in names.items() if rule.waits_for == Party.PLATFORM and rule.then in CALLS]
    found = deadlines.counted(ours, late=at, soon=at + SOON)
    return [
        {"act": gives_time_for(names[one.clock]), "late": one.late, "soon": one.soon, "first": one.first.isoformat()}
        for one in found
    ]


#: What happens at the end of a clock that calls somebody: a warning that runs out by itself calls nobody.
CALLS = frozenset({"escalates", "overdue"})


def _is_morning(person: User, at: datetime) -> bool:
    here = at.astimezone(ZoneInfo(person.time_zone))
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return person.is_active and here.hour >= MORNING and not letters.had_since(person, KIND, midnight)


@transaction.atomic
def _write(person: User, platform: Organisation, rows: list[dict[str, Any]], at: datetime) -> bool:
    inbox.deliver(organisation=platform, person=person, kind=KIND, about="desk", content={"rows": rows}, at=at)
    return True
