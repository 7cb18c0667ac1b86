"""A holder's notices: its own, with their outcome and reasons, and nothing of anybody else's."""

from uuid import uuid4

import pytest
from django.test import Client
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.web import worlds
from tests.web.worlds import DAY

from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.actions import file as file_appeal
from touchmark.apps.catalog import naming
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.notices.running import clocks_of_each
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.lapse import lapse_due
from touchmark.flows.report_listing import report_all
from touchmark.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + 3 * DAY)


@pytest.fixture
def client(holder: tuple[Client, Actor]) -> Client:
    return holder[0]


@pytest.fixture
def right(holder: tuple[Client, Actor]) -> Right:
    return registry.verified(holder[1], text="ALDERMOOR")


@pytest.fixture
def listing() -> Listing:
    shop = accounts.organisation("seller", name="Teapots Unlimited")
    return catalog.listing(of=shop, title="A teapot")


@pytest.fixture
def notice(holder: tuple[Client, Actor], right: Right, listing: Listing) -> NoticeItem:
    return worlds.noticed(holder[1], right, listing)


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return worlds.words_of(answer.content.decode())


def page_of(notice: NoticeItem) -> str:
    return f"/holder/notices/{notice.ref}/"


def settled(notice: NoticeItem, *, upheld: bool, reasons: str, facts: str = "Plantedfacts", **more: object) -> object:
    kind = DecisionKind.REMOVE if upheld else DecisionKind.NONE
    answers = {notice.ref: NoticeAnswer(upheld=upheld, reasons=reasons)} | dict(more.get("others", {}))  # type: ignore[call-overload]
    reviewer = accounts.actor(Role.REVIEWER)
    return worlds.decided(notice.listing, notice.right, reviewer, kind=kind, facts=facts, answers=answers, at=AT + DAY)


def test_a_new_holder_is_told_how_to_begin(client: Client) -> None:
    page = told(client, "/holder/")
    assert "You have no rights here yet" in page
    assert "Report a listing" not in page  # there is nothing to report under
    assert "No notices yet" in told(client, "/holder/notices/")


def test_a_notice_that_is_not_decided_in_time_is_shown_as_late(client: Client, notice: NoticeItem) -> None:
    due_at = clocks_of_each([notice])[notice.pk][0].due_at
    lapse_due(AT + 3 * DAY)
    for address in ("/holder/", page_of(notice)):
        page = client.get(address).content.decode()
        assert due_at.isoformat() in page  # type: ignore[union-attr]
        assert "late" in page
    settled(notice, upheld=False, reasons="A teapot.")
    assert due_at.isoformat() not in client.get(page_of(notice)).content.decode()  # type: ignore[union-attr]


def test_the_first_page_says_what_waits_for_whom(holder: tuple[Client, Actor], notice: NoticeItem) -> None:
    client, actor = holder
    declined = registry.right(actor, text="LAPSEDMARK")
    registry.actions.decline(
        ref=declined.ref, seen=declined.digest, reason="It lapsed.", actor=accounts.actor(Role.REVIEWER), at=AT
    )
    page = told(client, "/holder/")
    assert page.index("Waits for you") < page.index("LAPSEDMARK") < page.index("It lapsed.")
    assert (
        page.index("Waits for a reviewer")
        < page.index("A teapot")
        < page.index("We act on the notice by Tue 4 Aug 2026")
    )
    assert "Rights verified 1" in page
    assert "Rights to correct 1" in page
    assert "Notices that wait for a reviewer 1" in page


def test_a_notice_that_waits(client: Client, notice: NoticeItem) -> None:
    page = told(client, page_of(notice))
    for said in ("Waits for a reviewer", "A teapot", "ALDERMOOR", "The clasp is wrong.", "Withdraw the notice"):
        assert said in page
    assert "I suspect that the goods are not genuine" in page
    assert notice.ref in told(client, "/holder/notices/")


@pytest.mark.parametrize(
    ("upheld", "says", "stands"),
    [
        (True, "upheld the notice", "Upheld: the marketplace was told to act Sun 2 Aug 2026, 09:00 (UTC)"),
        (False, "did not uphold the notice", "Not upheld: the listing stays on sale Sun 2 Aug 2026, 09:00 (UTC)"),
    ],
)
def test_an_outcome_comes_with_its_reasons_and_no_more(
    client: Client, notice: NoticeItem, upheld: bool, says: str, stands: str
) -> None:
    settled(notice, upheld=upheld, reasons="The rivet is as you say.")
    page = told(client, page_of(notice))
    assert says in page
    assert stands in page
    assert "The rivet is as you say." in page
    assert "Plantedfacts" not in page  # what the seller is told is the seller's
    assert ("You can also go to a court" in page) == (not upheld)
    assert "Withdraw the notice" not in page
    assert "The rivet" not in told(client, "/holder/")


def test_a_reversal_is_told_beside_the_first_outcome(client: Client, notice: NoticeItem) -> None:
    decision = settled(notice, upheld=True, reasons="The rivet is as you say.")
    shop = notice.listing.seller.organisation
    sam = accounts.member(Role.SELLER, of=shop)
    seller = Actor(user_id=sam.pk, organisation_id=shop.pk, roles=frozenset({Role.SELLER}))
    form = AppealForm(grounds="Plantedgrounds", request_key=worlds.uuid4())
    appeal = file_appeal(decision_ref=decision.ref, form=form, actor=seller, at=AT + DAY)  # type: ignore[attr-defined]
    worlds.resolved(appeal, "reverse", "The invoice is from your own shop.")
    page = told(client, page_of(notice))
    assert page.index("The rivet is as you say.") < page.index("The invoice is from your own shop.")
    assert "Reversed after an appeal" in page
    assert "Plantedgrounds" not in page  # what the seller said is the seller's


