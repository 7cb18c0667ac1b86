"""
The two lives of a seller's answer to a notice.

Where a statute knows counter-notices (the United States and Korea for copyright, China), the holder's mere rejection
never stops the return: only a timely suit does, in China also a complaint to an authority. Under the platform's policy
the holder may reject, somebody then decides, and a holder who says nothing lets the listing return. Each of a seller's
chances is a thing of its own.
"""

from collections.abc import Iterable
from enum import StrEnum

from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.lifecycle.table import Lifecycle, Move, move
from touchmark.engine.terms import Role


class CounterStatus(StrEnum):
    """Where an answer to a notice stands."""

    NEW = "new"
    INCOMPLETE = "incomplete"
    RECEIVED = "received"
    FORWARDED = "forwarded"  # sent to the holder
    ARRIVED = "arrived"  # the holder has it: the holder's time runs
    ANSWERED = "answered"  # the holder objects, and somebody must decide
    HELD = "held"  # a suit, or a complaint to an authority, was shown
    PUT_BACK = "put_back"
    RULED = "ruled"  # it was put back, and the holder shows that a court has ruled since
    REJECTED = "rejected"
    KEPT = "kept"  # the suit ended for the holder
    ANNULLED = "annulled"  # not by the seller: a forged signature, somebody else's name
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


S = CounterStatus
UNDER_WAY = {S.RECEIVED, S.FORWARDED, S.ARRIVED, S.HELD}


def _shared(under_way: Iterable[CounterStatus]) -> list[Move]:
    """Give the rows that both lives have."""
    open_ones = set(under_way)
    return [
        move("file", S.NEW, S.RECEIVED, Role.SELLER),
        move("file_incomplete", S.NEW, S.INCOMPLETE, Role.SELLER),
        move("add", S.INCOMPLETE, S.INCOMPLETE, Role.SELLER),
        move("complete", S.INCOMPLETE, S.RECEIVED, Role.SELLER),
        move("ask_for_more", S.RECEIVED, S.INCOMPLETE, Role.REVIEWER),
        move("lapse", S.INCOMPLETE, S.LAPSED, Role.CLOCK),
        move("forward", S.RECEIVED, S.FORWARDED, {Role.REVIEWER, Role.SYSTEM, Role.CLOCK}),
        move("arrive", S.FORWARDED, S.ARRIVED, NOTIFIERS | {Role.SYSTEM}),
        move("accept", {S.FORWARDED, S.ARRIVED}, S.PUT_BACK, NOTIFIERS),
        move("end_for_seller", S.HELD, S.PUT_BACK, {Role.REVIEWER, Role.SYSTEM}),
        move("end_for_holder", {S.HELD, S.RULED}, S.KEPT, Role.REVIEWER),
        move("show_ruling", S.PUT_BACK, S.RULED, NOTIFIERS),
        move("no_ruling", S.RULED, S.PUT_BACK, Role.REVIEWER),  # it says nothing of this listing: it stays back
        move("strike_out", S.HELD, S.ARRIVED, Role.REVIEWER),  # what was shown is no suit
        # The notice was taken back or overturned: there is nothing left to answer.
        move("moot", open_ones | {S.INCOMPLETE}, S.PUT_BACK, {Role.SYSTEM, Role.REVIEWER}),
        move("annul", open_ones, S.ANNULLED, Role.REVIEWER),
        move("withdraw", open_ones | {S.INCOMPLETE}, S.WITHDRAWN, Role.SELLER),
    ]


STATUTORY_COUNTER = Lifecycle(
    "counter-notice by statute",
    start=S.NEW,
    rows=[
        *_shared(UNDER_WAY),
        move("object", S.ARRIVED, S.ARRIVED, NOTIFIERS),  # recorded, and changes nothing
        move("claim_delay", S.ARRIVED, S.ARRIVED, NOTIFIERS),  # its clock stands still
        move("end_delay", S.ARRIVED, S.ARRIVED, NOTIFIERS | {Role.CLOCK}),
        move("show_suit", {S.FORWARDED, S.ARRIVED}, S.HELD, NOTIFIERS),
        # Also where nobody forwarded it: the seller does not pay for that.
        move("put_back", {S.RECEIVED, S.FORWARDED, S.ARRIVED}, S.PUT_BACK, Role.CLOCK),
    ],
    clocks={
        S.INCOMPLETE: ("complete_counter",),
        S.RECEIVED: ("forward_counter", "restore_earliest", "restore_latest"),
        S.FORWARDED: ("restore_earliest", "restore_latest"),
        S.ARRIVED: ("restore_earliest", "restore_latest", "suit_window"),
        S.RULED: ("look_at_ruling",),
    },
)

POLICY_COUNTER = Lifecycle(
    "counter-notice by policy",
    start=S.NEW,
    rows=[
        *_shared(UNDER_WAY | {S.ANSWERED}),
        move("object", S.ARRIVED, S.ANSWERED, NOTIFIERS | {Role.SYSTEM}),  # the system: as before a suit struck out
        move("put_back", S.ARRIVED, S.PUT_BACK, Role.CLOCK),  # the holder says nothing
        move("show_suit", {S.ARRIVED, S.ANSWERED}, S.HELD, NOTIFIERS),
        move("allow", {S.RECEIVED, S.ANSWERED}, S.PUT_BACK, Role.REVIEWER),
        move("reject", {S.RECEIVED, S.ANSWERED}, S.REJECTED, Role.REVIEWER),
    ],
    clocks={
        S.INCOMPLETE: ("complete_counter",),
        S.RECEIVED: ("forward_counter",),
        S.ARRIVED: ("holder_answer",),
        S.ANSWERED: ("decide_counter",),
        S.RULED: ("look_at_ruling",),
    },
)


def life_of(*, statutory: bool) -> Lifecycle:
    """Give the life of an answer where a statute knows counter-notices, and where none does."""
    return STATUTORY_COUNTER if statutory else POLICY_COUNTER
