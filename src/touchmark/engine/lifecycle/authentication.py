"""The life of an authentication request: a reviewer asks whoever filed the notice whether goods are genuine."""

from enum import StrEnum

from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class AuthenticationStatus(StrEnum):
    """Where a request stands."""

    NEW = "new"
    ASKED = "asked"
    ANSWERED = "answered"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    DISPROVED = "disproved"  # the answer was wrong: it counts in the holder's record


S = AuthenticationStatus

AUTHENTICATION = Lifecycle(
    "authentication request",
    start=S.NEW,
    rows=[
        move("ask", S.NEW, S.ASKED, Role.REVIEWER),
        move("send_item", S.ASKED, S.ASKED, Role.REVIEWER),
        move("answer", S.ASKED, S.ANSWERED, NOTIFIERS),
        move("lapse", S.ASKED, S.LAPSED, Role.CLOCK),
        move("answer_late", S.LAPSED, S.ANSWERED, NOTIFIERS),
        move("correct", S.ANSWERED, S.ANSWERED, NOTIFIERS),  # the examiner was wrong, and says so
        move("disprove", S.ANSWERED, S.DISPROVED, Role.REVIEWER),
        move("cancel", S.ASKED, S.CANCELLED, {Role.REVIEWER, Role.SYSTEM}),
    ],
    clocks={S.ASKED: ("authentication",)},
)
