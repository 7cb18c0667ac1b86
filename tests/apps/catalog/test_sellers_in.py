from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from tests.factories import accounts, catalog
from tests.factories.accounts import AT

from touchmark.apps.accounts.models import OrganisationKind
from touchmark.apps.catalog.marketplaces import Marketplaces
from touchmark.apps.catalog.models import Seller
from touchmark.apps.catalog.sellers_in import import_sellers
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.screening.intake import Intake
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db
SHOP = {
    "seller_id": "s-1",
    "marketplace": "bazaar",
    "name": "Tea & Things",
    "trader": "T. Hatter",
    "country": "DE",
    "opened_on": date(2020, 2, 29),
    "standing": "good",
    "identity_tokens": ["bank:1", "phone:2"],
}


@pytest.fixture(autouse=True)
def bazaar() -> None:
    catalog.marketplace("bazaar")


def take_in(*said: dict[str, Any], extra: pa.RecordBatch | None = None, **more: Any) -> Intake:
    usual = {"marketplaces": Marketplaces.open_now(), "actor": Actor.system(), "at": AT}
    return import_sellers(catalog.seller_rows(*said), extra, **usual | more)


def counts(intake: Intake) -> tuple[int, int, int, int, int]:
    return intake.new, intake.changed, intake.unchanged, intake.repeated, intake.refused


def test_every_column_is_kept_and_the_same_again_writes_nothing() -> None:
    extra = pa.RecordBatch.from_pylist([{"vat": "DE1", "note": None}])
    assert counts(take_in(SHOP, extra=extra)) == (1, 0, 0, 0, 0)
    (kept,) = Seller.objects.values()
    assert {name: kept[name] for name in SHOP if name != "marketplace"} == {
        name: value for name, value in SHOP.items() if name != "marketplace"
    }
    assert kept["extra"] == {"vat": "DE1"}
    assert counts(take_in(SHOP, extra=extra)) == (0, 0, 1, 0, 0)
    assert list(Seller.objects.values()) == [kept]


def test_a_change_leaves_who_signs_in_for_the_shop() -> None:
    take_in(SHOP)
    people = accounts.organisation(OrganisationKind.SELLER)
    Seller.objects.update(organisation=people)
    assert counts(take_in(SHOP | {"standing": "warned"})) == (0, 1, 0, 0, 0)
    seller = Seller.objects.get()
    assert (seller.standing, seller.organisation) == ("warned", people)


def test_a_shop_that_a_listing_named_first_is_filled_in() -> None:
    listing = catalog.listing(seller_id="s-1")
    assert counts(take_in(SHOP)) == (0, 1, 0, 0, 0)
    listing.refresh_from_db()
    assert listing.seller
    assert listing.seller.name == "Tea & Things"


def test_the_same_id_on_two_marketplaces_is_two_shops() -> None:
    catalog.marketplace("souk")
    assert counts(take_in(SHOP, SHOP | {"marketplace": "souk"})) == (2, 0, 0, 0, 0)


def test_what_is_wrong() -> None:
    result = take_in(
        SHOP | {"marketplace": "nowhere"},
        SHOP | {"seller_id": "x" * 201},
        SHOP | {"name": "First"},
        SHOP | {"name": "Last"},
    )
    assert counts(result) == (1, 0, 0, 1, 2)
    said = [(problem.row, problem.column, problem.severity) for problem in result.problems]
    assert said == [(1, "marketplace", "refused"), (2, "seller_id", "refused"), (3, "seller_id", "warning")]
    assert Seller.objects.get().name == "Last"


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.REVIEWER])
def test_only_those_who_run_the_installation(role: Role) -> None:
    with pytest.raises(NotYours):
        take_in(SHOP, actor=accounts.actor(role))
