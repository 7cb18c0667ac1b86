"""The life of one listing that a notice names: judged by itself, answered by itself, given back by itself."""

from enum import StrEnum

from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class ItemStatus(StrEnum):
    """Where one listing of a notice stands."""

    NEW = "new"
    WAITING = "waiting"  # for the notice to be complete
    RECEIVED = "received"  # to be judged
    PROPOSED = "proposed"  # evident by the engine's findings: a reviewer confirms
    EXAMINED = "examined"  # the holder was asked whether the goods are genuine
    JOINED = "joined"  # the same right and listing are judged, or were, under another notice
    GONE = "gone"  # the listing is not there any more
    UNGROUNDED = "ungrounded"  # the right is not good where the listing is offered
    UPHELD = "upheld"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    STOPPED = "stopped"
    RETRACTED = "retracted"
    PUT_BACK = "put_back"  # by a counter-notice
    REVERSED = "reversed"  # by an appeal


S = ItemStatus
JUDGED = {S.RECEIVED, S.PROPOSED, S.EXAMINED}
OPEN = JUDGED | {S.WAITING, S.JOINED, S.GONE}

NOTICE_ITEM = Lifecycle(
    "notice item",
    start=S.NEW,
    rows=[
        move("file", S.NEW, S.RECEIVED, NOTIFIERS),
        move("name", S.NEW, S.WAITING, NOTIFIERS),  # in a notice that is not complete, or not confirmed
        move("begin", S.WAITING, S.RECEIVED, NOTIFIERS | {Role.SYSTEM}),
        move("ask_for_more", {S.RECEIVED, S.PROPOSED}, S.WAITING, Role.REVIEWER),
        move("find_ungrounded", {S.NEW, S.WAITING}, S.UNGROUNDED, NOTIFIERS | {Role.SYSTEM}),
        move("join", {S.NEW, S.WAITING, S.RECEIVED}, S.JOINED, NOTIFIERS | {Role.SYSTEM}),
        move("part", S.JOINED, S.RECEIVED, {Role.SYSTEM, Role.REVIEWER}),  # what it was joined to was taken back
        move("find_gone", JUDGED, S.GONE, {Role.SYSTEM, Role.REVIEWER}),
        move("come_back", S.GONE, S.RECEIVED, {Role.SYSTEM, Role.REVIEWER}),
        move("propose", S.RECEIVED, S.PROPOSED, Role.SYSTEM),
        move("ask_examiner", {S.RECEIVED, S.PROPOSED}, S.EXAMINED, Role.REVIEWER),
        move("examined", S.EXAMINED, S.RECEIVED, NOTIFIERS),
        move("not_examined", S.EXAMINED, S.RECEIVED, {Role.CLOCK, Role.REVIEWER}),
        move("uphold", JUDGED | {S.GONE, S.JOINED}, S.UPHELD, Role.REVIEWER),
        move("refuse", JUDGED | {S.GONE, S.JOINED}, S.REFUSED, Role.REVIEWER),
        # The answer to what it was joined to, or the listing that never came back.
        move("close", {S.GONE, S.JOINED}, S.REFUSED, Role.SYSTEM),
        move("follow", S.JOINED, S.UPHELD, Role.SYSTEM),
        move("withdraw", OPEN, S.WITHDRAWN, NOTIFIERS),
        move("lapse", {S.WAITING, S.GONE}, S.LAPSED, Role.CLOCK),  # it was not completed, or never came back
        move("stop", OPEN, S.STOPPED, Role.SYSTEM),
        move("retract", S.UPHELD, S.RETRACTED, NOTIFIERS),
        move("put_back", S.UPHELD, S.PUT_BACK, {Role.REVIEWER, Role.CLOCK, Role.SYSTEM}),
        move("keep_after_suit", S.PUT_BACK, S.UPHELD, Role.REVIEWER),  # a court said so after it was put back
        move("reverse", S.UPHELD, S.REVERSED, Role.REVIEWER),
        move("grant", S.REFUSED, S.UPHELD, Role.REVIEWER),  # on the notifier's appeal
    ],
    clocks={
        S.WAITING: ("complete_notice",),
        S.RECEIVED: ("act_on_notice", "grievance"),  # where the law has one, it runs beside, and never stands still
        S.PROPOSED: ("act_on_notice", "grievance"),
        S.EXAMINED: ("authentication", "grievance"),
        S.GONE: ("listing_gone",),
    },
    still={S.EXAMINED: ("act_on_notice",)},
)
