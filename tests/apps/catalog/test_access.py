import pytest
from django.db import transaction
from tests.factories import accounts, catalog, pictures
from tests.factories.accounts import AT
from tests.factories.pictures import Folder

from touchmark.apps.accounts.models import Organisation, OrganisationKind
from touchmark.apps.catalog import access, actions
from touchmark.apps.catalog.models import ListingImage
from touchmark.engine.terms import NOBODYS, Actor, Role

pytestmark = pytest.mark.django_db
SEES_ALL = {Role.REVIEWER, Role.POLICY_OWNER, Role.INVESTIGATOR}
REPORTS = {Role.HOLDER, Role.AGENT}
PEOPLE = [role for role in Role if role not in NOBODYS]


@pytest.fixture
def sam() -> Actor:
    return accounts.actor(Role.SELLER)


def organisation_of(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id)


@pytest.mark.parametrize("role", PEOPLE)
def test_who_sees_a_strangers_listing(role: Role) -> None:
    listing = catalog.listing(listing_id="L-1", title="PLANTED", of=accounts.organisation(OrganisationKind.SELLER))
    actor = accounts.actor(role)
    assert list(access.listings_for(actor)) == ([listing] if role in SEES_ALL else [])
    if role in SEES_ALL | REPORTS:
        assert access.listing_for(actor, "bazaar", "L-1") == listing
        return
    with pytest.raises(access.NoSuchListing) as there:
        access.listing_for(actor, "bazaar", "L-1")
    with pytest.raises(access.NoSuchListing) as nowhere:
        access.listing_for(actor, "bazaar", "L-2")
    assert str(there.value).replace("L-1", "") == str(nowhere.value).replace("L-2", "")
    assert "PLANTED" not in str(there.value)


def test_a_seller_sees_what_its_own_shops_offer_on_every_marketplace(sam: Actor) -> None:
    mine = [catalog.listing(on=slug, of=organisation_of(sam), seller_id="mine") for slug in ("bazaar", "souk")]
    catalog.listing(seller_id="s-2", of=accounts.organisation(OrganisationKind.SELLER))
    catalog.listing(seller_id="s-3")
    catalog.listing(seller_id=None)
    assert set(access.listings_for(sam)) == set(mine)
    with transaction.atomic():
        assert access.listing_for(sam, "souk", mine[1].listing_id, lock=True) == mine[1]


@pytest.mark.parametrize("actor", [Actor.system(), Actor(1, None, frozenset({Role.SELLER})), Actor(1, 1, frozenset())])
def test_nobody_in_particular_sees_nothing(actor: Actor) -> None:
    catalog.listing(seller_id="s-1")
    assert not access.listings_for(actor).exists()
    assert access.find_public(actor, "L-1") == []


def test_a_holder_sees_what_every_shopper_sees() -> None:
    folder = Folder({"a.png": pictures.drawn(), "bad.png": pictures.HTML})
    listing = catalog.listing(
        listing_id="L-1",
        title="A teapot",
        price=9.9,
        currency="EUR",
        url="https://bazaar.example/1",
        pictures=folder,
        images=["bad.png", "a.png", "gone.png"],
        views=77_001,
        sold_count=77_002,
        quantity=77_003,
    )
    vera = accounts.actor(Role.HOLDER)
    shown = access.public_listing_for(vera, "bazaar", "L-1")
    sha256 = ListingImage.objects.get(listing=listing, name="a.png").blob_id
    assert (shown.title, str(shown.price), shown.seller_name, shown.pictures) == (
        "A teapot",
        "9.9000",
        "s-1",
        (sha256,),
    )
    assert "7700" not in str(shown)


def test_a_listing_is_found_by_its_id_or_its_address() -> None:
    catalog.listing(on="bazaar", listing_id="17", url="https://bazaar.example/item/17?id=4")
    catalog.listing(on="souk", listing_id="17", url="https://souk.example/17")
    vera = accounts.actor(Role.HOLDER)

    def found(words: str) -> list[str]:
        return [listing.marketplace for listing in access.find_public(vera, words)]

    assert found(" 17 ") == ["bazaar", "souk"]
    assert found("http://www.bazaar.example/item/17/?utm_source=x&id=4#top") == ["bazaar"]
    assert found("https://nowhere.example/17") == found("") == found("%") == found("1") == []
    assert access.find_public(accounts.actor(Role.SELLER), "17") == []


def test_who_sees_a_picture(sam: Actor) -> None:
    folder = Folder({"a.png": pictures.drawn()})
    listing = catalog.listing(listing_id="L-1", of=organisation_of(sam), images=["a.png"], pictures=folder)
    sha256 = ListingImage.objects.get().blob_id or ""
    stranger = accounts.actor(Role.SELLER)
    for actor, sees in ((sam, True), (stranger, False), (Actor.system(), False)):
        assert access.may_see_picture(actor, sha256) is sees
    for role in (Role.REVIEWER, Role.HOLDER):
        assert access.may_see_picture(accounts.actor(role), sha256)
        assert not access.may_see_picture(accounts.actor(role), "0" * 64)
    # the listing shows another picture now: what was decided on is still seen by those it concerns
    actions.take_snapshot(listing, at=AT)
    ListingImage.objects.all().delete()
    assert access.may_see_picture(sam, sha256)
    assert access.may_see_picture(accounts.actor(Role.REVIEWER), sha256)
    assert not access.may_see_picture(stranger, sha256)
    assert not access.may_see_picture(accounts.actor(Role.HOLDER), sha256)
