"""A picture is taken off a listing that stays on sale; what is decided on the whole stands beside it."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories import accounts, catalog, clients
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.world import LATER, World
from touchmark.apps.catalog.naming import named
from touchmark.apps.decisions import putting_back, queries
from touchmark.apps.decisions.actions import AlreadyRestricted, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.outbox.models import Message
from touchmark.apps.reports.statements import _told
from touchmark.engine.reporting.transparency import statement
from touchmark.flows.report_listing import NothingToReport, Why, report_all
from touchmark.integrations.standin_shop.stock import Stock

FRONT, BACK, FILM = "https://cdn.example/front.jpg", "https://cdn.example/back.jpg", "https://cdn.example/film.mp4"
DAY = timedelta(days=1)


@pytest.fixture
def shown(world: World) -> World:
    """The world's listing with two pictures and a video."""
    said = {"listing_id": world.listing.listing_id, "title": world.listing.title, "price": 20.0, "currency": "EUR"}
    catalog.listing(**said, images=[FRONT, BACK], videos=FILM)
    return world


def off(world: World, *names: str, **changes: object) -> Decision:
    return world.restrict(kind=DecisionKind.PICTURES, pictures=names or (FRONT,), **changes)


def last_told(kind: str = "listing.restricted") -> dict[str, object]:
    data: dict[str, object] = Message.objects.filter(payload__type=kind).latest("sequence").payload["data"]
    return data


def test_the_marketplace_hears_which_and_the_seller_reads_it(shown: World) -> None:
    decision = off(shown, FRONT, FILM)
    assert (decision.status, decision.pictures) == ("in_force", [FRONT, FILM])
    told = last_told()
    assert (told["action"], told["territories"], told["pictures"]) == ("pictures", [], [FRONT, FILM])
    said = decision.statement.content["restriction"]
    assert said == f"These pictures or videos are taken off: “{FRONT}”, “{FILM}”. The listing stays on sale."
    found = clients.with_every_scope(shown.rita).get(f"/decisions/{decision.ref}").json()
    assert (found["kind"], found["pictures"]) == ("pictures", [FRONT, FILM])


def test_the_notice_on_that_picture_is_upheld(shown: World) -> None:
    form = NoticeForm(NoticeReason.MARK_IN_PICTURE, "Our photo.", True, uuid4())
    report_all(right=shown.right.ref, listings=[named(FRONT)], form=form, actor=shown.vera, at=LATER)
    off(shown)
    assert NoticeItem.objects.get().status == "upheld"


def test_a_picture_that_is_off_is_not_reported_again_but_the_others_are(shown: World) -> None:
    off(shown)
    form = NoticeForm(NoticeReason.MARK_IN_PICTURE, "Our photo.", True, uuid4())
    with pytest.raises(NothingToReport) as refusal:
        report_all(right=shown.right.ref, listings=[named(FRONT)], form=form, actor=shown.vera, at=LATER)
    assert [one.why for one in refusal.value.refused] == [Why.RESTRICTED]
    filed = report_all(right=shown.right.ref, listings=[named(BACK)], form=form, actor=shown.vera, at=LATER + DAY)
    assert not filed.refused


@pytest.mark.parametrize("names", [(), ("https://cdn.example/other.jpg",)])
def test_only_what_the_listing_shows_can_be_taken_off(shown: World, names: tuple[str, ...]) -> None:
    with pytest.raises(IncompleteDecision) as refusal:
        shown.restrict(kind=DecisionKind.PICTURES, pictures=names)
    assert refusal.value.field == "pictures"


def test_a_picture_is_taken_off_once_and_another_beside_it(shown: World) -> None:
    off(shown, FRONT)
    with pytest.raises(AlreadyRestricted):
        off(shown, FRONT, BACK)
    off(shown, BACK)
    assert last_told()["pictures"] == [BACK, FRONT]
    assert queries.pictures_off(shown.listing) == {FRONT, BACK}


