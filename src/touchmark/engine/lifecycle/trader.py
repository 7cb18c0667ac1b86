"""The life of a trader's details: asked for, given, verified, certified anew each year; or warned, and late."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class TraderStatus(StrEnum):
    """Where the details of a trader stand."""

    NEW = "new"
    ASKED = "asked"
    GIVEN = "given"  # an operator compares them
    RETURNED = "returned"  # something is missing or wrong
    VERIFIED = "verified"
    DUE = "due"  # the year is over: the seller certifies them anew
    WARNED = "warned"
    LATE = "late"  # reviewers are asked to suspend the shop


S = TraderStatus

TRADER = Lifecycle(
    "trader",
    start=S.NEW,
    rows=[
        move("ask", S.NEW, S.ASKED, Role.CLOCK),
        move("give", {S.NEW, S.ASKED, S.RETURNED, S.VERIFIED, S.DUE, S.WARNED, S.LATE}, S.GIVEN, Role.SELLER),
        move("amend", S.GIVEN, S.GIVEN, Role.SELLER),
        move("verify", S.GIVEN, S.VERIFIED, Role.OPERATOR),
        move("send_back", S.GIVEN, S.RETURNED, Role.OPERATOR),
        move("fall_due", S.VERIFIED, S.DUE, Role.CLOCK),
        move("certify", S.DUE, S.VERIFIED, Role.SELLER),  # they are still right
        move("warn", {S.ASKED, S.RETURNED, S.DUE}, S.WARNED, Role.CLOCK),
        move("lapse", S.WARNED, S.LATE, Role.CLOCK),
    ],
)
