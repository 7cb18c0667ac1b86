"""Which reports and decisions begin duties, which duties are over, what waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.standing import JUDGED
from touchmark.apps.orders.kinds import OrderKind, Product
from touchmark.apps.orders.models import Order
from touchmark.apps.safety import access
from touchmark.apps.safety.kinds import OF_A_MAKER, OF_DECISIONS, DutyKind
from touchmark.apps.safety.models import Looked, SafetyDuty, Suspicion
from touchmark.apps.screening.kinds import TipReason
from touchmark.apps.screening.models import Tip
from touchmark.engine.lifecycle.decision import DecisionStatus
from touchmark.engine.lifecycle.safety import SafetyStatus, SuspicionStatus
from touchmark.engine.policy.safety import under_gpsr
from touchmark.engine.terms import Actor, RightKind

#: How far back it is looked for reports that began nothing.
LATELY = timedelta(days=60)
#: What takes goods off sale.
TAKES_OFF = (DecisionKind.REMOVE, DecisionKind.DISABLE)
UNDONE = (DecisionStatus.REVERSED, DecisionStatus.PUT_BACK)
WAITS = (SafetyStatus.DUE, SafetyStatus.TO_TAKE_BACK)
SOON = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many wait, how many of them fall due within a day, and how many are late."""

    waiting: int
    soon: int
    late: int


def _open_notice_duty(listing: str) -> Exists:
    return Exists(SafetyDuty.objects.filter(kind=DutyKind.NOTICE, status=SafetyStatus.DUE, listing=OuterRef(listing)))


def dangerous_items(at: datetime) -> QuerySet[NoticeItem]:
    """Give the open items under the Union's law whose notice tells of a danger, and that began no duty."""
    found = NoticeItem.objects.filter(
        ~_open_notice_duty("listing_id"),
        notice__tells_of_danger=True,
        notice__filed_at__gt=at - LATELY,
        regime="eu",
        status__in=JUDGED,
    )
    return found.order_by("filed_at", "pk")


def dangerous_tips(at: datetime) -> QuerySet[Tip]:
    """Give what shoppers say could hurt somebody, on marketplaces under the Union's law, and that began no duty."""
    found = Tip.objects.filter(
        ~_open_notice_duty("listing_id"),
        reason=TipReason.DANGEROUS,
        settled_at=None,
        said_at__gt=at - LATELY,
        listing__marketplace__regime="eu",
    )
    return found.order_by("said_at", "pk")


def processed(*, size: int) -> list[int]:
    """Give the keys of the duties to process a report whose listing nothing that tells of a danger waits on."""
    waits = NoticeItem.objects.filter(listing=OuterRef("listing_id"), notice__tells_of_danger=True, status__in=JUDGED)
    said = Tip.objects.filter(listing=OuterRef("listing_id"), reason=TipReason.DANGEROUS, settled_at=None)
    due = SafetyDuty.objects.filter(~Exists(waits), ~Exists(said), kind=DutyKind.NOTICE, status=SafetyStatus.DUE)
    return list(due.order_by("pk").values_list("pk", flat=True)[:size])


def decided_since(duty: SafetyDuty) -> Decision | None:
    """Give the last decision on a duty's listing since it began."""
    found = Decision.objects.filter(listing=duty.listing_id, decided_at__gte=duty.began_at, order="")
    return found.order_by("-decided_at", "-pk").first()


def decided(*, before: datetime, size: int) -> list[Decision]:
    """Give the next decisions that nobody has looked at, the oldest first, all older than a moment."""
    reached = Looked.objects.get_or_create(pk=1)[0].decision
    found = Decision.objects.filter(pk__gt=reached, decided_at__lt=before).select_related(
        "right", "snapshot", "statement", "listing"
    )
    return list(found.order_by("pk")[:size])


def ordered(at: datetime, *, size: int) -> list[int]:
    """
    Give the keys of decisions upon orders about dangerous goods, under the law of the Union, that began no duties.

    Of what the seller is not to learn yet there is no statement: warning the consumers would give it away.
    """
    orders = Order.objects.filter(product=Product.DANGEROUS, kind=OrderKind.ACT).values("ref")
    begun = SafetyDuty.objects.filter(decision=OuterRef("pk"), kind__in=OF_DECISIONS)
    found = Decision.objects.filter(~Q(order=""), ~Exists(begun), order__in=orders, status=DecisionStatus.IN_FORCE)
    found = found.filter(listing__kind=ListingKind.OFFER, statement__regime="eu")
    found = found.filter(statement__issued_at__gt=at - LATELY)
    return list(found.order_by("pk").values_list("pk", flat=True)[:size])


