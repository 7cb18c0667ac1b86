"""The life of a trusted flagger's status, as its coordinator awards it (DSA, article 22)."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class FlaggerStatus(StrEnum):
    """Where the status of a trusted flagger stands."""

    NEW = "new"
    ACTIVE = "active"
    SUSPENDED = "suspended"  # its coordinator investigates (art. 22(6))
    REVOKED = "revoked"
    EXPIRED = "expired"


S = FlaggerStatus
OFFICERS = {Role.OPERATOR, Role.POLICY_OWNER}

FLAGGER = Lifecycle(
    "trusted flagger",
    start=S.NEW,
    rows=[
        move("award", S.NEW, S.ACTIVE, OFFICERS),
        move("suspend", S.ACTIVE, S.SUSPENDED, OFFICERS),
        move("reinstate", S.SUSPENDED, S.ACTIVE, OFFICERS),
        move("revoke", {S.ACTIVE, S.SUSPENDED}, S.REVOKED, OFFICERS),
        move("expire", {S.ACTIVE, S.SUSPENDED}, S.EXPIRED, Role.CLOCK),
    ],
)
