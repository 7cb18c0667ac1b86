"""The life of a decision that waits for a second pair of eyes: proposed by one reviewer, confirmed by another."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class ProposalStatus(StrEnum):
    """Where a proposal stands."""

    NEW = "new"
    WAITS = "waits"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent_back"
    OVERTAKEN = "overtaken"  # the listing changed, or somebody decided on it


P = ProposalStatus

PROPOSAL = Lifecycle(
    "proposal",
    start=P.NEW,
    rows=[
        move("propose", P.NEW, P.WAITS, Role.REVIEWER),
        move("confirm", P.WAITS, P.CONFIRMED, Role.REVIEWER),  # by another than who proposed it
        move("send_back", P.WAITS, P.SENT_BACK, Role.REVIEWER),
        move("overtake", P.WAITS, P.OVERTAKEN, Role.REVIEWER),
    ],
    clocks={P.WAITS: ("second_approval",)},
)