def test_another_holders_notice_on_the_same_listing_stays_theirs(client: Client, notice: NoticeItem) -> None:
    other = registry.holder("Plantedname Holdings")
    theirs = worlds.noticed(other, registry.verified(other, text="PLANTEDMARK"), notice.listing, "Plantedstatement")
    answers = {theirs.ref: NoticeAnswer(upheld=False, reasons="Plantedreasons")}
    settled(notice, upheld=True, reasons="As you say.", others=answers)
    for address in ("/holder/", "/holder/notices/", page_of(notice), "/inbox/"):
        html = client.get(address).content.decode()
        assert "lanted" not in html
        assert "PLANTED" not in html
        assert theirs.ref not in html
    for address in (page_of(theirs), f"{page_of(theirs)}sent/", f"{page_of(theirs)}withdraw/"):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 404
            assert "lanted" not in answer.content.decode()
    theirs.refresh_from_db()
    assert theirs.status == "refused"


def test_a_notice_is_withdrawn_after_being_asked(client: Client, notice: NoticeItem) -> None:
    asked = told(client, f"{page_of(notice)}withdraw/")
    assert "You can report the listing again later." in asked
    notice.refresh_from_db()
    assert notice.status == "received"
    done = client.post(f"{page_of(notice)}withdraw/", follow=True)
    page = worlds.words_of(done.content.decode())
    assert "Your notice is withdrawn." in page
    assert "You withdrew it" in page
    again = client.post(f"{page_of(notice)}withdraw/", follow=True)
    assert "Nothing was changed." in worlds.words_of(again.content.decode())
    assert client.get(f"{page_of(notice)}sent/").headers["Location"] == page_of(notice)


@pytest.mark.parametrize("role", [Role.SELLER, Role.REVIEWER])
def test_others_do_not_come_in(role: Role, notice: NoticeItem) -> None:
    client, _, _ = worlds.person(role, "Somebody else")
    for address in ("/holder/notices/", page_of(notice), f"{page_of(notice)}withdraw/"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    notice.refresh_from_db()
    assert notice.status == "received"


def test_many_notices_come_in_pages_and_cost_no_query_each(
    holder: tuple[Client, Actor], right: Right, django_assert_max_num_queries: object
) -> None:
    client, actor = holder
    for _ in range(27):
        worlds.noticed(actor, right, catalog.listing(title="A very long title " * 17))
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert "Page 1 of 2" in told(client, "/holder/notices/")
    with django_assert_max_num_queries(18):  # type: ignore[operator]
        client.get("/holder/")


def test_a_notice_on_many_listings_shows_each_with_its_state(
    holder: tuple[Client, Actor], client: Client, right: Right
) -> None:
    for number in range(103):
        catalog.listing(listing_id=f"M-{number}", title=f"Teapot {number}")
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not one of these is ours.", True, uuid4())
    rows = [naming.named(f"M-{number}") for number in range(103)]
    notice = report_all(right=right.ref, listings=rows, form=form, actor=holder[1], at=AT).notice
    assert "Teapot 0 and 102 more listings" in told(client, "/holder/notices/")
    assert "Teapot 0" in told(client, "/holder/")
    page = told(client, f"/holder/notices/{notice.ref}/")
    assert "Not one of these is ours." in page
    assert "Teapot 99" in page
    assert "Teapot 100" not in page  # it is on the next one
    assert "Teapot 102" in told(client, f"/holder/notices/{notice.ref}/?page=2")
    NoticeItem.objects.filter(number__in=(4, 5)).update(status="proposed")  # to the reviewer; a holder waits for one
    client.post(f"/holder/notices/{notice.ref}-2/withdraw/")
    states = told(client, f"/holder/notices/{notice.ref}/?status=received&page=2")
    assert states.count("Waits for a reviewer 102") == 1
    assert "Teapot 102" in states
    withdrawn = told(client, f"/holder/notices/{notice.ref}/?status=withdrawn")
    assert "Teapot 1 " in withdrawn
    assert "Teapot 2 " not in withdrawn
    assert f"Notice {notice.ref}-3" in told(client, f"/holder/notices/{notice.ref}-3/")
    assert "and 101 more listings" in told(client, f"/holder/notices/{notice.ref}/withdraw/")
    client.post(f"/holder/notices/{notice.ref}/withdraw/")
    assert set(NoticeItem.objects.values_list("status", flat=True)) == {"withdrawn"}


def test_a_notice_on_many_listings_is_not_there_for_another_holder(holder: tuple[Client, Actor], right: Right) -> None:
    for number in range(2):
        catalog.listing(listing_id=f"M-{number}")
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    rows = [naming.named(f"M-{number}") for number in range(2)]
    notice = report_all(right=right.ref, listings=rows, form=form, actor=holder[1], at=AT).notice
    other, _, _ = worlds.person(Role.HOLDER, "Norrvik")
    for end in ("", "sent/", "withdraw/"):
        for ref in (notice.ref, f"{notice.ref}-1"):
            assert other.get(f"/holder/notices/{ref}/{end}").status_code == 404
    assert other.post(f"/holder/notices/{notice.ref}/withdraw/").status_code == 404
    assert set(NoticeItem.objects.values_list("status", flat=True)) == {"received"}
