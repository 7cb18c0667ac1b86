"""The life of one version of a written rule: tried before it counts, switched on by two where it acts, and stopped."""

from enum import StrEnum

from touchmark.engine.lifecycle.table import Lifecycle, move
from touchmark.engine.terms import Role


class RuleStatus(StrEnum):
    """Where a version of a rule stands."""

    NEW = "new"
    DRAFT = "draft"
    SHADOW = "shadow"
    PROPOSED = "proposed"
    LIVE = "live"
    STOPPED = "stopped"
    RETIRED = "retired"


S = RuleStatus
OWNER = Role.POLICY_OWNER

RULE = Lifecycle(
    "rule",
    start=S.NEW,
    rows=[
        move("write", S.NEW, S.DRAFT, OWNER),
        move("amend", S.DRAFT, S.DRAFT, OWNER),
        move("shadow", S.DRAFT, S.SHADOW, OWNER),
        move("switch_on", {S.SHADOW, S.STOPPED}, S.LIVE, OWNER),  # of a rule that does not act: one person is enough
        move("propose", {S.SHADOW, S.STOPPED}, S.PROPOSED, OWNER),  # of one that acts
        move("approve", S.PROPOSED, S.LIVE, OWNER),  # by another than whoever proposed it
        move("send_back", S.PROPOSED, S.SHADOW, OWNER),
        move("stop", S.LIVE, S.STOPPED, {OWNER, Role.REVIEWER}),  # whoever sees it go wrong
        move("brake", S.LIVE, S.STOPPED, Role.SYSTEM),
        move("replace", {S.LIVE, S.STOPPED}, S.RETIRED, OWNER),  # a later version went live
        move("retire", {S.DRAFT, S.SHADOW, S.PROPOSED, S.LIVE, S.STOPPED}, S.RETIRED, OWNER),
    ],
)

#: Statuses of a version that may still go live.
COMING = (S.DRAFT, S.SHADOW, S.PROPOSED)
#: Statuses in which a version is judged by without counting.
TRIED = (S.SHADOW, S.PROPOSED)
