"""The life of a dispute before a certified out-of-court body, as far as the platform is told of it."""

from enum import StrEnum

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
    ENDED = "ended"


S = DisputeStatus

DISPUTE = Lifecycle(
    "dispute",
    start=S.NEW,
    rows=[
        move("open", S.NEW, S.OPEN, Role.REVIEWER),
        move("extend", S.OPEN, S.OPEN, Role.REVIEWER),  # a complex one: the body takes twice the time
        move("fall_due", S.OPEN, S.OVERDUE, Role.CLOCK),
        move("decide", {S.OPEN, S.OVERDUE}, S.DECIDED, Role.REVIEWER),
        move("follow", S.DECIDED, S.FOLLOWED, Role.REVIEWER),
        move("not_follow", S.DECIDED, S.NOT_FOLLOWED, Role.REVIEWER),
        move("end", {S.OPEN, S.OVERDUE}, S.ENDED, Role.REVIEWER),
    ],
    clocks={S.OPEN: ("dispute",)},
)
