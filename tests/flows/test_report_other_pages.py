"""A notice objects to the front of a shop, to a video, to a picture that stands by itself."""

from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, clients, registry
from tests.factories.accounts import AT
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Listing, ListingSnapshot, ListingVideo
from touchmark.apps.catalog.naming import named, pasted
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.report_listing import NothingToReport, Report, Why, report_all

pytestmark = pytest.mark.django_db
FRONT, FILM = "https://bazaar.example/shops/s-1", "https://cdn.bazaar.example/films/9"


@pytest.fixture
def vera() -> Actor:
    return registry.holder("Aldermoor Ltd")


@pytest.fixture
def right(vera: Actor) -> Right:
    return registry.verified(vera, text="ALDERMOOR")


@pytest.fixture
def front() -> Listing:
    catalog.marketplace("bazaar", regime="eu")
    seller = accounts.organisation("seller", name="Blue Crate")
    return catalog.listing(kind="shop_front", listing_id="front-s-1", title="Aldermoor outlet", url=FRONT, of=seller)


def reported(right: Right, vera: Actor, *words: str, **particulars: str) -> Report:
    said = NoticeForm(NoticeReason.MARK_IN_SHOP_NAME, "Our name.", True, uuid4(), particulars)
    return report_all(right=right.ref, listings=[named(word) for word in words], form=said, actor=vera, at=AT)


@pytest.mark.parametrize("called", [FRONT, "bazaar:shop:s-1", "bazaar:front-s-1"])
def test_a_shop_front_is_named_by_address_by_its_seller_or_by_number(
    right: Right, vera: Actor, front: Listing, called: str
) -> None:
    reported(right, vera, called)
    item = NoticeItem.objects.get()
    assert (item.listing, item.target, item.picture) == (front, "shop_front", "")


@pytest.mark.parametrize("called", ["bazaar:shop:nobody", "lumo:shop:s-1"])
def test_a_shop_without_a_front_is_given_back(right: Right, vera: Actor, front: Listing, called: str) -> None:
    with pytest.raises(NothingToReport) as refusal:
        reported(right, vera, called)
    assert [(one.given, one.why) for one in refusal.value.refused] == [(called, Why.UNKNOWN)]


def test_a_pasted_list_may_name_fronts_between_listings(front: Listing) -> None:
    words = [str(one) for one in pasted(f"bazaar:shop: s-1\nbazaar:77, {FRONT}")]
    assert words == ["bazaar:shop:s-1", "bazaar:77", FRONT]


def test_what_of_the_front_is_objected_to_is_asked_and_waited_for(right: Right, vera: Actor, front: Listing) -> None:
    told = clients.with_every_scope(vera).get(f"/notices/{reported(right, vera, FRONT).notice.ref}").json()
    assert (told["state"], [one["name"] for one in told["lacking"]]) == ("incomplete", ["part_of_front"])
    assert (told["items"][0]["target"], told["items"][0]["status"]) == ("shop_front", "waiting")
    done = clients.with_every_scope(vera).post(
        f"/notices/{told['ref']}/completion", {"particulars": {"part_of_front": "The name “Aldermoor outlet”."}}
    )
    assert (done.status_code, done.json()["state"]) == (200, "complete")


def test_a_video_by_link_asks_where_in_it(right: Right, vera: Actor) -> None:
    catalog.marketplace("bazaar", regime="eu")
    shown = catalog.listing(videos=f"{FILM}|not an address")
    assert list(ListingVideo.objects.values_list("name", flat=True)) == [FILM]
    notice = reported(right, vera, FILM + "?utm_source=mail").notice
    item = NoticeItem.objects.get()
    assert (item.listing, item.target, notice.status) == (shown, "video", "incomplete")
    reported(right, vera, catalog.listing(kind="video", url=FILM + "-2").url, place_in_video="0:12 to 0:40")
    assert Notice.objects.latest("id").status == "complete"


