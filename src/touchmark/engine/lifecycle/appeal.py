"""The life of an appeal: the seller or the notifier contests a decision, and somebody else decides again."""

from enum import StrEnum

from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class AppealStatus(StrEnum):
    """Where an appeal stands."""

    NEW = "new"
    FILED = "filed"
    UPHELD = "upheld"
    REVERSED = "reversed"
    PARTLY = "partly"  # reversed for some of what was decided
    WITHDRAWN = "withdrawn"


S = AppealStatus
#: Either side: the seller against a restriction, the notifier against a refusal.
APPELLANTS = NOTIFIERS | {Role.SELLER}

APPEAL = Lifecycle(
    "appeal",
    start=S.NEW,
    rows=[
        move("file", S.NEW, S.FILED, APPELLANTS),
        move("uphold", S.FILED, S.UPHELD, Role.REVIEWER),  # the decision stands
        move("reverse", S.FILED, S.REVERSED, Role.REVIEWER),  # the decision is overturned
        move("reverse_partly", S.FILED, S.PARTLY, Role.REVIEWER),
        move("withdraw", S.FILED, S.WITHDRAWN, APPELLANTS),
    ],
    clocks={S.FILED: ("decide_appeal",)},
)
