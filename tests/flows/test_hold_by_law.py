"""India: a copyright notice has the listing restricted for 21 days, and longer only by a court's order or the terms."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, disputes, orders, registry
from tests.factories.accounts import AT
from tests.factories.disputes import LATER
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.naming import named
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions.actions import Choice, IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox import wording
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.flows import ask_examiner, carry_out_order
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.end_restrictions import end_due
from touchmark.flows.report_listing import report_all

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
#: The twenty-first day from the notice of 1 August, in Kolkata.
LAST = datetime.fromisoformat("2026-08-22T23:59:59+05:30")
SAID = {
    "work": "The photograph of our bag.",
    "proof_of_right": "We took it.",
    "explanation": "It is our picture.",
    "not_excepted": "It advertises other goods.",
    "suit_undertaking": True,
}


def filed(kind: RightKind = RightKind.COPYRIGHT) -> tuple[NoticeItem, Actor, Actor]:
    vera, rita = registry.holder("Aldermoor Ltd"), accounts.actor(Role.REVIEWER)
    sam = accounts.actor(Role.SELLER, of=accounts.organisation("seller", name="Blue Crate"))
    company = Company(established="IN", calendar="in", zone="Asia/Kolkata")
    catalog.marketplace("shop-in", territories=["IN"], company=company)
    listing = catalog.listing(on="shop-in", of=registry.organisation_of(sam), title="A leather bag")
    said: dict[str, Any] = (
        {"text": "", "image_name": "bag.jpg"} if kind == RightKind.COPYRIGHT else {"text": "ALDERMOOR"}
    )
    right = registry.verified(
        vera, kind=kind, **said, **({} if kind == RightKind.COPYRIGHT else {"territories": ("IN",)})
    )
    reason = NoticeReason.COPIED_PICTURE if kind == RightKind.COPYRIGHT else NoticeReason.SUSPECTED_FAKE
    form = NoticeForm(reason, "It is ours.", True, uuid4(), SAID)
    names = [named(f"shop-in:{listing.listing_id}")]
    notice = report_all(right=right.ref, listings=names, form=form, actor=vera, at=AT).notice
    return queries.items_of(notice)[0], rita, sam


def upheld(item: NoticeItem, by: Actor, *, at: datetime = LATER, **changes: Any) -> Decision:
    choice = Choice(
        kind=DecisionKind.REMOVE,
        facts="The pictures show it.",
        request_key=uuid4(),
        right=item.right,
        ground=changes.pop("ground", Ground.LAW),
        ground_reference="Copyright Act, 1957, section 51",
        ground_explanation="The picture is the holder's.",
        **changes,
    )
    return decide(
        marketplace="shop-in",
        listing_id=item.listing.listing_id,
        choice=choice,
        seen=Seen(item.listing.digest, None, frozenset({item.ref})),
        answers={item.ref: NoticeAnswer(upheld=True, reasons="As reported.")},
        actor=by,
        at=at,
    )


def test_the_restriction_has_its_last_day_from_the_first_and_both_sides_read_it() -> None:
    item, rita, _ = filed()
    assert item.regime == "in"
    decision = upheld(item, rita)
    assert decision.ends_at == LAST
    letter = Letter.objects.get(kind="notice_outcome")
    assert letter.content["held_until"] == LAST.astimezone(decision.ends_at.tzinfo).isoformat()
    assert "Send us the order of a court by then" in wording.written(letter, link="https://here.example/")[1]
    assert "22 August 2026" in Letter.objects.get(kind="statement_of_reasons").content["duration"]
    assert end_due(LAST - timedelta(minutes=1)) == 0
    assert end_due(LAST + timedelta(minutes=1)) == 1
    decision.refresh_from_db()
    assert (decision.status, decision.restriction.status) == ("ended", "lift_ordered")
    assert Letter.objects.filter(kind="restriction_ended").count() == 1


def test_what_a_court_orders_by_then_keeps_the_listing_down_by_itself() -> None:
    item, rita, _ = filed()
    decision = upheld(item, rita)
    said = {"country": "IN", "territories": (), "authority": "High Court of Delhi", "received_at": LATER + DAY}
    order = orders.verified(rita, item.listing.listing_id, on="shop-in", at=LATER + DAY, **said)
    carry_out_order.carry_out(ref=order.ref, actor=rita, at=LATER + DAY)
    assert end_due(LAST + timedelta(minutes=1)) == 1
    decision.refresh_from_db()
    assert decision.status == "ended"
    assert Decision.objects.get(order=order.ref).status == "in_force"


def test_the_marketplaces_terms_last_as_long_as_they_say_and_an_earlier_day_stays() -> None:
    item, rita, _ = filed()
    assert upheld(item, rita, ground=Ground.TERMS).ends_at is None


def test_a_day_that_is_chosen_and_earlier_stays_as_it_is() -> None:
    item, rita, _ = filed()
    assert upheld(item, rita, ends_at=LATER + 3 * DAY).ends_at == LATER + 3 * DAY


def test_when_the_days_are_over_the_law_restricts_nothing_more() -> None:
    item, rita, _ = filed()
    with pytest.raises(IncompleteDecision, match="without a court's order are over"):
        upheld(item, rita, at=LAST + DAY)


def test_a_mark_in_india_sets_no_day_and_is_settled_as_a_grievance() -> None:
    item, rita, _ = filed(RightKind.WORD_MARK)
    grievance = Deadline.objects.get(subject=f"notice:{item.ref}", clock="grievance")
    assert grievance.rule == "in.it.3-2.dispose-7d"
    assert upheld(item, rita).ends_at is None
    grievance.refresh_from_db()
    assert grievance.outcome == "met"


def test_no_other_law_knows_grievances_or_such_a_day() -> None:
    made = disputes.dispute("us")
    assert not Deadline.objects.filter(clock="grievance").exists()
    assert made.decision.ends_at is None


def test_while_an_examiner_is_asked_the_days_of_a_grievance_go_on_and_the_other_clock_stands_still() -> None:
    item, rita, _ = filed(RightKind.WORD_MARK)
    ask_examiner.ask(item=item.ref, question="Is the clasp yours?", actor=rita, at=LATER)
    due = dict(Deadline.objects.filter(subject=f"notice:{item.ref}", closed_at=None).values_list("clock", "due_at"))
    assert due["act_on_notice"] is None
    assert due["grievance"] is not None
