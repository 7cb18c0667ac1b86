"""A guest whose notice was refused: the appeal, what comes of it, the out-of-court body."""

from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import accounts
from tests.factories.accounts import AT
from tests.web import worlds
from tests.web.guest.sending import DMCA, letter, letters, link, poster, proof, sent, told
from tests.web.worlds import decided

from touchmark.apps.appeals.models import Appeal
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.disputes.models import Dispute
from touchmark.apps.notices.models import NoticeItem
from touchmark.engine.terms import Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.resolve_appeal import resolve
from touchmark.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT)


@pytest.fixture
def listing() -> Listing:
    return poster()


def refused(client: Client, listing: Listing) -> tuple[str, NoticeItem]:
    """Let a guest's complete notice be refused; give its page."""
    sent(client)
    page = client.post(link(letter("Confirm")["body"])).headers["Location"]
    client.post(f"{page}complete/", DMCA)
    item = NoticeItem.objects.get()
    answers = {item.ref: NoticeAnswer(upheld=False, reasons="The picture is another one.")}
    decided(listing, None, accounts.actor(Role.REVIEWER), kind=DecisionKind.NONE, answers=answers)
    item.refresh_from_db()
    return page, item


def test_a_guest_appeals_a_refusal_once(listing: Listing) -> None:
    client = Client()
    page, item = refused(client, listing)
    shown = told(client.get(page))
    assert item.status == "refused"
    assert "The picture is another one." in shown
    assert "Appeal (until" in shown
    address = f"{page}appeal/{item.number}/"
    assert client.post(address, {"grounds": " "}).status_code == 422
    client.post(address, {"grounds": "Look at the left half.", "request_key": str(uuid4())})
    appeal = Appeal.objects.get()
    assert (appeal.status, appeal.filed_by, appeal.grounds) == ("filed", None, "Look at the left half.")
    followed = told(client.get(page))
    assert "Somebody who did not take the decision looks at it again. It is to be decided by" in followed
    again = client.post(address, {"grounds": "And again."}, follow=True)
    assert "You have appealed this refusal already" in told(again)
    assert Appeal.objects.count() == 1
    assert client.get(f"{page}appeal/7/").status_code == 404
    desk, _, _ = worlds.person(Role.REVIEWER, "Bazaar")
    assert desk.get(f"/desk/appeals/{appeal.ref}/").status_code == 200


def test_a_guest_is_told_by_mail_that_the_appeal_is_here_and_what_came_of_it(listing: Listing) -> None:
    client = Client()
    page, item = refused(client, listing)
    client.post(f"{page}appeal/{item.number}/", {"grounds": "Look at the left half.", "request_key": str(uuid4())})
    received = letter("We have your appeal")
    assert received["to"] == "mara@example.test"
    assert link(received["body"]) == page
    ravi = accounts.actor(Role.REVIEWER)
    resolve(ref=Appeal.objects.get().ref, event="uphold", text="The left half is another one too.", actor=ravi, at=AT)
    (answered,) = [one for one in letters() if "The left half is another one too." in one["body"]]
    assert answered["to"] == "mara@example.test"
    assert link(answered["body"]) == page
    assert "The left half is another one too." in told(client.get(page))


def test_a_guest_goes_to_an_out_of_court_body_and_follows_it(listing: Listing) -> None:
    page, item = refused(client := Client(), listing)
    said = {"grounds": "Look at the left half.", "request_key": str(uuid4()), "file_1": proof()}
    client.post(f"{page}appeal/{item.number}/", said)
    appeal = Appeal.objects.get()
    assert appeal.files.count() == 1
    assert "I went to an out-of-court body" not in told(client.get(page))
    resolve(ref=appeal.ref, event="uphold", text="It is another.", actor=accounts.actor(Role.REVIEWER), at=AT)
    assert "I went to an out-of-court body" in told(client.get(page))
    address = f"{page}appeal/{item.number}/body/"
    assert "Which body did you go to?" in told(client.get(address))
    form = {"body": "adroit", "number": "2026/7", "received_on": AT.date().isoformat(), "request_key": str(uuid4())}
    assert "cannot have received it on a day to come" in told(
        client.post(address, form | {"received_on": "2031-01-01"})
    )
    answer = client.post(address, form)
    assert answer.status_code == 302, told(answer)
    dispute = Dispute.objects.get()
    mail = letter("Your dispute before")
    assert f"{page}disputes/{dispute.ref}/" in mail["body"]
    assert dispute.ref in told(client.get(page))
    own = f"{page}disputes/{dispute.ref}/"
    assert "2026/7" in told(client.get(own))
    assert client.get(own).headers["X-Robots-Tag"] == "noindex"
    assert Client().get(own.replace(item.notice.ref, "N-2026-XXXX-XXXX")).status_code == 404
    client.post(f"{own}end/")
    dispute.refresh_from_db()
    assert dispute.status == "ended"
