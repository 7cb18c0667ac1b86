"""Appealing a decision: one question, checked, sent once; every refusal in plain words, nothing written lost."""

from datetime import datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import AT, PASSWORD
from tests.factories.pictures import drawn
from tests.web import worlds
from tests.web.worlds import DAY, Case, appealed, resolved, restricted

from touchmark.apps.accounts.models import User
from touchmark.apps.appeals.models import Appeal
from touchmark.engine.terms import Role
from touchmark.web import clock

pytestmark = pytest.mark.django_db

GROUNDS = "I bought it at the factory shop.\n\nHere is the number: 20417 <b>"


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, AT + DAY)


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(clock, "now", lambda: moment)


def answers(step: str, grounds: str = GROUNDS, key: object = None) -> dict[str, str]:
    return {"grounds": grounds, "step": step, "request_key": str(key or uuid4())}


def told(answer: object) -> str:
    return worlds.words_of(answer.content.decode())  # type: ignore[attr-defined]


def test_the_whole_way() -> None:
    case = restricted(title="A teapot with a dragon")
    address = f"{case.address}appeal/"
    asked = case.seller.get(address)
    assert "What is wrong with the decision?" in told(asked)
    assert "Appeal by Mon 1 Feb 2027, 23:59 (UTC)" in told(asked)
    checked = case.seller.post(address, answers("check", key=asked.context["request_key"]))
    assert "Check your appeal before you send it" in told(checked)
    assert "I bought it at the factory shop." in told(checked)
    assert "<b>" not in checked.content.decode()
    assert not Appeal.objects.exists()  # nothing is sent yet
    sent = case.seller.post(address, answers("send", key=checked.context["request_key"]), follow=True)
    appeal = Appeal.objects.get()
    assert appeal.grounds.replace("\r\n", "\n") == GROUNDS
    assert sent.redirect_chain == [(f"/seller/appeals/{appeal.ref}/", 302)]
    assert appeal.ref in told(sent)
    assert "What happens next" in told(sent)
    page = told(case.seller.get(case.address))
    assert "Appealed" in page
    assert "You appealed Sun 2 Aug 2026, 09:00 (UTC)" in page
    assert "I bought it at the factory shop." in page


def test_an_answer_can_be_changed_before_it_is_sent() -> None:
    case = restricted()
    again = case.seller.post(f"{case.address}appeal/", answers("change"))
    assert again.context["form"].initial["grounds"] == GROUNDS
    assert "I bought it at the factory shop." in again.content.decode()
    assert not again.context["form"].errors


@pytest.mark.parametrize(
    ("grounds", "mend"),
    [
        ("   ", "Say what is wrong with the decision"),  # nothing but spaces is nothing
        ("x" * 10_001, "That is longer than 10000 characters"),
    ],
)
def test_what_is_missing_is_said_beside_the_field_and_on_top(grounds: str, mend: str) -> None:
    case = restricted()
    for step in ("check", "send"):
        answer = case.seller.post(f"{case.address}appeal/", answers(step, grounds))
        assert told(answer).count(mend) == 2
        assert "<title>Error:" in answer.content.decode()
        assert grounds.strip() in answer.content.decode()  # what was written is kept
    assert not Appeal.objects.exists()


def test_the_same_form_sent_twice_is_one_appeal() -> None:
    case = restricted()
    said = answers("send")
    first = case.seller.post(f"{case.address}appeal/", said)
    second = case.seller.post(f"{case.address}appeal/", said)
    assert Appeal.objects.count() == 1
    assert first.headers["Location"] == second.headers["Location"]


def test_a_form_that_was_tampered_with_still_goes_through() -> None:
    case = restricted()
    case.seller.post(f"{case.address}appeal/", {"grounds": "It is mine.", "step": "send", "request_key": "nonsense"})
    assert Appeal.objects.count() == 1


def test_a_second_appeal_is_refused_and_leads_to_the_first() -> None:
    case = restricted()
    appeal = appealed(case)
    for answer in (
        case.seller.get(f"{case.address}appeal/"),
        case.seller.post(f"{case.address}appeal/", answers("send")),
    ):
        assert answer.status_code == 409
        assert "You have appealed this decision already" in told(answer)
        assert appeal.ref in told(answer)
    assert "I bought it at the factory shop." in told(answer)  # to be copied
    assert Appeal.objects.count() == 1


def test_too_late_is_said_with_what_is_left_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    case = restricted()
    at(monkeypatch, datetime.fromisoformat("2027-02-02T00:00:00Z"))
    page = told(case.seller.get(case.address))
    assert "The time to appeal here is over." in page
    assert "Appeal this decision" not in page
    answer = case.seller.post(f"{case.address}appeal/", answers("send"))
    assert answer.status_code == 409
    assert "could be appealed until 1 February 2027, 23:59 UTC" in told(answer)
    assert "You can also go to a court" in told(answer)
    assert "I bought it at the factory shop." in told(answer)
    assert not Appeal.objects.exists()


def test_the_last_second_is_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    case = restricted()
    at(monkeypatch, datetime.fromisoformat("2027-02-01T23:59:59Z"))
    case.seller.post(f"{case.address}appeal/", answers("send"))
    assert Appeal.objects.count() == 1


def test_a_reversed_decision_cannot_be_appealed() -> None:
    case = restricted()
    resolved(appealed(case), "reverse")
    assert case.seller.get(f"{case.address}appeal/").status_code == 409


