"""What a shop sold in twelve months: as its marketplace says, else as far as its listings do."""

from datetime import date

from touchmark.apps.catalog.models import Listing, Seller
from touchmark.engine.policy.traders import Duty, Volume
from touchmark.engine.screening.compare.rates import euros_on

#: The columns of a file of sellers that say it.
SALES, GROSS = "sales_12m", "gross_12m"


def of(seller: Seller, duty: Duty, *, on: date) -> Volume:
    """
    Give what a shop sold, in the currency of the duty.

    A marketplace that does not send it is judged by its listings: all that each sold, at its price now.
    """
    said = _said(seller)
    return said if said is not None else _counted(seller, duty, on)


def _said(seller: Seller) -> Volume | None:
    try:
        return Volume(int(seller.extra[SALES]), float(seller.extra[GROSS]))
    except (KeyError, ValueError):
        return None


def _counted(seller: Seller, duty: Duty, on: date) -> Volume:
    euros, sales, gross = euros_on(on), 0, 0.0
    sold = Listing.objects.filter(seller=seller, sold_count__gt=0).values_list("sold_count", "price", "currency")
    for count, price, currency in sold:
        sales += count or 0
        rate = euros.get(currency.strip().upper(), 0.0) / euros[duty.currency]
        gross += (count or 0) * float(price or 0) * rate
    return Volume(sales, gross)
