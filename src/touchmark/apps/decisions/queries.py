"""
Reading decisions. What waits for one is in ``queue``.

What stands on a listing is what was decided here of the whole: an authority's order, and what takes pictures off, stand
beside it, and are in nobody's way.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Count, F, Prefetch, Q, QuerySet

from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision, Restriction
from touchmark.apps.decisions.record import subject_of
from touchmark.apps.outbox.models import Attempt, Message
from touchmark.apps.rules.models import RuleVersion
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.decision import STANDING, DecisionStatus, RestrictionStatus
from touchmark.engine.terms import Actor

#: Rows are counted up to here: what follows is the same, whether there are more or many more.
COUNTED = 1_000


#: What stands on a listing as a whole: neither an authority's order nor what takes pictures off it.
OWN = Q(order="") & ~Q(kind=DecisionKind.PICTURES)


class BadPlace(TouchmarkError):
    """The address names a place in a list that cannot be one."""


def in_force_on(listing: Listing) -> Decision | None:
    """Give the decision that restricts this listing now, if one does."""
    return Decision.objects.filter(OWN, listing=listing, status=DecisionStatus.IN_FORCE).first()


def restricted_among(listing_keys: Iterable[int]) -> frozenset[int]:
    """Give which of these listings a decision restricts now, by their keys."""
    in_force = Decision.objects.filter(OWN, listing__in=list(listing_keys), status=DecisionStatus.IN_FORCE)
    return frozenset(in_force.values_list("listing_id", flat=True))


@dataclass(frozen=True, slots=True)
class SellerRecord:
    """
    What was decided on a seller's listings so far. Reversed decisions are told apart: they count for nothing.

    Its listings are counted up to ``COUNTED``; ``more``: there are more.
    """

    listings: int
    more: bool
    in_force: int
    reversed: int
    dismissed: int


def standing_on(listing: Listing) -> Decision | None:
    """Give the decision that stands against this listing now: it restricts, holds, or wants it corrected."""
    return Decision.objects.filter(OWN, listing=listing, status__in=STANDING).first()


def record_of(listing: Listing) -> SellerRecord:
    """Give the record of the listing's seller, on its marketplace."""
    if listing.seller_id is None:
        return SellerRecord(listings=0, more=False, in_force=0, reversed=0, dismissed=0)
    counted = (
        Decision.objects.filter(counts_for=listing.seller_id)
        .exclude(listing=None)
        .aggregate(
            in_force=Count("id", filter=Q(status=DecisionStatus.IN_FORCE)),
            reversed=Count("id", filter=Q(status=DecisionStatus.REVERSED)),
            dismissed=Count("id", filter=Q(kind=DecisionKind.NONE)),
        )
    )
    listings = Listing.objects.filter(seller_id=listing.seller_id, kind=ListingKind.OFFER)[: COUNTED + 1].count()
    return SellerRecord(listings=min(listings, COUNTED), more=listings > COUNTED, **counted)


def pictures_off(listing: Listing) -> frozenset[str]:
    """Give the pictures that decisions have taken off this listing, as the marketplace calls them."""
    found = Decision.objects.filter(listing=listing, kind=DecisionKind.PICTURES, status=DecisionStatus.IN_FORCE)
    return frozenset(name for names in found.values_list("pictures", flat=True) for name in names)


def pictures_off_among(listing_keys: Iterable[int]) -> frozenset[tuple[int, str]]:
    """Give the pictures that are taken off these listings: the listing by its key, the picture by its address's."""
    found = Decision.objects.filter(listing__in=list(listing_keys), kind=DecisionKind.PICTURES)
    rows = found.filter(status=DecisionStatus.IN_FORCE).values_list("listing_id", "pictures")
    return frozenset((key, key_of(name)) for key, names in rows if key is not None for name in names)


def earlier_on(listing: Listing) -> QuerySet[Decision]:
    """Give the decisions on this listing, newest first."""
    return Decision.objects.filter(listing=listing).select_related("decided_by", "rule").order_by("-decided_at", "-id")


def due_to_end(at: datetime, *, size: int) -> list[int]:
    """Give the keys of decisions in force whose time is over, the longest over first."""
    over = Decision.objects.filter(status=DecisionStatus.IN_FORCE, ends_at__lte=at).order_by("ends_at", "id")
    return list(over.values_list("pk", flat=True)[:size])


