"""A notice that lacks what a law asks for waits on a clock: completed in time it is judged, else it lapses."""

import threading
import time
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.factories.at_once import at_once
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog.actions import Company
from touchmark.apps.catalog.naming import named
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import actions, queries
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.engine.lifecycle.table import IllegalMove
from touchmark.engine.terms import Actor, RightKind
from touchmark.flows.lapse import lapse_due
from touchmark.flows.report_listing import report_all

NEW_YORK = ZoneInfo("America/New_York")
#: What the Digital Millennium Copyright Act asks for beyond what the account and the register say.
DMCA = {
    "signature": "Vera Stone",
    "work": "The photograph of the bag, catalogue of 2024, page 12",
    "address": "1 Mill Lane, Leeds, United Kingdom",
    "phone": "+44 20 7946 0000",
    "statement_good_faith": True,
    "statement_accuracy": True,
    "statement_authority": True,
}


@pytest.fixture
def holder(db: None) -> Actor:
    return registry.holder("Aldermoor Ltd")


def filed(holder: Actor, *, particulars: dict[str, Any] | None = None, listings: int = 2, at: datetime = AT) -> Notice:
    """File a copyright notice on a marketplace in the United States."""
    company = Company(established="US", calendar="us", zone="America/New_York")
    catalog.marketplace("harbor", territories=["US"], company=company)
    rows = [catalog.listing(on="harbor", listing_id=f"H-{uuid4()}") for _ in range(listings)]
    right = registry.verified(holder, text="", kind=RightKind.COPYRIGHT, image_name="bag.jpg")
    form = NoticeForm(NoticeReason.COPIED_PICTURE, "It is our photograph.", True, uuid4(), particulars or {})
    names = [named(f"harbor:{row.listing_id}") for row in rows]
    return report_all(right=right.ref, listings=names, form=form, actor=holder, at=at).notice


def states(notice: Notice) -> tuple[str, set[str]]:
    notice.refresh_from_db()
    return notice.status, {item.status for item in queries.items_of(notice)}


def running(subject: str) -> dict[str, datetime | None]:
    return {one.clock: one.due_at for one in deadlines.running_of_each([subject])[subject]}


def test_an_incomplete_notice_says_what_is_missing_and_by_when_to_give_it(holder: Actor) -> None:
    notice = filed(holder)
    assert states(notice) == ("incomplete", {"waiting"})
    letter = Letter.objects.get(kind="notice_incomplete")
    assert [row["asks"] for row in letter.content["lacking"]] == [
        "a signature",
        "the work that was copied",
        "a postal address",
        "a telephone number",
        "the statement of good faith",
        "the statement that the notice is accurate",
        "the statement that you may act, under penalty of perjury",
    ]
    (due,) = running(f"filing:{notice.ref}").values()
    assert due is not None
    assert letter.content["by"] == due.isoformat()
    assert (due.astimezone(NEW_YORK).hour, due.astimezone(NEW_YORK).minute) == (23, 59)
    assert not Letter.objects.filter(kind="notice_received").exists()


@pytest.mark.django_db(transaction=True)
def test_completed_in_the_moment_in_which_its_time_ends_nobody_is_turned_away_by_the_database(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    vera = registry.holder("Aldermoor Ltd")
    notice = filed(vera)
    (due,) = running(f"filing:{notice.ref}").values()
    assert due is not None
    holds_the_listings, take = threading.Event(), actions.take_listings

    def slowly(items: Any) -> None:
        take(items)
        if not holds_the_listings.is_set():
            holds_the_listings.set()
            time.sleep(0.7)  # until the clock stands there too

    monkeypatch.setattr(actions, "take_listings", slowly)

    def the_clock() -> int:
        holds_the_listings.wait(20)
        return lapse_due(due + timedelta(seconds=1))

    def completed() -> object:
        return actions.complete(ref=notice.ref, particulars=DMCA, actor=vera, at=due - timedelta(seconds=1))

    assert at_once(completed, the_clock) == [(), 0]
    assert states(notice) == ("complete", {"received"})


def test_what_is_said_with_the_notice_need_not_be_said_again(holder: Actor) -> None:
    notice = filed(holder, particulars=DMCA)
    assert states(notice) == ("complete", {"received"})
    for item in queries.items_of(notice):
        assert item.regime == "us"
        assert set(running(f"notice:{item.ref}")) == {"act_on_notice"}


def test_part_of_it_is_kept_and_the_rest_asked_for_again(holder: Actor) -> None:
    notice = filed(holder)
    first = {name: DMCA[name] for name in ("signature", "work", "address")}
    lacking = actions.complete(ref=notice.ref, particulars=first, actor=holder, at=AT + timedelta(hours=1))
    assert lacking[0].name == "phone"
    assert states(notice) == ("incomplete", {"waiting"})
    begun = AT + timedelta(days=2)
    assert actions.complete(ref=notice.ref, particulars=DMCA, actor=holder, at=begun) == ()
    assert states(notice) == ("complete", {"received"})
    assert running(f"filing:{notice.ref}") == {}
    one = Deadline.objects.filter(clock="act_on_notice").first()
    assert one is not None
    assert one.started_at == begun  # the clock runs from the complete notice
    with pytest.raises(IllegalMove):
        actions.complete(ref=notice.ref, particulars=DMCA, actor=holder, at=begun)


def test_not_completed_in_time_it_lapses_once_even_after_a_week_in_which_nobody_looked(holder: Actor) -> None:
    notice = filed(holder)
    (due,) = running(f"filing:{notice.ref}").values()
    assert due is not None
    assert lapse_due(due) == 0  # its last second is still in time
    assert lapse_due(due + timedelta(days=7)) == 1
    assert states(notice) == ("lapsed", {"lapsed"})
    assert lapse_due(due + timedelta(days=8)) == 0
    assert Letter.objects.filter(kind="notice_lapsed").count() == 1
    assert Event.objects.filter(kind="lapse", stream__startswith="deadline:").count() == 1


def test_one_who_completes_before_the_sweep_comes_is_not_lapsed(holder: Actor) -> None:
    notice = filed(holder)
    actions.complete(ref=notice.ref, particulars=DMCA, actor=holder, at=AT + timedelta(days=1))
    lapse_due(AT + timedelta(days=60))
    assert states(notice) == ("complete", {"received"})


def test_withdrawn_it_waits_for_nothing(holder: Actor) -> None:
    notice = filed(holder)
    actions.withdraw(ref=notice.ref, actor=holder, at=AT)
    assert states(notice) == ("withdrawn", {"withdrawn"})
    assert not Deadline.objects.filter(closed_at=None).exists()


def test_late_at_the_desk_is_noted_and_nothing_is_decided_by_itself(holder: Actor) -> None:
    notice = filed(holder, particulars=DMCA)
    assert lapse_due(AT + timedelta(days=30)) == 2
    assert states(notice) == ("complete", {"received"})
    assert set(Deadline.objects.values_list("clock", "outcome")) == {("act_on_notice", "lapsed")}


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_once_one_acts() -> None:
    holder = registry.holder()
    filed(holder)
    late = AT + timedelta(days=30)
    assert sorted(at_once(lambda: lapse_due(late), lambda: lapse_due(late))) == [0, 1]
    assert Letter.objects.filter(kind="notice_lapsed").count() == 1