def test_the_api_takes_the_front_of_a_seller(right: Right, vera: Actor, front: Listing) -> None:
    body = {"right": right.ref, "reason": "mark_in_shop_name", "statement": "Our name.", "good_faith": True}
    body |= {"particulars": {"part_of_front": "The name."}}
    asked = clients.with_every_scope(vera)
    both = asked.post("/notices", body | {"listings": [{"seller_id": "s-1", "listing_id": "front-s-1"}]})
    assert both.status_code == 422
    other = catalog.listing(on="lumo", kind="shop_front", seller_id="s-1", listing_id="f")
    assert asked.post("/notices", body | {"listings": [{"seller_id": "s-1"}]}).status_code == 409  # which of the two?
    assert other.kind == "shop_front"
    made = asked.post("/notices", body | {"listings": [{"seller_id": "s-1", "marketplace": "bazaar"}]})
    assert (made.status_code, made.json()["items"][0]["target"]) == (201, "shop_front")


def judged(front: Listing, rita: Actor, kind: DecisionKind) -> Decision:
    """Judge what is reported of a page."""
    items = NoticeItem.objects.filter(listing=front, status="received").values_list("ref", flat=True)
    choice = Choice(
        kind=kind,
        facts="The shop is called Aldermoor outlet.",
        request_key=uuid4(),
        right=Right.objects.get(),
        ground=Ground.LAW,
        ground_reference="EUTMR, art. 9(2)(b)",
        ground_explanation="It is confusing.",
    )
    return decide(
        marketplace="bazaar",
        listing_id=front.listing_id,
        choice=choice,
        seen=Seen(front.digest, None, frozenset(items)),
        answers={ref: NoticeAnswer(upheld=True, reasons="As reported.") for ref in items},
        actor=rita,
        at=AT,
    )


def test_it_is_judged_told_to_the_marketplace_and_explained_as_what_it_is(
    right: Right, vera: Actor, front: Listing
) -> None:
    notice = reported(right, vera, FRONT, part_of_front="The name.").notice
    decision = judged(front, accounts.actor(Role.REVIEWER), DecisionKind.REMOVE)
    assert NoticeItem.objects.get().status == "upheld"
    assert ListingSnapshot.objects.get().content["kind"] == "shop_front"
    told = Message.objects.get(payload__type="listing.restricted").payload["data"]
    assert (told["target"], told["listing_id"], told["seller_id"]) == ("shop_front", "front-s-1", "s-1")
    said = decision.statement.content["restriction"]
    assert said == "The front of your shop is not shown any more. What the shop offers stays as it is."
    assert clients.with_every_scope(vera).get(f"/notices/{notice.ref}").json()["status"] == "upheld"


def test_an_offer_is_told_without_a_word_of_what_it_is(right: Right, vera: Actor) -> None:
    offer = catalog.listing()
    decision = judged(offer, accounts.actor(Role.REVIEWER), DecisionKind.REMOVE)
    assert "target" not in Message.objects.get(payload__type="listing.restricted").payload["data"]
    assert decision.statement.content["restriction"] == "The listing is taken off sale."
    assert "kind" not in ListingSnapshot.objects.get().content


def test_nobody_bought_a_shop_front(right: Right, vera: Actor, front: Listing) -> None:
    from touchmark.apps.buyers import queries as buyers
    from touchmark.apps.safety import queries as safety

    decision = judged(front, accounts.actor(Role.REVIEWER), DecisionKind.REMOVE)
    assert not buyers.due(AT).exists()
    assert not safety.takes_off(decision)


def test_the_desk_and_the_holder_read_what_it_is(right: Right, vera: Actor, front: Listing) -> None:
    notice = reported(right, vera, FRONT, part_of_front="The name in capitals.").notice
    desk = accounts.signed_in(accounts.member(Role.REVIEWER)).get("/desk/bazaar/front-s-1/").content.decode()
    for words in ("Objected to is the front of the shop", "The name in capitals.", "Leave it as it is"):
        assert words in desk
    assert "Take it off sale" not in desk.split('aria-label="Your decision"')[1].split("act-words")[0]
    page = accounts.signed_in(User.objects.get(pk=vera.user_id)).get(f"/holder/notices/{notice.ref}/").content.decode()
    assert "The shop front" in page


def test_an_unknown_kind_is_an_offer_and_said_so() -> None:
    assert catalog.listing(kind="poster").kind == "offer"
    assert catalog.listing(videos='["https://a.example/1.mp4", "https://a.example/1.mp4"]').videos.count() == 1


def test_what_a_page_is_changes_it_and_offers_keep_their_digests() -> None:
    offer = catalog.listing(listing_id="same")
    before = offer.digest
    assert catalog.listing(listing_id="same").digest == before
    assert catalog.listing(listing_id="same", kind="video").digest != before
