"""Who reports, and what is seen: rights of one's own, nothing of others, what is missing."""

import pytest
from django.test import Client
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT, PASSWORD
from tests.web import worlds
from tests.web.holder.report.written import begun, told, written

from touchmark.apps.catalog.models import Listing, Seller
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.registry.models import Right
from touchmark.apps.screening import actions as screening
from touchmark.engine.terms import Actor, RightKind, Role

pytestmark = pytest.mark.django_db


def test_of_the_seller_the_shops_public_name_is_shown_and_no_more(client: Client, right: Right) -> None:
    listing = catalog.listing(listing_id="88", seller_id="s-88", title="ALDERMOOR teapot")
    Seller.objects.filter(pk=listing.seller_id).update(
        name="متجر الأباريق", trader="Plantedname GmbH", country="CN", standing="planted", identity_tokens=["planted"]
    )
    screening.screen_catalogue(at=AT)
    draft = begun(client, right)
    pages = [client.get(f"{draft}listings/")]
    draft = written(client, right, "88")
    pages += [client.get(f"{draft}{step}/") for step in ("listings", "reason", "words", "check")]
    pages.append(client.post(f"{draft}check/", {"good_faith": "on"}, follow=True))
    for page in pages:
        assert page.status_code == 200
        assert "lanted" not in page.content.decode()


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ({"statement": "  "}, "Say why the listings infringe your right"),
        ({"statement": "x" * 10_001}, "That is longer than 10000 characters"),
    ],
)
def test_what_is_missing_is_said(
    client: Client, right: Right, listing: Listing, said: dict[str, str], mend: str
) -> None:
    draft = written(client, right, "4711")
    assert told(client.post(f"{draft}words/", {"do": "next"} | said)).count(mend) == 2  # on top and beside the field
    assert "Confirm that what you say is accurate and complete." in told(client.post(f"{draft}check/", {"x": "y"}))
    assert not NoticeItem.objects.exists()


def test_only_verified_rights_of_ones_own_are_offered(holder: tuple[Client, Actor], listing: Listing) -> None:
    client, actor = holder
    assert "You have no right to report under yet" in told(client.get("/holder/report/"))
    waiting = registry.right(actor, text="WAITINGMARK")
    registry.verified(actor, text="OURS")
    theirs = registry.verified(text="PLANTEDMARK")
    page = client.get("/holder/report/")
    assert "WAITINGMARK" not in told(page)
    assert "PLANTED" not in page.content.decode()
    for right in (waiting, theirs):
        answer = client.post("/holder/report/", {"right": right.ref})
        assert answer.status_code == 200
        assert "PLANTED" not in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_holder_of_many_rights_looks_for_one(holder: tuple[Client, Actor]) -> None:
    client, actor = holder
    reviewer = accounts.actor(Role.REVIEWER)
    for number in range(23):
        registry.verified(actor, by=reviewer, text=f"MARK {number:02}", number=f"0179{number:02}")
    page = told(client.get("/holder/report/"))
    assert "20 of 23 are shown." in page
    assert "MARK 22" not in page
    assert "MARK 22" in told(client.get("/holder/report/?q=mark+22"))
    assert "MARK 07" in told(client.get("/holder/report/?q=017907"))
    assert "None of these rights has “nonsense”" in told(client.get("/holder/report/?q=nonsense"))


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER, Role.HOLDER])
def test_others_do_not_come_in(role: Role, client: Client, right: Right, listing: Listing) -> None:
    draft = written(client, right, "4711")
    other, _, _ = worlds.person(role, "Somebody else")
    barred = 404 if role == Role.HOLDER else 403
    for step in ("listings", "reason", "words", "check", "delete"):
        for answer in (other.get(f"{draft}{step}/"), other.post(f"{draft}{step}/", {"good_faith": "on"})):
            assert answer.status_code == barred
        assert Client().get(f"{draft}{step}/").headers["Location"].startswith("/sign-in")
    assert other.get(f"{draft}refused.csv").status_code == barred
    assert not NoticeItem.objects.exists()


def test_an_agent_reports_in_the_holders_name(holder: tuple[Client, Actor], right: Right, listing: Listing) -> None:
    organisation = registry.organisation_of(holder[1])
    agent = accounts.signed_in(accounts.member(Role.AGENT, of=organisation))
    agent.post(f"{written(agent, right, '4711')}check/", {"good_faith": "on"})
    assert NoticeItem.objects.get().holder == organisation


def test_what_was_written_is_there_after_the_session_ran_out(
    holder: tuple[Client, Actor], right: Right, listing: Listing
) -> None:
    vera = accounts.member(Role.HOLDER, of=registry.organisation_of(holder[1]))
    address = f"{written(holder[0], right, '4711')}words/"
    browser = Client()
    sent_away = browser.post(address, {"statement": "Newer words", "do": "next"})
    back = browser.post(sent_away.headers["Location"], {"login": vera.email, "password": PASSWORD})
    assert back.headers["Location"] == address
    page = browser.get(address)
    assert "You were signed out while you wrote." in told(page)
    assert page.context["form"].initial["statement"] == "Newer words"


def test_the_first_page_names_what_is_incomplete_with_its_day_and_what_is_not_sent(
    holder: tuple[Client, Actor], listing: Listing
) -> None:
    client, actor = holder
    patent = registry.verified(actor, text="Folding clasp", kind=RightKind.PATENT)
    draft = written(client, patent, "4711", reason="uses_invention")
    assert "1 draft is not sent yet" in told(client.get("/holder/"))
    sent = told(client.post(f"{draft}check/", {"good_faith": "on"}, follow=True))
    assert "You give what the law still asks for; then the notice is judged." in sent
    assert "After that the notice lapses" in sent
    page = told(client.get("/holder/"))
    assert f"Complete notice {Notice.objects.get().ref}" in page
    assert "After that the notice lapses" in page
    assert "Decided lately" not in page
    assert "draft is not sent" not in page
