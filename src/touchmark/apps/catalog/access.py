"""
Whose listings somebody may see, and how much of them.

The review team and investigators see all there is, as far as their roles reach; a marketplace's program what it sent
itself; a seller what its own shops offer. A holder sees what every shopper sees of a listing, as ``PublicListing``:
what the marketplace shows to the world, and nothing that it told us besides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q, QuerySet

from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.models import Listing, ListingImage, Marketplace, Seller, SnapshotImage
from touchmark.apps.catalog.reach import sellers_within, within
from touchmark.apps.rows import one_of
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Reach, Role

SEE_ALL = (Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR)
SEE_PUBLIC = (Role.HOLDER, Role.AGENT, Role.GUEST)

#: So many are found at most where several marketplaces know the same id.
FOUND_AT_MOST = 20


class NoSuchListing(TouchmarkError):
    """There is no such listing, or none that this actor may see; which of the two is not said."""


class NoSuchSeller(TouchmarkError):
    """There is no such seller, or none that this actor may see; which of the two is not said."""


@dataclass(frozen=True, slots=True)
class PublicListing:
    """What every shopper sees of a listing. ``pictures`` are digests, of those that can be shown."""

    marketplace: str  # the slug
    marketplace_name: str
    listing_id: str
    title: str
    price: Decimal | None
    currency: str
    url: str
    seller_name: str
    pictures: tuple[str, ...]


def listings_for(actor: Actor) -> QuerySet[Listing]:
    """Give the listings that the actor may see whole, newest change first. Holders see none whole."""
    listings = Listing.objects.select_related("marketplace", "seller").order_by("-changed_at", "-id")
    if actor.has(*SEE_ALL):
        return listings.filter(within(actor.reaches(*SEE_ALL)))
    if actor.has(Role.MARKETPLACE):
        return listings.filter(marketplace__slug=actor.marketplace)
    if actor.has(Role.SELLER) and actor.organisation_id is not None:
        own = listings.filter(seller__organisation_id=actor.organisation_id)
        return own.filter(within(actor.reaches(Role.SELLER)))
    return listings.none()


def sellers_for(actor: Actor) -> QuerySet[Seller]:
    """
    Give the sellers whose data the actor may see, newest first: as with listings, holders see none.

    Whose role is limited to territories or brands sees those sellers of whose listings one lies within.
    """
    sellers = Seller.objects.select_related("marketplace").order_by("-id")
    if actor.has(*SEE_ALL):
        return sellers.filter(sellers_within(actor.reaches(*SEE_ALL)))
    if actor.has(Role.MARKETPLACE):
        return sellers.filter(marketplace__slug=actor.marketplace)
    if actor.has(Role.SELLER) and actor.organisation_id is not None:
        own = sellers.filter(organisation_id=actor.organisation_id)
        return own.filter(sellers_within(actor.reaches(Role.SELLER)))
    return sellers.none()


def listing_for(actor: Actor, marketplace: str, listing_id: str, *, lock: bool = False) -> Listing:
    """
    Give one listing that the actor may act on; ``lock`` takes its row until the transaction ends.

    A holder may report any listing, so it is given to a holder's action too, and to the system's, which decides by a
    rule. What a holder's *page* shows comes from ``public_listing_for``. Whose role is limited to marketplaces reports
    there.

    :param marketplace: the slug
    :raises NoSuchListing: if there is none that the actor may see
    """
    everybodys = Listing.objects.select_related("marketplace", "seller").filter(on_sale_within(actor))
    listings = everybodys if actor.has(*SEE_PUBLIC, Role.SYSTEM) else listings_for(actor)
    return one_of(
        listings.filter(marketplace__slug=marketplace, listing_id=listing_id),
        NoSuchListing(f"There is no listing {listing_id} on {marketplace} that you can see."),
        lock=lock,
    )


def seller_for(actor: Actor, marketplace: str, seller_id: str, *, lock: bool = False) -> Seller:
    """
    Give one seller; ``lock`` takes its row until the transaction ends.

    :raises NoSuchSeller: if there is none that the actor may see
    """
    return one_of(
        sellers_for(actor).filter(marketplace__slug=marketplace, seller_id=seller_id),
        NoSuchSeller(f"There is no seller {seller_id} on {marketplace} that you can see."),
        lock=lock,
    )


def taken_by_key(key: int) -> Listing:
    """Take the row of a listing until the transaction ends: for the system, which goes by keys."""
    listings = Listing.objects.select_for_update(of=("self",)).select_related("marketplace", "seller")
    return listings.get(pk=key)


def on_sale_within(actor: Actor) -> Q:
    """What any shopper sees is limited by its marketplace alone."""
    reaches = actor.reaches(*SEE_PUBLIC, *SEE_ALL, Role.SYSTEM, Role.CLOCK)
    return within(Reach(marketplaces=reach.marketplaces) for reach in reaches)


def on_sale_for(actor: Actor) -> QuerySet[Listing]:
    """Give the listings on sale that somebody may look for and report, the newest change first."""
    on_sale = Listing.objects.filter(on_sale_within(actor), gone_at=None, pending_since=None)
    return on_sale.order_by("-changed_at", "-id") if actor.has(*SEE_PUBLIC, *SEE_ALL) else on_sale.none()


def public_listing_for(actor: Actor, marketplace: str, listing_id: str) -> PublicListing:
    """
    Give what every shopper sees of a listing.

    :raises NoSuchListing: if there is none that the actor may see
    """
    return _public([listing_for(actor, marketplace, listing_id)])[0]


def find_public(actor: Actor, words: str) -> list[PublicListing]:
    """
    Give the listings that somebody means by an id or a web address, as every shopper sees them.

    Nobody but holders and the review team looks a listing up.
    """
    words = words.strip()
    if not words or not actor.has(*SEE_PUBLIC, *SEE_ALL):
        return []
    meant = Q(listing_id=words)
    if key := key_of(words):
        meant |= Q(url_key=key)
    found = Listing.objects.filter(meant, on_sale_within(actor)).select_related("marketplace", "seller")
    return _public(found.order_by("marketplace__name", "listing_id")[:FOUND_AT_MOST])


def public_among(actor: Actor, keys: Sequence[int]) -> list[PublicListing]:
    """Give those of the listings of these keys that the actor may report, as every shopper sees them, in this order."""
    if not actor.has(*SEE_PUBLIC, *SEE_ALL):
        return []
    found = Listing.objects.filter(on_sale_within(actor), pk__in=keys).select_related("marketplace", "seller")
    places = {key: place for place, key in enumerate(keys)}
    return _public(sorted(found, key=lambda listing: places[listing.pk]))


def _public(listings: "QuerySet[Listing] | list[Listing]") -> list[PublicListing]:
    pictures: dict[int, list[str]] = {}
    shown = ListingImage.objects.filter(listing__in=[listing.pk for listing in listings], problem="")
    for listing_pk, sha256 in shown.exclude(blob=None).order_by("place").values_list("listing_id", "blob_id"):
        pictures.setdefault(listing_pk, []).append(str(sha256))
    return [
        PublicListing(
            marketplace=listing.marketplace.slug,
            marketplace_name=listing.marketplace.name,
            listing_id=listing.listing_id,
            title=listing.title,
            price=listing.price,
            currency=listing.currency,
            url=listing.url,
            seller_name=str(listing.seller) if listing.seller else "",
            pictures=tuple(pictures.get(listing.pk, ())),
        )
        for listing in listings
    ]


def marketplaces() -> QuerySet[Marketplace]:
    """Give the marketplaces that are watched over: which these are is no secret."""
    return Marketplace.objects.order_by("name")


def may_see_picture(actor: Actor, sha256: str) -> bool:
    """Whether a listing that the actor may see has this picture, or had it when it was frozen."""
    now, then = ListingImage.objects.filter(blob_id=sha256), SnapshotImage.objects.filter(blob_id=sha256)
    if actor.has(*SEE_ALL):
        reaches = actor.reaches(*SEE_ALL)
        seen = now.filter(within(reaches, "listing__")).exists()
        return seen or then.filter(within(reaches, "snapshot__listing__")).exists()
    if actor.has(*SEE_PUBLIC):
        markets = (Reach(marketplaces=reach.marketplaces) for reach in actor.reaches(*SEE_PUBLIC))
        return now.filter(within(markets, "listing__")).exists()
    if not actor.has(Role.SELLER) or actor.organisation_id is None:
        return False
    own, reaches = actor.organisation_id, actor.reaches(Role.SELLER)
    return (
        now.filter(within(reaches, "listing__"), listing__seller__organisation_id=own).exists()
        or then.filter(within(reaches, "snapshot__listing__"), snapshot__listing__seller__organisation_id=own).exists()
    )
