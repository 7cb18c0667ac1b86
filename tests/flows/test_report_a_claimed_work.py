"""A work that no office registered grounds a notice at once; what has expired or is not registered grounds none."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.factories import accounts, catalog, registry
from tests.factories.accounts import AT
from tests.factories.disputes import LATER, dispute
from tests.flows.test_good_faith import DAY, suspended
from tests.web.worlds import decided
from touchmark.apps.catalog.naming import named
from touchmark.apps.notices import drafts, queries
from touchmark.apps.notices.actions import NoticeForm, RightNotInForce, RightNotVerified
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry import access, actions, grounding
from touchmark.apps.registry.content import content_of
from touchmark.apps.registry.models import Right
from touchmark.apps.tiers.actions import Suspended
from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.terms import Actor, OfficeStatus, RightKind, Role
from touchmark.flows import draft_notice
from touchmark.flows.decide import NoticeAnswer
from touchmark.flows.report_listing import Report, report_all

pytestmark = pytest.mark.django_db
CLAIM: dict[str, str] = {"maker": "Mara Voss", "made": "2019", "shown_by": "The sketchbook of 2019, and my shop page."}


@pytest.fixture(autouse=True)
def _own_folders(settings: Any, tmp_path: Path) -> None:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"


@pytest.fixture
def mara() -> Actor:
    return registry.holder("Heron Pottery")


def work(of: Actor, **said: Any) -> Right:
    content = {"kind": RightKind.COPYRIGHT, "text": "Heron mug, a drawing", "claimed": CLAIM}
    return registry.right(of, **content | said)


def sent(right: Right, holder: Actor, *, law: str = "eu") -> Report:
    catalog.marketplace("bazaar", regime=law)
    catalog.listing(listing_id="B-1", title="Mug with a heron")
    reason = NoticeReason.COPIED_PICTURE if right.kind == RightKind.COPYRIGHT else NoticeReason.SUSPECTED_FAKE
    form = NoticeForm(reason, "The drawing on the mug is mine.", True, uuid4())
    return report_all(right=right.ref, listings=[named("B-1")], form=form, actor=holder, at=AT)


def test_a_claimed_work_grounds_a_notice_before_a_reviewer_has_looked(mara: Actor) -> None:
    report = sent(work(mara), mara)
    assert report.notice.status == FilingStatus.COMPLETE
    assert queries.items_of(report.notice).get().status == "received"


def test_the_claim_is_judged_with_the_notice(mara: Actor) -> None:
    right = work(mara)
    item = queries.items_of(sent(right, mara).notice).get()
    answers = {item.ref: NoticeAnswer(upheld=True, reasons="The drawing is yours, and it is on the mug.")}
    decided(item.listing, right, accounts.actor(Role.REVIEWER), answers=answers, at=AT + timedelta(hours=1))
    item.refresh_from_db()
    assert item.status == "upheld"
    right.refresh_from_db()
    assert right.status == "submitted"  # for screening a reviewer verifies it by itself


def test_where_the_law_asks_for_proof_the_claim_gives_it_and_a_right_in_words_alone_does_not(mara: Actor) -> None:
    assert queries.lacking_of(sent(work(mara), mara, law="cn").notice, mara) == ()


@pytest.mark.parametrize(
    "said",
    [
        {"claimed": {}},  # of a registered work the certificate is compared first
        {"kind": RightKind.WORD_MARK, "claimed": CLAIM},
    ],
)
def test_no_other_right_does(mara: Actor, said: dict[str, Any]) -> None:
    with pytest.raises(RightNotVerified):
        sent(work(mara, **said), mara)


def test_a_declined_claim_grounds_nothing_more(mara: Actor) -> None:
    right = work(mara)
    rita = accounts.actor(Role.REVIEWER)
    actions.decline(ref=right.ref, seen=right.digest, reason="The sketch is of 2021.", actor=rita, at=AT)
    with pytest.raises(RightNotVerified):
        sent(right, mara)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"expires_on": AT.date()}, "has expired"),
        ({"expires_on": AT.date() - timedelta(days=400)}, "has expired"),
        ({"office_status": OfficeStatus.CANCELLED}, "not registered"),
        ({"office_status": OfficeStatus.REFUSED}, "not registered"),
        ({"office_status": OfficeStatus.APPLIED}, "not registered"),
    ],
)
def test_a_right_that_is_not_in_force_grounds_nothing(mara: Actor, said: dict[str, Any], told: str) -> None:
    with pytest.raises(RightNotInForce, match=told):
        sent(registry.verified(mara, **said), mara)


def test_a_right_is_good_until_the_day_on_which_it_expires(mara: Actor) -> None:
    assert sent(registry.verified(mara, expires_on=AT.date() + timedelta(days=1)), mara).notice


def test_a_draft_that_was_begun_in_time_is_not_sent_after_the_right_expired(mara: Actor) -> None:
    catalog.listing(listing_id="B-1")
    right = registry.verified(mara, expires_on=AT.date() + timedelta(days=1))
    draft = drafts.begin(right=right, actor=mara, at=AT)
    drafts.name(ref=draft.ref, listings=[named("B-1")], actor=mara, at=AT)
    drafts.say(ref=draft.ref, reason="suspected_fake", statement="Not ours.", actor=mara, at=AT)
    with pytest.raises(RightNotInForce):
        draft_notice.send(ref=draft.ref, declared={}, good_faith=True, actor=mara, at=AT + timedelta(days=1))


def test_the_database_and_the_function_agree_on_which_rights_are_good(mara: Actor) -> None:
    days = (None, AT.date() - timedelta(days=1), AT.date(), AT.date() + timedelta(days=1))
    rita = accounts.actor(Role.REVIEWER)
    for number, (status, day) in enumerate((status, day) for status in OfficeStatus for day in days):
        registry.verified(mara, by=rita, text=f"MARK {number}", office_status=status, expires_on=day)
        registry.right(mara, text=f"WAITS {number}", office_status=status, expires_on=day)
        work(mara, text=f"Work {number}", office_status=status, expires_on=day)
    on: date = AT.date()
    rights = access.rights_for(mara)
    good = set(rights.filter(grounding.good_on(on)).values_list("ref", flat=True))
    assert good == {right.ref for right in rights if grounding.why_not(right, on) is None}
    assert len(good) == 4


def test_what_was_entered_before_claims_were_keeps_its_digest(mara: Actor) -> None:
    plain = registry.content()
    assert "claimed" not in plain.digest()
    assert plain.digest() == registry.content(claimed={}).digest() != registry.content(claimed=CLAIM).digest()
    kept = work(mara)
    assert content_of(kept).digest() == kept.digest


def test_a_suspended_notifier_sends_no_draft_either() -> None:
    made = dispute()
    catalog.listing(on=made.item.listing.marketplace.slug, listing_id="B-1")
    draft = drafts.begin(right=made.item.right, actor=made.vera, at=LATER)
    drafts.name(ref=draft.ref, listings=[named("B-1")], actor=made.vera, at=LATER)
    drafts.say(ref=draft.ref, reason="suspected_fake", statement="Not ours.", actor=made.vera, at=LATER)
    suspended(made)
    with pytest.raises(Suspended):
        draft_notice.send(ref=draft.ref, declared={}, good_faith=True, actor=made.vera, at=LATER + 4 * DAY)
    draft.refresh_from_db()
    assert draft.status == FilingStatus.DRAFT
