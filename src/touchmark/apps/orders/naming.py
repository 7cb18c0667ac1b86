"""Which listing, or seller, of a marketplace an order means by an address or a number."""

from collections.abc import Iterable, Sequence

from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.models import Listing, Marketplace, Seller
from touchmark.apps.orders.kinds import OrderKind
from touchmark.apps.orders.models import Order, OrderItem


def written(lines: Iterable[str]) -> list[str]:
    """Give what a letter names, one in a line, each once."""
    return list(dict.fromkeys(line.strip()[:2_000] for line in lines if line.strip()))


def items(order: Order, said: Sequence[str]) -> list[OrderItem]:
    """Give the items of an order, not yet stored: what is not known here is kept as it was said."""
    market, numbers = order.marketplace, [_number(text, order.marketplace) for text in said]
    listings = _listings(market, said, numbers)
    sellers = {one.seller_id: one for one in Seller.objects.filter(marketplace=market, seller_id__in=numbers)}
    found = []
    for place, (text, number) in enumerate(zip(said, numbers, strict=True)):
        listing = listings.get(key_of(text) or number)
        item = OrderItem(order=order, place=place, said=text)
        if order.kind == OrderKind.ACT:
            item.listing = listing
        else:
            item.seller = sellers.get(number) or (listing.seller if listing else None)
        found.append(item)
    return found


def _listings(market: Marketplace, said: Sequence[str], numbers: Sequence[str]) -> dict[str, Listing]:
    """Give the listings by the key of their address, and by their number."""
    keys = [key for text in said if (key := key_of(text))]
    offers = Listing.objects.filter(marketplace=market).select_related("seller")
    by_key = {one.url_key: one for one in offers.filter(url_key__in=keys)} if keys else {}
    return by_key | {one.listing_id: one for one in offers.filter(listing_id__in=numbers)}


def _number(text: str, market: Marketplace) -> str:
    """Give a number without the marketplace that stands before it."""
    return text.removeprefix(f"{market.slug}:").strip()
