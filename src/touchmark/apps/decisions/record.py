"""What happens to a decision, written once: the event and the status, the order to the marketplace, the letter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from touchmark.apps.audit import actions as audit
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.models import Listing, Seller
from touchmark.apps.deadlines import actions as deadlines
from touchmark.apps.deadlines.actions import Start
from touchmark.apps.decisions import one_by_one, together
from touchmark.apps.decisions.kinds import SHUT, DecisionKind
from touchmark.apps.decisions.models import Decision, Restriction, Statement
from touchmark.apps.decisions.told import (
    CLEARED,
    RESTORED,
    RESTRICTED,
    SELLER_BANNED,
    SELLER_RESTORED,
    SELLER_RESTRICTED,
    SELLER_UNBANNED,
    SELLER_WARNED,
)
from touchmark.apps.inbox import actions as inbox
from touchmark.apps.outbox import actions as outbox
from touchmark.engine.lifecycle.decision import DECISION, RESTRICTION, DecisionStatus, RestrictionStatus
from touchmark.engine.policy.load import regimes
from touchmark.engine.terms import Actor


def order(decision: Decision, *, actor: Actor, at: datetime) -> Restriction:
    """Tell the marketplace to carry a decision out, with the statement that it can hand to the seller."""
    restriction = Restriction(decision=decision, ordered_at=at)
    record_restriction(restriction, "order", actor=actor, at=at)
    details = _details(decision, at)
    tell(decision, _ordered(decision), details, at=at)
    if decision.kind in SHUT:
        one_by_one.take_down(decision, details, at=at)
    return restriction


def _details(decision: Decision, at: datetime) -> dict[str, Any]:
    """Give what the marketplace is to do; where the seller must not know yet, that too, and no word for the seller."""
    issued, until = statement_of(decision), decision.untold_until
    told = {"statement": issued.content} if issued else {"tell_seller": False}
    return {
        **together.action_of([decision, *together.beside(decision)]),
        "effective_at": at.isoformat(),
        **told,
        **({"tell_seller_after": until.isoformat()} if until else {}),
        **({"ends_at": decision.ends_at.isoformat()} if decision.ends_at else {}),
        **({"correct_by": decision.correct_by.isoformat()} if decision.correct_by else {}),
    }


def statement_of(decision: Decision) -> Statement | None:
    """Give the statement of a decision; None where the seller is not told of it, or not yet."""
    return getattr(decision, "statement", None)


def _ordered(decision: Decision) -> str:
    if decision.kind == DecisionKind.BAN:
        return SELLER_BANNED
    return RESTRICTED if decision.listing else SELLER_RESTRICTED


def order_lift(decision: Decision, *, actor: Actor, at: datetime) -> None:
    """Tell the marketplace to put back what a decision took down, unless it was told before, or never took it down."""
    restriction = restriction_of(decision)
    if restriction is None or restriction.lift_ordered_at is not None:
        return
    restriction.lift_ordered_at = at
    record_restriction(restriction, "order_lift", actor=actor, at=at)
    details: dict[str, Any] = {"effective_at": at.isoformat()}
    if decision.kind == DecisionKind.BAN:
        tell(decision, SELLER_UNBANNED, details, at=at)
    elif decision.listing is None:
        tell(decision, SELLER_RESTORED, details, at=at)
        one_by_one.put_back(decision, at=at)
    else:
        _restore(decision, details, at=at)


def _restore(decision: Decision, details: Mapping[str, Any], *, at: datetime) -> None:
    """Tell a marketplace to put a listing back; what stands beside is told anew, and is the last word."""
    off, still = standing_against(decision.concerns), together.beside(decision)
    said = dict(details) | ({"seller_restricted": off.ref} if off else {})
    tell(decision, RESTORED, said | ({"still_restricted": [one.ref for one in still]} if still else {}), at=at)
    if still:
        tell(still[0], RESTRICTED, _details(still[0], at), at=at)


def standing_against(seller: Seller | None) -> Decision | None:
    """Give the decision that keeps a seller's shop shut now, if one does."""
    if seller is None:
        return None
    return Decision.objects.filter(seller=seller, kind__in=SHUT, status=DecisionStatus.IN_FORCE).first()


def restriction_of(decision: Decision) -> Restriction | None:
    """Give what carries a decision out; None where the marketplace was not told to do anything."""
    return Restriction.objects.filter(decision=decision).select_related("decision").first()


def tell(decision: Decision, event_type: str, details: Mapping[str, Any], *, at: datetime) -> None:
    """Put a message to the marketplace about a decision; those about one listing, or seller, go in their order."""
    told = names_of(decision) | dict(details)
    outbox.tell_marketplace(decision.marketplace.slug, event_type, told, at=at, subject=subject_of(decision))


