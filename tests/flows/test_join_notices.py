"""One right on one listing is judged once: others of the same right are joined, an answer stays the answer."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Listing
from touchmark.apps.catalog.naming import Named
from touchmark.apps.deadlines import queries as deadlines
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, DismissReason, Ground
from touchmark.apps.decisions.models import Decision
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import actions, joining
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.terms import Actor, Role
from touchmark.flows.decide import NoticeAnswer, Seen, decide
from touchmark.flows.report_listing import NothingToReport, Why, report_all

LATER = AT + timedelta(hours=2)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


@pytest.fixture
def listing(db: None) -> Listing:
    return catalog.listing(title="ALDERMOOR bag", listing_id="L")


@pytest.fixture
def house(db: None) -> tuple[Actor, Right]:
    return registered("Aldermoor Ltd")


@pytest.fixture
def agency(db: None) -> tuple[Actor, Right]:
    """An agency that entered the very same mark for the same house."""
    return registered("Marks & Partners", aliases=("ALDER MOOR",))


def registered(name: str, **said: Any) -> tuple[Actor, Right]:
    actor = registry.holder(name)
    mark = {"text": "ALDERMOOR", "office": "EUIPO", "number": "018000001"} | said
    return actor, registry.verified(actor, **mark)


def filed(by: tuple[Actor, Right], *, at: Any = AT, particulars: dict[str, Any] | None = None) -> NoticeItem:
    actor, right = by
    form = NoticeForm(NoticeReason.SUSPECTED_FAKE, "Not ours.", True, uuid4(), particulars or {})
    sent = report_all(right=right.ref, listings=[Named("L", "bazaar")], form=form, actor=actor, at=at)
    return sent.notice.items.get()


def decided(item: NoticeItem, *, upheld: bool) -> Decision:
    restricts: dict[str, Any] = {
        "kind": DecisionKind.REMOVE,
        "right": item.right,
        "ground": Ground.LAW,
        "ground_reference": "Regulation (EU) 2017/1001, art. 9",
        "ground_explanation": "The sign is identical.",
    }
    leaves = {"kind": DecisionKind.NONE, "reason": DismissReason.OTHER}
    listing = Listing.objects.get(pk=item.listing_id)
    return decide(
        marketplace="bazaar",
        listing_id="L",
        choice=Choice(facts="The title shows it.", request_key=uuid4(), **(restricts if upheld else leaves)),
        seen=Seen(listing.digest, None, frozenset({item.ref})),
        answers={item.ref: NoticeAnswer(upheld, "We looked at it.")},
        actor=accounts.actor(Role.REVIEWER),
        at=LATER,
    )


def status(item: NoticeItem) -> str:
    item.refresh_from_db()
    return item.status


def test_the_same_right_of_another_notifier_is_joined_told_which_and_shares_the_clock(
    listing: Listing, house: tuple[Actor, Right], agency: tuple[Actor, Right], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = filed(house), filed(agency)
    assert (status(second), second.joined_to) == ("joined", first)
    assert second.notice.status == "complete"
    assert not deadlines.running_of_each([f"notice:{second.ref}"])[f"notice:{second.ref}"]
    letter = Letter.objects.get(about=second.ref, kind="notice_received")
    assert letter.content["joined"] == [["L", first.ref]]
    assert letter.content["by"] == Letter.objects.get(about=first.ref).content["by"] != ""
    monkeypatch.setattr("touchmark.web.clock.now", lambda: AT)
    client = accounts.signed_in(User.objects.get(pk=agency[0].user_id))
    page = client.get(f"/holder/notices/{second.ref}/").content.decode()
    assert f"Joined to {first.ref}" in page


@pytest.mark.parametrize(("upheld", "ends"), [(True, "upheld"), (False, "refused")])
def test_both_get_the_same_answer_at_the_same_moment(
    listing: Listing, house: tuple[Actor, Right], agency: tuple[Actor, Right], upheld: bool, ends: str
) -> None:
    first, second = filed(house), filed(agency)
    decision = decided(first, upheld=upheld)
    assert (status(first), status(second)) == (ends, ends)
    assert set(decision.notices.all()) == {first, second}
    outcomes = Letter.objects.filter(kind="notice_outcome")
    assert {letter.about for letter in outcomes} == {first.ref, second.ref}
    assert {letter.content["reasons"] for letter in outcomes} == {"We looked at it."}
    assert (first.settled_at, second.settled_at) == (LATER, LATER)


def test_what_was_joined_is_judged_by_itself_when_the_other_is_taken_back(
    listing: Listing, house: tuple[Actor, Right], agency: tuple[Actor, Right]
) -> None:
    first, second = filed(house), filed(agency)
    actions.withdraw(ref=first.ref, actor=house[0], at=LATER)
    assert (status(first), status(second)) == ("withdrawn", "received")
    (clock,) = deadlines.running_of_each([f"notice:{second.ref}"])[f"notice:{second.ref}"]
    assert clock.started_at == LATER


def test_a_joined_one_can_be_taken_back_and_leaves_the_other(
    listing: Listing, house: tuple[Actor, Right], agency: tuple[Actor, Right]
) -> None:
    first, second = filed(house), filed(agency)
    actions.withdraw(ref=second.ref, actor=agency[0], at=LATER)
    assert (status(first), status(second)) == ("received", "withdrawn")


def test_ones_own_is_not_joined_but_named(listing: Listing, house: tuple[Actor, Right]) -> None:
    first = filed(house)
    with pytest.raises(NothingToReport) as refused:
        filed(house)
    assert (refused.value.refused[0].why, refused.value.refused[0].joined) == (Why.REPORTED, first.ref)


@pytest.mark.parametrize("other", [{"number": "018000002"}, {"office": "DPMA"}])
def test_another_right_is_not_joined(listing: Listing, house: tuple[Actor, Right], other: dict[str, str]) -> None:
    filed(house)
    assert status(filed(registered("Elder & More", **other))) == "received"


def test_what_nobody_verified_is_the_same_as_nothing(listing: Listing, house: tuple[Actor, Right]) -> None:
    _, right = registered("Somebody else")
    Right.objects.filter(pk=right.pk).update(status="submitted")
    from touchmark.apps.registry import queries

    right.refresh_from_db()
    assert queries.same_as(right) == []
    assert queries.same_as(house[1]) == []


def test_what_was_refused_is_answered_with_that_unless_something_changed(
    listing: Listing, house: tuple[Actor, Right], agency: tuple[Actor, Right]
) -> None:
    first = filed(house, particulars={"evidence": "Test purchase of 3 May."})
    decided(first, upheld=False)
    for again in (house, agency):
        with pytest.raises(NothingToReport) as refused:
            filed(again, at=LATER + timedelta(days=1))
        assert (refused.value.refused[0].why, refused.value.refused[0].joined) == (Why.DECIDED, first.ref)
    # the same evidence in other spaces is the same
    with pytest.raises(NothingToReport):
        filed(house, at=LATER + timedelta(days=1), particulars={"evidence": "Test  purchase of 3 May. "})
    assert status(filed(house, at=LATER + timedelta(days=1), particulars={"evidence": "A laboratory."})) == "received"


def test_a_listing_that_changed_since_is_judged_anew(listing: Listing, house: tuple[Actor, Right]) -> None:
    decided(filed(house), upheld=False)
    catalog.listing(title="ALDERMOOR bag, as new", listing_id="L", at=LATER + timedelta(hours=1))
    assert status(filed(house, at=LATER + timedelta(days=1))) == "received"


def test_a_tier_is_read_once_when_a_notice_is_filed(listing: Listing, house: tuple[Actor, Right]) -> None:
    with CaptureQueriesContext(connection) as asked:
        filed(house)
    assert sum('FROM "tiers_tier"' in query["sql"] for query in asked) == 1


def test_how_many_are_joined_is_told_of_each(
    listing: Listing, house: tuple[Actor, Right], agency: tuple[Actor, Right]
) -> None:
    first = filed(house)
    assert joining.behind_each([first.pk]) == {}
    filed(agency)
    assert joining.behind_each([first.pk]) == {first.pk: 1}
