"""The life of an authentication request: a reviewer asks the holder whether goods are genuine."""

from enum import StrEnum

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
EXAMINERS = {Role.HOLDER, Role.AGENT}

AUTHENTICATION = Lifecycle(
    "authentication request",
    start=S.NEW,
    rows=[
        move("ask", S.NEW, S.ASKED, Role.REVIEWER),
        move("send_item", S.ASKED, S.ASKED, Role.REVIEWER),
        move("answer", S.ASKED, S.ANSWERED, EXAMINERS),
        move("lapse", S.ASKED, S.LAPSED, Role.CLOCK),
        move("answer_late", S.LAPSED, S.ANSWERED, EXAMINERS),
        move("correct", S.ANSWERED, S.ANSWERED, EXAMINERS),  # the examiner was wrong, and says so
        move("disprove", S.ANSWERED, S.DISPROVED, Role.REVIEWER),
        move("cancel", S.ASKED, S.CANCELLED, {Role.REVIEWER, Role.SYSTEM}),
    ],
    clocks={S.ASKED: ("authentication",)},
)
