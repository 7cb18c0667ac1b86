"""
The life of a notifier's tier, and of a counter-notifier's: what the dated rule says, and what only people do.

The rule moves between the fast lane, normal and watched. Nobody is warned or suspended by a rule alone, and nobody is
suspended who was not warned before (DSA, art. 23). A suspension never blocks a statutory counter-notice.
"""

from enum import StrEnum

from touchmark.engine.lifecycle.parties import DECIDERS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class TierStatus(StrEnum):
    """In which lane somebody's notices or answers are."""

    NEW = "new"
    NORMAL = "normal"
    FAST = "fast"
    WATCHED = "watched"
    WARNED = "warned"
    SUSPENDED = "suspended"


S = TierStatus

TIER = Lifecycle(
    "tier",
    start=S.NEW,
    rows=[
        move("begin", S.NEW, S.NORMAL, Role.SYSTEM),
        move("promote", S.NORMAL, S.FAST, Role.SYSTEM),
        move("demote", S.FAST, S.NORMAL, Role.SYSTEM),
        move("watch", {S.NORMAL, S.FAST}, S.WATCHED, Role.SYSTEM),
        move("ease", S.WATCHED, S.NORMAL, Role.SYSTEM),
        move("warn", {S.NORMAL, S.FAST, S.WATCHED}, S.WARNED, DECIDERS),
        move("warn_again", S.WARNED, S.WARNED, DECIDERS),
        move("end_warning", S.WARNED, S.WATCHED, Role.CLOCK),
        move("suspend", S.WARNED, S.SUSPENDED, DECIDERS),
        move("end_suspension", S.SUSPENDED, S.WATCHED, Role.CLOCK),
        move("lift", {S.WARNED, S.SUSPENDED}, S.NORMAL, DECIDERS),  # on appeal, or found to be a mistake
    ],
    clocks={S.WARNED: ("warning",), S.SUSPENDED: ("suspension",)},
)
