import json
from datetime import timedelta
from typing import Any

import pytest
from tests.factories import accounts, catalog, pictures
from tests.factories.accounts import AT
from tests.factories.pictures import Folder

from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog import actions
from touchmark.apps.catalog.models import Listing, ListingImage, ListingSnapshot, Marketplace, Seller
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.terms import Role

pytestmark = pytest.mark.django_db


def open_one(**about: Any) -> Marketplace:
    usual = {"slug": "bazaar", "name": "The Bazaar", "actor": accounts.actor(Role.OPERATOR), "at": AT}
    return actions.open_marketplace(**usual | about)


def test_a_marketplace_is_opened_and_that_is_recorded() -> None:
    opened = open_one(
        regime="eu", territories=["DE"], webhook_url="https://bazaar.example/hook", webhook_secret="whsec_x"
    )
    assert Marketplace.objects.get() == opened
    (event,) = audit.events_of("marketplace:bazaar")
    of_the_entity = {"established": "", "size": "large", "calendar": "weekdays", "zone": "UTC"}
    assert event.payload == {"regime": "eu", "territories": ["DE"], **of_the_entity}


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"slug": "The Bazaar"}, "small letters"),
        ({"slug": ""}, "small letters"),
        ({"slug": "-x"}, "small letters"),
        ({"slug": "x" * 61}, "small letters"),
        ({"slug": "rights"}, "page here"),
        ({"slug": "souk"}, "open already"),
        ({"slug": "other", "name": "SOUK"}, "open already"),
        ({"name": "  "}, "name"),
        ({"regime": "atlantis"}, "atlantis"),
        ({"territories": ["Germany"]}, "two capital letters"),
        ({"webhook_url": "shop.example/hooks"}, "no web address"),
        ({"webhook_url": "file:///etc/passwd"}, "no web address"),
    ],
)
def test_a_marketplace_that_cannot_be_opened(about: dict[str, Any], said: str) -> None:
    open_one(slug="souk", name="Souk")
    with pytest.raises(actions.UnusableMarketplace, match=said):
        open_one(**about)
    assert Marketplace.objects.count() == 1


def test_only_who_runs_the_installation_opens_one() -> None:
    with pytest.raises(NotYours):
        open_one(actor=accounts.actor(Role.REVIEWER))


@pytest.fixture
def listing() -> Listing:
    folder = Folder({"a.png": pictures.drawn()})
    return catalog.listing(listing_id="L-1", title="Tea ☕", price=12.5, images=["a.png", "gone.png"], pictures=folder)


def test_a_listing_is_frozen_as_it_is_with_pictures_and_seller(listing: Listing) -> None:
    Seller.objects.update(name="Tea & Things", identity_tokens=["bank:1"])
    listing = Listing.objects.get()
    snapshot = actions.take_snapshot(listing, at=AT)
    said = snapshot.content
    sha256 = ListingImage.objects.get(name="a.png").blob_id
    assert (said["title"], said["price"], said["marketplace"]["slug"]) == ("Tea ☕", "12.5", "bazaar")
    assert said["images"] == [
        {"name": "a.png", "sha256": sha256, "problem": ""},
        {"name": "gone.png", "sha256": None, "problem": "missing"},
    ]
    assert said["seller"] == {"seller_id": "s-1", "name": "Tea & Things"}
    assert "bank:1" not in json.dumps(said)
    assert [picture.blob_id for picture in snapshot.images.all()] == [sha256]


def test_frozen_twice_as_it_is_it_is_one(listing: Listing) -> None:
    first = actions.take_snapshot(listing, at=AT)
    assert actions.take_snapshot(Listing.objects.get(), at=AT + timedelta(days=1)) == first
    assert ListingSnapshot.objects.count() == 1


@pytest.mark.parametrize("change", [{"price": 13}, {"title": "Other"}, {"views": 4}])
def test_frozen_after_a_change_it_is_another(listing: Listing, change: dict[str, Any]) -> None:
    first = actions.take_snapshot(listing, at=AT)
    Listing.objects.update(**change)
    second = actions.take_snapshot(Listing.objects.get(), at=AT)
    assert (second.digest != first.digest, second.content != first.content) == (True, True)
    first.refresh_from_db()
    assert first.content["title"] == "Tea ☕"


def test_another_picture_is_another_listing(listing: Listing) -> None:
    first = actions.take_snapshot(listing, at=AT)
    ListingImage.objects.filter(name="gone.png").delete()
    assert actions.take_snapshot(listing, at=AT).digest != first.digest
