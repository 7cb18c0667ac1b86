"""The pages of mandates."""

import pytest
from django.test import Client
from tests.factories import accounts, catalog, mandates, registry
from tests.factories.accounts import AT
from tests.web.worlds import words_of

from touchmark.apps.accounts.models import User
from touchmark.apps.mandates import actions, codes
from touchmark.apps.mandates.models import Mandate
from touchmark.apps.notices.models import Notice
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


def client_of(actor: Actor) -> Client:
    return accounts.signed_in(User.objects.get(pk=actor.user_id))


def test_a_mandate_is_given_in_two_steps_shown_to_both_and_revoked() -> None:
    vera, union = registry.holder("Aldermoor Ltd"), registry.holder("Union <b>of Makers")
    right = registry.verified(vera, brand="Alder")
    member, association = client_of(vera), client_of(union)
    code = codes.code_of(union.organisation)
    assert code in association.get("/holder/mandates/").content.decode()
    said = {"agent": code.lower(), "scope": "some", "brands": str(right.brand_id), "from_on": "2026-08-01"}
    checked = member.post("/holder/mandates/give/", said | {"do": "check"})
    assert "Let Union <b>of Makers file in your name?" in words_of(checked.content.decode())
    assert "<b>of" not in checked.content.decode()
    assert not Mandate.objects.exists()
    changed = member.post("/holder/mandates/give/", said | {"do": "change"})
    assert "Number of the association" in changed.content.decode()
    address = member.post("/holder/mandates/give/", said | {"do": "give"}).headers["Location"]
    mandate = Mandate.objects.get()
    for side in (member, association):
        page = side.get(address).content.decode()
        assert "Alder" in page
        assert mandate.ref in side.get("/holder/mandates/").content.decode()
    assert client_of(registry.holder()).get(address).status_code == 404
    assert accounts.signed_in(accounts.member(Role.REVIEWER)).get(address).status_code == 200
    assert member.post(address, {"why": "We file ourselves."}).status_code == 302
    assert "We file ourselves." in association.get(address).content.decode()
    again = member.post(address, {"why": ""}, follow=True)
    assert "has ended already" in again.content.decode()


def test_the_page_of_a_right_says_who_else_may_file_under_it() -> None:
    vera, union = registry.holder("Aldermoor Ltd"), registry.holder("Union <b>of Makers")
    right, other = registry.verified(vera, brand="Alder"), registry.verified(vera, text="BIRCH")
    mandate = mandates.given(vera, union, rights=[right.ref])
    member = client_of(vera)
    page = member.get(f"/holder/rights/{right.ref}/").text
    assert "Who else may file under it" in page
    assert "Union <b>of Makers" in words_of(page)
    assert "Who else may file under it" not in member.get(f"/holder/rights/{other.ref}/").text
    actions.end(ref=mandate.ref, why="", actor=vera, at=AT)
    assert "Who else may file under it" not in member.get(f"/holder/rights/{right.ref}/").text


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"agent": "O-00001-AAAAAA"}, "No organisation has this number."),
        ({"agent": ""}, "Fill in “Number of the association”"),
        ({"scope": "some"}, "Say for which rights"),
        ({"scope": "some", "rights": "R-2026-0000-0000"}, "You have no right R-2026-0000-0000."),
        ({"until_on": "2026-07-01"}, "It ends before it begins"),
        ({"from_on": "soon"}, "valid date"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(said: dict[str, str], told: str) -> None:
    vera, union = registry.holder(), registry.holder()
    whole = {"agent": codes.code_of(union.organisation), "scope": "all", "from_on": "2026-08-01", "do": "give"}
    page = client_of(vera).post("/holder/mandates/give/", whole | said)
    assert page.status_code == 422
    assert told in words_of(page.content.decode())
    assert not Mandate.objects.exists()


def test_an_association_reports_under_a_members_right_on_the_pages() -> None:
    vera, union = registry.holder("Aldermoor Ltd"), registry.holder("Union of Makers")
    right = registry.verified(vera)
    mandate = mandates.given(vera, union)
    listing = catalog.listing()
    association = client_of(union)
    asked = association.get("/holder/report/").content.decode()
    assert "of Aldermoor Ltd" in asked
    draft = association.post("/holder/report/", {"right": right.ref}).headers["Location"]
    assert client_of(vera).get(draft).status_code == 404  # what is not sent is its writer's
    association.post(draft, {"pasted": listing.listing_id, "do": "next"})
    ref = draft.split("/")[-3]
    association.post(f"/holder/drafts/{ref}/reason/", {"reason": "suspected_fake"})
    association.post(f"/holder/drafts/{ref}/words/", {"statement": "The clasp is another's.", "do": "next"})
    sent = association.post(f"/holder/drafts/{ref}/check/", {"good_faith": "on"})
    assert sent.status_code == 302, words_of(sent.content.decode())
    notice = Notice.objects.get()
    assert (notice.agent_id, notice.mandate_id) == (union.organisation_id, mandate.pk)
    for side in (association, client_of(vera)):
        page = words_of(side.get(f"/holder/notices/{notice.ref}/").content.decode())
        assert "Union of Makers files for Aldermoor Ltd" in page
    desk = accounts.signed_in(accounts.member(Role.REVIEWER))
    assert "filed by Union of Makers, by mandate" in words_of(desk.get(f"/desk/notices/{notice.ref}/").content.decode())
    assert "filed by Union of Makers, by mandate" in words_of(
        desk.get(f"/desk/bazaar/{listing.listing_id}/").content.decode()
    )


def test_a_form_for_a_mandate_that_ended_says_what_to_do() -> None:
    vera, union = registry.holder("Aldermoor Ltd"), registry.holder()
    right = registry.verified(vera)
    mandate = mandates.given(vera, union)
    own = registry.verified(union, text="OWNMARK")
    association = client_of(union)
    client_of(vera).post(f"/holder/mandates/{mandate.ref}/", {"why": ""})
    page = words_of(association.get("/holder/report/").content.decode())
    assert "OWNMARK" in page
    assert "Aldermoor" not in page
    assert own.ref != right.ref
