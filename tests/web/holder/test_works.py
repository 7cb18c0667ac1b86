"""A work that no office registered: entered on a page of its own, corrected there, shown to who judges it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts, catalog, pictures, registry
from tests.factories.accounts import AT
from tests.web import worlds
from tests.web.holder.report.written import begun, told
from tests.web.worlds import person

from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, RightKind, Role

pytestmark = pytest.mark.django_db
NEW = "/holder/rights/new/work/"
WORK = {
    "text": "Heron mug, a drawing",
    "owner": "Heron Pottery",
    "maker": "Mara Voss",
    "made": "March 2019",
    "first_shown": "https://heron.example/mugs",
    "shown_by": "The sketchbook of 2019 <b>and</b> my shop page of that spring.",
    "declared": "on",
    "picture_kept": "",
}


@pytest.fixture
def mara() -> tuple[Client, Actor]:
    client, actor, _ = person(Role.HOLDER, "Heron Pottery")
    return client, actor


def sent(client: Client, address: str = NEW, **changed: Any) -> Any:
    picture = SimpleUploadedFile("heron.jpg", pictures.drawn(format="JPEG"))
    return client.post(address, {**WORK, "picture": picture, **changed})


def test_a_work_is_entered_and_reported_under_at_once(mara: tuple[Client, Actor]) -> None:
    client, _actor = mara
    assert 'value="Heron Pottery"' in client.get(NEW).text
    answer = sent(client)
    right = Right.objects.get()
    assert answer["Location"] == f"/holder/rights/{right.ref}/"
    assert (right.kind, right.status, right.territories) == (RightKind.COPYRIGHT, "submitted", [])
    assert right.claimed == {name: WORK[name] for name in ("maker", "made", "first_shown", "shown_by")}
    page = told(client.get(answer["Location"]))
    assert "March 2019" in page
    assert "Report listings" in page
    assert begun(client, right)


@pytest.mark.parametrize("name", ["text", "owner", "maker", "made", "shown_by", "declared"])
def test_what_is_missing_is_asked_for_and_what_was_said_is_kept(mara: tuple[Client, Actor], name: str) -> None:
    answer = sent(mara[0], **{name: ""})
    assert "March 2019" in answer.text or name == "made"
    assert not Right.objects.exists()
    assert 'role="alert"' in answer.text


def test_a_work_that_nobody_can_look_at_is_asked_for_its_picture(mara: tuple[Client, Actor]) -> None:
    answer = mara[0].post(NEW, WORK)
    assert "Add a picture of the work" in told(answer)
    assert not Right.objects.exists()


def test_a_correction_keeps_the_claim_and_is_asked_on_the_works_own_form(mara: tuple[Client, Actor]) -> None:
    client, _actor = mara
    sent(client)
    right = Right.objects.get()
    address = f"/holder/rights/{right.ref}/change/"
    assert "Who made it?" in client.get(address).text
    answer = client.post(address, {**WORK, "made": "2018"})
    assert answer.status_code == 302, told(answer)
    right.refresh_from_db()
    assert right.claimed["made"] == "2018"
    assert right.image_id


def test_a_reviewer_reads_the_claim_where_the_right_and_where_a_notice_is_judged(mara: tuple[Client, Actor]) -> None:
    client, actor = mara
    sent(client)
    right = Right.objects.get()
    listing = catalog.listing(listing_id="M-1", title="Mug")
    worlds.noticed(actor, right, listing, reason=NoticeReason.COPIED_PICTURE)
    rita = accounts.signed_in(accounts.member(Role.REVIEWER))
    for address in (f"/desk/rights/{right.ref}/", "/desk/bazaar/M-1/"):
        page = rita.get(address)
        assert "The sketchbook of 2019 <b>and</b>" in told(page), address
        assert "<b>and" not in page.text
    assert "judge the claim too" in told(rita.get("/desk/bazaar/M-1/"))


def test_a_right_that_has_expired_says_so_and_offers_no_report(mara: tuple[Client, Actor]) -> None:
    client, actor = mara
    right = registry.verified(actor, expires_on=AT.date())
    page = told(client.get(f"/holder/rights/{right.ref}/"))
    assert "It has expired" in page
    assert "?right=" not in client.get(f"/holder/rights/{right.ref}/").text
