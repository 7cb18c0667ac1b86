"""The life of a mandate: a member lets an association, or an agency, file notices in its name until it ends."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class MandateStatus(StrEnum):
    """Where a mandate stands; whether it counts on a day is asked of its dates besides."""

    NEW = "new"
    GIVEN = "given"
    REVOKED = "revoked"  # by who gave it
    LAID_DOWN = "laid_down"  # by whom it was given to
    EXPIRED = "expired"


S = MandateStatus

MANDATE = Lifecycle(
    "mandate",
    start=S.NEW,
    rows=[
        move("give", S.NEW, S.GIVEN, Role.HOLDER),
        move("revoke", S.GIVEN, S.REVOKED, Role.HOLDER),
        move("lay_down", S.GIVEN, S.LAID_DOWN, Role.HOLDER),
        move("expire", S.GIVEN, S.EXPIRED, Role.CLOCK),
    ],
)
