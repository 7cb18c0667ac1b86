"""Which traders must be asked, and what has fallen due."""

from datetime import datetime

from touchmark.apps.accounts.models import Organisation
from touchmark.apps.catalog.models import Seller
from touchmark.apps.traders import volume
from touchmark.apps.traders.models import TraderDetails
from touchmark.engine.lifecycle.trader import TraderStatus
from touchmark.engine.policy.traders import Duty, in_force
from touchmark.engine.policy.which_law import Size

#: Statuses in which the seller, or the year, is on the clock.
SELLERS_TURN = (
    TraderStatus.ASKED,
    TraderStatus.RETURNED,
    TraderStatus.VERIFIED,
    TraderStatus.DUE,
    TraderStatus.WARNED,
)


def to_ask(at: datetime) -> list[tuple[Organisation, Duty]]:
    """Give the sellers who sign in here, have a duty, and were never asked, each with the first duty that it has."""
    shops = Seller.objects.filter(organisation__isnull=False, organisation__trader_details=None)
    found: dict[int, tuple[Organisation, Duty]] = {}
    for shop in shops.select_related("marketplace", "organisation").order_by("pk"):
        duty = duty_of(shop, at)
        if duty is not None and shop.organisation is not None:
            found.setdefault(shop.organisation.pk, (shop.organisation, duty))
    return list(found.values())


def duty_of(shop: Seller, at: datetime) -> Duty | None:
    """Give the first duty that a shop has on a day; None where no law that we follow asks for anything."""
    market = shop.marketplace
    for duty in in_force(at.date()):
        concerned = duty.concerns(regime=market.regime, territories=market.territories)
        spared = duty.spares(Size(market.size), on=at.date())
        if concerned and not spared and duty.reached(volume.of(shop, duty, on=at.date())):
            return duty
    return None


def fallen_due(at: datetime, *, size: int) -> list[int]:
    """Give the keys of details for which the seller's time, or their year, is over, the longest over first."""
    over = TraderDetails.objects.filter(status__in=SELLERS_TURN, due_at__lt=at).order_by("due_at", "id")
    return list(over.values_list("pk", flat=True)[:size])


def taken_due(key: int, at: datetime) -> TraderDetails | None:
    """Take the row of one of them; None where somebody was first."""
    over = TraderDetails.objects.filter(pk=key, status__in=SELLERS_TURN, due_at__lt=at)
    return over.select_for_update(of=("self",)).select_related("organisation").first()


def is_trader(shop: Seller) -> bool:
    """Whether a shop is known to be a trader's: its marketplace says so, or a law had its details asked for."""
    return bool(shop.trader) or TraderDetails.objects.filter(organisation=shop.organisation_id).exists()


def shops_of(details: TraderDetails) -> list[Seller]:
    """Give the shops that a trader runs here."""
    return list(Seller.objects.filter(organisation=details.organisation).select_related("marketplace").order_by("pk"))
