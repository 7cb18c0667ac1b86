"""What is offered to a holder who reports: the copies first, its own goods and those of whom it authorised last."""

import pytest
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT

from touchmark.apps.screening import access
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


def test_the_holders_own_offers_and_those_it_authorised_stand_below_what_is_suspected() -> None:
    vera = registry.holder("Aldermoor Ltd")
    catalog.marketplace("bazaar")
    right = registry.verified(vera, text="ALDERMOOR", authorised_sellers=("s-retailer",))
    title = "ALDERMOOR leather bag"
    own = catalog.listing(listing_id="L-own", title=title, seller_id="s-own", of=registry.organisation_of(vera))
    permitted = catalog.listing(listing_id="L-permitted", title=title, seller_id="s-retailer")
    copy = catalog.listing(listing_id="L-copy", title="Bag АLDЕRMООR style", seller_id="s-other")
    accounts.actor(Role.REVIEWER)
    screening.screen_catalogue(at=AT)
    assert access.found_under(right) == [copy.pk, permitted.pk, own.pk]
