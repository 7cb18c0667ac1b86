"""Letters to the people of the platform: what came in whose time runs by the hour or the day."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.inbox import actions
from touchmark.engine.policy.rules import ClockRule
from touchmark.engine.policy.words import gives_time_for
from touchmark.engine.terms import Role


def call(
    *,
    about: str,
    rule: ClockRule,
    by: datetime | None,
    marketplace: str,
    at: datetime,
    roles: Iterable[Role] = (),
) -> None:
    """
    Call the desk to something rare whose clock has begun: an authority's order, a suspicion of a crime.

    What comes by the thousand stands in the queue with its moment, and in the letter of the day (``tell_desk``).

    :param about: its reference, which says of what kind it is
    :param marketplace: the slug of where it is, by which it reaches those whose roles reach so far
    :param roles: where not all of the platform may know of it, those who are told, each by a letter of their own
    """
    platform = accounts.platform()
    if platform is None:
        return
    content = {"ref": about, "clock": rule.clock, "act": gives_time_for(rule), "by": by.isoformat() if by else ""}
    concerns = actions.Concerns(marketplace=marketplace)
    said: dict[str, Any] = {"kind": "desk_called", "about": about, "content": content, "at": at, "concerns": concerns}
    wanted = [role.value for role in roles]
    if not wanted:
        actions.deliver(organisation=platform, **said)
    for person in {one.user for one in accounts.members_of(platform.pk).filter(role__in=wanted)}:
        actions.deliver(organisation=platform, person=person, **said)
