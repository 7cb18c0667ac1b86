"""Each listing of a notice is screened for it, and what is evident is proposed: a person decides."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.factories.at_once import at_once
from touchmark.apps.accounts.models import User
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog.naming import Named
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.decisions import queue
from touchmark.apps.decisions.models import Decision
from touchmark.apps.decisions.wanted import Wanted
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.apps.screening.models import Waiting
from touchmark.engine.terms import Actor, Role
from touchmark.flows import look_first
from touchmark.flows.report_listing import report_all

LATER = AT + timedelta(minutes=1)
pytestmark = pytest.mark.django_db
#: A plain use at a tenth of the price; a case that fits; a teapot.
USED, NAMED, OTHER = "ALDERMOOR leather bag 1:1 replica", "Strap for ALDERMOOR bags", "A teapot"


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


@pytest.fixture
def vera(db: None) -> Actor:
    return registry.holder("Aldermoor Ltd")


@pytest.fixture
def right(vera: Actor) -> Right:
    return registry.verified(vera, text="ALDERMOOR", reference_price=Decimal(400), currency="EUR")


def filed(vera: Actor, right: Right, *titles: str, price: float = 19.0) -> list[NoticeItem]:
    """Report listings of these titles that nobody has screened yet."""
    made = [
        catalog.listing(title=title, price=price, currency="EUR", listing_id=f"L{n}") for n, title in enumerate(titles)
    ]
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    names = [Named(one.listing_id, "bazaar") for one in made]
    notice = report_all(right=right.ref, listings=names, form=form, actor=vera, at=AT).notice
    return list(NoticeItem.objects.filter(notice=notice).order_by("number"))


def stand(items: list[NoticeItem]) -> list[tuple[str, str]]:
    for item in items:
        item.refresh_from_db()
    return [(item.status, item.evident.rpartition(".")[2]) for item in items]


def test_what_is_evident_is_proposed_and_nothing_is_decided(vera: Actor, right: Right) -> None:
    items = filed(vera, right, USED, OTHER)
    assert look_first.keep_up(at=LATER) == 2
    assert stand(items) == [("proposed", "used"), ("received", "")]
    assert {item.looked_at for item in items} == {LATER}
    assert not Decision.objects.exists()
    assert Event.objects.filter(stream=f"notice:{items[0].ref}").values_list("kind", flat=True)[1] == "propose"
    assert Waiting.objects.get(listing=items[0].listing).proposed == "uphold"
    assert Waiting.objects.get(listing=items[1].listing).proposed == ""
    # the clock to act goes on as it was: a proposal is no act
    assert Deadline.objects.filter(subject=f"notice:{items[0].ref}", closed_at=None).count() == 1


def test_a_listing_is_looked_at_once_and_not_again(vera: Actor, right: Right) -> None:
    filed(vera, right, USED)
    assert look_first.keep_up(at=LATER) == 1
    assert look_first.keep_up(at=LATER + timedelta(hours=1)) == 0


def test_a_seller_whom_the_holder_named_is_proposed_to_be_left_alone(vera: Actor) -> None:
    right = registry.verified(vera, text="ALDERMOOR", authorised_sellers=("s-1",))
    items = filed(vera, right, "ALDERMOOR leather bag", price=390.0)
    look_first.keep_up(at=LATER)
    assert stand(items) == [("proposed", "permitted")]


def test_what_was_screened_since_the_right_was_verified_is_not_screened_again(
    vera: Actor, right: Right, monkeypatch: pytest.MonkeyPatch
) -> None:
    from touchmark.apps.screening import actions

    items = filed(vera, right, USED)
    actions.screen_catalogue(at=AT)
    monkeypatch.setattr(actions, "screen", None)  # would fail if it were called
    assert look_first.keep_up(at=LATER) == 1
    assert stand(items) == [("proposed", "used")]


@pytest.mark.django_db(transaction=True)
def test_two_workers_note_each_once(vera: Actor, right: Right) -> None:
    filed(vera, right, USED, OTHER)
    first, second = at_once(lambda: look_first.keep_up(at=LATER), lambda: look_first.keep_up(at=LATER))
    assert [first, second].count(2) == 1
    assert sum((first, second)) == 2
    assert Event.objects.filter(kind="propose").count() == 1


def test_a_notifier_of_good_record_comes_first_and_sooner_and_a_watched_one_last(vera: Actor, right: Right) -> None:
    rows = {}
    for lane in ("watched", "normal", "fast", "trusted"):
        (item,) = filed_in(lane, vera, right)
        rows[lane] = item
    rita = accounts.actor(Role.REVIEWER)
    order = [row.listing.listing_id for row in queue.page(rita)]
    assert order == ["L-trusted", "L-fast", "L-normal", "L-watched"]
    due = {lane: Deadline.objects.get(subject=f"notice:{item.ref}", closed_at=None) for lane, item in rows.items()}
    assert due["fast"].rule == "platform.act-on-notice.fast"
    assert due["fast"].due_at < due["normal"].due_at == due["watched"].due_at


def filed_in(lane: str, vera: Actor, right: Right) -> list[NoticeItem]:
    from touchmark.apps.notices import actions, law
    from touchmark.engine.policy.which_law import Law

    listing = catalog.listing(title="A teapot", listing_id=f"L-{lane}")
    governed = law.governing(right, listing, AT.date())
    assert isinstance(governed, Law)
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    notice = actions.file(
        right=right, listings=[actions.Reported(listing, governed)], form=form, actor=vera, at=AT, lane=lane
    )
    return list(notice.items.all())


def test_the_lane_follows_from_the_record_when_a_notice_is_sent(vera: Actor, right: Right) -> None:
    items = filed(vera, right, *[f"{OTHER} {n}" for n in range(6)])
    assert Notice.objects.get().lane == "normal"
    NoticeItem.objects.filter(pk__in=[item.pk for item in items]).update(status="upheld", settled_at=AT)
    catalog.listing(title="Another", listing_id="M")
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4())
    sent = report_all(right=right.ref, listings=[Named("M", "bazaar")], form=form, actor=vera, at=LATER)
    assert sent.notice.lane == "fast"


def test_the_desk_shows_a_notice_with_what_was_found_beside_each_listing(vera: Actor, right: Right) -> None:
    items = filed(vera, right, USED, OTHER)
    look_first.keep_up(at=LATER)
    rita = accounts.signed_in(User.objects.get(pk=accounts.actor(Role.REVIEWER).user_id))
    page = rita.get(f"/desk/notices/{items[0].notice.ref}/").content.decode()
    assert "proposed: uphold" in page
    assert "The right is used here with next to no doubt" in page
    assert USED in page
    only = rita.get(f"/desk/notices/{items[0].notice.ref}/?part=evident").content.decode()
    assert USED in only
    assert f">{OTHER}<" not in only
    one = rita.get("/desk/bazaar/L0/").content.decode()
    assert "Only a proposal" in one
    assert "We found your right used in the listing, as you reported.</textarea>" in one
    assert "checked" not in one.partition("Answer to notice")[2].partition("</fieldset>")[0]  # a person decides
    drafted = rita.get("/desk/bazaar/L1/").content.decode().partition('id="id_facts"')[2].partition("</textarea>")[0]
    assert "The holder reports this listing under" in drafted  # nothing was found in it
    assert "suspect" in drafted
    assert rita.get("/desk/?part=evident").content.decode().count("proposed: uphold") == 1


def test_what_is_evident_can_be_asked_for_in_the_queue(vera: Actor, right: Right) -> None:
    filed(vera, right, USED, OTHER)
    look_first.keep_up(at=LATER)
    rita = accounts.actor(Role.REVIEWER)
    assert [row.listing.title for row in queue.page(rita, Wanted(part="evident"))] == [USED]
    assert len(queue.page(rita, Wanted(part="reported"))) == 2
