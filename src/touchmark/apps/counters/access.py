"""
Whose answers to notices somebody may see: a seller its own, a holder those to its notices once they were forwarded, a
reviewer all within the reach of the role, anybody else none.
"""

from django.db.models import Q, QuerySet

from touchmark.apps.counters.models import CounterFile, CounterNotice
from touchmark.apps.decisions import access as decisions
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices import access as notices
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)
#: Who filed the notice: a guest too, whose page shows what was forwarded.
HOLDERS = (Role.HOLDER, Role.AGENT, Role.GUEST)


class NoSuchCounterNotice(TouchmarkError):
    """There is no such answer to a notice, or none that this actor may see; which of the two is not said."""


def counters_for(actor: Actor) -> QuerySet[CounterNotice]:
    """Give the answers that the actor may see, newest first."""
    found = CounterNotice.objects.select_related(
        "item__notice", "item__right", "item__listing__marketplace", "item__holder", "decision__statement", "seller"
    ).order_by("-filed_at", "-id")
    if actor.has(*SEE_ALL):
        return found.filter(item__in=notices.items_for(actor).order_by())
    if actor.has(*HOLDERS):
        return found.filter(item__in=notices.items_for(actor).order_by(), arrived_at__isnull=False)
    if actor.has(Role.SELLER):
        own = found.filter(seller_id=actor.organisation_id)
        return own.filter(decisions.within(actor.reaches(Role.SELLER), "decision__"))
    return found.none()


def counter_for(actor: Actor, ref: str, *, lock: bool = False) -> CounterNotice:
    """
    Give one answer; ``lock`` takes its row until the transaction ends.

    :raises NoSuchCounterNotice: if there is none that the actor may see
    """
    return one_of(
        counters_for(actor).filter(ref=ref),
        NoSuchCounterNotice(f"There is no answer {ref} that you can see."),
        lock=lock,
    )


def answerable_for(actor: Actor) -> QuerySet[NoticeItem]:
    """Give the listings of notices against which a seller was restricted, whether or not it can still answer."""
    if not actor.has(Role.SELLER):
        return NoticeItem.objects.none()
    seen = decisions.decisions_for(actor).order_by()
    named = Decision.notices.through.objects.filter(decision__in=seen).values("noticeitem")
    return NoticeItem.objects.filter(pk__in=named).order_by("id")


def answerable(actor: Actor, ref: str) -> NoticeItem:
    """
    Give one of them.

    :raises NoSuchNotice: if there is none that concerns this seller
    """
    found = answerable_for(actor).filter(ref=ref).select_related("notice", "right", "listing__marketplace")
    return one_of(found, NoSuchNotice(f"There is no notice {ref} that you can see."))


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """
    Whether it is a file of an answer that the actor may see.

    Who a seller is stays between it and the platform, and so does what the holder showed of a suit or a delay.
    """
    files = CounterFile.objects.filter(blob_id=sha256, counter__in=counters_for(actor).order_by())
    if not actor.has(*SEE_ALL):
        own = Q(counter__seller_id=actor.organisation_id)
        files = files.filter((own & Q(by_holder=False)) | (~own & ~Q(kind="identity")))
    return files.exists()


def decision_of(actor: Actor, item: NoticeItem) -> str:
    """Give the reference of the decision that a seller was told of because of this item; blank where none is seen."""
    found = decisions.decisions_for(actor).filter(notices=item).values_list("ref", flat=True).first()
    return found or ""
