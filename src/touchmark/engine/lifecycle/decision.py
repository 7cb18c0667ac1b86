"""The lives of a decision and of the restriction that carries it out at the marketplace."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class DecisionStatus(StrEnum):
    """Where a decision stands."""

    NEW = "new"
    DISMISSED = "dismissed"
    IN_FORCE = "in_force"
    REVERSED = "reversed"
    ENDED = "ended"  # its time was over


class RestrictionStatus(StrEnum):
    """Where the marketplace stands in obeying a decision."""

    NEW = "new"
    ORDERED = "ordered"
    IN_PLACE = "in_place"
    LIFT_ORDERED = "lift_ordered"
    LIFTED = "lifted"


D = DecisionStatus
R = RestrictionStatus

DECISION = Lifecycle(
    "decision",
    start=D.NEW,
    rows=[
        move("restrict", D.NEW, D.IN_FORCE, {Role.REVIEWER, Role.SYSTEM}),  # the system by a written rule only
        move("dismiss", D.NEW, D.DISMISSED, Role.REVIEWER),
        # On appeal; and what a rule decided, by whoever owns the rules.
        move("end", D.IN_FORCE, D.ENDED, Role.CLOCK),
        move("reverse", {D.IN_FORCE, D.ENDED}, D.REVERSED, {Role.REVIEWER, Role.POLICY_OWNER}),
    ],
)

RESTRICTION = Lifecycle(
    "restriction",
    start=R.NEW,
    rows=[
        move("order", R.NEW, R.ORDERED, {Role.REVIEWER, Role.SYSTEM}),
        move("confirm", R.ORDERED, R.IN_PLACE, Role.SYSTEM),
        # Lifting may be ordered before the marketplace has answered the first order.
        move("order_lift", {R.ORDERED, R.IN_PLACE}, R.LIFT_ORDERED, {Role.REVIEWER, Role.POLICY_OWNER, Role.CLOCK}),
        # A late answer to the first order says nothing about the second.
        move("confirm_late", R.LIFT_ORDERED, R.LIFT_ORDERED, Role.SYSTEM),
        move("confirm_lift", R.LIFT_ORDERED, R.LIFTED, Role.SYSTEM),
    ],
)
