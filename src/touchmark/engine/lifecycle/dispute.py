"""
The life of a dispute before a certified out-of-court body, as far as the platform is told of it.

A party tells that it went to a body of its choice; the platform may refuse to take part only where the same was
resolved before (Digital Services Act, art. 21(2)). What the body decides binds nobody: the platform says whether it
follows.
"""

from enum import StrEnum

from touchmark.engine.lifecycle.appeal import APPELLANTS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class DisputeStatus(StrEnum):
    """Where a dispute stands."""

    NEW = "new"
    OPEN = "open"
    OVERDUE = "overdue"
    DECIDED = "decided"  # the platform has not said yet whether it follows
    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    REFUSED = "refused"  # the same was resolved before
    SETTLED = "settled"  # the parties agreed before the body
    ENDED = "ended"  # taken back, or not pursued


S = DisputeStatus

DISPUTE = Lifecycle(
    "dispute",
    start=S.NEW,
    rows=[
        move("open", S.NEW, S.OPEN, APPELLANTS | {Role.REVIEWER}),
        move("refuse", {S.OPEN, S.OVERDUE}, S.REFUSED, Role.REVIEWER),
        move("extend", S.OPEN, S.OPEN, Role.REVIEWER),  # a complex one: the body takes twice the time
        move("fall_due", S.OPEN, S.OVERDUE, Role.CLOCK),
        move("settle", {S.OPEN, S.OVERDUE}, S.SETTLED, Role.REVIEWER),
        move("decide", {S.OPEN, S.OVERDUE}, S.DECIDED, Role.REVIEWER),
        move("follow", S.DECIDED, S.FOLLOWED, Role.REVIEWER),
        move("not_follow", S.DECIDED, S.NOT_FOLLOWED, Role.REVIEWER),
        move("end", {S.OPEN, S.OVERDUE}, S.ENDED, APPELLANTS | {Role.REVIEWER}),
    ],
    clocks={S.OPEN: ("dispute",)},
)
