"""People without an account: the form, the link in the letter, the page at an address that nobody can guess."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.engine.policy.test_read_notice import LETTER
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.web import worlds
from tests.web.guest.sending import DMCA, letter, letters, link, poster, proof, said, sent, told
from tests.web.worlds import DAY, decided

from touchmark.apps.accounts import queries as people
from touchmark.apps.catalog.models import Listing
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.notices.addresses import secret_of
from touchmark.apps.notices.guests import FOR_AN_ADDRESS, FROM_A_PLACE
from touchmark.apps.notices.models import Evidence, Guest, Notice, NoticeItem
from touchmark.apps.registry import queries as rights
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.lapse import lapse_due
from touchmark.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def listing() -> Listing:
    return poster()


def test_the_whole_way(listing: Listing) -> None:
    client = Client()
    assert "Report up to ten listings" in told(client.get("/"))
    assert "copyright" in told(client.get("/report/"))
    notice = sent(client)
    assert (notice.status, notice.right.status, notice.filed_by) == ("unconfirmed", "claimed", None)
    (asked,) = letters()
    confirm = link(asked["body"])
    assert "If you sent it, confirm it" in told(client.get(confirm))  # looking at it confirms nothing
    assert Notice.objects.get().status == "unconfirmed"
    followed = client.post(confirm, follow=True)
    page = followed.redirect_chain[-1][0]
    notice.refresh_from_db()
    assert notice.status == "incomplete"
    assert "Something is still missing." in told(followed)
    assert "After that the notice lapses" in told(followed)
    incomplete = letter(f"Your notice {notice.ref} is not complete")
    assert "a signature: Type your full name" in incomplete["body"]
    assert link(incomplete["body"]) == page
    assert client.post(confirm).status_code == 302  # followed twice, it does nothing more
    form = told(client.get(f"{page}complete/"))
    assert "Under penalty of perjury" in form
    again = client.post(f"{page}complete/", {name: value for name, value in DMCA.items() if name != "phone"})
    assert again.status_code == 422
    assert "Give a number at which you can be reached." in told(again)
    done = client.post(f"{page}complete/", DMCA, follow=True)
    assert "Your notice is complete. It is judged now." in told(done)
    assert "We act on the notice" in told(done)
    item = NoticeItem.objects.get()
    assert (item.status, item.regime) == ("received", "us")
    answers = {item.ref: NoticeAnswer(upheld=True, reasons="It is your photograph.")}
    decided(listing, notice.right, accounts.actor(Role.REVIEWER), kind=DecisionKind.REMOVE, answers=answers)
    outcome = letter(f"Your notice {item.ref} was upheld")
    assert outcome["to"] == "mara@example.test"
    assert link(outcome["body"]) == page
    assert "It is your photograph." in told(client.get(page))


def test_what_does_not_come_into_the_notice_is_said_with_the_reason(listing: Listing) -> None:
    client = Client()
    named = f"{listing.url or listing.listing_id}\nhttps://elsewhere.example/<b>1"
    page = client.post("/report/copyright/", said(listings=named), follow=True)
    assert "Not in your notice: https://elsewhere.example/<b>1. No marketplace that we watch over" in told(page)
    assert "<b>1" not in page.text
    assert Notice.objects.get().items.count() == 1
    assert "Not in your notice" not in client.get("/report/copyright/sent/").text


def test_a_notice_that_lacks_nothing_is_judged_once_it_is_confirmed() -> None:
    catalog.listing(listing_id="B-1", url="https://bazaar.example/item/1")
    client = Client()
    more = {"listings": "https://bazaar.example/item/1", "office": "EUIPO", "number": "017912345"}
    notice = sent(client, "word_mark", reason="suspected_fake", file_1=proof(), **more)
    assert not Deadline.objects.filter(clock="act_on_notice").exists()
    client.post(link(letter("Confirm")["body"]))
    notice.refresh_from_db()
    assert (notice.status, Evidence.objects.get().kind) == ("complete", "proof_of_right")
    assert Deadline.objects.filter(clock="act_on_notice", closed_at=None).count() == 1
    assert letter("We have your notice")


def test_a_letter_from_before_the_key_was_changed_still_leads_to_the_notice(listing: Listing, settings: Any) -> None:
    client = Client()
    notice = sent(client)
    confirm = link(letters()[0]["body"])
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "the next one"
    assert client.get(confirm).status_code == 200
    assert client.get(f"/guest/{notice.ref}/ключ/").status_code == 404  # letters that no key makes
    settings.SECRET_KEY_FALLBACKS = []
    assert client.get(confirm).status_code == 404


def test_nobody_guesses_an_address(listing: Listing) -> None:
    client = Client()
    notice = sent(client)
    confirm = link(letters()[0]["body"])
    secret = confirm.split("/")[3]
    wrong = "0" * 64
    for address in (
        f"/guest/{notice.ref}/{wrong}/",
        f"/guest/{notice.ref}/{secret}/",  # the secret of one address does not open the other
        f"/guest/{notice.ref}/{wrong}/confirm/",
        f"/guest/{notice.ref}/{wrong}/complete/",
        f"/guest/{notice.ref}/{wrong}/withdraw/",
        f"/guest/N-2026-0000-0000/{secret}/",
    ):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 404
            assert "Poppy" not in answer.content.decode()
    assert Notice.objects.get().status == "unconfirmed"
    followed = client.post(confirm, follow=True)
    assert followed.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in followed.headers["Cache-Control"]


def test_an_address_that_nobody_confirms_is_forgotten(listing: Listing) -> None:
    notice = sent(Client(), file_1=proof())
    confirm = link(letters()[0]["body"])
    assert lapse_due(AT + 6 * DAY) == 0
    assert lapse_due(AT + 9 * DAY) == 1
    notice.refresh_from_db()
    guest = Guest.objects.get()
    assert (notice.status, notice.statement, guest.email, guest.name) == ("lapsed", "", "", "")
    assert not Evidence.objects.exists()
    assert len(letters()) == 1  # nobody is told: the address may be a stranger's
    late = Client().post(confirm, follow=True)
    assert "This notice was not confirmed in time" in told(late)


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"listings": "\n".join(f"https://harbor.example/item/{n}" for n in range(11))}, "These are more than 10."),
        ({"listings": " ".join(f"H-{n}" for n in range(11))}, "a notice names at most 10."),
        ({"listings": "https://elsewhere.example/1"}, "No marketplace that we watch over has this listing."),
        ({"listings": ""}, "Fill in “Addresses of the listings, one in a line”"),
        ({"good_faith": ""}, "Confirm that what you say is accurate"),
        ({"email": "nobody"}, "valid email address"),
        ({"territories": "Germany"}, "“GERMANY” is no code of a country"),
        ({"territories": "DE"}, "The right is not good in any country where this listing is offered."),
        ({"reason": "price"}, "price"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(listing: Listing, more: dict[str, str], says: str) -> None:
    answer = Client().post("/report/copyright/", said(**more))
    assert answer.status_code == 422
    assert says in told(answer)
    assert not Notice.objects.exists()
    assert not Right.objects.exists()
    assert letters() == []


def test_a_file_that_cannot_be_used_is_refused_and_nothing_is_kept(listing: Listing) -> None:
    answer = Client().post("/report/copyright/", said(file_1=SimpleUploadedFile("x.zip", b"PK\x03\x04rubbish")))
    assert "The file is an archive." in told(answer)
    assert not Notice.objects.exists()


def test_the_same_form_sent_twice_is_one_notice(listing: Listing) -> None:
    form = said()
    first, second = (Client().post("/report/copyright/", form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert (Notice.objects.count(), len(letters())) == (1, 1)


def test_a_flood_is_stopped_and_tells_nothing_of_others(listing: Listing) -> None:
    client = Client()
    for _ in range(FOR_AN_ADDRESS):
        sent(client)
    full = client.post("/report/copyright/", said())
    assert "Several notices were sent from here." in told(full)
    for number in range(FROM_A_PLACE - FOR_AN_ADDRESS):
        sent(client, email=f"other{number}@example.test")
    assert client.post("/report/copyright/", said(email="fresh@example.test")).status_code == 422
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    sent(elsewhere, email="fresh@example.test")


def test_it_is_taken_back_before_and_after_it_is_confirmed(listing: Listing) -> None:
    client = Client()
    for confirmed in (False, True):
        notice = sent(client)
        confirm = link(letter("Confirm", notice.ref)["body"])
        page = client.post(confirm).headers["Location"] if confirmed else ""
        if not confirmed:
            page = f"/guest/{notice.ref}/{secret_of(notice.ref, 'follow')}/"
        assert "Withdraw the notice?" in told(client.get(f"{page}withdraw/"))
        client.post(f"{page}withdraw/")
        notice.refresh_from_db()
        assert notice.status == "withdrawn"
        assert not Deadline.objects.filter(subject=f"filing:{notice.ref}", closed_at=None).exists()
        assert "decided or withdrawn already" in told(client.post(f"{page}withdraw/", follow=True))


def test_a_claimed_right_is_in_no_register(listing: Listing) -> None:
    notice = sent(Client())
    assert list(rights.waiting()) == []
    assert rights.verified_table().num_rows == 0
    assert notice.holder not in people.organisations()
    other, actor, _ = worlds.person(Role.HOLDER, "Mara Voss")
    assert "Poppy field" not in told(other.get("/holder/rights/"))
    assert other.get(f"/holder/notices/{notice.ref}/").status_code == 404
    assert registry.organisation_of(actor) != notice.holder


def test_reviewers_see_the_files_and_that_nobody_verified_the_right(listing: Listing) -> None:
    client = Client()
    sent(client, file_1=proof("my proof.jpg"))
    page = client.post(link(letters()[0]["body"])).headers["Location"]
    client.post(f"{page}complete/", DMCA)
    desk, _, _ = worlds.person(Role.REVIEWER, "Bazaar")
    shown = desk.get("/desk/harbor/H-1/")
    assert "Nobody has verified the right" in told(shown)
    assert "my proof.jpg" in told(shown)
    kept = Evidence.objects.get()
    assert desk.get(f"/media/{kept.first_page}/96").status_code == 200
    assert client.get(f"/media/{kept.first_page}/96").status_code == 404


def test_a_letter_is_read_and_what_it_says_need_not_be_said_again(listing: Listing) -> None:
    client = Client()
    text = LETTER.replace("https://harbor.example/item/2?x=1.", "").replace("Phone: +44 20 7946 0000\n", "")
    assert "Paste it" in told(client.get("/report/"))
    assert client.post("/report/letter/", {"letter": " "}).status_code == 422
    shown = client.post("/report/letter/", {"letter": text})
    assert "What we did not find A telephone number" in told(shown)
    form = shown.context["form"]
    assert form.initial["listings"] == "https://harbor.example/item/1"
    assert form.initial["email"] == "mara.voss@example.test"
    begun = {name: form.initial[name] for name in ("name", "email", "text", "listings", "statement")}
    sent(client, letter=text, **begun)
    page = client.post(link(letter("Confirm")["body"])).headers["Location"]
    notice = Notice.objects.get()
    assert notice.status == "incomplete"
    assert notice.particulars["signature"] == "Mara Voss"
    assert notice.particulars["statement_authority"] is True
    asked = told(client.get(f"{page}complete/"))
    assert "A telephone number" in asked
    assert "A signature" not in asked
    assert "Under penalty of perjury" not in asked
    client.post(f"{page}complete/", {"phone": "+44 20 7946 0000"})
    notice.refresh_from_db()
    assert notice.status == "complete"
