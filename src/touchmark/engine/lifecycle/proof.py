"""The life of a proof of origin: an invoice or an authorisation, filed once, checked, good until it expires."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class ProofStatus(StrEnum):
    """Where a proof stands."""

    NEW = "new"
    FILED = "filed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REVOKED = "revoked"


S = ProofStatus

PROOF = Lifecycle(
    "proof",
    start=S.NEW,
    rows=[
        move("file", S.NEW, S.FILED, Role.SELLER),
        move("accept", S.FILED, S.ACCEPTED, Role.REVIEWER),
        move("decline", S.FILED, S.DECLINED, Role.REVIEWER),
        move("withdraw", S.FILED, S.WITHDRAWN, Role.SELLER),
        move("expire", S.ACCEPTED, S.EXPIRED, Role.CLOCK),
        move("revoke", S.ACCEPTED, S.REVOKED, Role.REVIEWER),  # it turned out to be wrong
    ],
)