def names_of(decision: Decision) -> dict[str, Any]:
    """Give how messages name a decision, and what it is on."""
    seller = decision.concerns
    data: dict[str, Any] = {
        "decision": decision.ref,
        "marketplace": decision.marketplace.slug,
        "seller_id": seller.seller_id if seller else None,
    }
    return data | (_page_of(decision.listing) if decision.listing is not None else {})


def _page_of(listing: Listing) -> dict[str, Any]:
    """Name a listing; of what is no offer, what it is too."""
    other = {} if listing.kind == ListingKind.OFFER else {"target": str(listing.kind)}
    return {"listing_id": listing.listing_id, **other}


def tell_cleared(listing: Listing, *, at: datetime) -> None:
    """Tell the marketplace that a listing that waited to be published may be."""
    data = {
        "marketplace": listing.marketplace.slug,
        "listing_id": listing.listing_id,
        "seller_id": listing.seller.seller_id if listing.seller else None,
    }
    outbox.tell_marketplace(listing.marketplace.slug, CLEARED, data, at=at, subject=f"listing:{listing.pk}")


def tell_warned(seller: Seller, text: str, *, at: datetime) -> None:
    """Tell the marketplace, in words that it can hand to the seller, that a seller is warned."""
    data = {"marketplace": seller.marketplace.slug, "seller_id": seller.seller_id, "text": text}
    outbox.tell_marketplace(seller.marketplace.slug, SELLER_WARNED, data, at=at, subject=f"seller:{seller.pk}")


def subject_of(decision: Decision) -> str:
    """Give what the messages about a decision are about."""
    return f"listing:{decision.listing_id}" if decision.listing_id else f"seller:{decision.seller_id}"


def write_to_seller(decision: Decision, kind: str, *, at: datetime, **more: Any) -> None:
    """Put a letter about a decision into the seller's inbox, where its people sign in here and may know of it."""
    issued = statement_of(decision)
    addressed = issued.addressed_to if issued else None
    if issued is not None and addressed is not None:
        named = {"decision": decision.ref, "kind": decision.kind, "listing": issued.content["listing"]}
        content, concerns = {**named, **more}, concerns_of(decision)
        inbox.deliver(organisation=addressed, kind=kind, about=decision.ref, content=content, at=at, concerns=concerns)


def concerns_of(decision: Decision) -> inbox.Concerns:
    """Give what letters about a decision are about, by which they reach whom they concern."""
    listing, brand = decision.listing, decision.right.brand_id if decision.right else None
    if listing is not None:
        return inbox.Concerns(listing.marketplace.slug, brand, tuple(listing.sold_in))
    marketplace = decision.seller.marketplace if decision.seller else None
    return inbox.Concerns(
        marketplace.slug if marketplace else "", brand, tuple(marketplace.territories if marketplace else ())
    )


def record(
    decision: Decision, event: str, *, actor: Actor, at: datetime, payload: dict[str, Any] | None = None
) -> Decision:
    """Append the event and write the status that it leads to: the only place that assigns a decision's."""
    before = DecisionStatus.NEW if decision.pk is None else DecisionStatus(decision.status)
    decision.status = DECISION.after(before, event)
    decision.save()
    audit.append(stream=stream_of(decision), kind=event, actor=actor, at=at, payload=payload or {})
    _time(decision, before, at)
    return decision


def _time(decision: Decision, before: DecisionStatus, at: datetime) -> None:
    """Let the clock of a second approval run while a proposal waits, anew for whoever takes it up, and no longer."""
    runs = DECISION.clocks_in(DecisionStatus(decision.status))
    if DECISION.clocks_in(before):
        deadlines.stop([stream_of(decision)], at=at)
    regime, place = decision.marketplace.regime, decision.marketplace.place
    on = at.astimezone(place.zone).date()
    deadlines.start((Start(stream_of(decision), regimes()[regime].clock(c, on=on), regime, place) for c in runs), at=at)


def stream_of(decision: Decision) -> str:
    """Give the name of a decision's stream in the record."""
    return f"decision:{decision.ref}"


def record_restriction(restriction: Restriction, event: str, *, actor: Actor, at: datetime) -> Restriction:
    """Append the event and write the status that it leads to: the only place that assigns a restriction's."""
    before = RestrictionStatus.NEW if restriction.pk is None else RestrictionStatus(restriction.status)
    restriction.status = RESTRICTION.after(before, event)
    restriction.save()
    audit.append(stream=f"restriction:{restriction.decision.ref}", kind=event, actor=actor, at=at, payload={})
    return restriction
