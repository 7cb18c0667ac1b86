"""Words of duties and suspicions: states, and what happened."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from touchmark.engine.lifecycle.safety import SafetyStatus, SuspicionStatus

if TYPE_CHECKING:
    from touchmark.apps.safety.models import SafetyDuty, Suspicion

Badge = tuple[str, Promise, str]
LATE: Badge = ("red", gettext_lazy("late"), "alert")
DUTIES: Mapping[str, Badge] = {
    SafetyStatus.DUE: ("amber", gettext_lazy("due"), "clock"),
    SafetyStatus.MET: ("green", gettext_lazy("done"), "settled"),
    SafetyStatus.SET_ASIDE: ("", gettext_lazy("set aside"), "cross"),
    SafetyStatus.ENDED: ("", gettext_lazy("ended: the decision was undone"), "undo"),
    SafetyStatus.TO_TAKE_BACK: ("amber", gettext_lazy("undone: tell them"), "clock"),
    SafetyStatus.TAKEN_BACK: ("green", gettext_lazy("told that it was undone"), "undo"),
}
SUSPICIONS: Mapping[str, Badge] = {
    SuspicionStatus.RAISED: ("amber", gettext_lazy("to be told"), "clock"),
    SuspicionStatus.REPORTED: ("green", gettext_lazy("the police was told"), "settled"),
    SuspicionStatus.DROPPED: ("", gettext_lazy("dropped"), "cross"),
}
#: What happened, as the list says it.
DONE: Mapping[str, Promise] = {
    "begin": gettext_lazy("began"),
    "meet": gettext_lazy("done"),
    "tell_more": gettext_lazy("told more"),
    "set_aside": gettext_lazy("set aside"),
    "owe_after_all": gettext_lazy("owed after all"),
    "end": gettext_lazy("ended, because the decision was undone"),
    "undo": gettext_lazy("the decision was undone"),
    "take_back": gettext_lazy("told that it was undone"),
    "raise": gettext_lazy("raised"),
    "report": gettext_lazy("told to the police"),
    "report_more": gettext_lazy("told more to the police"),
    "drop": gettext_lazy("dropped"),
    "raise_again": gettext_lazy("raised again"),
}


def badge_of(duty: "SafetyDuty", at: datetime) -> Badge:
    """Say where a duty stands."""
    return LATE if duty.due_at and duty.due_at < at else DUTIES[duty.status]


def badge_of_suspicion(suspicion: "Suspicion", at: datetime) -> Badge:
    """Say where a suspicion stands."""
    return LATE if suspicion.due_at and suspicion.due_at < at else SUSPICIONS[suspicion.status]
