"""Good faith on both sides: by rule the lane, by people a warning, then a suspension; appealed and lifted."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.factories import accounts, registry
from tests.factories.disputes import LATER, Dispute, dispute
from touchmark.apps.accounts.models import User
from touchmark.apps.counters.models import CounterNotice
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.tiers import actions, queries
from touchmark.apps.tiers.actions import NothingProposed, OwnMeasure, Suspended, Throttled, WhyMissing
from touchmark.apps.tiers.models import Measure, Tier
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor, Role
from touchmark.flows.lapse import lapse_due
from touchmark.flows.retract_notice import retract

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


def settled(made: Dispute, status: str, count: int, *, at: datetime = LATER) -> list[NoticeItem]:
    """Give so many more listings of the notice that were settled like this."""
    first = NoticeItem.objects.filter(notice=made.item.notice).count() + 1
    rows = [
        NoticeItem(
            notice=made.item.notice,
            number=number,
            ref=f"N-{number:04}-{made.law}",
            holder=made.item.holder,
            right=made.item.right,
            listing=made.item.listing,
            regime=made.item.regime,
            status=status,
            filed_at=at,
            settled_at=at,
        )
        for number in range(first, first + count)
    ]
    return NoticeItem.objects.bulk_create(rows)


def lane(made: Dispute, side: Side = Side.NOTIFIER, at: datetime = LATER + DAY) -> str:
    who = made.vera if side == Side.NOTIFIER else made.sam
    return str(queries.standing_of(who.organisation, side, at=at).status)


def marked(made: Dispute, count: int, at: datetime = LATER) -> None:
    for item in settled(made, "refused", count, at=at):
        actions.mark(item=item, intended=False, why="The goods are its own.", actor=made.rita, at=at)


def taken(made: Dispute, kind: str, at: datetime) -> Measure:
    holder = registry.organisation_of(made.vera)
    why = "Three named your own goods."
    return actions.take(organisation=holder, side=Side.NOTIFIER, kind=kind, why=why, actor=made.rita, at=at)


def test_a_shop_with_five_notices_earns_the_fast_lane_and_one_with_much_unfounded_is_watched() -> None:
    made = dispute()
    assert lane(made) == "normal"
    settled(made, "upheld", 4)
    assert lane(made) == "fast"
    settled(made, "refused", 8)
    assert lane(made) == "watched"


def test_what_returned_because_nobody_sued_counts_for_neither_side() -> None:
    made = dispute("us")
    counter = made.answered()
    lapse_due(LATER + 30 * DAY)
    at = LATER + 31 * DAY
    assert CounterNotice.objects.get(pk=counter.pk).status == "put_back"
    for who, side in ((made.vera, Side.NOTIFIER), (made.sam, Side.COUNTER_NOTIFIER)):
        assert queries.standing_of(who.organisation, side, at=at).made.numbers.good.of == 0


def test_one_taken_back_when_answered_counts_and_one_unasked_does_not() -> None:
    made, other = dispute(), dispute("cn")
    made.answered()
    for one in (made, other):
        retract(ref=one.item.ref, reason="We were wrong.", actor=one.vera, at=LATER + DAY)
    counts = [queries.standing_of(o.vera.organisation, Side.NOTIFIER, at=LATER + 2 * DAY) for o in (made, other)]
    assert [standing.made.numbers.unfounded.count for standing in counts] == [1, 0]


def test_nobody_is_warned_without_the_rule_or_suspended_without_a_warning() -> None:
    made = dispute()
    with pytest.raises(NothingProposed):
        taken(made, "warn", LATER)
    marked(made, 3)
    with pytest.raises(IllegalMove):
        taken(made, "suspend", LATER + DAY)
    holder = registry.organisation_of(made.vera)
    with pytest.raises(WhyMissing):
        actions.take(organisation=holder, side=Side.NOTIFIER, kind="warn", why=" ", actor=made.rita, at=LATER + DAY)
    taken(made, "warn", LATER + DAY)
    with pytest.raises(NothingProposed):
        taken(made, "suspend", LATER + 2 * DAY)


def suspended(made: Dispute, *, since: datetime = LATER) -> Measure:
    """Let a notifier be warned, go on, and be suspended three days after a moment."""
    marked(made, 3, at=since)
    taken(made, "warn", since + DAY)
    marked(made, 3, at=since + 2 * DAY)
    return taken(made, "suspend", since + 3 * DAY)


def test_a_suspended_notifier_files_nothing_appeals_and_wins() -> None:
    made = dispute()
    measure = suspended(made)
    about: dict[str, Any] = {"reason": "suspected_fake", "listings": 1, "at": LATER + 4 * DAY}
    with pytest.raises(Suspended, match=measure.ref):
        actions.require_may_file(made.vera.organisation, **about)
    letter = Letter.objects.filter(kind="tier_measure").latest("id")
    assert (letter.content["what"], letter.content["numbers"]["manifest"]["count"]) == ("suspended", 6)
    actions.contest(ref=measure.ref, grounds="They were not ours.", actor=made.vera, at=LATER + 4 * DAY)
    with pytest.raises(OwnMeasure):
        actions.answer(ref=measure.ref, lift=True, text="So.", actor=made.rita, at=LATER + 5 * DAY)
    ravi = accounts.actor(Role.REVIEWER)
    actions.answer(ref=measure.ref, lift=True, text="The photos were mixed up.", actor=ravi, at=LATER + 5 * DAY)
    actions.require_may_file(made.vera.organisation, **about)
    assert Tier.objects.get().status == "normal"


def test_a_suspension_ends_by_its_clock_and_leaves_a_watch_with_a_limit() -> None:
    made = dispute()
    measure = suspended(made)
    assert lapse_due(measure.until + DAY) >= 1
    assert Tier.objects.get().status == "watched"
    about: dict[str, Any] = {"reason": "suspected_fake", "at": measure.until + DAY}
    actions.require_may_file(made.vera.organisation, listings=300, **about)
    with pytest.raises(Throttled, match="300"):
        actions.require_may_file(made.vera.organisation, listings=301, **about)


def test_a_suspended_seller_answers_by_statute_and_by_policy_not() -> None:
    for law, refused in (("platform", True), ("us", False)):
        made = dispute(law)
        row = Tier.objects.create(
            organisation_id=made.sam.organisation, side=Side.COUNTER_NOTIFIER, status="suspended", changed_at=LATER
        )
        Measure.objects.create(
            ref=f"W-{law}",
            tier=row,
            kind="suspend",
            why="Forged invoices.",
            numbers={},
            taken_by_id=made.rita.person,
            taken_at=LATER,
            until=LATER + 90 * DAY,
            appeal_by=LATER + 90 * DAY,
        )
        if refused:
            with pytest.raises(Suspended):
                made.answered()
        else:
            assert made.answered().status == "arrived"


def test_a_warned_sellers_answer_waits_for_a_reviewer_under_policy() -> None:
    made = dispute()
    Tier.objects.create(
        organisation_id=made.sam.organisation, side=Side.COUNTER_NOTIFIER, status="warned", changed_at=LATER
    )
    assert made.answered().status == "received"


def client_of(actor: Actor) -> Client:
    return accounts.signed_in(User.objects.get(pk=actor.user_id))


def test_the_pages_show_the_numbers_and_let_people_appeal(monkeypatch: pytest.MonkeyPatch) -> None:
    made = dispute()
    measure = suspended(made)
    monkeypatch.setattr("touchmark.web.clock.now", lambda: LATER + 4 * DAY)
    holder = client_of(made.vera)
    page = holder.get("/record/").content.decode()
    assert "Suspended" in page
    assert "platform.tier.notifier" in page
    assert f"/record/{measure.ref}/appeal/" in page
    address = f"/record/{measure.ref}/appeal/"
    assert holder.post(address, {"grounds": " "}).status_code == 422
    assert holder.post(address, {"grounds": "They were not ours."}).status_code == 302
    reviewer = client_of(accounts.actor(Role.REVIEWER))
    assert measure.ref in reviewer.get("/desk/good-faith/").content.decode()
    desk = f"/desk/good-faith/{made.vera.organisation_id}/notifier/"
    assert "They were not ours." in reviewer.get(desk).content.decode()
    answer = {"do": "lift", "measure": measure.ref, "text": ""}
    assert reviewer.post(desk, answer).status_code == 422
    assert reviewer.post(desk, answer | {"text": "The photos were mixed up."}).status_code == 302
    assert Measure.objects.get(pk=measure.pk).lifted
    with pytest.raises(NotYours):
        actions.take(
            organisation=registry.organisation_of(made.vera),
            side=Side.NOTIFIER,
            kind="warn",
            why="x",
            actor=made.vera,
            at=LATER + 5 * DAY,
        )
