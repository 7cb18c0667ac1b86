from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.factories import accounts, pictures, registry
from tests.factories.accounts import AT
from tests.web.worlds import person

from touchmark.apps.blobs import actions as blobs
from touchmark.apps.inbox.models import Letter
from touchmark.apps.registry import actions
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.right import RightStatus
from touchmark.engine.terms import Actor, Role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def blobs_folder(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def rita() -> Client:
    return person(Role.REVIEWER, "Bazaar")[0]


@pytest.fixture
def vera() -> Actor:
    return registry.holder("Aldermoor Ltd")


def test_the_longest_waiting_right_comes_first(rita: Client, vera: Actor, django_assert_max_num_queries: Any) -> None:
    registry.right(vera, text="LATER", at=AT.replace(hour=12))
    registry.right(registry.holder("Copse GmbH"), text="EARLIER")
    registry.verified(vera, text="DONE")
    with django_assert_max_num_queries(20):
        page = rita.get("/desk/rights/").content.decode()
    assert page.index("EARLIER") < page.index("LATER")
    assert "Copse GmbH" in page
    assert "DONE" not in page


def test_nothing_left_is_said(rita: Client) -> None:
    assert "Nothing left, well done" in rita.get("/desk/rights/").content.decode()


def test_everything_that_is_to_be_compared_is_on_one_page(rita: Client, vera: Actor) -> None:
    logo = blobs.keep(pictures.drawn(), at=AT)
    right = registry.right(
        vera,
        text="ALDERMOOR",
        aliases=("Alder Moor",),
        owner="Copse GmbH",
        office="EUIPO",
        number="017",
        image=logo.sha256,
        image_name="logo.png",
        nice_classes=(8, 21),
        territories=("EU",),
        authorised_sellers=("s-9",),
    )
    registry.right(registry.holder("Rival Inc"), text="Aldermoor", number="9")
    registry.right(registry.holder("Twin Ltd"), text="OTHER", office="euipo", number="017")
    registry.right(registry.holder("Stranger Ltd"), text="OTHER", number="017")
    page = rita.get(f"/desk/rights/{right.ref}/").content.decode()
    for said in ("ALDERMOOR", "Alder Moor", "Copse GmbH", "EUIPO", "017", "8, 21", "s-9", f"/media/{logo.sha256}/480"):
        assert said in page
    assert "another name than the holder here" in page
    assert ("Rival Inc" in page, "Twin Ltd" in page, "Stranger Ltd" in page) == (True, True, False)


def test_a_reviewer_verifies_what_was_shown(rita: Client, vera: Actor) -> None:
    right = registry.right(vera)
    answer = rita.post(f"/desk/rights/{right.ref}/verify/", {"seen": right.digest}, follow=True)
    assert "Verified: ALDERMOOR" in answer.content.decode()
    assert answer.redirect_chain == [("/desk/rights/", 302)]
    assert Right.objects.get().status == RightStatus.VERIFIED
    again = rita.post(f"/desk/rights/{right.ref}/verify/", {"seen": right.digest}, follow=True).content.decode()
    assert "verified already" in again
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("seen", ["stale", "", None])
def test_what_was_not_shown_is_not_verified(rita: Client, vera: Actor, seen: str | None) -> None:
    right = registry.right(vera)
    if seen == "stale":
        seen = right.digest
        actions.amend(ref=right.ref, content=registry.content("GUCCI"), actor=vera, at=AT)
    data = {} if seen is None else {"seen": seen}
    page = rita.post(f"/desk/rights/{right.ref}/verify/", data, follow=True).content.decode()
    assert "has changed this right since you opened it" in page
    page = rita.post(f"/desk/rights/{right.ref}/decline/", data | {"reason": "My long words."}).content.decode()
    assert "has changed this right since you opened it" in page
    assert "My long words." in page
    assert Right.objects.get().status == RightStatus.SUBMITTED


def test_a_reviewer_declines_with_a_reason(rita: Client, vera: Actor) -> None:
    right = registry.right(vera)
    address = f"/desk/rights/{right.ref}/decline/"
    page = rita.post(address, {"seen": right.digest, "reason": " "}).content.decode()
    assert "so that the holder can put it right" in page
    assert Right.objects.get().status == RightStatus.SUBMITTED
    page = rita.post(address, {"seen": right.digest, "reason": "No such number."}, follow=True).content.decode()
    assert "Its holder is told why" in page
    assert Letter.objects.get().content["reason"] == "No such number."
    assert "No such number." in rita.get(f"/desk/rights/{right.ref}/").content.decode()


@pytest.mark.parametrize("data", [pictures.SVG_WITH_SCRIPT, pictures.TOO_LARGE, None])
def test_a_picture_that_cannot_be_shown_is_said_to_be_lost(rita: Client, vera: Actor, data: bytes | None) -> None:
    image = blobs.keep(data, at=AT).sha256 if data else None
    right = registry.right(vera, image=image, image_name="logo.svg")
    page = rita.get(f"/desk/rights/{right.ref}/").content.decode()
    assert ("cannot be shown" in page, "never came" in page) == (data is not None, data is None)
    assert "/media/" not in page


def test_html_in_a_right_is_shown_as_it_is_written(rita: Client) -> None:
    planted = "<script>alert(1)</script>"
    right = registry.right(registry.holder(planted), text=planted, aliases=(planted,), owner=planted, number=planted)
    page = rita.get("/desk/rights/").content.decode() + rita.get(f"/desk/rights/{right.ref}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.POLICY_OWNER, Role.OPERATOR, Role.INVESTIGATOR])
def test_nobody_else_verifies(role: Role, vera: Actor) -> None:
    right = registry.right(vera)
    client = accounts.signed_in(accounts.member(role))
    for tail in ("", f"{right.ref}/", f"{right.ref}/verify/", f"{right.ref}/decline/"):
        assert client.post(f"/desk/rights/{tail}", {"seen": right.digest, "reason": "x"}).status_code == 403
    assert Right.objects.get().status == RightStatus.SUBMITTED


def test_a_right_that_is_not_there(rita: Client) -> None:
    for tail in ("", "verify/", "decline/"):
        assert rita.post(f"/desk/rights/R-2026-0000-0000/{tail}", {"seen": "x", "reason": "x"}).status_code == 404
