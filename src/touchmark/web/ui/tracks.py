"""Where a shop stands on the ladders of consequences, as pages show it to its seller and to reviewers."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from touchmark.apps.decisions import access
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.penalties.queries import Stand
    from touchmark.engine.penalties.consequences import Step, Track

NAMES: Mapping[str, Promise] = {"points": gettext_lazy("Points"), "strikes": gettext_lazy("Strikes")}
#: What people call the ladders.
LADDERS: Mapping[str, Promise] = {
    "platform.consequences": gettext_lazy("Points and strikes"),
    "platform.strikes-only": gettext_lazy("Strikes alone"),
}
GRAVITIES: Mapping[str, Promise] = {
    "general": gettext_lazy("minor"),
    "moderate": gettext_lazy("moderate"),
    "serious": gettext_lazy("serious"),
}
#: So many of the decisions behind an amount are shown, those that expire first.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """A decision that counts: how grave, for how much, since when and until when; its title only for who may see it."""

    ref: str
    title: str
    gravity: str
    points: int
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a track: from which amount on what follows, and whether the shop is on it."""

    amount: int
    text: str
    reached: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """
    A track with its amount, the first of the decisions behind it, how many ``more`` there are, and its steps.

    ``rules`` say how it is counted.
    """

    name: str
    amount: int
    behind: Sequence[Behind]
    more: int
    rungs: Sequence[Rung]
    rules: Sequence[str]


def tracks_of(stand: Stand, actor: Actor) -> list[Shown]:
    """Give every track of a shop's ladder. What counts and lies beyond somebody's role is shown without its title."""
    named = {breach.ref for amount in stand.amounts.values() for breach, _ in amount.behind[:SHOWN]}
    seen = set(access.decisions_for(actor).filter(ref__in=named).values_list("ref", flat=True))
    return [_shown(stand, track, seen) for track in stand.ladder.tracks]


def _shown(stand: Stand, track: Track, seen: Container[str]) -> Shown:
    amount = stand.amounts[track.id]
    behind = [
        Behind(
            ref=breach.ref,
            title=stand.behind[breach.ref].title_then if breach.ref in seen else "",
            gravity=str(GRAVITIES[breach.gravity]),
            points=track.points[breach.gravity],
            since=breach.since,
            until=until,
        )
        for breach, until in amount.behind[:SHOWN]
    ]
    more = len(amount.behind) - len(behind)
    rungs = [Rung(step.amount, follows(step), step in amount.reached) for step in track.steps]
    return Shown(str(NAMES[track.id]), amount.amount, behind, more, rungs, rules_of(track))


def follows(step: Step) -> str:
    """Say what follows from a step."""
    days = step.days or 0
    if step.consequence == "listing_ban":
        return ngettext("no new offers for %d day", "no new offers for %d days", days) % days
    if step.consequence == "hold":
        return ngettext("the shop is suspended for %d day", "the shop is suspended for %d days", days) % days
    return _("the shop is closed, by two people") if step.consequence == "closing" else _("a warning")


def rules_of(track: Track) -> list[str]:
    """Say how a track is counted."""
    life = _("Each counts for {days} days; a decision that is reversed does not count.").format(days=track.life.days)
    if track.merge is not None:
        text = ngettext("Those within %d day count once.", "Those within %d days count once.", track.merge.days)
        return [life, text % track.merge.days]
    if track.daily_cap is None:
        return [life]
    return [life, _("Of one day, at most {points} points count.").format(points=track.daily_cap)]
