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
    TO_CORRECT = "to_correct"  # the seller has until a day to change the listing
    CORRECTED = "corrected"  # in time: it counts for nothing
    HELD = "held"  # not published until somebody decides
    RELEASED = "released"
    REPLACED = "replaced"  # what was held or to be corrected was decided on
    PROPOSED = "proposed"  # on a seller: waits for a second person
    DECLINED = "declined"
    PUT_BACK = "put_back"  # the seller answered the notice, or the holder took it back: it counts for nothing
    REOPENED = "reopened"  # a dismissal was taken back by whoever dismissed it: the listing waits again


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
        move("ask_correction", D.NEW, D.TO_CORRECT, Role.REVIEWER),
        move("correct", D.TO_CORRECT, D.CORRECTED, {Role.REVIEWER, Role.SYSTEM}),  # screened clean, or accepted
        move("lapse", D.TO_CORRECT, D.IN_FORCE, Role.CLOCK),
        move("hold", D.NEW, D.HELD, {Role.REVIEWER, Role.SYSTEM}),
        move("release", D.HELD, D.RELEASED, {Role.REVIEWER, Role.SYSTEM}),
        move("replace", {D.TO_CORRECT, D.HELD}, D.REPLACED, {Role.REVIEWER, Role.SYSTEM}),
        move("propose", D.NEW, D.PROPOSED, {Role.REVIEWER, Role.SYSTEM}),  # on a seller; the system for a late answer
        move("approve", D.PROPOSED, D.IN_FORCE, {Role.REVIEWER, Role.POLICY_OWNER}),  # by another than who proposed it
        move(
            "take_up", D.PROPOSED, D.PROPOSED, {Role.REVIEWER, Role.POLICY_OWNER}
        ),  # what a rule proposed, to close a shop
        # The system: what it rested on is reversed.
        move("decline", D.PROPOSED, D.DECLINED, {Role.REVIEWER, Role.POLICY_OWNER, Role.SYSTEM}),
        move("reopen", D.DISMISSED, D.REOPENED, Role.REVIEWER),
        move("end", D.IN_FORCE, D.ENDED, Role.CLOCK),
        # On a seller's answer, or because the holder took the notice back: no appeal, and no fault found.
        move("put_back", {D.IN_FORCE, D.TO_CORRECT}, D.PUT_BACK, {Role.REVIEWER, Role.SYSTEM, Role.CLOCK}),
        # On appeal, also after it has served its time; what a rule decided, by whoever owns the rules; and by the
        # system, what followed from decisions that are reversed.
        move(
            "reverse",
            {D.IN_FORCE, D.ENDED, D.TO_CORRECT, D.CORRECTED, D.HELD, D.RELEASED, D.REPLACED, D.PUT_BACK},
            D.REVERSED,
            {Role.REVIEWER, Role.POLICY_OWNER, Role.SYSTEM},
        ),
    ],
    clocks={D.PROPOSED: ("second_approval",)},
)

RESTRICTION = Lifecycle(
    "restriction",
    start=R.NEW,
    rows=[
        move("order", R.NEW, R.ORDERED, {Role.REVIEWER, Role.POLICY_OWNER, Role.SYSTEM, Role.CLOCK}),
        move("confirm", R.ORDERED, R.IN_PLACE, Role.SYSTEM),
        # Lifting may be ordered before the marketplace has answered the first order.
        move(
            "order_lift",
            {R.ORDERED, R.IN_PLACE},
            R.LIFT_ORDERED,
            {Role.REVIEWER, Role.POLICY_OWNER, Role.SYSTEM, Role.CLOCK},
        ),
        # A late answer to the first order says nothing about the second.
        move("confirm_late", R.LIFT_ORDERED, R.LIFT_ORDERED, Role.SYSTEM),
        move("confirm_lift", R.LIFT_ORDERED, R.LIFTED, Role.SYSTEM),
    ],
)

#: Statuses in which a decision stands against a listing: there is one at a time.
STANDING = (D.IN_FORCE, D.TO_CORRECT, D.HELD)
#: Statuses from which a seller can appeal.
APPEALABLE = (D.IN_FORCE, D.ENDED, D.TO_CORRECT, D.HELD)
#: Statuses that count in a seller's record.
COUNTED = (D.IN_FORCE, D.ENDED)
