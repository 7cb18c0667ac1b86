"""
Whose notices somebody may see as far as the role reaches: a holder its own and those filed in its name, an agent by a
mandate those that it filed, a reviewer all, anybody else none.
"""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from touchmark.apps.catalog import reach as catalog
from touchmark.apps.notices.models import Evidence, Notice, NoticeItem, NoticeTemplate
from touchmark.apps.registry import access as registry
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.terms import Actor, Reach, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER)
SEE_OWN = (Role.HOLDER, Role.AGENT, Role.GUEST)


class NoSuchNotice(TouchmarkError):
    """There is no such notice, or none that this actor may see; which of the two is not said."""


class NoSuchTemplate(TouchmarkError):
    """The holder has no such template."""


def items_for(actor: Actor) -> QuerySet[NoticeItem]:
    """Give the items of notices that the actor may see, newest first."""
    items = NoticeItem.objects.select_related("notice", "right", "joined_to", "listing__marketplace").order_by(
        "-filed_at", "-id"
    )
    if actor.has(*SEE_ALL):
        return items.filter(_within(actor.reaches(*SEE_ALL)))
    if actor.has(*SEE_OWN):
        return items.filter(_within(actor.reaches(*SEE_OWN)), own(actor))
    return items.none()


def own(actor: Actor) -> Q:
    """Give what holds of an organisation's notices and items: it holds the right, or filed for who does."""
    return Q(holder_id=actor.organisation_id) | Q(agent_id=actor.organisation_id, agent__isnull=False)


def _within(reaches: Iterable[Reach]) -> Q:
    """Give what holds of items within one of the reaches: the listing's where it is sold, the right's brand."""
    return catalog.either(
        catalog.within((reach,), "listing__", brands=False) & registry.within((Reach(brands=reach.brands),), "right__")
        for reach in reaches
    )


def item_for(actor: Actor, ref: str, *, lock: bool = False) -> NoticeItem:
    """
    Give one item of a notice; ``lock`` takes its row until the transaction ends.

    A notice of one listing is known by its item's reference and by its own.

    :raises NoSuchNotice: if there is none that the actor may see
    """
    return one_of(
        items_for(actor).filter(ref=ref), NoSuchNotice(f"There is no notice {ref} that you can see."), lock=lock
    )


def notices_for(actor: Actor, **of_an_item: object) -> QuerySet[Notice]:
    """Give the notices of which the actor may see an item, newest first; one of which this holds, where it is named."""
    seen = items_for(actor).order_by().filter(notice=OuterRef("pk"), **of_an_item)
    notices = (
        Notice.objects.filter(Exists(seen))
        .select_related("right", "holder", "agent", "mandate")
        .order_by("-filed_at", "-id")
    )
    return notices if actor.has(*SEE_ALL) else notices.filter(own(actor))


def drafts_for(actor: Actor) -> QuerySet[Notice]:
    """
    Give the drafts that the actor's organisation writes, the latest change first; by a mandate, its agent alone.

    What a draft will name is not settled: whose role is limited sees its own drafts alone.
    """
    drafts = Notice.objects.filter(status=FilingStatus.DRAFT).select_related("right", "holder", "draft")
    if not actor.has(*SEE_OWN):
        return drafts.none()
    writes = Q(holder_id=actor.organisation_id, agent=None) | Q(agent_id=actor.organisation_id, agent__isnull=False)
    found = drafts.filter(registry.within(actor.reaches(*SEE_OWN), "right__"), writes)
    if not actor.reaches_everywhere(*SEE_OWN):
        found = found.filter(filed_by_id=actor.user_id)
    return found.order_by("-draft__changed_at", "-id")


def draft_for(actor: Actor, ref: str, *, lock: bool = False) -> Notice:
    """
    Give one draft; ``lock`` takes its row until the transaction ends.

    :raises NoSuchNotice: if the actor has none of that reference
    """
    return one_of(
        drafts_for(actor).filter(ref=ref),
        NoSuchNotice(f"There is no draft {ref} of yours. It may have been sent, or deleted after its time."),
        lock=lock,
    )


def templates_for(actor: Actor) -> QuerySet[NoticeTemplate]:
    """Give the templates of the organisation that the actor files for, by name."""
    kept = NoticeTemplate.objects.filter(holder_id=actor.organisation_id)
    return kept if actor.has(*SEE_OWN) and actor.organisation_id else kept.none()


def template_for(actor: Actor, key: int) -> NoticeTemplate:
    """
    Give one template.

    :raises NoSuchTemplate: if the actor has none of that key
    """
    return one_of(templates_for(actor).filter(pk=key), NoSuchTemplate("There is no such template of yours."))


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether a notice that the actor may see, or a draft of its own, rests on this picture."""
    of_notices = Evidence.objects.filter(pages__blob_id=sha256)
    drafts = drafts_for(actor).order_by().values("pk")
    return of_notices.filter(Q(notice__in=drafts) | Q(notice__in=notices_for(actor).order_by().values("pk"))).exists()


def notice_for(actor: Actor, ref: str, *, lock: bool = False) -> Notice:
    """
    Give one notice; ``lock`` takes its row until the transaction ends.

    :raises NoSuchNotice: if there is none of which the actor may see an item
    """
    return one_of(
        notices_for(actor).filter(ref=ref), NoSuchNotice(f"There is no notice {ref} that you can see."), lock=lock
    )