def test_it_is_in_nobodys_way(shown: World) -> None:
    off(shown)
    assert queries.in_force_on(shown.listing) is None
    assert queries.restricted_among([shown.listing.pk]) == frozenset()
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    filed = report_all(
        right=shown.right.ref,
        listings=[named(f"bazaar:{shown.listing.listing_id}")],
        form=form,
        actor=shown.vera,
        at=LATER + DAY,
    )
    assert not filed.refused
    removed = shown.restrict(at=LATER + DAY)
    assert (last_told()["action"], last_told()["pictures"]) == ("remove", [FRONT])
    with pytest.raises(AlreadyRestricted):  # nothing of what is off sale is shown
        off(shown, BACK)
    with transaction.atomic():
        putting_back.put_back(decision=removed, reason="Answered.", actor=shown.rita, at=LATER + 2 * DAY)
    assert (last_told()["action"], last_told()["pictures"]) == ("pictures", [FRONT])


def test_reversed_on_appeal_the_picture_returns(shown: World) -> None:
    decision = off(shown)
    resolved(shown, filed(shown, decision), "reverse")
    decision.refresh_from_db()
    assert decision.status == "reversed"
    assert last_told("listing.restored")["decision"] == decision.ref


def test_one_decision_on_the_whole_still_stands_at_a_time(shown: World) -> None:
    off(shown)
    removed = shown.restrict(at=LATER + DAY)
    removed.pk, removed.ref, removed.request_key = None, "D-again", uuid4()
    with pytest.raises(IntegrityError), transaction.atomic():
        removed.save()


def test_the_transparency_database_hears_of_a_picture(shown: World) -> None:
    said = statement(_told(off(shown)))
    assert said["content_type"] == ["CONTENT_TYPE_IMAGE"]
    assert said["decision_visibility"] == ["DECISION_VISIBILITY_CONTENT_REMOVED"]


def test_the_desk_offers_the_pictures_and_marks_the_reported_one(shown: World) -> None:
    form = NoticeForm(NoticeReason.MARK_IN_PICTURE, "Our photo.", True, uuid4())
    report_all(right=shown.right.ref, listings=[named(BACK)], form=form, actor=shown.vera, at=LATER)
    desk = accounts.signed_in(accounts.User.objects.get(pk=shown.rita.user_id))
    page = desk.get(f"/desk/bazaar/{shown.listing.listing_id}/")
    offered = page.context["form"].fields["pictures"].choices
    assert [name for name, _ in offered] == [FRONT, BACK, FILM]
    assert [str(text).endswith("(reported)") for _, text in offered] == [False, True, False]
    assert "Take pictures off it" in page.content.decode()


def test_a_listing_without_pictures_offers_none(world: World) -> None:
    desk = accounts.signed_in(accounts.User.objects.get(pk=world.rita.user_id))
    page = desk.get(f"/desk/bazaar/{world.listing.listing_id}/")
    assert "Take pictures off it" not in page.content.decode()


def test_the_stand_in_shop_obeys_and_puts_it_back(tmp_path: Path) -> None:
    offers = tmp_path / "offers.csv"
    columns = "marketplace,listing_id,title,price,currency,description,images,seller_id"
    offers.write_text(f"{columns}\nbazaar,7,Bag,20,EUR,,a.jpg|b.jpg,s-1\n", encoding="utf-8")
    shop = Stock(tmp_path / "shop.sqlite")
    shop.fill(offers)
    data: dict[str, object] = {"listing_id": "7", "decision": "D", "territories": [], "action": "pictures"}
    shop.hear("m1", "bazaar", data | {"pictures": ["a.jpg"]}, "listing.restricted", 1)
    found = shop.offer("bazaar", "7")
    assert found is not None
    assert (found.images, found.listed, found.on_sale_in("DE")) == (["b.jpg"], True, True)
    shop.hear("m2", "bazaar", data, "listing.restored", 2)
    again = shop.offer("bazaar", "7")
    assert again is not None
    assert again.images == ["a.jpg", "b.jpg"]
