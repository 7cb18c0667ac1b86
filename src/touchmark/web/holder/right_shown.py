"""A right as pages show it: a line of a list, a picture, the steps of its life and what was done, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from touchmark.apps.audit import queries as audit
from touchmark.apps.blobs.display import MIDDLE, SMALL
from touchmark.apps.registry.record import stream_of
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import Role
from touchmark.web.holder.rights_words import BADGES, DONE
from touchmark.web.ui.pictures import Picture
from touchmark.web.ui.steps import Entry, Reached, Step
from touchmark.web.ui.words import RIGHT_KINDS as KINDS

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right

#: So much of what was done to a right is shown, the newest of it.
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A right in a list."""

    ref: str
    name: str
    kind: str
    holder: str
    registered: str
    territories: str
    thumbnail: str
    badge: dict[str, str]
    since: datetime


def line_of(right: Right) -> Line:
    """Give a right, which its reader has got through ``access``, as a line."""
    return Line(
        ref=right.ref,
        name=str(right),
        kind=str(KINDS[right.kind]),
        holder=right.holder.name,
        registered=" ".join(part for part in (right.office, right.number) if part),
        territories=", ".join(right.territories),
        thumbnail=_address(right, SMALL),
        badge=badge_of(right),
        since=right.submitted_at,
    )


def badge_of(right: Right) -> dict[str, str]:
    """Give how the status looks."""
    colour, text, icon = BADGES[right.status]
    return {"colour": colour, "text": str(text), "icon": icon}


def picture_of(right: Right) -> Picture | None:
    """Give the right's picture, where it has one that can be shown."""
    address = _address(right, MIDDLE)
    if not address or right.image is None:
        return None
    alt = _("The picture of the right %(name)s") % {"name": right}
    return Picture(address, alt, right.image.width or MIDDLE, right.image.height or MIDDLE)


def _address(right: Right, width: int) -> str:
    if right.image is None or right.image.problem:
        return ""
    return reverse("media", args=[right.image.sha256, width])


def steps_of(right: Right) -> list[Step]:
    """Give where a right stands."""
    entered = Step(_("You entered it"), Reached.PAST, right.submitted_at)
    match RightStatus(right.status):
        case RightStatus.VERIFIED:
            note = _("Listings are screened for it.")
            return [entered, Step(_("A reviewer verified it"), Reached.NOW, right.verified_at, note)]
        case RightStatus.DECLINED:
            note = _("Correct it, and it is looked at again.")
            return [entered, Step(_("A reviewer could not verify it"), Reached.NOW, None, note)]
        case RightStatus.WITHDRAWN:
            return [entered, Step(_("You withdrew it"), Reached.NOW)]
        case RightStatus.CLAIMED:
            note = _("It is judged with the notice, and not screened for.")
            return [Step(_("Stated in a notice"), Reached.NOW, right.submitted_at, note)]
    note = _("We write to you as soon as that is done.")
    what = (
        _("A reviewer looks at your claim") if right.claimed else _("A reviewer compares it with the office's register")
    )
    checked = Step(what, Reached.NOW, None, note)
    then = _("Verified: screened for too") if right.claimed else _("Verified: screened for, and open to notices")
    return [entered, checked, Step(then, Reached.TO_COME)]


def entries_of(right: Right, *, own: int | None) -> list[Entry]:
    """Give what was done to a right, newest last; ``own`` is the organisation of who reads."""
    events = list(audit.events_of(stream_of(right)))[-SHOWN:]
    return [
        Entry(
            _who(event.roles.split(), mine=event.organisation_id == own),
            str(DONE[event.kind]),
            event.at,
            event.payload.get("reason", ""),
            mine=event.organisation_id == own,
        )
        for event in events
    ]


def _who(roles: list[str], *, mine: bool) -> str:
    if mine:
        return _("Your side")
    if Role.REVIEWER in roles:
        return _("A reviewer")
    return _("A file that was taken in") if Role.SYSTEM in roles else _("The holder")