def taken_to_end(key: int, at: datetime) -> Decision | None:
    """Take the row of one of them; None where somebody was first."""
    over = Decision.objects.filter(pk=key, status=DecisionStatus.IN_FORCE, ends_at__lte=at)
    return over.select_for_update(of=("self",)).select_related("listing__marketplace", "statement").first()


def to_be_corrected(decisions: QuerySet[Decision]) -> QuerySet[Decision]:
    """Give those of these decisions whose listings are to be corrected, the one with the least time left first."""
    waiting = decisions.filter(status=DecisionStatus.TO_CORRECT).select_related("snapshot")
    return waiting.order_by("correct_by", "id")


def corrections_open(*, size: int) -> list[int]:
    """Give the keys of decisions whose listings have changed since they are to be corrected, the most urgent first."""
    changed = Decision.objects.filter(status=DecisionStatus.TO_CORRECT, listing__changed_at__gt=F("decided_at"))
    return list(changed.order_by("correct_by", "id").values_list("pk", flat=True)[:size])


def corrections_due(at: datetime, *, size: int) -> list[int]:
    """Give the keys of decisions that were to be corrected by now, the longest over first."""
    over = Decision.objects.filter(status=DecisionStatus.TO_CORRECT, correct_by__lt=at)
    return list(over.order_by("correct_by", "id").values_list("pk", flat=True)[:size])


def held_by(gate: str, organisation_id: int | None) -> list[Decision]:
    """Take the rows of what a brand gate holds, of one seller or of all."""
    held = Decision.objects.filter(status=DecisionStatus.HELD, gate=gate)
    if organisation_id is not None:
        held = held.filter(listing__seller__organisation_id=organisation_id)
    rows = held.select_for_update(of=("self",)).select_related("listing__marketplace", "listing__seller", "statement")
    return list(rows.order_by("pk"))


def standing_against_each(keys: Iterable[int]) -> set[int]:
    """Give those of these listings, by key, against which a decision stands."""
    standing = Decision.objects.filter(OWN, listing__in=list(keys), status__in=STANDING)
    return {key for key in standing.values_list("listing_id", flat=True) if key is not None}


def standing_no_more(refs: Iterable[str]) -> set[str]:
    """Give those of these decisions, by reference, that are in force no more."""
    over = Decision.objects.filter(ref__in=list(refs)).exclude(status=DecisionStatus.IN_FORCE)
    return set(over.values_list("ref", flat=True))


def any_undone(refs: Iterable[str]) -> bool:
    """Whether one of these decisions was reversed, or put back on an answer: either counts for nothing."""
    undone = (DecisionStatus.REVERSED, DecisionStatus.PUT_BACK)
    return Decision.objects.filter(ref__in=list(refs), status__in=undone).exists()


def taken(key: int) -> Decision:
    """Take the row of a decision until the transaction ends: for the system, which goes by keys."""
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("listing__marketplace", "listing__seller", "seller__marketplace", "statement").get(
        pk=key
    )


def held_for_bans_over(*, size: int) -> list[int]:
    """Give the keys of decisions that hold a listing for a ban on its seller that is in force no more."""
    held = Decision.objects.filter(status=DecisionStatus.HELD, because__isnull=False)
    over = held.exclude(because__status=DecisionStatus.IN_FORCE)
    return list(over.order_by("pk").values_list("pk", flat=True)[:size])


def let_through(listing: Listing, gate: str) -> bool:
    """Whether this version of a listing was held by a gate and let go on."""
    held = Decision.objects.filter(listing=listing, gate=gate, decided_at__gte=listing.changed_at)
    return held.exclude(status=DecisionStatus.HELD).exists()


def to_correct(key: int) -> Decision | None:
    """Give a decision that is to be corrected; None where it is so no more."""
    waiting = Decision.objects.filter(pk=key, status=DecisionStatus.TO_CORRECT)
    return waiting.select_related("listing__marketplace", "statement").first()


def taken_to_correct(key: int) -> Decision | None:
    """Take the row of a decision that is to be corrected; None where it is so no more."""
    waiting = Decision.objects.filter(pk=key, status=DecisionStatus.TO_CORRECT)
    return waiting.select_for_update(of=("self",)).select_related("listing__marketplace", "statement").first()


