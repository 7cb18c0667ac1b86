"""
Whose appeals somebody may see: a seller and a notifier their own, a marketplace's program those against decisions on
what it sells, a reviewer all within the reach of the role, anybody else none.
"""

from django.db.models import Q, QuerySet

from touchmark.apps.appeals.models import Appeal, AppealFile
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices import access as notices
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.appeal import AppealStatus
from touchmark.engine.lifecycle.parties import NOTIFIERS
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)


class NoSuchAppeal(TouchmarkError):
    """There is no such appeal, or none that this actor may see; which of the two is not said."""


def of_marketplace(slug: str) -> Q:
    """Give the condition that an appeal is about a listing, or a seller, of this marketplace."""
    return Q(decision__listing__marketplace__slug=slug) | Q(decision__seller__marketplace__slug=slug)


def appeals_for(actor: Actor) -> QuerySet[Appeal]:
    """Give the appeals that the actor may see, newest first."""
    appeals = Appeal.objects.select_related(
        "decision__listing__marketplace",
        "decision__seller__marketplace",
        "decision__statement",
        "item__notice",
        "item__right",
        "item__listing__marketplace",
    )
    appeals = appeals.order_by("-filed_at", "-id")
    if actor.has(*SEE_ALL):
        return appeals.filter(decisions.within(actor.reaches(*SEE_ALL), "decision__"))
    if actor.has(Role.MARKETPLACE):
        return appeals.filter(of_marketplace(actor.marketplace))
    if actor.has(*NOTIFIERS):  # of a notice filed by a mandate both parties see what either of them says
        return appeals.filter(item__in=notices.items_for(actor).order_by())
    if actor.has(Role.SELLER):
        own = appeals.filter(appellant_id=actor.organisation_id)
        return own.filter(decisions.within(actor.reaches(Role.SELLER), "decision__"))
    return appeals.none()


def waiting_for(actor: Actor) -> QuerySet[Appeal]:
    """Give the appeals that this actor may decide, oldest first: not those against the actor's own decisions."""
    waiting = appeals_for(actor).filter(status=AppealStatus.FILED).order_by("filed_at", "id")
    own = Q(decision__decided_by_id=actor.user_id) | Q(decision__approved_by_id=actor.user_id)
    return waiting.exclude(own).exclude(item=None, decision__in=_granted_by(actor))


def _granted_by(actor: Actor) -> QuerySet[Decision]:
    """Give the decisions that rest on a notice which this actor upheld on appeal, whoever took them before."""
    granted = Appeal.objects.filter(status=AppealStatus.REVERSED, decided_by_id=actor.user_id, item__isnull=False)
    return Decision.objects.filter(notices__in=granted.values("item"))


def took(actor: Actor, appeal: Appeal) -> bool:
    """Whether the actor took the decision that is appealed, approved it, or upheld on appeal what it rests on."""
    decision = appeal.decision
    if actor.user_id in (decision.decided_by_id, decision.approved_by_id):
        return True
    return appeal.item_id is None and _granted_by(actor).filter(pk=decision.pk).exists()


def appeal_for(actor: Actor, ref: str, *, lock: bool = False) -> Appeal:
    """
    Give one appeal; ``lock`` takes its row until the transaction ends.

    :raises NoSuchAppeal: if there is none that the actor may see
    """
    return one_of(
        appeals_for(actor).filter(ref=ref), NoSuchAppeal(f"There is no appeal {ref} that you can see."), lock=lock
    )


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether an appeal that the actor may read rests on this picture; a marketplace reads none of it."""
    if actor.has(Role.MARKETPLACE):
        return False
    return AppealFile.objects.filter(blob_id=sha256, appeal__in=appeals_for(actor).order_by()).exists()
