"""The life of an authority's order to act against content, or to give information (DSA, articles 9 and 10)."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class OrderStatus(StrEnum):
    """Where an order stands."""

    NEW = "new"
    RECEIVED = "received"
    INCOMPLETE = "incomplete"
    CARRIED_OUT = "carried_out"  # the authority is not told yet
    ANSWERED = "answered"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LIFTED = "lifted"


S = OrderStatus
#: An order that came by letter is entered by a reviewer; one that came to the marketplace, by its program.
SENDERS = {Role.AUTHORITY, Role.REVIEWER, Role.MARKETPLACE}

ORDER = Lifecycle(
    "order",
    start=S.NEW,
    rows=[
        move("receive", S.NEW, S.RECEIVED, SENDERS),
        move("amend", S.RECEIVED, S.RECEIVED, SENDERS),  # what was read or written wrongly; it is verified anew
        move("ask_for_more", S.RECEIVED, S.INCOMPLETE, Role.REVIEWER),
        move("complete", S.INCOMPLETE, S.RECEIVED, SENDERS),
        move("carry_out", {S.RECEIVED, S.INCOMPLETE}, S.CARRIED_OUT, Role.REVIEWER),
        move("answer", S.CARRIED_OUT, S.ANSWERED, Role.REVIEWER),
        move("decline", {S.RECEIVED, S.INCOMPLETE}, S.DECLINED, Role.REVIEWER),
        move("withdraw", {S.RECEIVED, S.INCOMPLETE}, S.WITHDRAWN, SENDERS),
        move("lift", {S.CARRIED_OUT, S.ANSWERED}, S.LIFTED, Role.REVIEWER),  # a court, or the authority itself
    ],
    clocks={  # that of dangerous goods runs where the order is about them, until it is carried out
        S.RECEIVED: ("answer_order", "safety_order"),
        S.INCOMPLETE: ("answer_order", "safety_order"),
        S.CARRIED_OUT: ("answer_order",),
    },
)