def test_what_was_decided_is_shown_with_its_reasons(monkeypatch: pytest.MonkeyPatch) -> None:
    case = restricted()
    resolved(appealed(case), "uphold", "The invoice is for another teapot.")
    page = told(case.seller.get(case.address))
    assert "A second reviewer decided that it stands" in page
    assert "The invoice is for another teapot." in page
    assert "What you can still do" in page
    assert "Withdraw the appeal" not in page


def test_an_appeal_is_withdrawn_after_being_asked() -> None:
    case = restricted()
    appeal = appealed(case)
    asked = case.seller.get(f"/seller/appeals/{appeal.ref}/withdraw/")
    assert "You cannot appeal it here a second time." in told(asked)
    appeal.refresh_from_db()
    assert appeal.status == "filed"  # asking changes nothing
    done = case.seller.post(f"/seller/appeals/{appeal.ref}/withdraw/", follow=True)
    assert "Your appeal is withdrawn. The decision stands." in told(done)
    assert "You withdrew the appeal" in told(done)
    again = case.seller.post(f"/seller/appeals/{appeal.ref}/withdraw/", follow=True)
    assert "Nothing was changed." in told(again)
    assert case.seller.get(f"/seller/appeals/{appeal.ref}/withdraw/").headers["Location"] == case.address
    assert case.seller.get(f"/seller/appeals/{appeal.ref}/").headers["Location"] == case.address


def test_somebody_elses_appeal_does_not_exist() -> None:
    theirs = appealed(restricted(shop="Plantedname Shop"))
    mine = restricted()
    for address in (f"/seller/appeals/{theirs.ref}/", f"/seller/appeals/{theirs.ref}/withdraw/"):
        for answer in (mine.seller.get(address), mine.seller.post(address)):
            assert answer.status_code == 404
            assert "Planted" not in answer.content.decode()
    theirs.refresh_from_db()
    assert theirs.status == "filed"
    assert mine.seller.post(f"{worlds_address(theirs)}appeal/", answers("send")).status_code == 404


def worlds_address(appeal: Appeal) -> str:
    return f"/seller/decisions/{appeal.decision.ref}/"


@pytest.mark.parametrize("role", [Role.HOLDER, Role.REVIEWER])
def test_others_cannot_appeal(role: Role) -> None:
    case = restricted()
    client, _, _ = worlds.person(role, "Somebody else")
    assert client.post(f"{case.address}appeal/", answers("send")).status_code == 403
    assert not Appeal.objects.exists()


class TestSessionThatRanOut:
    """Somebody wrote for long, and the session ran out meanwhile."""

    def member(self, case: Case, name: str = "Sam") -> User:
        return accounts.member(Role.SELLER, of=case.shop, name=name)

    def sign_in(self, client: Client, person: User, back_to: str) -> str:
        login = client.post(back_to, {"login": person.email, "password": PASSWORD})
        assert login.status_code == 302
        return str(login.headers["Location"])

    @pytest.mark.parametrize("step", ["check", "send"])
    def test_what_was_written_is_there_after_signing_in(self, step: str) -> None:
        case = restricted()
        sam, browser = self.member(case), Client()
        sent_away = browser.post(f"{case.address}appeal/", answers(step))
        assert sent_away.status_code == 302
        back = self.sign_in(browser, sam, sent_away.headers["Location"])
        assert back == f"{case.address}appeal/"
        page = browser.get(back)
        assert "You were signed out while you wrote." in told(page)
        assert page.context["form"].initial["grounds"] == GROUNDS
        assert not Appeal.objects.exists()  # it is sent when they say so again, not by signing in
        assert "I bought it" not in browser.get(back).content.decode()  # shown once

    def test_somebody_else_at_the_same_browser_does_not_see_it(self) -> None:
        case, other = restricted(), restricted()
        browser = Client()
        browser.post(f"{case.address}appeal/", answers("send"))
        self.sign_in(browser, self.member(other), "/sign-in")
        assert browser.get(f"{case.address}appeal/").status_code == 404
        assert "I bought it" not in browser.get(f"{other.address}appeal/").content.decode()

    def test_only_so_much_is_kept_of_what_a_stranger_posts(self) -> None:
        browser = Client()
        browser.post("/seller/decisions/D-2026-0000-0000/appeal/", answers("send", "x" * 100_000) | {"more": "y"})
        kept = browser.session["put_aside"]["answers"]
        assert len(kept["grounds"]) == 20_000
        assert set(kept) == {"grounds", "request_key"}


def test_files_that_show_it_go_along_from_step_to_step_and_bad_ones_are_refused_beside_their_field() -> None:
    case = restricted()
    address = f"{case.address}appeal/"
    page = SimpleUploadedFile("page.html", b"<html>an invoice</html>")
    refused = case.seller.post(address, answers("check") | {"file_1": page})
    assert "The file is a web page" in told(refused)
    assert "I bought it at the factory shop." in told(refused)  # and nothing that was written is lost
    invoice = SimpleUploadedFile("invoice 20417.png", drawn(3))
    checked = case.seller.post(address, answers("check") | {"file_1": invoice})
    assert "invoice 20417.png" in told(checked)
    kept = {"kept_files": checked.context["kept_files"]}
    changed = case.seller.post(address, answers("change") | kept)
    assert "Sent already: invoice 20417.png" in told(changed)
    stranger = restricted()
    assert stranger.seller.post(f"{stranger.address}appeal/", answers("check") | kept).context["files"] == []
    case.seller.post(address, answers("send") | kept)
    appeal = Appeal.objects.get()
    assert [one.name for one in appeal.files.all()] == ["invoice 20417.png"]
