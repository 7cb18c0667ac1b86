"""Reading notices past ``access``: across tenants for the desk, and by the form that made them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from touchmark.apps.catalog.models import Listing
from touchmark.apps.notices import law
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.standing import JUDGED, OPEN
from touchmark.apps.registry.grounding import ended_on
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus
from touchmark.engine.policy.rules import Element
from touchmark.engine.terms import Actor


def open_on(listing: Listing) -> QuerySet[NoticeItem]:
    """Give what waits for a decision on this listing of notices, oldest first."""
    waiting = NoticeItem.objects.filter(listing=listing, status__in=JUDGED)
    return waiting.select_related("notice__mandate", "right", "holder", "agent").order_by("filed_at", "id")


def open_on_each(listing_keys: Iterable[int]) -> defaultdict[int, list[NoticeItem]]:
    """Give what waits on each of these listings, oldest first; an empty list where nothing does."""
    waiting = NoticeItem.objects.filter(listing_id__in=list(listing_keys), status__in=JUDGED)
    found: defaultdict[int, list[NoticeItem]] = defaultdict(list)
    for item in waiting.select_related("notice__mandate", "right", "holder", "agent").order_by("filed_at", "id"):
        found[item.listing_id].append(item)
    return found


def to_look_at(size: int) -> list[NoticeItem]:
    """Give the next items whose listings were not screened for them, the oldest first."""
    waiting = NoticeItem.objects.filter(status=ItemStatus.RECEIVED, looked_at=None).select_related("right")
    return list(waiting.order_by("filed_at", "id")[:size])


def under_ended_rights(on: date, *, size: int) -> list[int]:
    """Give the keys of notices of which something waits though their right does not count any more on this day."""
    ended = Right.objects.filter(ended_on(on)).values("pk")
    waiting = NoticeItem.objects.filter(status__in=OPEN, right__in=ended).order_by("notice")
    return list(waiting.values_list("notice", flat=True).distinct()[:size])


def waiting_under(right: Right, listing_keys: Iterable[int]) -> dict[int, str]:
    """Give the reference of what waits under this right on each of these listings; nothing where nothing does."""
    waiting = NoticeItem.objects.filter(right=right, listing_id__in=list(listing_keys), status__in=OPEN)
    return dict(waiting.values_list("listing_id", "ref"))


def sent_before(request_key: UUID, actor: Actor) -> Notice | None:
    """Give the notice that this very form made when it was sent before, by the same notifier."""
    sent = Notice.objects.exclude(status=FilingStatus.DRAFT)
    by = Q(holder_id=actor.organisation_id, agent=None) | Q(agent_id=actor.organisation_id)
    return sent.filter(by, request_key=request_key).first()


def sent_by_guest(request_key: UUID) -> Notice | None:
    """Give the notice that this very public form made when it was sent before."""
    return Notice.objects.filter(request_key=request_key, guest__isnull=False).first()


def filed_since(notifier: int, since: datetime) -> int:
    """Give how many notices an organisation has filed since then, its own or as an agent."""
    by = Q(holder_id=notifier, agent=None) | Q(agent_id=notifier, agent__isnull=False)
    return Notice.objects.filter(by, filed_at__gt=since).exclude(status=FilingStatus.DRAFT).count()


def of_stream(subject: str) -> Notice:
    """Give the notice, and take its row, whose own stream in the record has this name."""
    return (
        Notice.objects.select_for_update(of=("self",))
        .select_related("right", "holder")
        .get(ref=subject.partition(":")[2])
    )


def holders_of(subjects: Iterable[str]) -> dict[str, int]:
    """Give the key of the holder of each notice by the name of its own stream in the record; a guest's is left out."""
    refs = {subject.partition(":")[2]: subject for subject in subjects}
    found = Notice.objects.filter(ref__in=list(refs), guest=None).values_list("ref", "holder_id")
    return {refs[ref]: holder for ref, holder in found}