def note_decided(key: int) -> None:
    """Note up to which decision was looked; a worker that was slower takes nothing back."""
    Looked.objects.filter(pk=1, decision__lt=key).update(decision=key)


def is_lately(decision: Decision, at: datetime) -> bool:
    """Whether a decision is new enough to begin duties: not one from before an installation knew of them."""
    return decision.decided_at > at - LATELY


def takes_off(decision: Decision) -> bool:
    """Whether a decision took goods off sale as illegal under the law of the Union, and stands."""
    offer = decision.listing is not None and decision.listing.kind == ListingKind.OFFER
    illegal = offer and decision.kind in TAKES_OFF and decision.ground == Ground.LAW
    stands = decision.status == DecisionStatus.IN_FORCE
    return illegal and stands and hasattr(decision, "statement") and decision.statement.regime == "eu"


def goods_of(decision: Decision) -> str:
    """Give the group of goods that a decision says are not their maker's, where fakes of it injure; else a blank."""
    if decision.right is not None and RightKind(decision.right.kind) not in OF_A_MAKER:
        return ""
    said = decision.snapshot.content if decision.snapshot else {}
    return under_gpsr(str(said.get("category") or ""), on=decision.decided_at.date())


def told_of_danger(decision: Decision) -> bool:
    """Whether a notice or a shopper that a decision answered told of a danger."""
    tips = Tip.objects.filter(listing=decision.listing_id, reason=TipReason.DANGEROUS, settled_at=decision.decided_at)
    return decision.notices.filter(notice__tells_of_danger=True).exists() or tips.exists()


def begun_by(decision: Decision) -> bool:
    """Whether a decision has begun its duties."""
    return SafetyDuty.objects.filter(decision=decision, kind__in=OF_DECISIONS).exists()


def undone(*, size: int) -> list[int]:
    """Give the keys of the duties whose decisions were undone, and that are not over."""
    running = SafetyDuty.objects.filter(
        kind__in=OF_DECISIONS,
        decision__status__in=UNDONE,
        status__in=(SafetyStatus.DUE, SafetyStatus.SET_ASIDE, SafetyStatus.MET),
    )
    return list(running.order_by("pk").values_list("pk", flat=True)[:size])


def waiting(actor: Actor) -> QuerySet[SafetyDuty]:
    """Give the duties that wait, the first due on top, as far as the actor sees."""
    return access.duties_for(actor).filter(status__in=WAITS).order_by("due_at", "id")


def of_decision(actor: Actor, decision: Decision) -> list[SafetyDuty]:
    """Give the duties that a decision began or settled, as far as the actor sees."""
    return list(access.duties_for(actor).filter(decision=decision).order_by("id"))


def of_listing(actor: Actor, listing: int) -> list[SafetyDuty]:
    """Give the duties about a listing that wait, as far as the actor sees, the first due on top."""
    return list(waiting(actor).filter(listing=listing))


def counts(actor: Actor, at: datetime) -> Counts:
    """Count the duties that wait, those due within a day, and the late ones."""
    return _counted(waiting(actor).order_by(), at)


def suspicions_waiting(actor: Actor) -> QuerySet[Suspicion]:
    """Give the suspicions of which the police is still to be told, the first due on top, as far as the actor sees."""
    return access.suspicions_for(actor).filter(status=SuspicionStatus.RAISED).order_by("due_at", "id")


def suspicion_counts(actor: Actor, at: datetime) -> Counts:
    """Count the suspicions that wait, those due within a day, and the late ones."""
    return _counted(suspicions_waiting(actor).order_by(), at)


def _counted(found: "QuerySet[SafetyDuty] | QuerySet[Suspicion]", at: datetime) -> Counts:
    soon = found.filter(Q(due_at__lt=at + SOON)).count()
    return Counts(found.count(), soon, found.filter(due_at__lt=at).count())


def open_suspicions(actor: Actor, listings: Iterable[int]) -> list[Suspicion]:
    """Give the suspicions about listings that were not dropped, as far as the actor sees."""
    found = access.suspicions_for(actor).filter(listing__in=list(listings))
    return list(found.exclude(status=SuspicionStatus.DROPPED))
