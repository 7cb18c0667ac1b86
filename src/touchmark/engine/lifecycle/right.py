"""The life of a right in the register: only a verified one is screened for and can ground a notice."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class RightStatus(StrEnum):
    """Where a right stands in our register (its status at the office is another thing)."""

    NEW = "new"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CLAIMED = "claimed"  # in a notice, by a guest or a trusted flagger: judged with it, and never screened for


S = RightStatus
HOLDERS = {Role.HOLDER, Role.AGENT}

RIGHT = Lifecycle(
    "right",
    start=S.NEW,
    rows=[
        move("submit", S.NEW, S.SUBMITTED, HOLDERS | {Role.OPERATOR, Role.SYSTEM}),
        move("claim", S.NEW, S.CLAIMED, HOLDERS | {Role.GUEST}),
        move("verify", S.SUBMITTED, S.VERIFIED, Role.REVIEWER),
        move("decline", S.SUBMITTED, S.DECLINED, Role.REVIEWER),
        # What the office says has changed, or the holder corrects it: looked at again before it counts again.
        move("amend", {S.SUBMITTED, S.VERIFIED, S.DECLINED}, S.SUBMITTED, HOLDERS | {Role.OPERATOR, Role.SYSTEM}),
        move("withdraw", {S.SUBMITTED, S.VERIFIED, S.DECLINED}, S.WITHDRAWN, HOLDERS),
    ],
)
