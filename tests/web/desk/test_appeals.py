"""Appeals at the desk: somebody else decides, on what was decided on, and says why."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, catalog, decisions
from tests.factories.decisions import LATER, Desk

from touchmark.apps.appeals.models import Appeal
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.outbox.models import Message
from touchmark.engine.terms import Role
from touchmark.web.desk import appeals as desk_appeals

REVERSAL = {"outcome": "reverse", "text": "The invoice shows that the goods are genuine."}


@pytest.fixture
def appeal(made: Desk) -> Appeal:
    """Rita has restricted a listing, and its seller appeals."""
    return decisions.appeal(made, decisions.restriction(made, "disguised", by=made.rita))


def address(appeal: Appeal) -> str:
    return f"/desk/appeals/{appeal.ref}/"


def test_what_waits_stands_first_and_ones_own_is_somebody_elses(appeal: Appeal, rita: Client, ravi: Client) -> None:
    assert "you: somebody else must decide" in rita.get("/desk/appeals/").content.decode()
    page = ravi.get("/desk/appeals/").content.decode()
    assert appeal.ref in page
    assert "Rita Keller" in page
    assert "somebody else must decide" not in page


def test_whoever_decided_has_no_form_and_is_refused(appeal: Appeal, rita: Client) -> None:
    page = rita.get(address(appeal)).content.decode()
    assert "Somebody else must decide on the appeal against it." in page
    assert 'name="outcome"' not in page
    answer = rita.post(address(appeal), REVERSAL)
    assert answer.status_code == 403
    assert "You took this decision." in answer.content.decode()
    appeal.refresh_from_db()
    assert appeal.status == "filed"


def test_the_page_shows_the_listing_as_it_was_decided_on(appeal: Appeal, made: Desk, ravi: Client) -> None:
    catalog.listing(listing_id="L-disguised", seller_id="blue-crate", title="A plain bag", price=1.0, currency="EUR")
    page = ravi.get(address(appeal)).content.decode()
    assert decisions.DISGUISED in page
    assert "A plain bag" not in page
    assert "see the invoice 4711" in page
    assert "The title shows the mark in letters of another alphabet." in page  # what the seller was told


def test_a_reversal_puts_the_listing_back_and_tells_everybody(appeal: Appeal, ravi: Client) -> None:
    answer = ravi.post(address(appeal), REVERSAL, follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/appeals/"
    assert "is reversed" in answer.content.decode()
    decision = Decision.objects.get(pk=appeal.decision_id)
    assert decision.status == "reversed"
    assert Message.objects.filter(kind="webhook", payload__type="listing.restored").count() == 1
    assert Letter.objects.filter(kind="decision_reversed").count() == 1


def test_an_upheld_decision_stands_and_the_seller_reads_why(appeal: Appeal, ravi: Client) -> None:
    ravi.post(address(appeal), {"outcome": "uphold", "text": "The invoice is for another product."})
    assert Decision.objects.get(pk=appeal.decision_id).status == "in_force"
    assert Letter.objects.get(kind="appeal_refused").content["answer"] == "The invoice is for another product."


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        # no reason
        ({"outcome": "uphold", "text": "  "}, "Say why: the seller reads this answer."),
        # no answer
        ({"text": "Because."}, "Choose whether the decision stands or is reversed."),
        # a word that needs proof
        ({"outcome": "uphold", "text": "It is counterfeit."}, "“counterfeit” needs proof"),
    ],
)
def test_what_is_missing_is_said_and_the_rest_is_kept(
    appeal: Appeal, ravi: Client, sent: dict[str, str], error: str
) -> None:
    page = ravi.post(address(appeal), sent)
    assert page.status_code == 422
    assert error in page.content.decode()
    assert sent["text"].strip() in page.content.decode()
    appeal.refresh_from_db()
    assert appeal.status == "filed"


def test_the_same_answer_sent_again_is_no_news(appeal: Appeal, ravi: Client) -> None:
    assert ravi.post(address(appeal), REVERSAL).status_code == 302
    assert ravi.post(address(appeal), REVERSAL).status_code == 302
    assert Letter.objects.filter(kind="decision_reversed").count() == 1


def test_another_reviewer_who_comes_second_learns_who_was_first(appeal: Appeal, made: Desk, ravi: Client) -> None:
    third = accounts.signed_in(accounts.member(Role.REVIEWER, name="Rosa Lind"))
    assert ravi.post(address(appeal), REVERSAL).status_code == 302
    page = third.post(address(appeal), {"outcome": "uphold", "text": "What Rosa wrote."})
    assert page.status_code == 409
    assert "Ravi Mehta has answered this appeal meanwhile." in page.content.decode()
    assert "What Rosa wrote." in page.content.decode()


def test_an_answered_appeal_is_listed_below_and_has_no_form(appeal: Appeal, ravi: Client) -> None:
    ravi.post(address(appeal), REVERSAL)
    assert "No appeal waits" in ravi.get("/desk/appeals/").content.decode()
    assert appeal.ref in ravi.get("/desk/appeals/").content.decode()
    assert 'name="outcome"' not in ravi.get(address(appeal)).content.decode()


def test_a_policy_owner_reads_only(appeal: Appeal, made: Desk) -> None:
    paul = accounts.signed_in(made.paul)
    assert 'name="outcome"' not in paul.get(address(appeal)).content.decode()
    assert paul.post(address(appeal), REVERSAL).status_code == 403


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR])
def test_nobody_else_reads_appeals_here(appeal: Appeal, role: Role) -> None:
    somebody = accounts.signed_in(accounts.member(role))
    assert somebody.get("/desk/appeals/").status_code == 403
    assert somebody.post(address(appeal), REVERSAL).status_code == 403


def test_an_appeal_that_is_not_there_is_said_to_be_none(made: Desk, rita: Client) -> None:
    assert rita.get("/desk/appeals/A-2026-NONE/").status_code == 404


def test_the_answer_is_given_by_single_keys(appeal: Appeal, ravi: Client) -> None:
    page = ravi.get(f"/desk/appeals/{appeal.ref}/").content.decode()
    form = page.partition("Your answer")[2].partition("</form>")[0]
    assert re.findall(r'data-key="(.)"', form) == ["s", "r", "p", "f", "g"]
    assert "single-keys" in page  # they are told, and can be switched off


def test_many_that_wait_are_turned_page_by_page(
    made: Desk, appeal: Appeal, ravi: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = decisions.appeal(made, decisions.restriction(made, "hostile", by=made.rita))
    monkeypatch.setattr(desk_appeals, "ON_A_PAGE", 1)
    first, second = (ravi.get(f"/desk/appeals/?page={n}").content.decode() for n in (1, 2))
    assert (appeal.ref in first, other.ref in first) == (True, False)
    assert (appeal.ref in second, other.ref in second) == (False, True)
    assert "2 wait" in first


def test_the_first_due_stands_on_the_first_page_whenever_it_was_filed(
    made: Desk, appeal: Appeal, ravi: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock that was stopped for a while, or a shorter one, puts the later appeal first."""
    still, sooner = (
        decisions.appeal(made, decisions.restriction(made, name, by=made.rita)) for name in ("hostile", "copied")
    )
    clocks = Deadline.objects.filter(clock="decide_appeal", closed_at=None)
    clocks.filter(subject=f"appeal:{sooner.ref}").update(due_at=LATER)
    clocks.filter(subject=f"appeal:{still.ref}").update(due_at=None)
    monkeypatch.setattr(desk_appeals, "ON_A_PAGE", 1)
    pages = [ravi.get(f"/desk/appeals/?page={n}").content.decode() for n in (1, 2, 3)]
    assert [one.ref in page for one, page in zip((sooner, appeal, still), pages, strict=True)] == [True] * 3


def test_more_appeals_cost_no_more_questions(made: Desk, appeal: Appeal, ravi: Client) -> None:
    ravi.get("/desk/appeals/")
    with CaptureQueriesContext(connection) as one:
        ravi.get("/desk/appeals/")
    for name in ("hostile", "copied"):
        decisions.appeal(made, decisions.restriction(made, name, by=made.rita))
    with CaptureQueriesContext(connection) as three:
        ravi.get("/desk/appeals/")
    assert len(one) == len(three) <= 10
