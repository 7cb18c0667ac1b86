"""Sellers that rows name, found or noted down."""

from collections.abc import Iterable, Mapping

from touchmark.apps.catalog.models import Marketplace, Seller

Key = tuple[int, str]


def sellers_named(keys: Iterable[Key]) -> Mapping[Key, Seller]:
    """
    Give the seller for each pair of a marketplace's key and a ``seller_id``; one that is not here yet is noted by id.

    The caller has taken the marketplaces.
    """
    wanted = {key for key in keys if key[1]}
    found = stored(wanted)
    made = Seller.objects.bulk_create(
        Seller(marketplace_id=market, seller_id=seller_id) for market, seller_id in sorted(wanted - found.keys())
    )
    return found | {(seller.marketplace_id, seller.seller_id): seller for seller in made}


def stored(keys: Iterable[Key]) -> dict[Key, Seller]:
    """Give the sellers that are here, of these keys."""
    wanted = set(keys)
    found = Seller.objects.filter(
        marketplace_id__in={market for market, _ in wanted}, seller_id__in={seller_id for _, seller_id in wanted}
    )
    return {key: seller for seller in found if (key := (seller.marketplace_id, seller.seller_id)) in wanted}


def take_marketplaces(keys: Iterable[int]) -> None:
    """Make others who take in rows of these marketplaces wait until this transaction ends."""
    list(Marketplace.objects.select_for_update().filter(pk__in=set(keys)).order_by("pk"))
