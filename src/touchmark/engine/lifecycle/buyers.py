"""The duty to inform those who bought an illegal product (Digital Services Act, art. 32): told, done, or published."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class BuyersStatus(StrEnum):
    """Where it stands that buyers are informed."""

    NEW = "new"
    ASKED = "asked"  # the marketplace, which alone knows them
    OVERDUE = "overdue"
    INFORMED = "informed"
    PUBLISHED = "published"  # where not all of them are known
    ENDED = "ended"  # the decision was undone


S = BuyersStatus

BUYERS = Lifecycle(
    "informing buyers",
    start=S.NEW,
    rows=[
        move("ask", S.NEW, S.ASKED, Role.SYSTEM),
        move("confirm", {S.ASKED, S.OVERDUE}, S.INFORMED, {Role.SYSTEM, Role.REVIEWER, Role.MARKETPLACE}),
        move("count", S.INFORMED, S.INFORMED, Role.MARKETPLACE),
        move("count", S.PUBLISHED, S.PUBLISHED, Role.MARKETPLACE),
        move("fall_due", S.ASKED, S.OVERDUE, Role.CLOCK),
        move("publish", {S.ASKED, S.OVERDUE, S.INFORMED}, S.PUBLISHED, {Role.REVIEWER, Role.SYSTEM}),
        move("end", {S.ASKED, S.OVERDUE, S.INFORMED, S.PUBLISHED}, S.ENDED, {Role.SYSTEM, Role.REVIEWER}),
    ],
    clocks={S.ASKED: ("inform_buyers",)},
)
