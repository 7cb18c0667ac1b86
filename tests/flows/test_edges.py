"""Found by reading: edges of days and places, what is over, what stands beside; each was wrong once."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, registry
from tests.factories import disputes as answered
from tests.factories.accounts import AT
from tests.flows.answer_notice.said import due, suit
from tests.flows.test_consequences import banned, choice, kinds, looked
from tests.flows.test_resolve_appeal import filed, resolved
from tests.flows.world import LATER, World, appeal_form
from touchmark.apps.appeals import actions as appeals
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.apps.catalog.naming import named
from touchmark.apps.counters.actions import GivenFile
from touchmark.apps.counters.kinds import FileKind, Said
from touchmark.apps.counters.models import Reply
from touchmark.apps.counters.suits import RulingForm
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions import putting_back
from touchmark.apps.decisions.actions import IncompleteDecision
from touchmark.apps.decisions.kinds import DecisionKind
from touchmark.apps.decisions.models import Decision, Statement
from touchmark.apps.disputes import actions as disputes
from touchmark.apps.disputes.actions import DisputeForm
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import queries as notice_queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.reports import statements
from touchmark.apps.reports.models import Submission
from touchmark.apps.tiers import queries as tiers
from touchmark.apps.tiers.models import Tier
from touchmark.apps.traders import queries as traders
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.policy.clocks import ClockRefuses
from touchmark.engine.terms import RightKind, Role
from touchmark.flows import answer_notice, ask_examiner, correct_listing, keep_after_suit
from touchmark.flows.end_restrictions import end_due
from touchmark.flows.lapse import lapse_due
from touchmark.flows.report_listing import report_all
from touchmark.flows.resolve_appeal import resolve
from touchmark.flows.restrict_seller import answer, propose

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


def test_a_ban_is_told_to_the_database_and_a_link_keeps_nothing_back(world: World) -> None:
    ban = banned(world)
    catalog.listing(seller_id="s-9", at=LATER)
    other = Seller.objects.get(seller_id="s-9")
    said = choice(kind=DecisionKind.LINK, linked_to=other, facts="Both are paid to the same account.")
    link = propose(marketplace="bazaar", seller_id="s-1", choice=said, actor=world.rita, at=LATER + 12 * DAY)
    answer(ref=link.ref, event="approve", reason="", actor=world.ravi, at=LATER + 12 * DAY)
    assert statements.gather(at=LATER + 13 * DAY) == 3
    body = Submission.objects.get(decision=ban).body
    assert body["decision_provision"] == "DECISION_PROVISION_PARTIAL_SUSPENSION"
    assert body["end_date_service_restriction"] == (LATER + 25 * DAY).date().isoformat()
    assert body["automated_decision"] == "AUTOMATED_DECISION_PARTIALLY"
    assert statements.gather(at=LATER + 14 * DAY) == 0


def test_who_owns_a_right_or_reported_as_a_guest_is_not_named_in_the_database() -> None:
    made = answered.from_a_guest()
    Marketplace.objects.update(regime="eu")
    Decision.objects.update(facts="Mara Voss reports it under the word mark of Mara Voss.")
    Statement.objects.update(regime="eu")
    statements.gather(at=LATER)
    assert "Mara" not in str(Submission.objects.get().body)
    assert made.decision.ref in str(Submission.objects.get().body)


def test_a_persons_decision_is_told_as_one_and_a_correction_from_the_day_that_was_missed(world: World) -> None:
    decision = world.restrict(kind=DecisionKind.CORRECT, correct_by=LATER + 5 * DAY, measure=DecisionKind.REMOVE)
    correct_listing.keep_up(at=LATER + 6 * DAY)
    decision.refresh_from_db()
    assert decision.status == "in_force"
    statements.gather(at=LATER + 7 * DAY)
    body = Submission.objects.get().body
    assert body["application_date"] == (LATER + 5 * DAY).date().isoformat()
    assert body["automated_decision"] == "AUTOMATED_DECISION_NOT_AUTOMATED"


def test_a_ban_goes_with_a_decision_that_was_put_back(world: World) -> None:
    banned(world)
    last = Decision.objects.filter(kind="remove").latest("pk")
    putting_back.put_back(decision=last, reason="They are genuine.", actor=world.rita, at=LATER + 12 * DAY)
    looked(LATER + 12 * DAY)
    assert kinds() == [("ban", "reversed")]


def test_what_has_ended_is_not_narrowed_to_something_new(world: World) -> None:
    decision = world.restrict(ends_at=LATER + DAY)
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    end_due(LATER + 2 * DAY)
    with pytest.raises(IncompleteDecision):
        resolve(
            ref=appeal.ref,
            event="reverse_partly",
            text="Enough.",
            choice=world.choice(kind=DecisionKind.HIDE),
            actor=world.ravi,
            at=LATER + 3 * DAY,
        )
    assert Decision.objects.count() == 1


def test_an_appeal_against_what_was_reversed_meanwhile_can_be_answered_for_the_seller(world: World) -> None:
    ban = banned(world)
    appeal = filed_late(world, ban)
    last = Decision.objects.filter(kind="remove").latest("pk")
    resolved(world, filed(world, last), "reverse")
    looked(LATER + 12 * DAY)
    ban.refresh_from_db()
    assert ban.status == "reversed"
    answered_appeal = resolve(
        ref=appeal.ref, event="reverse", text="It is gone.", actor=world.rita, at=LATER + 13 * DAY
    )
    assert answered_appeal.status == "reversed"


def filed_late(world: World, decision: Decision) -> Any:
    return appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER + 11 * DAY)


@pytest.mark.parametrize(
    ("zone", "at"),
    [
        ("Europe/Brussels", datetime(2026, 9, 12, 22, 30, tzinfo=UTC)),
        ("America/New_York", datetime(2026, 9, 12, 2, 0, tzinfo=UTC)),
    ],
)
def test_the_day_on_which_a_body_received_it_is_that_day_where_the_marketplace_is(
    world: World, zone: str, at: datetime
) -> None:
    Marketplace.objects.update(zone=zone)
    decision = world.restrict()
    appeal = appeals.file(decision_ref=decision.ref, form=appeal_form(), actor=world.sam, at=LATER)
    resolve(ref=appeal.ref, event="uphold", text="It is the mark.", actor=world.ravi, at=LATER)
    form = DisputeForm(body="adroit", number="1", received_on=date(2026, 9, 10), request_key=uuid4())
    told = disputes.tell(appeal_ref=appeal.ref, form=form, actor=world.sam, at=at)
    clock = Deadline.objects.get(subject=f"dispute:{told.ref}")
    assert clock.due_at is not None
    # 90 days after 10 September is 9 December, a Wednesday
    assert clock.due_at.astimezone(told.appeal.decision.marketplace.place.zone).date() == date(2026, 12, 9)


def test_a_sellers_last_day_to_appeal_is_counted_where_its_marketplace_is(world: World) -> None:
    Marketplace.objects.update(calendar="es", zone="Europe/Madrid")
    decision = world.restrict(at=datetime(2026, 4, 12, 9, tzinfo=UTC))
    # six months on is 12 October, a holiday in Spain, and none in Belgium
    assert decision.statement.appeal_by == datetime(2026, 10, 13, 21, 59, 59, tzinfo=UTC)


def of_india(*, at: datetime = AT) -> NoticeItem:
    """Report a copied picture on a marketplace in India."""
    vera = registry.holder("Aldermoor Ltd")
    company = Company(established="IN", calendar="in", zone="Asia/Kolkata")
    catalog.marketplace("shop-in", territories=["IN"], company=company)
    listing = catalog.listing(on="shop-in", title="A leather bag")
    right = registry.verified(vera, kind=RightKind.COPYRIGHT, text="", image_name="bag.jpg", territories=("IN",))
    said = {"work": "A photo.", "not_excepted": "None applies.", "suit_undertaking": True}
    form = NoticeForm(NoticeReason.COPIED_PICTURE, "This is not ours.", True, uuid4(), said)
    names = [named(f"shop-in:{listing.listing_id}")]
    return notice_queries.items_of(report_all(right=right.ref, listings=names, form=form, actor=vera, at=at).notice)[0]


def test_an_examiner_is_asked_where_the_law_lets_no_clock_stand_still() -> None:
    item = of_india()
    before = Deadline.objects.get(subject=f"notice:{item.ref}", clock="act_on_notice").due_at
    rita = accounts.actor(Role.REVIEWER)
    ask_examiner.ask(item=item.ref, question="Is it yours?", actor=rita, at=AT + timedelta(hours=1))
    item.refresh_from_db()
    assert item.status == "examined"
    assert Deadline.objects.get(subject=f"notice:{item.ref}", clock="act_on_notice").due_at == before


def test_the_fast_lane_is_never_slower_than_the_law(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("touchmark.flows.report_listing.lane_of", lambda *_a, **_k: "fast")
    friday = datetime(2026, 8, 7, 12, 30, tzinfo=UTC)  # 18:00 in India
    item = of_india(at=friday)
    assert item.notice.lane == "fast"
    clock = Deadline.objects.get(subject=f"notice:{item.ref}", clock="act_on_notice")
    assert clock.due_at is not None
    assert clock.due_at <= friday + timedelta(hours=36)


def test_no_delay_is_claimed_where_the_law_counts_none() -> None:
    made = answered.dispute("us")
    counter = made.answered()
    files = [GivenFile(FileKind.DELAY, answered.picture(3))]
    said: dict[str, Any] = {"ref": counter.ref, "said": Said.CLAIM_DELAY, "text": "The notary.", "files": files}
    with pytest.raises(ClockRefuses):
        answer_notice.reply(**said, actor=made.vera, at=LATER + DAY)
    assert not Reply.objects.exists()
    assert not Letter.objects.filter(kind="counter_goes_on").exists()


def test_an_objection_stands_though_the_suit_beside_it_is_struck_out() -> None:
    made = answered.dispute()
    counter = made.answered()
    answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text="Not our invoice.", actor=made.vera, at=LATER + DAY)
    answer_notice.show_suit(ref=counter.ref, form=suit(), actor=made.vera, at=LATER + 2 * DAY)
    at = LATER + 20 * DAY
    answer_notice.judge(ref=counter.ref, event="strike_out", text="A letter is no suit.", actor=made.rita, at=at)
    lapse_due(at + DAY)
    assert made.status() == ("answered", "upheld", "in_force")
    assert due(counter, "decide_counter") > at


def test_an_answer_that_was_completed_is_forwarded_by_a_day_counted_from_then() -> None:
    made = answered.dispute()
    Tier.objects.create(
        organisation_id=made.sam.organisation_id, side="counter_notifier", status="watched", changed_at=AT
    )
    counter = made.answered()
    assert counter.status == "received"
    answer_notice.judge(ref=counter.ref, event="ask_for_more", text="Which maker?", actor=made.rita, at=LATER + DAY)
    at = LATER + 5 * DAY
    answer_notice.complete(ref=counter.ref, form=answered.form("platform"), actor=made.sam, at=at)
    assert due(counter, "forward_counter") > at


def test_a_ruling_that_said_nothing_changes_no_record() -> None:
    made = answered.dispute()
    counter = made.answered()
    answer_notice.reply(ref=counter.ref, said=Said.OBJECT, text="Not our invoice.", actor=made.vera, at=LATER + DAY)
    answer_notice.judge(ref=counter.ref, event="allow", text="It is.", actor=made.rita, at=LATER + 2 * DAY)

    def counted() -> tuple[int, int]:
        theirs = tiers.standing_of(made.vera.organisation, Side.NOTIFIER, at=LATER + 9 * DAY).made.numbers
        own = tiers.standing_of(made.sam.organisation, Side.COUNTER_NOTIFIER, at=LATER + 9 * DAY).made.numbers
        return theirs.overturned.count, own.good.count

    assert counted() == (1, 1)
    ruling = RulingForm(
        "District Court", "26-cv-1", date(2026, 8, 3), (GivenFile(FileKind.RULING, answered.picture(8)),)
    )
    keep_after_suit.show_ruling(ref=counter.ref, form=ruling, actor=made.vera, at=LATER + 5 * DAY)
    assert counted()[0] == 1
    answer_notice.judge(ref=counter.ref, event="no_ruling", text="Another shop.", actor=made.rita, at=LATER + 6 * DAY)
    assert counted() == (1, 1)


@pytest.mark.parametrize(("size", "asked"), [("micro", 0), ("small", 0), ("medium", 1), ("very_large", 1)])
def test_a_trader_is_asked_under_a_law_by_no_marketplace_that_it_lets_off(world: World, size: str, asked: int) -> None:
    Marketplace.objects.update(size=size)
    assert len(traders.to_ask(LATER)) == asked


@pytest.mark.parametrize(("lane", "by"), [("trusted", "a trusted flagger"), ("normal", "the holder of the right")])
def test_the_seller_is_told_by_whom_the_notice_was(world: World, lane: str, by: str) -> None:
    world.report()
    Notice.objects.update(lane=lane)
    assert world.restrict().statement.content["source"] == f"We acted on a notice by {by}."
