"""The life of an appeal: the seller contests a decision, and somebody else decides again."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class AppealStatus(StrEnum):
    """Where an appeal stands."""

    NEW = "new"
    FILED = "filed"
    UPHELD = "upheld"
    REVERSED = "reversed"
    WITHDRAWN = "withdrawn"


S = AppealStatus

APPEAL = Lifecycle(
    "appeal",
    start=S.NEW,
    rows=[
        move("file", S.NEW, S.FILED, Role.SELLER),
        move("uphold", S.FILED, S.UPHELD, Role.REVIEWER),  # the decision stands
        move("reverse", S.FILED, S.REVERSED, Role.REVIEWER),  # the decision is overturned
        move("withdraw", S.FILED, S.WITHDRAWN, Role.SELLER),
    ],
)
