"""Reporting a listing: right, listing, reason, statement; checked, sent once; nothing of others comes out."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT, PASSWORD
from tests.web import worlds
from tests.web.worlds import DAY

from touchmark.apps.catalog.models import Listing, Seller
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.web import clock

pytestmark = pytest.mark.django_db

STATEMENT = "The clasp in picture 2 has a round rivet.\n\nOurs is square <b>"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + DAY)


@pytest.fixture
def holder() -> tuple[Client, Actor]:
    client, actor, _ = worlds.person(Role.HOLDER, "Aldermoor")
    return client, actor


@pytest.fixture
def client(holder: tuple[Client, Actor]) -> Client:
    return holder[0]


@pytest.fixture
def right(holder: tuple[Client, Actor]) -> Right:
    return registry.verified(holder[1], text="ALDERMOOR", office="EUIPO", number="017912345")


@pytest.fixture
def listing() -> Listing:
    return catalog.listing(listing_id="4711", title="A teapot", url="https://bazaar.example/item/4711")


def step(name: str, right: Right, listing: Listing | None = None, **more: str) -> str:
    chosen = {"right": right.ref}
    if listing is not None:
        chosen |= {"marketplace": listing.marketplace.slug, "listing": listing.listing_id}
    return f"/holder/report/{name}/?{urlencode(chosen | more)}"


def answers(step: str, statement: str = STATEMENT, **more: object) -> dict[str, Any]:
    return {"statement": statement, "good_faith": "on", "step": step, "request_key": str(uuid4())} | more


def told(answer: Any) -> str:
    return worlds.words_of(answer.content.decode())


def test_the_whole_way(client: Client, right: Right, listing: Listing) -> None:
    first = client.get("/holder/report/")
    assert "ALDERMOOR · word mark · EUIPO 017912345" in told(first)
    found = client.get("/holder/report/listing/", {"right": right.ref, "q": "https://bazaar.example/item/4711"})
    assert "Is this the listing? A teapot" in told(found)
    assert found.context["found"][0][1] == step("reason", right, listing)
    why = client.get(step("reason", right, listing))
    assert "I suspect that the goods are not genuine" in told(why)
    address = step("statement", right, listing, reason="suspected_fake")
    asked = client.get(address)
    assert "what differs from the genuine product" in told(asked)  # what helps for this very reason
    checked = client.post(address, answers("check", request_key=asked.context["key"]))
    assert "Check your notice before you send it" in told(checked)
    for said in ("ALDERMOOR", "A teapot", "I suspect that the goods are not genuine", "has a round rivet."):
        assert said in told(checked)
    assert "<b>" not in checked.content.decode()
    assert not NoticeItem.objects.exists()  # nothing is sent yet
    sent = client.post(address, answers("send", request_key=checked.context["key"]), follow=True)
    notice = NoticeItem.objects.get()
    assert sent.redirect_chain == [(f"/holder/notices/{notice.ref}/sent/", 302)]
    assert notice.ref in told(sent)
    assert "What happens next" in told(sent)
    assert (notice.statement, notice.reason, notice.notice.good_faith) == (STATEMENT, "suspected_fake", True)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("4711", True),  # the listing's number
        ("https://bazaar.example/item/4711", True),
        ("  HTTP://www.Bazaar.example/item/4711/?utm_source=mail#photos ", True),  # as browsers and mails spoil it
        ("https://bazaar.example/item/4712", False),
        ("4712", False),
        ("a teapot", False),  # no searching about among other people's listings
        ("javascript:alert(1)", False),
        ("<script>alert(1)</script>", False),
    ],
)
def test_a_listing_is_found_by_address_or_number(
    client: Client, right: Right, listing: Listing, words: str, found: bool
) -> None:
    answer = client.get("/holder/report/listing/", {"right": right.ref, "q": words})
    assert ("Is this the listing?" in told(answer)) == found
    assert ("We do not know this listing" in told(answer)) == (not found)
    assert "<script>alert" not in answer.content.decode()


def test_an_unknown_listing_is_answered_with_what_to_do(client: Client, right: Right, listing: Listing) -> None:
    answer = client.get("/holder/report/listing/", {"right": right.ref, "q": "https://elsewhere.example/1"})
    assert "Check it: copy the address once more" in told(answer)
    assert "may not have reached us" in told(answer)
    assert "These marketplaces are watched over here: Bazaar." in told(answer)


def test_the_same_number_on_two_marketplaces_is_asked_about(client: Client, right: Right, listing: Listing) -> None:
    catalog.listing(on="agora", listing_id="4711", title="Another teapot")
    answer = client.get("/holder/report/listing/", {"right": right.ref, "q": "4711"})
    assert "Which of these 2 is it?" in told(answer)
    assert {found.marketplace for found, _ in answer.context["found"]} == {"agora", "bazaar"}


def test_of_the_seller_the_shops_public_name_is_shown_and_no_more(client: Client, right: Right) -> None:
    listing = catalog.listing(listing_id="88", seller_id="s-88", title="A teapot")
    Seller.objects.filter(pk=listing.seller_id).update(
        name="متجر الأباريق", trader="Plantedname GmbH", country="CN", standing="planted", identity_tokens=["planted"]
    )
    listing.refresh_from_db()
    pages = [
        client.get("/holder/report/listing/", {"right": right.ref, "q": "88"}),
        client.get(step("reason", right, listing)),
        client.get(step("statement", right, listing, reason="suspected_fake")),
        client.post(step("statement", right, listing, reason="suspected_fake"), answers("check")),
        client.post(step("statement", right, listing, reason="suspected_fake"), answers("send"), follow=True),
        client.get(f"/holder/notices/{NoticeItem.objects.get().ref}/"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert "lanted" not in page.content.decode()
    assert "متجر الأباريق" in told(pages[0])


@pytest.mark.parametrize(
    ("address", "leads_to", "says"),
    [
        ("/holder/report/listing/", "/holder/report/?&missing=1", "Choose the right that the listing infringes."),
        ("/holder/report/reason/", "/holder/report/?&missing=1", "Choose the right that the listing infringes."),
        ("/holder/report/statement/", "/holder/report/?&missing=1", "Choose the right that the listing infringes."),
        ("/holder/report/reason/?right={r}", "/holder/report/listing/?right={r}&missing=1", "Give the address"),
        ("/holder/report/statement/?right={r}", "/holder/report/listing/?right={r}&missing=1", "Give the address"),
        (
            "/holder/report/statement/?right={r}&marketplace=bazaar&listing=4711",
            "/holder/report/reason/?right={r}&marketplace=bazaar&listing=4711&missing=1",
            "Choose what is wrong with the listing.",
        ),
        (
            "/holder/report/statement/?right={r}&marketplace=bazaar&listing=4711&reason=price",
            "/holder/report/reason/?right={r}&marketplace=bazaar&listing=4711&reason=price&missing=1",
            "Choose what is wrong with the listing.",
        ),
    ],
)
def test_a_question_passed_by_is_asked_again(
    client: Client, right: Right, listing: Listing, address: str, leads_to: str, says: str
) -> None:
    answer = client.get(address.format(r=right.ref), follow=True)
    assert answer.redirect_chain[-1][0] == leads_to.format(r=right.ref)
    assert says in told(answer)
    assert "<title>Error:" in answer.content.decode()


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ({"statement": "  "}, "Say why this listing infringes your right"),
        ({"statement": "x" * 10_001}, "That is longer than 10000 characters"),
        ({"good_faith": ""}, "Confirm that what you say is accurate and complete."),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    client: Client, right: Right, listing: Listing, said: dict[str, str], mend: str
) -> None:
    address = step("statement", right, listing, reason="mark_in_text")
    for kind in ("check", "send"):
        answer = client.post(address, answers(kind) | said)
        assert told(answer).count(mend) == 2  # on top and beside the field
        if "statement" not in said:
            assert "has a round rivet." in answer.content.decode()
    assert not NoticeItem.objects.exists()


@pytest.mark.parametrize("earlier", ["right", "listing", "reason"])
def test_going_back_from_the_check_loses_nothing(client: Client, right: Right, listing: Listing, earlier: str) -> None:
    address = step("statement", right, listing, reason="mark_in_text")
    back = client.post(address, answers(earlier))
    assert back.status_code == 302
    assert client.get(back.headers["Location"]).status_code == 200
    again = client.get(step("statement", right, listing, reason="copied_picture"))
    assert again.context["form"].initial["statement"] == STATEMENT
    assert "You were signed out" not in told(again)
    assert "checked" in str(again.context["form"]["good_faith"])


def test_changing_the_words_keeps_them(client: Client, right: Right, listing: Listing) -> None:
    again = client.post(step("statement", right, listing, reason="mark_in_text"), answers("change"))
    assert again.context["form"].initial["statement"] == STATEMENT


def test_the_same_form_sent_twice_is_one_notice(client: Client, right: Right, listing: Listing) -> None:
    address, said = step("statement", right, listing, reason="mark_in_text"), answers("send")
    first, second = client.post(address, said), client.post(address, said)
    assert NoticeItem.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_a_second_notice_that_would_say_the_same_is_refused(client: Client, right: Right, listing: Listing) -> None:
    address = step("statement", right, listing, reason="mark_in_text")
    client.post(address, answers("send"))
    for answer in (client.get(step("reason", right, listing)), client.post(address, answers("send"))):
        assert answer.status_code == 409
        assert f"notice {NoticeItem.objects.get().ref}" in told(answer)
    assert "has a round rivet." in told(answer)  # to be copied


def test_a_restricted_listing_is_said_before_anything_is_written(client: Client, right: Right) -> None:
    """And it is not said by whom, under which right, or for what."""
    case = worlds.restricted(facts="Plantedfacts", title="A teapot")
    answer = client.get(step("reason", right, case.listing))
    assert answer.status_code == 409
    assert "This listing is restricted already." in told(answer)
    assert "Planted" not in answer.content.decode()
    assert case.right.text not in answer.content.decode()
    assert case.decision.ref not in answer.content.decode()


def test_only_verified_rights_of_ones_own_are_offered(holder: tuple[Client, Actor], listing: Listing) -> None:
    client, actor = holder
    assert "You have no verified right yet" in told(client.get("/holder/report/"))
    waiting = registry.right(actor, text="WAITINGMARK")
    theirs = registry.verified(text="PLANTEDMARK")
    page = client.get("/holder/report/")
    assert "WAITINGMARK" not in told(page)
    assert "PLANTED" not in page.content.decode()
    refused = client.get(step("reason", waiting, listing))
    assert refused.status_code == 409
    assert "This right is not verified yet." in told(refused)
    for address in ("listing", "reason", "statement"):
        answer = client.get(step(address, theirs, listing, reason="mark_in_text"))
        assert answer.status_code == 404
        assert "PLANTED" not in answer.content.decode()
    posted = client.post(step("statement", theirs, listing, reason="mark_in_text"), answers("send"))
    assert posted.status_code == 404
    assert not NoticeItem.objects.exists()


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
    assert "None of your verified rights has “nonsense”" in told(client.get("/holder/report/?q=nonsense"))


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER])
def test_others_do_not_come_in(role: Role, right: Right, listing: Listing) -> None:
    client, _, _ = worlds.person(role, "Somebody else")
    for address in ("/holder/", "/holder/report/", step("listing", right), step("reason", right, listing)):
        assert client.get(address).status_code == 403
        assert Client().get(address).headers["Location"].startswith("/sign-in")
    posted = client.post(step("statement", right, listing, reason="mark_in_text"), answers("send"))
    assert posted.status_code == 403
    assert not NoticeItem.objects.exists()


def test_an_agent_reports_in_the_holders_name(holder: tuple[Client, Actor], right: Right, listing: Listing) -> None:
    organisation = registry.organisation_of(holder[1])
    agent = accounts.signed_in(accounts.member(Role.AGENT, of=organisation))
    agent.post(step("statement", right, listing, reason="mark_in_text"), answers("send"))
    assert NoticeItem.objects.get().holder == organisation


def test_what_was_written_is_there_after_the_session_ran_out(
    holder: tuple[Client, Actor], right: Right, listing: Listing
) -> None:
    vera = accounts.member(Role.HOLDER, of=registry.organisation_of(holder[1]))
    browser, address = Client(), step("statement", right, listing, reason="mark_in_text")
    sent_away = browser.post(address, answers("send"))
    back = browser.post(sent_away.headers["Location"], {"login": vera.email, "password": PASSWORD})
    assert back.headers["Location"] == address  # every choice on the way is still made
    page = browser.get(address)
    assert "You were signed out while you wrote." in told(page)
    assert page.context["form"].initial["statement"] == STATEMENT
    assert not NoticeItem.objects.exists()
