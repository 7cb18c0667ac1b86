"""Drafts: kept, changed, deleted by themselves after a time in which nobody touched them, sent once."""

from datetime import timedelta

import pytest
from tests.factories import catalog, registry
from tests.factories.accounts import AT
from tests.factories.at_once import at_once

from touchmark.apps.audit import queries as audit
from touchmark.apps.catalog.naming import Named, named, pasted
from touchmark.apps.deadlines.models import Deadline
from touchmark.apps.notices import access, drafts
from touchmark.apps.notices.access import NoSuchNotice
from touchmark.apps.notices.actions import RightNotVerified
from touchmark.apps.notices.limits import DRAFTS, TooManyAtOnce
from touchmark.apps.notices.models import Draft, Notice, NoticeItem
from touchmark.apps.notices.reasons import NoticeReason
from touchmark.apps.registry.models import Right
from touchmark.engine.lifecycle.table import NotYours
from touchmark.engine.policy.reasons import NotAReason, reasons
from touchmark.engine.terms import Actor, RightKind
from touchmark.flows import draft_notice
from touchmark.flows.lapse import lapse_due

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def holder() -> Actor:
    return registry.holder()


def begun(holder: Actor) -> Notice:
    right = Right.objects.filter(holder_id=holder.organisation_id).first() or registry.verified(holder)
    return drafts.begin(right=right, actor=holder, at=AT)


def test_a_draft_that_nobody_touches_is_deleted_and_one_that_is_touched_begins_anew(holder: Actor) -> None:
    left, touched = begun(holder), begun(holder)
    drafts.say(ref=left.ref, statement="Half a sentence", actor=holder, at=AT)
    drafts.say(ref=touched.ref, statement="The other half", actor=holder, at=AT + 30 * DAY)
    assert lapse_due(AT + 90 * DAY) == 0
    assert lapse_due(AT + 92 * DAY) == 1
    left.refresh_from_db()
    assert (left.status, left.statement, left.particulars) == ("lapsed", "", {})
    assert [draft.ref for draft in access.drafts_for(holder)] == [touched.ref]
    assert lapse_due(AT + 122 * DAY) == 1
    assert not Draft.objects.exists()
    assert [event.kind for event in audit.events_of(f"filing:{left.ref}")] == ["draft", "amend", "lapse"]


def test_changed_ten_times_a_day_its_time_begins_anew_once(holder: Actor) -> None:
    draft = begun(holder)
    for minute in range(10):
        drafts.say(ref=draft.ref, statement="x", actor=holder, at=AT + DAY + timedelta(minutes=minute))
    assert Deadline.objects.filter(subject=f"filing:{draft.ref}").count() == 2


def test_a_draft_begins_under_ones_own_verified_right_and_there_are_not_too_many(holder: Actor) -> None:
    with pytest.raises(NotYours):
        drafts.begin(right=registry.verified(), actor=holder, at=AT)
    with pytest.raises(RightNotVerified):
        drafts.begin(right=registry.right(holder), actor=holder, at=AT)
    right = registry.verified(holder)
    for _ in range(DRAFTS):
        drafts.begin(right=right, actor=holder, at=AT)
    with pytest.raises(TooManyAtOnce):
        drafts.begin(right=right, actor=holder, at=AT)


def test_sent_it_is_no_draft_any_more(holder: Actor) -> None:
    listing, draft = catalog.listing(), begun(holder)
    drafts.name(ref=draft.ref, listings=[named(f"bazaar:{listing.listing_id}")], actor=holder, at=AT)
    drafts.say(ref=draft.ref, reason="suspected_fake", statement="The clasp.", actor=holder, at=AT)
    sent = draft_notice.send(ref=draft.ref, declared={}, good_faith=True, actor=holder, at=AT + DAY).notice
    assert (sent.ref, sent.status, sent.filed_at) == (draft.ref, "complete", AT + DAY)
    assert NoticeItem.objects.get().ref == draft.ref
    assert lapse_due(AT + 365 * DAY) == 1  # the clock to act, and no clock of a draft
    for act in (
        lambda: drafts.say(ref=draft.ref, statement="x", actor=holder, at=AT),
        lambda: drafts.discard(ref=draft.ref, actor=holder, at=AT),
    ):
        with pytest.raises(NoSuchNotice):
            act()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_it_at_once_one_does() -> None:
    holder = registry.holder()
    listing, draft = catalog.listing(), begun(holder)
    drafts.name(ref=draft.ref, listings=[named(f"bazaar:{listing.listing_id}")], actor=holder, at=AT)
    drafts.say(ref=draft.ref, reason="suspected_fake", statement="The clasp.", actor=holder, at=AT)

    def send() -> bool:
        try:
            draft_notice.send(ref=draft.ref, declared={}, good_faith=True, actor=holder, at=AT)
        except NoSuchNotice:
            return False
        return True

    assert sorted(at_once(send, send)) == [False, True]
    assert NoticeItem.objects.count() == 1


def test_the_codes_are_those_of_the_table_and_no_price_is_one(holder: Actor) -> None:
    assert set(NoticeReason.values) == set(reasons())
    draft = begun(holder)
    for wrong in ("price", "distribution", "copied_text", "nonsense"):
        with pytest.raises(NotAReason):
            drafts.say(ref=draft.ref, reason=wrong, actor=holder, at=AT)
    patent = drafts.begin(right=registry.verified(holder, kind=RightKind.PATENT), actor=holder, at=AT)
    drafts.say(ref=patent.ref, reason="uses_invention", actor=holder, at=AT)


def test_lists_are_read_as_people_paste_them() -> None:
    text = " https://a.example/1?x=1,2\n\nhttps://a.example/3,https://a.example/4;\nL-1; L-2，L-3\tbazaar: L-4\n"
    assert pasted(text) == [
        Named(address="https://a.example/1?x=1,2"),
        Named(address="https://a.example/3"),
        Named(address="https://a.example/4"),
        Named("L-1"),
        Named("L-2"),
        Named("L-3"),
        Named("L-4", "bazaar"),
    ]