def by_rule(version: RuleVersion, *, since: datetime | None = None) -> QuerySet[Decision]:
    """Give the decisions that a version of a rule took by itself, newest first."""
    taken = Decision.objects.filter(rule=version).order_by("-decided_at", "-id")
    return taken if since is None else taken.filter(decided_at__gte=since)


def by_people(listing_keys: Iterable[int], *, after: datetime | None = None) -> dict[int, str]:
    """
    Give what people made of these listings, by the last decision that a person took on each.

    ``restricted``, ``left`` on sale, or ``reversed``: restricted, and put back on appeal. None for a listing that no
    person decided on.
    """
    taken = (
        Decision.objects.filter(OWN, listing_id__in=list(listing_keys), rule=None)
        .exclude(decided_by=None)
        .exclude(status=DecisionStatus.REOPENED)
        .order_by("decided_at", "pk")
    )
    taken = taken if after is None else taken.filter(decided_at__gte=after)
    return {listing: OUTCOMES[DecisionStatus(status)] for listing, status in taken.values_list("listing_id", "status")}


#: What people made of a listing, by the status of their last decision on it.
OUTCOMES = {
    DecisionStatus.IN_FORCE: "restricted",
    DecisionStatus.ENDED: "restricted",
    DecisionStatus.DISMISSED: "left",
    DecisionStatus.REVERSED: "reversed",
    DecisionStatus.PUT_BACK: "reversed",
    DecisionStatus.TO_CORRECT: "restricted",
    DecisionStatus.CORRECTED: "restricted",
    DecisionStatus.HELD: "restricted",
    DecisionStatus.RELEASED: "left",
    DecisionStatus.REPLACED: "restricted",
}


def unconfirmed(*, before: datetime) -> QuerySet[Restriction]:
    """Give the restrictions that a marketplace was told of before this moment and has not carried out, oldest first."""
    waiting = Restriction.objects.filter(
        Q(status=RestrictionStatus.ORDERED, ordered_at__lt=before)
        | Q(status=RestrictionStatus.LIFT_ORDERED, lift_ordered_at__lt=before)
    )
    return waiting.select_related("decision__listing__marketplace", "decision__seller__marketplace").order_by(
        "ordered_at"
    )


def sent_before(request_key: UUID, actor: Actor) -> Decision | None:
    """Give the decision that this very form made when it was sent before, by the same person."""
    return Decision.objects.filter(request_key=request_key, decided_by_id=actor.user_id).first()


@dataclass(frozen=True, slots=True)
class Told:
    """One message to a marketplace about a decision, with every try at it, the first one first."""

    message: Message
    tries: tuple[Attempt, ...]

    @property
    def event_type(self) -> str:
        """``listing.restricted`` or ``listing.restored``."""
        return str(self.message.payload["type"])


def told_of(decision: Decision) -> list[Told]:
    """Give what the marketplace was told of a decision, and what came of each try. The caller may see the decision."""
    messages = Message.objects.filter(
        kind="webhook", subject=subject_of(decision), payload__data__decision=decision.ref
    )
    ordered = messages.order_by("sequence").prefetch_related(Prefetch("tries", Attempt.objects.order_by("number")))
    return [Told(message, tuple(message.tries.all())) for message in ordered]


@dataclass(frozen=True, slots=True)
class Before:
    """A place in the decisions, newest first: what stands after it was taken before."""

    at: datetime
    key: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}_{self.key}"

    @classmethod
    def read(cls, text: str) -> "Before":
        """
        Read a place as an address says it.

        :raises BadPlace: if it says none
        """
        moment, _, key = text.rpartition("_")
        try:
            at = datetime.fromisoformat(moment)
            return cls(at if at.tzinfo else at.replace(tzinfo=UTC), int(key))
        except ValueError:
            raise BadPlace("This address names no place in the list. Start at its head.") from None


def page_of(
    decisions: QuerySet[Decision], *, status: str = "", before: Before | None = None, size: int
) -> list[Decision]:
    """Give ``size`` of these decisions, newest first, from a place on, with this status or with any."""
    if status:
        decisions = decisions.filter(status=status)
    if before is not None:
        decisions = decisions.filter(Q(decided_at__lt=before.at) | Q(decided_at=before.at, pk__lt=before.key))
    return list(decisions[:size])
