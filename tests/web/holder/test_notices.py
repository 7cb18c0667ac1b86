"""A holder's notices: its own, with their outcome and reasons, and nothing of anybody else's."""

import pytest
from django.test import Client
from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.web import worlds
from tests.web.worlds import DAY

from touchmark.apps.appeals.actions import AppealForm
from touchmark.apps.appeals.actions import file as file_appeal
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.notices.models import Notice
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer
from touchmark.web import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: AT + 3 * DAY)


@pytest.fixture
def holder() -> tuple[Client, Actor]:
    client, actor, _ = worlds.person(Role.HOLDER, "Aldermoor")
    return client, actor


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
def notice(holder: tuple[Client, Actor], right: Right, listing: Listing) -> Notice:
    return worlds.noticed(holder[1], right, listing)


def told(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return worlds.words_of(answer.content.decode())


def page_of(notice: Notice) -> str:
    return f"/holder/notices/{notice.ref}/"


def settled(notice: Notice, *, upheld: bool, reasons: str, facts: str = "Plantedfacts", **more: object) -> object:
    kind = DecisionKind.REMOVE if upheld else DecisionKind.NONE
    answers = {notice.ref: NoticeAnswer(upheld=upheld, reasons=reasons)} | dict(more.get("others", {}))  # type: ignore[call-overload]
    reviewer = accounts.actor(Role.REVIEWER)
    return worlds.decided(notice.listing, notice.right, reviewer, kind=kind, facts=facts, answers=answers, at=AT + DAY)


def test_a_new_holder_is_told_how_to_begin(client: Client) -> None:
    page = told(client, "/holder/")
    assert "You have no rights here yet" in page
    assert "Report a listing" not in page  # there is nothing to report under
    assert "No notices yet" in told(client, "/holder/notices/")


def test_the_first_page_says_what_waits_for_whom(holder: tuple[Client, Actor], notice: Notice) -> None:
    client, actor = holder
    declined = registry.right(actor, text="LAPSEDMARK")
    registry.actions.decline(
        ref=declined.ref, seen=declined.digest, reason="It lapsed.", actor=accounts.actor(Role.REVIEWER), at=AT
    )
    page = told(client, "/holder/")
    assert page.index("Waits for you") < page.index("LAPSEDMARK") < page.index("It lapsed.")
    assert page.index("Waits for a reviewer") < page.index("A teapot")
    assert "Rights verified 1" in page
    assert "Rights to correct 1" in page
    assert "Notices that wait for a reviewer 1" in page


def test_a_notice_that_waits(client: Client, notice: Notice) -> None:
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
    client: Client, notice: Notice, upheld: bool, says: str, stands: str
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


def test_a_reversal_is_told_beside_the_first_outcome(client: Client, notice: Notice) -> None:
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


def test_another_holders_notice_on_the_same_listing_stays_theirs(client: Client, notice: Notice) -> None:
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


def test_a_notice_is_withdrawn_after_being_asked(client: Client, notice: Notice) -> None:
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
def test_others_do_not_come_in(role: Role, notice: Notice) -> None:
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
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        client.get("/holder/")
