"""Trusted flaggers: whose notices go first, in which field, until when; poor ones are reported; never the fast lane."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.factories.disputes import LATER, dispute
from tests.flows.test_good_faith import DAY, settled, suspended
from tests.web.worlds import decided
from touchmark.apps.audit.models import Event
from touchmark.apps.catalog.naming import named
from touchmark.apps.flaggers import access, actions, queries
from touchmark.apps.flaggers.access import NoSuchFlagger
from touchmark.apps.flaggers.actions import AlreadyAFlagger, Award, NotAHolder, WhyMissing
from touchmark.apps.flaggers.models import Flagger
from touchmark.apps.inbox.models import Letter
from touchmark.apps.notices import drafts
from touchmark.apps.notices.actions import NoticeForm
from touchmark.apps.notices.models import Notice
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.outbox.models import Message
from touchmark.apps.registry.models import Right
from touchmark.apps.reports import statements
from touchmark.apps.screening.models import Waiting
from touchmark.apps.tiers import queries as tiers
from touchmark.apps.tiers.actions import Suspended
from touchmark.engine.lifecycle.table import IllegalMove, NotYours
from touchmark.engine.penalties.tiers import Side
from touchmark.engine.terms import Actor, RightKind, Role
from touchmark.flows import draft_notice, report_flagger
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.report_listing import report_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


@pytest.fixture
def olga() -> Actor:
    return accounts.actor(Role.OPERATOR)


@pytest.fixture
def house() -> Actor:
    return registry.holder("Union of Makers")


def awarded(to: Actor, by: Actor, **said: Any) -> Flagger:
    whole = {
        "organisation": to.organisation_id,
        "coordinator": "Bundesnetzagentur",
        "country": "DE",
        "coordinator_email": "dsc@coordinator.test",
        "decision": "DSC-22-7",
        "awarded_on": AT.date(),
    }
    return actions.award(said=Award(**whole | said), actor=by, at=AT)


def filed(by: Actor, right: Right, listing_id: str = "B-1", at: Any = AT) -> Notice:
    catalog.marketplace("bazaar", regime="eu")
    catalog.listing(listing_id=listing_id)
    reason = NoticeReason.COPIED_PICTURE if right.kind == RightKind.COPYRIGHT else NoticeReason.SUSPECTED_FAKE
    form = NoticeForm(reason, "Not theirs.", True, uuid4(), {"statement_accuracy": True})
    return report_all(right=right.ref, listings=[named(f"bazaar:{listing_id}")], form=form, actor=by, at=at).notice


def test_its_notices_go_first_and_it_and_the_record_know(olga: Actor, house: Actor) -> None:
    other = registry.holder()
    filed(other, registry.verified(other), "B-0")
    awarded(house, olga)
    notice = filed(house, registry.verified(house), "B-1", AT + timedelta(hours=1))
    assert notice.lane == "trusted"
    first = Waiting.objects.order_by("rank", "doubt", "since").first()
    assert first is not None
    assert first.listing.listing_id == "B-1"
    assert Event.objects.get(stream=f"filing:{notice.ref}").payload["lane"] == "trusted"
    letter = Letter.objects.filter(kind="notice_received", organisation=house.organisation_id).get()
    assert letter.content["trusted"] is True


def test_it_is_never_the_fast_lane(olga: Actor, house: Actor) -> None:
    awarded(house, olga)
    filed(house, registry.verified(house))
    assert str(tiers.standing_of(house.organisation, Side.NOTIFIER, at=AT + DAY).status) == "normal"
    other = registry.holder()
    assert filed(other, registry.verified(other), "B-2").lane == "normal"


@pytest.mark.parametrize(
    ("said", "kind", "lane"),
    [
        ({}, RightKind.COPYRIGHT, "trusted"),
        ({"expertise": ("copyright",)}, RightKind.COPYRIGHT, "trusted"),
        ({"expertise": ("copyright",)}, RightKind.WORD_MARK, "normal"),
        ({"awarded_on": AT.date() + timedelta(days=1)}, RightKind.WORD_MARK, "normal"),
        ({"awarded_on": date(2025, 1, 1), "ends_on": AT.date()}, RightKind.WORD_MARK, "trusted"),
        ({"awarded_on": date(2025, 1, 1), "ends_on": AT.date() - timedelta(days=1)}, RightKind.WORD_MARK, "normal"),
    ],
)
def test_it_counts_in_its_field_and_on_its_days(
    olga: Actor, house: Actor, said: dict[str, Any], kind: RightKind, lane: str
) -> None:
    awarded(house, olga, **said)
    assert filed(house, registry.verified(house, kind=kind)).lane == lane


def test_a_draft_that_is_sent_has_the_lane_of_that_moment(olga: Actor, house: Actor) -> None:
    catalog.listing(listing_id="B-1")
    draft = drafts.begin(right=registry.verified(house), actor=house, at=AT)
    drafts.name(ref=draft.ref, listings=[named("B-1")], actor=house, at=AT)
    drafts.say(ref=draft.ref, reason="suspected_fake", statement="Not ours.", actor=house, at=AT)
    awarded(house, olga)
    sent = draft_notice.send(ref=draft.ref, declared={}, good_faith=True, actor=house, at=AT)
    assert sent.notice.lane == "trusted"


def test_suspended_it_goes_like_everybodys_and_reinstated_first_again(olga: Actor, house: Actor) -> None:
    right, flagger = registry.verified(house), awarded(house, olga)
    for event, lane in (("suspend", "normal"), ("reinstate", "trusted"), ("revoke", "normal")):
        actions.change(ref=flagger.ref, event=event, why="The coordinator wrote.", actor=olga, at=AT)
        assert filed(house, right, f"B-{event}").lane == lane
    with pytest.raises(IllegalMove):
        actions.change(ref=flagger.ref, event="reinstate", why="Once more.", actor=olga, at=AT)
    kinds = Letter.objects.filter(kind="flagger_status").order_by("id").values_list("content__what", flat=True)
    assert list(kinds) == ["award", "suspend", "reinstate", "revoke"]
    awarded(house, olga)  # anew, after it was revoked


def test_the_status_runs_out_once_and_even_if_no_worker_ran(olga: Actor, house: Actor) -> None:
    flagger = awarded(house, olga, ends_on=AT.date())
    assert queries.trusted(house.organisation_id, "word_mark", AT.date() + timedelta(days=1)) is None
    assert actions.expire_due(AT) == 0
    assert [actions.expire_due(AT + 9 * DAY) for _ in range(2)] == [1, 0]
    flagger.refresh_from_db()
    assert flagger.status == "expired"
    assert Event.objects.filter(stream=f"flagger:{flagger.ref}").order_by("number").last().roles == "clock"  # type: ignore[union-attr]


def test_a_poor_one_is_reported_to_its_coordinator_with_the_numbers(olga: Actor) -> None:
    made = dispute()
    flagger = awarded(made.vera, olga)
    settled(made, "refused", 7)
    with pytest.raises(WhyMissing):
        report_flagger.report(ref=flagger.ref, text=" ", actor=olga, at=LATER + DAY)
    told = report_flagger.report(ref=flagger.ref, text="Seven named other goods.", actor=olga, at=LATER + DAY)
    assert (told.numbers["unfounded"]["count"], told.numbers["unfounded"]["of"]) == (7, 8)
    letter = Message.objects.get(kind="email", to="dsc@coordinator.test").payload
    assert "Article 22(6)" in letter["body"]
    assert "unfounded: 7 of 8" in letter["body"]
    assert "Seven named other goods." in letter["body"]
    flagger.refresh_from_db()
    assert flagger.status == "active"  # the coordinator alone takes it away


def test_a_suspended_notifier_files_nothing_whoever_trusts_it(olga: Actor) -> None:
    made = dispute()
    awarded(made.vera, olga)
    suspended(made)
    with pytest.raises(Suspended):
        filed(made.vera, registry.verified(made.vera, text="COPSE"), "B-9", LATER + 4 * DAY)


def test_the_transparency_database_is_told_whose_notice_it_was(olga: Actor, house: Actor) -> None:
    awarded(house, olga)
    right = registry.verified(house)
    item = filed(house, right).items.get()
    answers = {item.ref: NoticeAnswer(upheld=True, reasons="As reported.")}
    decided(item.listing, right, accounts.actor(Role.REVIEWER), answers=answers, at=LATER)
    assert statements.gather(at=LATER) == 1
    assert statements.Submission.objects.get().body["source_type"] == "SOURCE_TRUSTED_FLAGGER"


@pytest.mark.parametrize("role", [Role.HOLDER, Role.AGENT, Role.REVIEWER, Role.SELLER, Role.AUTHORITY])
def test_nobody_else_enters_sees_or_changes_one(olga: Actor, house: Actor, role: Role) -> None:
    flagger, stranger = awarded(house, olga), accounts.actor(role)
    with pytest.raises(NotYours):
        awarded(registry.holder(), stranger)
    with pytest.raises(NoSuchFlagger):
        actions.change(ref=flagger.ref, event="revoke", why="Mine.", actor=stranger, at=AT)
    assert not access.flaggers_for(stranger).exists()


def test_only_one_that_files_and_each_once(olga: Actor, house: Actor) -> None:
    awarded(house, olga)
    with pytest.raises(AlreadyAFlagger):
        awarded(house, olga)
    with pytest.raises(NotAHolder):
        awarded(accounts.actor(Role.SELLER), olga)
    with pytest.raises(WhyMissing):
        actions.change(ref=Flagger.objects.get().ref, event="suspend", why="", actor=olga, at=AT)
    row = Flagger.objects.get()
    row.pk, row.ref = None, "F-other"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
