"""Decisions taken: the list, and what became of one, up to the marketplace's last word."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import accounts, decisions
from tests.factories.decisions import LATER, Desk

from touchmark.apps.decisions import access, actions, answers, queries
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.queries import Before
from touchmark.apps.outbox.models import Attempt, Message, Outcome, State
from touchmark.engine.terms import Role


@pytest.fixture
def decision(made: Desk) -> Decision:
    """Rita has restricted a listing."""
    return decisions.restriction(made, "disguised")


def order(decision: Decision, event_type: str = "listing.restricted") -> Message:
    return Message.objects.get(kind="webhook", payload__type=event_type, payload__data__decision=decision.ref)


def tried(message: Message, outcome: str, *, code: int | None = None, error: str = "", minutes: int = 1) -> None:
    """Note a try at a message, as the worker does."""
    at = LATER + timedelta(minutes=minutes)
    number = Attempt.objects.filter(message=message).count() + 1
    Attempt.objects.create(
        message=message, number=number, at=at, finished_at=at, outcome=outcome, answer_code=code, error=error
    )


def given_up(message: Message) -> None:
    tried(message, Outcome.NEVER, code=410, error="The receiver is gone for good.", minutes=9)
    Message.objects.filter(pk=message.pk).update(state=State.GIVEN_UP, attempts=3)


def page_of(client: Client, decision: Decision) -> str:
    return client.get(f"/desk/decisions/{decision.ref}/").content.decode()


def test_every_try_at_the_marketplace_is_told_with_its_answer(decision: Decision, rita: Client) -> None:
    tried(order(decision), Outcome.LATER, code=500, error="The receiver answered 500.", minutes=1)
    tried(order(decision), Outcome.LATER, error="No answer within 10 seconds.", minutes=2)
    page = page_of(rita, decision)
    said = (
        "took the listing off sale",
        "delivered the statement of reasons to Blue Crate",
        "told Bazaar to carry it out",
        "did not take it (500)",
        "The receiver answered 500.",
        "did not take it (no answer)",
        "No answer within 10 seconds.",
    )
    assert [page.index(words) for words in said] == sorted(page.index(words) for words in said)


def test_a_marketplace_that_obeyed_and_then_put_back_is_told_so(decision: Decision, made: Desk, rita: Client) -> None:
    tried(order(decision), Outcome.CARRIED, code=200)
    answers.hear(ref=decision.ref, event_type="listing.restricted", at=LATER + timedelta(minutes=1))
    assert "carried out by the marketplace" in page_of(rita, decision)
    actions.reverse(decision=fresh(decision), reason="Genuine.", actor=decisions.acting(made.ravi), at=days(1))
    answers.hear(ref=decision.ref, event_type="listing.restored", at=days(2))
    page = page_of(rita, decision)
    for words in (
        "answered 200",
        "told Bazaar to put the listing back",
        "Genuine.",
        "put the listing back",
        "Back on sale",
    ):
        assert words in page, words


def fresh(decision: Decision) -> Decision:
    return Decision.objects.get(pk=decision.pk)


def days(number: int) -> datetime:
    return LATER + timedelta(days=number)


def test_another_decision_on_the_same_listing_has_its_own_orders(decision: Decision, made: Desk, rita: Client) -> None:
    tried(order(decision), Outcome.LATER, code=503)
    actions.reverse(decision=fresh(decision), reason="Wrong.", actor=decisions.acting(made.ravi), at=days(1))
    again = decisions.restriction(made, "disguised", by=made.ravi, at=days(2))
    assert [told.event_type for told in queries.told_of(again)] == ["listing.restricted"]
    assert "did not take it (503)" in page_of(rita, decision)
    assert "did not take it (503)" not in page_of(rita, again)


def test_what_the_decision_rested_on_is_there(decision: Decision, rita: Client) -> None:
    page = page_of(rita, decision)
    rested = decision.evidence
    assert f"1 finding, risk {rested['risk']:.2f}" in page
    assert decisions.DISGUISED in page
    assert "Regulation (EU) 2017/1001, art. 9(2)" in page


def test_a_dismissal_has_a_page_too(made: Desk, rita: Client) -> None:
    decision = decisions.restriction(made, "copied", kind=decisions.DecisionKind.NONE, right=None, ground=None)
    page = page_of(rita, decision)
    assert "left the listing on sale" in page
    assert "What the seller read" not in page


def test_the_list_goes_on_by_place_and_narrows(made: Desk, rita: Client) -> None:
    taken = [decisions.restriction(made, f"plain-{number}", at=days(number // 2)) for number in range(4)]
    listed = access.decisions_for(decisions.acting(made.rita))
    walked, before = [], None
    while rows := queries.page_of(listed, before=before, size=2):
        walked += [row.ref for row in rows]
        before = Before.read(str(Before(rows[-1].decided_at, rows[-1].pk)))  # as it stands in an address
    assert walked == [decision.ref for decision in reversed(taken)]
    assert len(rita.get("/desk/decisions/").context["decisions"]) == 4
    assert rita.get("/desk/decisions/?status=reversed").context["decisions"] == []


@pytest.mark.parametrize("before", ["nonsense", "2026-08-01T00:00:00+00:00", "_", "2026-08-01_x"])
def test_a_place_that_is_none_is_refused_in_words(made: Desk, rita: Client, before: str) -> None:
    assert rita.get("/desk/decisions/", {"before": before}).status_code == 400


def test_the_list_costs_the_same_whatever_is_on_it(made: Desk, rita: Client) -> None:
    decisions.restriction(made, "plain-0")
    rita.get("/desk/decisions/")
    with CaptureQueriesContext(connection) as one:
        rita.get("/desk/decisions/")
    for number in range(1, 4):
        decisions.restriction(made, f"plain-{number}")
    with CaptureQueriesContext(connection) as many:
        rita.get("/desk/decisions/")
    assert len(one) == len(many)


@pytest.mark.parametrize("role", [Role.HOLDER, Role.SELLER, Role.OPERATOR])
def test_nobody_else_reads_decisions_here(decision: Decision, role: Role) -> None:
    somebody = accounts.signed_in(accounts.member(role))
    for path in ("/desk/decisions/", f"/desk/decisions/{decision.ref}/", "/desk/deliveries/"):
        assert somebody.get(path).status_code == 403


def test_an_order_that_nobody_carried_out_is_shown_until_it_is(decision: Decision, rita: Client) -> None:
    tried(order(decision), Outcome.LATER, code=500, error="The receiver answered 500.")
    page = rita.get("/desk/deliveries/").content.decode()
    assert decision.ref in page
    assert "The receiver answered 500." in page
    answers.hear(ref=decision.ref, event_type="listing.restricted", at=LATER)
    assert "Everybody was told" in rita.get("/desk/deliveries/").content.decode()


def test_a_message_given_up_is_sent_again_by_a_reviewer(decision: Decision, made: Desk, rita: Client) -> None:
    message = order(decision)
    given_up(message)
    again = f"/desk/deliveries/{message.pk}/again/"
    page = rita.get("/desk/deliveries/").content.decode()
    assert "The receiver is gone for good." in page
    assert f'action="{again}"' in page
    assert "gave up telling Bazaar" in page_of(rita, decision)
    assert accounts.signed_in(made.paul).post(again).status_code == 403
    assert "It is tried again now." in rita.post(again, follow=True).content.decode()
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.WAITING, 0)
    assert "nothing to send again" in rita.post(again, follow=True).content.decode()
    assert rita.get(again).status_code == 405


def test_one_that_a_later_message_followed_is_not_sent_again(decision: Decision, made: Desk, rita: Client) -> None:
    message = order(decision)
    given_up(message)
    actions.reverse(decision=fresh(decision), reason="Wrong.", actor=decisions.acting(made.ravi), at=days(1))
    answer = rita.post(f"/desk/deliveries/{message.pk}/again/", follow=True)
    assert "This one would undo it." in answer.content.decode()
    message.refresh_from_db()
    assert message.state == State.GIVEN_UP
