"""The life of a notice: a holder says that a listing infringes a right, and is told what came of it."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class NoticeStatus(StrEnum):
    """Where a notice stands."""

    NEW = "new"
    RECEIVED = "received"
    UPHELD = "upheld"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


S = NoticeStatus
HOLDERS = {Role.HOLDER, Role.AGENT}

NOTICE = Lifecycle(
    "notice",
    start=S.NEW,
    rows=[
        move("file", S.NEW, S.RECEIVED, HOLDERS),
        move("uphold", S.RECEIVED, S.UPHELD, Role.REVIEWER),
        move("refuse", S.RECEIVED, S.REFUSED, Role.REVIEWER),
        move("withdraw", S.RECEIVED, S.WITHDRAWN, HOLDERS),
        # The decision that upheld it was overturned on appeal.
        move("reverse", S.UPHELD, S.REVERSED, Role.REVIEWER),
    ],
)
