"""What falls due at the desk is by the law's clocks; what is late stays in sight; the 24-hour figure counts it so."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from tests.factories import accounts, decisions
from tests.factories.decisions import Desk, acting

from touchmark.apps.catalog.kinds import Gone
from touchmark.apps.catalog.models import Listing
from touchmark.apps.decisions import answers, queue
from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.desk import day_figure, due
from touchmark.apps.desk.day_figure import Figure
from touchmark.apps.desk.due import Counts
from touchmark.apps.notices import actions as notices
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.screening.models import Waiting
from touchmark.engine.terms import Actor, Reach, Role
from touchmark.flows import listing_gone
from touchmark.flows.lapse import lapse_due

#: Reported on Saturday 1 August: the weekend does not count, and all of Monday does.
DUE = datetime(2026, 8, 4, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def made(db: None, settings: Any, tmp_path: Path) -> Desk:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = (tmp_path / name for name in ("blobs", "snaps", "shards"))
    return decisions.desk()


def test_a_reported_listing_is_due_by_its_laws_clock_and_stays_so_when_it_is_late(made: Desk) -> None:
    paul = acting(made.paul)
    (item,) = due.items(paul, before=DUE + MINUTE)
    assert abs(item.due_at - DUE) < MINUTE
    assert due.listings(paul, DUE - due.SOON - 2 * MINUTE) == Counts(0, 0)
    assert due.listings(paul, DUE - due.SOON + MINUTE) == Counts(1, 0)
    late = DUE + timedelta(hours=3)
    assert lapse_due(late) == 1
    assert due.listings(paul, late) == Counts(1, 1)
    assert due.of_listings([item]) == {item.listing_id: item.due_at}
    decisions.restriction(made, "reported", at=late)
    assert due.listings(paul, late) == Counts(0, 0)


def test_nobody_sees_what_falls_due_beyond_their_reach(made: Desk) -> None:
    limited = Actor(
        made.paul.pk,
        1,
        frozenset({Role.POLICY_OWNER}),
        limits=((Role.POLICY_OWNER, Reach(marketplaces=frozenset({"lumina"}))),),
    )
    assert not due.items(limited, before=DUE + MINUTE).exists()
    assert not due.items(accounts.actor(Role.HOLDER), before=DUE + MINUTE).exists()
    assert day_figure.figures(accounts.actor(Role.REVIEWER), DUE, days=30) == []


def test_an_appeal_is_due_by_the_laws_business_days(made: Desk) -> None:
    decisions.appeal(made, decisions.restriction(made, "disguised"), at=decisions.LATER)
    ten_business_days = datetime(2026, 8, 14, 22, tzinfo=UTC)
    assert due.appeals(ten_business_days - due.SOON - MINUTE).soon == 0
    assert due.appeals(ten_business_days - due.SOON + timedelta(hours=3)) == Counts(1, 0)
    assert due.appeals(ten_business_days + timedelta(hours=3)) == Counts(1, 1)


def of_all(made: Desk, at: datetime) -> dict[str, Figure]:
    return {row.level: row for row in day_figure.figures(acting(made.paul), at, days=30) if not row.marketplace}


def test_the_24_hour_figure_counts_from_the_complete_notice_to_the_marketplaces_word(made: Desk) -> None:
    open_now = of_all(made, decisions.LATER)
    assert (open_now["listing"].waiting, open_now["listing"].share) == (1, None)
    decision = decisions.restriction(made, "reported")
    assert of_all(made, decisions.LATER)["listing"].waiting == 1  # decided, and the marketplace has not said so
    answers.hear(ref=decision.ref, event_type="listing.restricted", at=decisions.LATER + timedelta(minutes=5))
    kept = of_all(made, decisions.LATER + timedelta(hours=1))
    assert (kept["listing"].within, kept["listing"].share, kept["notice"].share) == (1, 1.0, 1.0)


def test_what_is_left_open_counts_as_late_and_what_is_incomplete_does_not_count(made: Desk) -> None:
    late = DUE + timedelta(days=1)
    assert (of_all(made, late)["listing"].late, of_all(made, late)["listing"].share) == (1, 0.0)
    NoticeItem.objects.update(status="waiting")
    assert (of_all(made, late)["listing"].counted, of_all(made, late)["listing"].waiting) == (0, 0)


def test_a_listing_that_went_in_time_is_not_counted_and_begins_anew_when_it_is_back(made: Desk) -> None:
    item = NoticeItem.objects.get()
    went, back = DUE - timedelta(hours=2), DUE + timedelta(days=2)
    said = {item.listing.listing_id: Gone.SELLER}
    bazaar = Actor.program_of(item.listing.marketplace.slug)
    listing_gone.say_gone(marketplace=item.listing.marketplace.slug, said=said, actor=bazaar, at=went)
    assert of_all(made, back)["listing"].counted == of_all(made, back)["listing"].waiting == 0
    Listing.objects.update(gone_at=None, gone_because="")
    assert listing_gone.keep_up(at=back) == 1
    assert of_all(made, back + timedelta(hours=20))["listing"].waiting == 1
    assert of_all(made, back + timedelta(hours=30))["listing"].late == 1


def test_a_listing_that_was_late_before_it_went_stays_late(made: Desk) -> None:
    item = NoticeItem.objects.get()
    late = DUE + timedelta(hours=3)
    assert lapse_due(late) == 1
    said = {item.listing.listing_id: Gone.SELLER}
    bazaar = Actor.program_of(item.listing.marketplace.slug)
    listing_gone.say_gone(marketplace=item.listing.marketplace.slug, said=said, actor=bazaar, at=late + MINUTE)
    assert of_all(made, late + timedelta(days=1))["listing"].late == 1
    lapse_due(late + timedelta(days=100))
    item.refresh_from_db()
    assert item.status == "lapsed"
    long_after = day_figure.figures(acting(made.paul), late + timedelta(days=101), days=200)
    assert next(row for row in long_after if row.level == "listing").late == 1


def test_the_queue_keeps_which_is_due_first_and_puts_what_no_clock_runs_for_behind(made: Desk) -> None:
    rita, by_due = acting(made.rita), Wanted(order="due")
    decisions.notice(made, "copied", at=decisions.AT + timedelta(days=4))
    rows = queue.page(rita, by_due)
    assert [row.listing.listing_id for row in rows[:2]] == ["L-reported", "L-copied"]
    behind = [row.listing.listing_id for row in rows[2:]]
    assert behind == [row.listing.listing_id for row in queue.page(rita) if not row.notices]  # the most urgent first
    kept = Waiting.objects.get(listing__listing_id="L-reported")
    assert abs(kept.due_at - DUE) < MINUTE
    (item,) = NoticeItem.objects.filter(listing=kept.listing)
    notices.withdraw(ref=item.ref, actor=made.vera, at=decisions.LATER)
    assert not Waiting.objects.filter(listing=kept.listing, due_at__lt=Waiting.NEVER).exists()


def test_what_waited_before_the_queue_knew_of_clocks_is_filled_in(made: Desk) -> None:
    before = dict(Waiting.objects.values_list("pk", "due_at"))
    Waiting.objects.update(due_at=Waiting.NEVER)
    import_module("touchmark.apps.screening.migrations.0012_due_first").fill(apps, None)
    assert dict(Waiting.objects.values_list("pk", "due_at")) == before
