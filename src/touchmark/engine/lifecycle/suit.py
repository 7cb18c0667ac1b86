"""The life of a suit, or of a complaint to an authority, that a holder shows to keep a listing down."""

from enum import StrEnum

from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class SuitStatus(StrEnum):
    """Where a suit stands with us; where it stands at court is told."""

    NEW = "new"
    SHOWN = "shown"
    PENDING = "pending"
    ASKED = "asked"  # how it stands
    STRUCK_OUT = "struck_out"  # what was shown is no suit against this listing
    ENDED = "ended"


S = SuitStatus

SUIT = Lifecycle(
    "suit",
    start=S.NEW,
    rows=[
        move("show", S.NEW, S.SHOWN, NOTIFIERS),
        move("take", S.SHOWN, S.PENDING, Role.REVIEWER),
        move("strike_out", {S.SHOWN, S.PENDING, S.ASKED}, S.STRUCK_OUT, Role.REVIEWER),
        move("ask", S.PENDING, S.ASKED, {Role.CLOCK, Role.REVIEWER}),
        move("tell", {S.PENDING, S.ASKED}, S.PENDING, NOTIFIERS),
        move("end", {S.SHOWN, S.PENDING, S.ASKED}, S.ENDED, {Role.REVIEWER}),
        move("lapse", S.ASKED, S.ENDED, Role.CLOCK),  # nobody tells how it stands
        move("drop", {S.SHOWN, S.PENDING, S.ASKED}, S.ENDED, NOTIFIERS),
    ],
    clocks={S.SHOWN: ("look_at_suit",), S.PENDING: ("suit_status",), S.ASKED: ("suit_silence",)},
)