def taken(key: int) -> NoticeItem:
    """Give an item, and take its row after its listing's: whoever decides takes them in this order."""
    listing = NoticeItem.objects.values_list("listing_id", flat=True).get(pk=key)
    list(Listing.objects.select_for_update().filter(pk=listing).values_list("pk"))
    items = NoticeItem.objects.select_for_update(of=("self",))
    return items.select_related("notice__holder", "listing__marketplace", "right").get(pk=key)


def item_of_stream(subject: str) -> NoticeItem:
    """Give the item, its row taken, whose stream in the record has this name."""
    return taken(NoticeItem.objects.values_list("pk", flat=True).get(ref=subject.partition(":")[2]))


def items_of(notice: Notice) -> QuerySet[NoticeItem]:
    """Give the items of a notice, which the caller has got through ``access``, in their order."""
    items = NoticeItem.objects.filter(notice=notice).select_related("listing__marketplace", "right")
    return items.order_by("number")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a list says of a notice: its first item, and how many there are by status."""

    first: NoticeItem
    counts: Mapping[str, int]

    @property
    def listings(self) -> int:
        """How many listings it names."""
        return sum(self.counts.values())

    @property
    def status(self) -> str:
        """Where all of its items stand; blank where they stand differently."""
        return next(iter(self.counts)) if len(self.counts) == 1 else ""


def summaries_of(notices: Iterable[Notice], among: QuerySet[NoticeItem] | None = None) -> dict[int, Summary]:
    """
    Give the summary of each of these notices by its key, in two queries.

    :param among: the items that the reader may see, if not all; a notice without any of them has no summary
    """
    keys = [notice.pk for notice in notices]
    items = (NoticeItem.objects.all() if among is None else among).filter(notice__in=keys).order_by()
    counts: dict[int, dict[str, int]] = {key: {} for key in keys}
    for key, status, count in items.values_list("notice", "status").annotate(n=Count("id")):
        counts[key][status] = count
    least = items.filter(notice=OuterRef("notice")).order_by("number").values("number")[:1]
    firsts = items.filter(number=Subquery(least)).select_related("listing__marketplace", "right", "notice")
    return {item.notice_id: Summary(item, counts[item.notice_id]) for item in firsts}


def lacking_of(notice: Notice, actor: Actor) -> tuple[Element, ...]:
    """Give what a notice, which the actor may see, still needs; nothing where it waits for nothing."""
    waiting = items_of(notice).filter(status=ItemStatus.WAITING)
    return law.missing_from(notice, law.Asked.about(waiting), agent=law.files_as_agent(actor, notice))


def counts_of(items: QuerySet[NoticeItem]) -> dict[str, int]:
    """Give how many of these items there are by status."""
    return dict(items.order_by().values_list("status").annotate(n=Count("id")))


def parts_of(items: QuerySet[NoticeItem]) -> list[tuple[str, str, list[str]]]:
    """Give of each of these items its marketplace's name, its regime and where the right reaches it, in their order."""
    return list(items.order_by("number").values_list("listing__marketplace__name", "regime", "territories"))


def shared_by(items: Iterable[NoticeItem]) -> list[dict[str, str]]:
    """Give of each notice behind these items what its notifier lets the sellers see of them; nothing of the others."""
    notices = {item.notice_id: item.notice for item in items}.values()
    found = ({what: _contact(notice)[what] for what in notice.shared} for notice in notices)
    return [kept for said in found if (kept := {what: value for what, value in said.items() if value})]


def _contact(notice: Notice) -> dict[str, str]:
    given = {what: str(notice.particulars.get(what, "")) for what in ("phone", "address")}
    if notice.filed_by is None:
        return given | {"name": notice.guest.name, "email": notice.guest.email}
    return given | {"name": names_of(notice), "email": notice.filed_by.email}


def names_of(notice: Notice) -> str:
    """Give who reports: the holder, with who files for it, where somebody does by a mandate."""
    if notice.agent is None:
        return notice.holder.name
    return _("%(agent)s, for %(holder)s") % {"agent": notice.agent.name, "holder": notice.holder.name}
