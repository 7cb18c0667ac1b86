"""Listings as people name them in long lists: by web address, or by number on a marketplace."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from touchmark.apps.catalog.access import listings_for, on_sale_within, sellers_for
from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.catalog.models import Listing, ListingImage, ListingVideo, Marketplace, Seller
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.terms import Actor, Role

#: Of the listings that show one picture no more are looked at: so many one notice may name.
MOST_SHOWING = 300
#: What no notice and no decision asks of a listing, and what may be long.
_UNASKED = ("description", "attributes", "extra", "unreadable")


class NotYoursToName(TouchmarkError):
    """Nobody but holders and the review team looks listings up by the hundred."""


@dataclass(frozen=True, slots=True)
class Named:
    """
    A listing as somebody names it: by its ``address``, or by its number, on a marketplace or on whichever has it.

    A shop front by the number of its seller, on a marketplace, as well.
    """

    listing_id: str = ""
    marketplace: str = ""  # the slug
    address: str = ""
    seller_id: str = ""  # the front of this seller's shop is meant

    def __str__(self) -> str:
        if self.seller_id:
            return f"{self.marketplace}:{SHOP}{self.seller_id}"
        return self.address or (f"{self.marketplace}:{self.listing_id}" if self.marketplace else self.listing_id)


def named(text: str) -> Named:
    """
    Read one line of a list as people paste it: an address, ``marketplace:number``, or a number; of a shop's front,
    ``marketplace:shop:number of the seller``.
    """
    text = text.strip()
    if key_of(text):
        return Named(address=text)
    slug, colon, number = text.partition(":")
    if number.strip().lower().startswith(SHOP):
        return Named(marketplace=slug.strip().lower(), seller_id=number.strip()[len(SHOP) :].strip())
    return Named(listing_id=number.strip(), marketplace=slug.strip().lower()) if colon else Named(listing_id=text)


#: Stands before the number of a seller where the front of its shop is meant.
SHOP = "shop:"


def pasted(text: str) -> list[Named]:
    """Read a list as people paste it: addresses, ``marketplace:number`` and numbers, by lines, commas or spaces."""
    return [named(word) for piece in re.split(r"[\s，；、]+", _COLON.sub(":", text)) for word in _words(piece) if word]


#: The gap that people leave after the marketplace's colon.
_COLON = re.compile(r"(?<=\w)\s*:[ \t]+")


def _words(piece: str) -> list[str]:
    """Cut at commas; those within an address belong to it."""
    if piece.startswith(("http://", "https://")):
        return re.split(r"[,;]+(?=https?://)", piece.rstrip(",;"))
    return re.split(r"[,;]+", piece)


def take_each(actor: Actor, wanted: Sequence[Named]) -> list[list[Listing]]:
    """
    Give the listings that each name means, and take their rows until the transaction ends: two queries for all, one
    more where fronts of shops are named by their sellers, two more where links are no listing's own.

    None where there is no such listing; several where a number without a marketplace is known on more than one, or
    where several show the picture or the video at a link (``MOST_SHOWING`` and one more at most).

    :raises NotYoursToName: if the actor is neither a notifier nor of the review team
    """
    return _each(actor, wanted, lock=True)


def find_each(actor: Actor, wanted: Sequence[Named]) -> list[list[Listing]]:
    """
    Give the same for a page that shows them, and take no rows.

    :raises NotYoursToName: as above
    """
    return _each(actor, wanted, lock=False)


def _each(actor: Actor, wanted: Sequence[Named], *, lock: bool) -> list[list[Listing]]:
    if not actor.has(Role.HOLDER, Role.AGENT, Role.GUEST, Role.REVIEWER, Role.POLICY_OWNER):
        raise NotYoursToName("Listings are looked up by notifiers and by the review team.")
    offers = Listing.objects.filter(on_sale_within(actor))
    by_key = _known(offers, "url_key", {key_of(name.address) for name in wanted if name.address}, lock)
    by_number = _known(offers, "listing_id", {name.listing_id for name in wanted if not name.address}, lock)
    fronts = _fronts(offers, [name for name in wanted if name.seller_id], lock)
    links = {key_of(name.address) for name in wanted if name.address} - by_key.keys()
    by_picture = _showing(offers, links, lock)
    return [
        _of(name, by_key, by_picture) if name.address else _on(name, fronts if name.seller_id else by_number)
        for name in wanted
    ]


def _fronts(offers: QuerySet[Listing], wanted: Sequence[Named], lock: bool) -> defaultdict[str, list[Listing]]:
    """Give the fronts of these sellers' shops, by the sellers' numbers; no query where none is asked for."""
    found: defaultdict[str, list[Listing]] = defaultdict(list)
    if wanted:
        sellers = Q(seller__marketplace__in=Marketplace.objects.all())  # with them named, an index finds the numbers
        sellers &= Q(seller__seller_id__in={name.seller_id for name in wanted})
        rows = offers.filter(sellers, kind=ListingKind.SHOP_FRONT).select_related("marketplace", "seller")
        rows = rows.defer(*_UNASKED).order_by("pk")
        for listing in rows.select_for_update(of=("self",)) if lock else rows:
            if listing.seller is not None:
                found[listing.seller.seller_id].append(listing)
    return found


def _of(name: Named, *found: Mapping[str, list[Listing]]) -> list[Listing]:
    """Give what an address means: the listing whose page it is, else those that show the picture there."""
    key = key_of(name.address)
    return next((known[key] for known in found if known.get(key)), [])


def _showing(offers: QuerySet[Listing], links: set[str], lock: bool) -> dict[str, list[Listing]]:
    """
    Give the listings that show the pictures and videos at these addresses, by their keys; no query where there are
    none.
    """
    if not links:
        return {}
    keys = links - {""}
    pictures = ListingImage.objects.filter(url_key__in=keys).order_by().values_list("url_key", "listing_id")
    videos = ListingVideo.objects.filter(url_key__in=keys).order_by().values_list("url_key", "listing_id")
    pairs = dict.fromkeys(pictures.union(videos).order_by("listing_id")[: (MOST_SHOWING + 1) * len(links)])
    rows = offers.filter(pk__in={listing for _key, listing in pairs}).select_related("marketplace").defer(*_UNASKED)
    taken = rows.order_by("pk").select_for_update(of=("self",)) if lock else rows.order_by("pk")
    by_pk = {listing.pk: listing for listing in taken}
    found: defaultdict[str, list[Listing]] = defaultdict(list)
    for key, listing in pairs:
        if listing in by_pk and len(found[key]) <= MOST_SHOWING:
            found[key].append(by_pk[listing])
    return found


def videos_among(names: Sequence[Named]) -> frozenset[str]:
    """Give the keys of those addresses at which a listing has a video; no query where there are no addresses."""
    keys = {key_of(name.address) for name in names if name.address}
    return frozenset(ListingVideo.objects.filter(url_key__in=keys).values_list("url_key", flat=True) if keys else ())


def _on(name: Named, by_number: defaultdict[str, list[Listing]]) -> list[Listing]:
    known = by_number[name.seller_id or name.listing_id]
    return [one for one in known if not name.marketplace or one.marketplace.slug == name.marketplace]


def _known(offers: QuerySet[Listing], column: str, values: set[str], lock: bool) -> defaultdict[str, list[Listing]]:
    """Rows are taken in the order of their keys, so that two who want the same ones wait, and never for each other."""
    found: defaultdict[str, list[Listing]] = defaultdict(list)
    if values := values - {""}:
        rows = offers.filter(**{f"{column}__in": values}).select_related("marketplace").defer(*_UNASKED)
        rows = rows.order_by("pk")
        for listing in rows.select_for_update(of=("self",)) if lock else rows:
            found[getattr(listing, column)].append(listing)
    return found


def called(actor: Actor, text: str) -> QuerySet[Listing]:
    """Give the listings that the actor may see and that are called so: by address, number, ``marketplace:number``."""
    name = named(text)
    if name.address:
        return listings_for(actor).filter(url_key=key_of(name.address)).defer(*_UNASKED)
    return listings_for(actor).filter(marketplace__in=_places(name), listing_id=name.listing_id).defer(*_UNASKED)


def sellers_called(actor: Actor, text: str) -> QuerySet[Seller]:
    """Give the sellers that the actor may see and that bear this number or, where none does, this name."""
    name = named(text)
    seen = sellers_for(actor).filter(marketplace__in=_places(name))
    numbered = seen.filter(seller_id=name.listing_id or text)
    return numbered if numbered.exists() else seen.filter(Q(name__iexact=text) | Q(trader__iexact=text))


def _places(name: Named) -> list[int]:
    """Give the marketplaces that are meant, by key: with them named, a number is found by its index."""
    meant = Marketplace.objects.filter(slug=name.marketplace) if name.marketplace else Marketplace.objects.all()
    return list(meant.values_list("pk", flat=True))
