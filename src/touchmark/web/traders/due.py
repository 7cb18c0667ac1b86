"""What a seller must do about its trader details now, by when, and what happens if it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.traders import access
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.terms import Actor

if TYPE_CHECKING:
    from touchmark.apps.traders.models import TraderDetails

_WARNED = _("If you do not, you are warned, and then your shop can be suspended.")

#: What is asked of a seller in each status, and what follows if it does not come.
ASKED: Mapping[str, tuple[Promise, Promise]] = {
    TraderStatus.ASKED: (_("Give your details"), _WARNED),
    TraderStatus.RETURNED: (_("Give what is missing or wrong"), _WARNED),
    TraderStatus.DUE: (_("Certify them anew"), _WARNED),
    TraderStatus.WARNED: (
        _("Give your details"),
        _("If you do not, your shop is proposed for suspension, which a person decides."),
    ),
    TraderStatus.LATE: (
        _("Give them now"),
        _("Your details did not come in time: your shop is proposed for suspension, which a person decides."),
    ),
}


@dataclass(frozen=True, slots=True)
class Due:
    """What must be done, and the ``otherwise``; without ``by`` it is overdue."""

    act: str
    otherwise: str
    by: datetime | None
    law: str


def due_of(details: TraderDetails | None) -> Due | None:
    """Give what is due; None where nothing is."""
    if details is None or details.status not in ASKED:
        return None
    act, otherwise = ASKED[details.status]
    return Due(str(act), str(otherwise), details.due_at, details.duty.name)


def due_for(actor: Actor) -> Due | None:
    """Give what is due of the seller that somebody acts for."""
    return due_of(access.details_for(actor).first())
