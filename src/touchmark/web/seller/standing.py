"""Where a decision stands for the seller whose listing it concerns: what a badge says, and what is still possible."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.decision import DecisionStatus

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal
    from touchmark.apps.decisions.models import Decision


class Standing(StrEnum):
    """Where a decision that restricts stands."""

    OPEN = "open"  # it can be appealed
    APPEALED = "appealed"  # somebody else decides again
    UPHELD = "upheld"  # the appeal was decided: the decision stands
    WITHDRAWN = "withdrawn"  # the seller took the appeal back
    LAPSED = "lapsed"  # nobody appealed in time
    PARTLY = "partly"  # reversed for some of what was decided
    BACK = "back"  # reversed: the listing comes back
    ENDED = "ended"  # its time was over: the listing comes back, and the decision stands
    TO_CORRECT = "to_correct"  # the seller has until a day to correct the listing
    CORRECTED = "corrected"  # in time: the decision is closed
    HELD = "held"  # not published yet
    RELEASED = "released"
    REPLACED = "replaced"  # another decision took its place


#: Colour, words and icon of each.
BADGES: Mapping[Standing, tuple[str, Promise, str]] = {
    Standing.OPEN: ("red", _("Restricted"), "restricted"),
    Standing.APPEALED: ("violet", _("Appealed"), "dispute"),
    Standing.UPHELD: ("red", _("Restricted, appeal refused"), "restricted"),
    Standing.WITHDRAWN: ("red", _("Restricted, appeal withdrawn"), "restricted"),
    Standing.LAPSED: ("red", _("Restricted"), "restricted"),
    Standing.PARTLY: ("amber", _("Reversed in part"), "settled"),
    Standing.BACK: ("green", _("Reversed"), "settled"),
    Standing.ENDED: ("green", _("Ended"), "settled"),
    Standing.TO_CORRECT: ("amber", _("Correct it"), "alert"),
    Standing.CORRECTED: ("green", _("Corrected"), "settled"),
    Standing.HELD: ("amber", _("Held"), "clock"),
    Standing.RELEASED: ("green", _("Released"), "settled"),
    Standing.REPLACED: ("", _("Replaced"), "letter"),
}

_ANSWERED = {
    AppealStatus.FILED: Standing.APPEALED,
    AppealStatus.UPHELD: Standing.UPHELD,
    AppealStatus.WITHDRAWN: Standing.WITHDRAWN,
    AppealStatus.REVERSED: Standing.BACK,
    AppealStatus.PARTLY: Standing.PARTLY,
}

#: What a status is to the seller, unless an appeal waits.
_OWN = {
    DecisionStatus.TO_CORRECT: Standing.TO_CORRECT,
    DecisionStatus.CORRECTED: Standing.CORRECTED,
    DecisionStatus.HELD: Standing.HELD,
    DecisionStatus.RELEASED: Standing.RELEASED,
    DecisionStatus.REPLACED: Standing.REPLACED,
}


def standing_of(decision: "Decision", appeal: "Appeal | None", at: datetime) -> Standing:
    """Say where a decision with a statement of reasons stands; ``appeal`` is the seller's own, if there is one."""
    if decision.status in (DecisionStatus.REVERSED, DecisionStatus.PUT_BACK):
        return Standing.BACK
    waits = appeal is not None and appeal.status == AppealStatus.FILED
    if decision.status in _OWN and not waits:
        return _OWN[DecisionStatus(decision.status)]
    if decision.status == DecisionStatus.ENDED and (appeal is None or appeal.status != AppealStatus.FILED):
        return Standing.ENDED
    if appeal is not None:
        return _ANSWERED[AppealStatus(appeal.status)]
    return Standing.OPEN if at <= decision.statement.appeal_by else Standing.LAPSED
